"""Our bot beside the bare one: alternating runs in fresh processes, and the medians of each."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table

from benchmarks.load import IN_FLIGHT, PER_SECOND, ROOT, Run
from benchmarks.questions import FIGURES, OVERVIEWS, BenchmarkError

LINES: tuple[tuple[str, Callable[[Run], float], str], ...] = (
    ("acknowledgements/s", lambda run: run.acks_per_s, ".0f"),
    ("acknowledged within, p50, ms", lambda run: run.p50_ms, ".1f"),
    ("acknowledged within, p99, ms", lambda run: run.p99_ms, ".1f"),
    ("answers delivered/s", lambda run: run.answers_per_s, ".0f"),
    (f"at {PER_SECOND} commands/s answered within, p50, ms", lambda run: run.paced_p50_ms, ".1f"),
    (f"at {PER_SECOND} commands/s answered within, p99, ms", lambda run: run.paced_p99_ms, ".1f"),
    ("CPU per answer, bot, ms", lambda run: run.bot_cpu_ms, ".2f"),
    ("CPU per answer, local Slack and load, ms", lambda run: run.slack_cpu_ms, ".2f"),
)
# Ours, in an order in which they are looked at beside the bare one.
BOTS = ("ours", "many")
LOG_END = 3_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: runs of each bot, commands a run, and those before them that warm it up."""

    runs: int
    commands: int
    warmup: int


def measured(size: Size) -> Iterator[Run]:
    """Each run once it is done: ours, bare, ours for many workspaces, and again."""
    for _ in range(size.runs):
        for bot in ("ours", "bare", "many"):
            yield _measured(bot, size)


def _measured(bot: str, size: Size) -> Run:
    command = [sys.executable, "-m", "benchmarks.load", bot, str(size.commands), str(size.warmup)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchmarkError(f"a run failed; the end of what it said:\n{done.stderr[-LOG_END:]}")
    return Run(**json.loads(done.stdout))


def comparison(runs: Sequence[Run], size: Size) -> Table:
    """The medians of both side by side, and ours divided by the bare one's."""
    title = (
        f"{size.commands} commands a run, {IN_FLIGHT} in flight, {OVERVIEWS + FIGURES} different questions"
        f" ({OVERVIEWS} of them whole months); medians of {size.runs} runs each"
    )
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in (*BOTS, "bare", *(f"{bot}/bare" for bot in BOTS)):
        table.add_column(name, justify="right")
    for name, value, form in LINES:
        bare, medians = _median(runs, "bare", value), [_median(runs, bot, value) for bot in BOTS]
        levels = (f"{median:{form}}" for median in (*medians, bare))
        table.add_row(name, *levels, *(f"{median / bare:.2f}" for median in medians))
    return table


def _median(runs: Sequence[Run], bot: str, value: Callable[[Run], float]) -> float:
    return statistics.median(value(run) for run in runs if run.bot == bot)

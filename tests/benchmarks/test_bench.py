"""That the benchmark runs and checks what it measures; no test says how fast anything is."""

import re
from dataclasses import replace

import pytest
from rich.console import Console

from benchmarks.__main__ import main
from benchmarks.beside import Size, comparison
from benchmarks.load import Run, check
from benchmarks.questions import BenchmarkError
from bot.playground.workspace import Message
from bot.slack.transcript import question_metadata

SMALL = Size(runs=1, commands=20, warmup=5)
RUN = Run(
    "ours", 20, acks_per_s=50, p50_ms=1, p99_ms=2, answers_per_s=40, bot_cpu_ms=3, slack_cpu_ms=1,
    paced_p50_ms=5, paced_p99_ms=9,
)  # fmt: skip


def printed(table):
    console = Console(width=160)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def answer(question, **more):
    parts = {"blocks": ({"type": "section"},), "metadata": question_metadata(question)} | more
    return Message("C1", "1.0", "U1", "said", **parts)  # type: ignore[arg-type]


def test_ratios_are_made_of_medians():
    bare = replace(RUN, bot="bare", answers_per_s=80, bot_cpu_ms=1)
    many = replace(RUN, bot="many", answers_per_s=32)
    others = [bare, many] * 3
    runs = [RUN, replace(RUN, answers_per_s=4000), replace(RUN, answers_per_s=8), *others]
    line = next(
        line for line in printed(comparison(runs, SMALL)).splitlines() if "answers delivered/s" in line
    )
    assert re.findall(r"[\d.]+", line) == ["40", "32", "80", "0.50", "0.40"]


@pytest.mark.parametrize(
    "messages",
    [
        [answer("a"), answer("b", blocks=())],
        [answer("a"), answer("b", metadata=None)],
        [answer("a"), answer("a")],
    ],
    ids=["no blocks", "no metadata", "one question twice"],
)
def test_ours_counts_only_with_whole_answers(messages):
    with pytest.raises(BenchmarkError):
        check(messages, different=2)


def test_whole_answers_to_different_questions_pass():
    check([answer("a"), answer("b"), answer("a")], different=2)


@pytest.mark.slow
def test_the_quick_benchmark_prints_all_its_parts(capsys):
    main(["--quick"])
    told = capsys.readouterr().out
    parts = "ours/bare; all rows of an answer; alumina ask march 2024; first answer; Question to blocks"
    for part in (*parts.split("; "), "rows: loaded", "0 lost"):
        assert part in told

"""What the parts of one answer cost inside the process, without Slack: microseconds, medians."""

import statistics
import time
import timeit
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from rich.table import Table

from benchmarks.questions import packaged
from bot.answers.conversation import answer_to
from bot.dataset.dataset import Dataset
from bot.messages.blocks import Message
from bot.messages.render import render
from bot.questions import understand
from bot.questions.reading import Reading
from bot.serving import keep_loaded

ASKED = {"one figure": "alumina exports march 2024", "a whole month": "march 2024"}
TIMES = 100  # how many times the record's rows the large dataset has


def costs(repeats: int, number: int = 50) -> Table:
    """Each stage and the whole way from text to blocks, for one figure and for a whole month."""
    small = packaged()
    large = enlarged(small)
    keep_loaded()  # as the bot does
    title = f"In the process, µs of CPU: {', '.join(f'{name} is “{text}”' for name, text in ASKED.items())}"
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in ("text to Question", "Question to blocks", "both"):
        table.add_column(name, justify="right")
    for name, text in ASKED.items():
        for dataset, of in ((small, ""), (large, f", {TIMES} times the rows")):
            times = [f"{_microseconds(stage, repeats, number):.0f}" for stage in _stages(text, dataset)]
            table.add_row(name + of, *times)
    return table


def enlarged(dataset: Dataset) -> Dataset:
    """The record many times over: every row again for as many made-up partners."""
    record = dataset.record
    copies = (
        replace(row, series=row.series._replace(partner=f"Partner {place}"))
        for place in range(1, TIMES)
        for row in record.rows
        if not row.series.partner
    )
    return replace(record, rows=(*record.rows, *copies)).as_of(dataset.today)


def _stages(text: str, dataset: Dataset) -> list[Callable[[], object]]:
    asked = understand(text, record=dataset)
    return [
        partial(understand, text, record=dataset),
        partial(_answered, asked, dataset),
        lambda: _answered(understand(text, record=dataset), dataset),
    ]


def _answered(asked: Reading, dataset: Dataset) -> Message:
    """Its message; an Answer is never used again, as it keeps what its buttons were asked for."""
    return render(answer_to(asked, dataset))


def _microseconds(stage: Callable[[], object], repeats: int, number: int) -> float:
    """Of the process's own CPU, as others may be busy on the machine."""
    seconds = timeit.repeat(stage, timer=time.process_time, number=number, repeat=repeats)
    return statistics.median(seconds) / number * 1e6

"""A Report in the terminal: the same words and the same table, drawn by Rich."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from bot.answers.answer import Answer
from bot.messages.folded import Folded
from bot.messages.plain_text import listed
from bot.messages.report import Report, Table, first_words
from bot.messages.reporting import reports
from bot.messages.sourcing import foot
from bot.questions import words
from bot.words import say, say_count, speaking

if TYPE_CHECKING:
    from bot.messages.details import Part

WIDTH_UNLESS_TERMINAL = 120
MOST_ROWS, TRIES = 15, 3  # of a first screen; questions to try instead


def terminal() -> Console:
    """A console of the terminal's width; of a fixed one where the output goes into a file or pipe."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH_UNLESS_TERMINAL)


def drawn(answer: Answer, parts: "Sequence[Part]" = ()) -> Group:
    """The answer as a Rich renderable, and below it the parts of its details; nothing is read as markup."""
    with speaking(answer.language):
        made = reports(answer)
        shown = [part for report in made for part in _parts(report)]
        return Group(*shown, *_foot(made), *_tries(answer), *_details(parts))


def _parts(report: Report) -> Iterator[RenderableType]:
    yield Folded(first_words(report), style="bold")
    yield from (Folded(line) for line in (*report.lines, *listed(report)))
    if report.code:
        yield from (Text(line, no_wrap=True, overflow="ignore") for line in report.code)
    elif report.table:
        yield from _table(report.table)


def _table(table: Table) -> Iterator[RenderableType]:
    grid = Grid(show_edge=False, pad_edge=False)
    for place, name in enumerate(table.header):
        grid.add_column(Folded(name), justify="right" if place else "left")
    for row in table.texts[:MOST_ROWS]:
        grid.add_row(*map(Folded, row))
    yield grid
    if len(table.rows) > MOST_ROWS:
        yield Folded(say_count("render.more_rows", len(table.rows) - MOST_ROWS), style="dim")


def _foot(made: Sequence[Report]) -> Iterator[RenderableType]:
    if told := foot(made):
        yield Folded(say("report.dot").join(told), style="dim")


def _tries(answer: Answer) -> Iterator[RenderableType]:
    """What to ask instead, as whole questions, where no button can stand."""
    offers = answer.offers[:TRIES] if not answer.figures else ()
    if offers:
        yield Folded(
            say("script.try", questions=" · ".join(words(each, answer.catalogue) for each in offers))
        )


def _details(parts: "Iterable[Part]") -> Iterator[RenderableType]:
    for part in parts:
        yield Text()
        yield Folded(part.title, style="bold")
        for line in part.lines:
            yield Folded(" ".join(filter(None, [f"{line.text}{line.bold}", line.url])))

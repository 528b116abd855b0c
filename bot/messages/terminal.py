"""A Report in the terminal: the same words and the same table, drawn by Rich."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.containers import Lines
from rich.table import Table as Grid
from rich.text import Text

from bot.answers.answer import Answer
from bot.messages.plain_text import last_line, shown
from bot.messages.report import Report, Table
from bot.messages.reporting import reports
from bot.questions import words
from bot.words import say, say_count, speaking

WIDTH_UNLESS_TERMINAL = 120
MOST_ROWS, TRIES = 15, 3  # of a first screen; questions to try instead
# A number with its unit, a Han character or a word of another script, each with the marks that belong to it.
PIECE = re.compile(
    r"[（“]*(?:[-+±]?\d[\d.,±-]*(?:%|万?吨|[年月日])?|万吨|[\u3400-\u9fff]|[^\s\u3400-\u9fff（“，。；：、）”]+)?"
    r"[，。；：、）”†)%,.;:]*\s*"
)


def terminal() -> Console:
    """A console of the terminal's width; of a fixed one where the output goes into a file or pipe."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH_UNLESS_TERMINAL)


def drawn(answer: Answer, parts: Sequence[Report] = ()) -> Group:
    """The answer as a Rich renderable, and below it the parts of its details; nothing is read as markup."""
    with speaking(answer.language):
        made, drawn = reports(answer), list[RenderableType]()
        for report in made:
            first, *lines = shown(report)
            drawn += [Folded(first, style="bold"), *map(Folded, lines)]
            drawn += (Text(line, no_wrap=True, overflow="ignore") for line in report.file)
            drawn += _table(report.table) if report.table and not report.file else ()
        drawn += [Folded(line, style="dim") for line in last_line(made)]
        if answer.offers and not answer.figures:  # what to ask instead, where no button can stand
            questions = (words(each, answer.catalogue) for each in answer.offers[:TRIES])
            drawn.append(Folded(say("script.try", questions=" · ".join(questions))))
        for part in parts:
            told = (" ".join(filter(None, [f"{text}{bold}", url])) for text, bold, url in part.items)
            drawn += [Text(), Folded(part.headline, style="bold"), *map(Folded, told)]
        return Group(*drawn)


def _table(table: Table) -> Iterator[RenderableType]:
    grid = Grid(show_edge=False, pad_edge=False)
    for place, name in enumerate(table.header):
        grid.add_column(Folded(name), justify="right" if place else "left")
    for row in table.rows[:MOST_ROWS]:
        grid.add_row(*(Folded(cell.text) for cell in row))
    yield grid
    if len(table.rows) > MOST_ROWS:
        yield Folded(say_count("render.more_rows", len(table.rows) - MOST_ROWS), style="dim")


class Folded(Text):
    """Text that folds as both languages do: between words and between Han characters, never in a number."""

    def wrap(self, console: Console, width: int, **settings: Any) -> Lines:
        """Its lines, none wider than so many cells; a piece that is wider is folded within."""
        ends, filled = [], 0
        for piece in PIECE.finditer(self.plain):
            if filled and filled + cell_len(piece[0].rstrip()) > width:
                ends.append(piece.start())
                filled = 0
            filled += cell_len(piece[0])
        lines = self.divide(ends)
        for line in lines:
            line.rstrip()
        return Text("\n").join(lines).wrap(console, width, **settings | {"overflow": "fold"})

"""An Answer in the terminal: the same words and the same table, drawn by Rich."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from bot.answers.answer import Answer
from bot.messages.blocks import bullets
from bot.messages.columns import Table
from bot.messages.folded import Folded
from bot.messages.plain_text import folded
from bot.messages.script import Script, script
from bot.words import speaking

WIDTH_UNLESS_TERMINAL = 120


def terminal() -> Console:
    """A console of the terminal's width; of a fixed one where the output goes into a file or pipe."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH_UNLESS_TERMINAL)


def drawn(answer: Answer) -> Group:
    """The answer as a Rich renderable; nothing in it is read as markup."""
    with speaking(answer.language):  # the names over columns too
        return Group(*_parts(script(answer)))


def _parts(said: Script) -> Iterator[RenderableType]:
    yield Folded(said.headline, style="bold")
    if said.code:
        yield from (Text(line, no_wrap=True, overflow="ignore") for line in said.code)
    else:
        yield from _table(said.grid) if said.grid else [Folded(line) for line in said.facts]
    yield from (Folded(line) for line in (*said.tries, *bullets(said.highlights)))
    yield from (Folded(line, style="dim") for line in (*said.notes, *folded(said.sources)))
    yield from (Folded(line) for line in said.ending)


def _table(table: Table) -> list[RenderableType]:
    return [_grid(table), *(Folded(line, style="dim") for line in table.notes)]


def _grid(table: Table) -> Grid:
    grid = Grid(show_edge=False, pad_edge=False)
    for place, name in enumerate(table.header):
        grid.add_column(Folded(name), justify="left" if place in (0, len(table.header) - 1) else "right")
    for row in table.texts:
        grid.add_row(*map(Folded, row))
    return grid

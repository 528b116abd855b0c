"""An Answer into a Slack message: headline, chart, table or lines, highlights, notes, sources, buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.messages import limits
from bot.messages.blocks import bullets, code, context, escape, fitting, section
from bot.messages.buttons import buttons, tools
from bot.messages.columns import Cell, Table
from bot.messages.datatables import DataTable
from bot.messages.message import Block, Message
from bot.messages.pictures import Picture, pictures
from bot.messages.script import Script, script
from bot.messages.spoken import text

SECTION_TEXT = 2_900  # Slack takes 3,000 characters
SOURCES_TEXT = 2_000
TABLE_ROWS = 99  # Slack's older table takes 100 with the header
CODE_TEXT = 6_000
FURTHER_TEXT = 600  # letters of what is put beside an answer later: who asked, feedback, a bin


def render(answer: Answer) -> Message:
    """The message of an answer, within Slack's limits: what does not fit is counted, never cut."""
    said = script(answer)
    below = (*_below(said, answer), *buttons(answer.suggestions), *tools(answer))
    above = (*_above(said, answer), *_drawn(pictures(answer)))
    figures = _figures(said, [*above, *below])
    return Message(text(said), (*above, *figures, *below))


def _above(said: Script, answer: Answer) -> Iterator[Block]:
    """The first line; of a monthly post also what stands out."""
    yield section(f"*{escape(said.headline)}*")
    if answer.edition:
        yield from _highlights(said)


def _drawn(shown: Sequence[Picture]) -> Iterator[Block]:
    for picture in shown:
        yield picture.chart.block()
        if picture.lines:
            yield context(_joined(picture.lines, SECTION_TEXT, "lines"))


def _figures(said: Script, beside: Sequence[Block]) -> Iterator[Block]:
    """The table or the lines, as much as the other blocks leave room for."""
    if said.grid:
        yield from _table(said.grid, _room(beside), said.newest_last)
    elif said.facts:
        yield section(_joined(said.facts, SECTION_TEXT, "lines"))
    if said.code:
        yield code(fitting(said.code, min(CODE_TEXT, _room(beside)), "lines"))


def _below(said: Script, answer: Answer) -> Iterator[Block]:
    """What stands below the figures: highlights, notes, sources, what the record lacks."""
    if not answer.edition:
        yield from _highlights(said)
    if said.notes:
        yield context(_joined(said.notes, SECTION_TEXT, "notes"))
    if said.sources:
        yield context("\n".join(fitting(_linked(said), SOURCES_TEXT, "sources")))
    for line in said.ending:
        yield context(escape(line))


def _highlights(said: Script) -> Iterator[Block]:
    if said.highlights:
        yield section(_joined(bullets(said.highlights), SECTION_TEXT, "highlights"))


def _room(beside: Sequence[Block]) -> int:
    """The letters that the other blocks leave for figures."""
    return limits.ALL_BLOCK_TEXT - FURTHER_TEXT - limits.letters(beside)


def _table(grid: Table, room: int, newest_last: bool) -> Iterator[Block]:
    """The table, of its rows as many as fit, whole ones, and how many more there are."""
    kept: list[tuple[Cell, ...]] = []
    room -= len(grid.caption) + sum(map(len, grid.header))
    for row in reversed(grid.rows) if newest_last else grid.rows:
        room -= sum(len(cell.text) for cell in row)
        if room < 0 or len(kept) == TABLE_ROWS:
            break
        kept.append(row)
    more = len(grid.rows) - len(kept)
    shown = replace(grid, rows=tuple(kept[::-1] if newest_last else kept))
    if kept:
        yield DataTable.of(shown).block()
    if more:
        yield context(f"{more} {'earlier' if newest_last else 'more'} rows.")


def _joined(lines: Sequence[str], room: int, what: str) -> str:
    return "\n".join(fitting([escape(line) for line in lines], room, what))


def _linked(said: Script) -> list[str]:
    """The source lines with their titles linked to the pages."""
    lines = []
    for line, (title, url) in zip(said.sources, said.links, strict=True):
        shown = escape(title)
        link = f"<{escape(url).replace('|', '%7C')}|{shown}>" if url else shown
        lines.append(escape(line).replace(shown, link, 1))
    return lines

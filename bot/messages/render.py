"""An Answer into a Slack message: headline, chart, table or lines, highlights, notes, sources, buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answers.answer import Answer
from bot.messages import limits
from bot.messages.blocks import bullets, context, escape, fitting, section
from bot.messages.buttons import buttons, tools
from bot.messages.columns import Cell, Table
from bot.messages.datatables import ROWS_AT_ONCE, DataTable
from bot.messages.headline import short_headline
from bot.messages.message import Block, File, Message
from bot.messages.pictures import Picture, pictures
from bot.messages.plain_text import spoken
from bot.messages.reasons import reasons
from bot.messages.safe import quoted
from bot.messages.script import Script, script
from bot.messages.sheet import every_line, file_of
from bot.words import say, say_count, speaking
from bot.words.joints import sentences

SECTION_TEXT = 2_900  # Slack takes 3,000 characters
HIGHLIGHTS_TEXT, NOTES_TEXT, SOURCES_TEXT, UNDER_CHART = 2_400, 2_000, 1_800, 900
TABLE_COLUMNS = 20
TABLE_ROWS = 99  # Slack's older table takes 100 with the header
FURTHER_TEXT = 1_200  # letters of what is put beside an answer later: who asked, feedback, a bin


def render(answer: Answer, lead: str = "") -> Message:
    """The message of an answer, within Slack's limits: what does not fit is counted, never cut.

    `lead` stands in the place of its first line, for what says the same and more.
    """
    with speaking(answer.language):
        said = script(answer)
        return _rendered(replace(said, headline=lead, grid=None) if lead else said, answer)


def _rendered(said: Script, answer: Answer) -> Message:
    below = (
        *_below(said, answer),
        *buttons((*answer.offers, *answer.onward), answer.catalogue),
        *tools(answer),
    )
    above = (*_above(said, answer), *_drawn(pictures(answer)))
    figures = _figures(said, answer, [*above, *below])
    text = spoken(said, answer, (figures.remark,) if figures.remark else ())
    return Message(text, (*above, *figures.blocks, *below), figures.file)


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a message; the file that holds them too, and the line that says so."""

    blocks: tuple[Block, ...]
    remark: str = ""
    file: File | None = None


def _above(said: Script, answer: Answer) -> Iterator[Block]:
    """The first line; of a monthly post also what stands out."""
    yield section(f"*{first_line(said, answer)}*")
    if answer.edition:
        yield from _highlights(said)


def first_line(said: Script, answer: Answer) -> str:
    """The headline for mrkdwn; where it repeats what was typed, as that is safe."""
    if answer.question is None:
        return sentences(fitting([*map(quoted, reasons(answer))], SECTION_TEXT, "remarks"))
    told = short_headline(answer, said.headline) if said.grid else said.headline
    return quoted(told) if answer.question.restated else escape(told)


def _drawn(shown: Sequence[Picture]) -> Iterator[Block]:
    for picture in shown:
        yield picture.chart.block()
        if picture.lines:
            yield context(_joined(picture.lines, UNDER_CHART, "lines"))


def _figures(said: Script, answer: Answer, beside: Sequence[Block]) -> _Figures:
    """The table or the lines, as many as fit; all in a file where that is asked, or where some do not fit.

    A monthly post brings no file, so there it is said how to get one.
    """
    blocks: list[Block] = []
    more = beyond = 0
    if said.grid:
        grid, beyond = _narrowed(said.grid)
        shown, more = _kept(grid, _room(beside), said.newest_last)
        blocks += [DataTable.of(shown).block()] if shown.rows else []
        blocks += [context(_joined(shown.notes, NOTES_TEXT, "notes"))] if shown.notes else []
    elif said.facts:
        blocks.append(section(_joined(said.facts, SECTION_TEXT, "lines")))
    if not (more or beyond or said.code):
        return _Figures(tuple(blocks))
    file = None if answer.edition else file_of(answer, said.code or every_line(answer))
    elsewhere = [] if file else [say("render.ask_for_file")]
    remark = sentences([*_left_out(beyond, more, said.newest_last), *elsewhere])
    return _Figures((*blocks, *([context(escape(remark))] if remark else [])), remark, file)


def _left_out(columns: int, rows: int, newest_last: bool) -> Iterator[str]:
    """How many columns and rows there are that do not fit."""
    if columns:
        yield say_count("render.more_columns", columns)
    if rows:
        yield say_count("render.earlier_rows" if newest_last else "render.more_rows", rows)


def _narrowed(grid: Table) -> tuple[Table, int]:
    """The table with as many columns as Slack takes, the last one among them, and how many more there are."""
    beyond = len(grid.columns) - TABLE_COLUMNS
    if beyond <= 0:
        return grid, 0
    rows = tuple((*row[: TABLE_COLUMNS - 1], row[-1]) for row in grid.rows)
    columns = (*grid.columns[: TABLE_COLUMNS - 1], grid.columns[-1])
    return replace(grid, columns=columns, rows=rows), beyond


def _kept(grid: Table, room: int, newest_last: bool) -> tuple[Table, int]:
    """The table with as many of its rows as fit, whole ones, and how many more there are."""
    kept: list[tuple[Cell, ...]] = []
    room -= len(grid.caption) + sum(map(len, grid.header))
    for row in reversed(grid.rows) if newest_last else grid.rows:
        room -= sum(len(cell.text) + len(cell.note) for cell in row)
        if room < 0 or len(kept) == TABLE_ROWS:
            break
        kept.append(row)
    in_time = newest_last and len(kept) <= ROWS_AT_ONCE  # of several pages the first has the newest
    shown = replace(grid, rows=tuple(kept[::-1] if in_time else kept))
    return shown, len(grid.rows) - len(kept)


def _below(said: Script, answer: Answer) -> Iterator[Block]:
    """What stands below the figures: highlights, notes, sources, what the record lacks."""
    if not answer.edition:
        yield from _highlights(said)
    if said.notes:
        yield context(_joined(said.notes, NOTES_TEXT, "notes"))
    if said.sources:
        yield context("\n".join(fitting(linked(said), SOURCES_TEXT, "sources")))
    for line in said.ending:
        yield context(escape(line))


def _highlights(said: Script) -> Iterator[Block]:
    if said.highlights:
        yield section(_joined(bullets(said.highlights), HIGHLIGHTS_TEXT, "highlights"))


def _room(beside: Sequence[Block]) -> int:
    """The letters that the other blocks leave for figures."""
    return limits.ALL_BLOCK_TEXT - FURTHER_TEXT - limits.letters(beside)


def _joined(lines: Sequence[str], room: int, what: str) -> str:
    return "\n".join(fitting([escape(line) for line in lines], room, what))


def linked(said: Script) -> list[str]:
    """The source lines with their titles linked to the pages."""
    lines = []
    for line, (title, url) in zip(said.sources, said.links, strict=True):
        shown = escape(title)
        lines.append(escape(line).replace(shown, link(url, shown), 1))
    return lines


def link(url: str, shown: str) -> str:
    """The escaped text as a link; the text alone where there is no address."""
    return f"<{escape(url).replace('|', '%7C')}|{shown}>" if url else shown

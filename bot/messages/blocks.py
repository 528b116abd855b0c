"""An Answer into a Slack message: headline, table or lines, highlights, notes, sources; all of it as text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.messages import limits
from bot.messages.buttons import buttons, tools
from bot.messages.columns import Cell, Table
from bot.messages.datatables import DataTable
from bot.messages.message import Block, Message
from bot.messages.script import Script, script

SECTION_TEXT = 2_900  # Slack takes 3,000 characters
SOURCES_TEXT = 2_000
TEXT = limits.TEXT - 100
TABLE_ROWS = 99  # Slack takes 100 with the header
CODE_TEXT = 6_000
FURTHER_TEXT = 600  # letters of buttons and of what is put beside an answer later
FACTS_SHARE = 0.75  # of the room in the text; the rest is for notes and sources
NOTES_SHARE = 0.6  # of the room that figures leave in the text; the rest is for the sources


def render(answer: Answer) -> Message:
    """The message of an answer, within Slack's limits: what does not fit is counted, never cut."""
    said = script(answer)
    return Message(text(said), (*_blocks(said), *buttons(answer.suggestions), *tools(answer)))


def text(said: Script) -> str:
    """The whole answer as plain text: figures, growth, highlights, notes, sources, what the record lacks."""
    around = [said.headline, *said.tries, *bullets(said.highlights), *said.ending]
    room = TEXT - sum(len(line) + 1 for line in around)
    share = room if not (said.notes or said.sources) else int(room * FACTS_SHARE)
    facts = fitting([*said.facts, *said.code], share, "lines", from_end=said.newest_last)
    lines = [said.headline, *facts, *said.tries, *bullets(said.highlights)]
    room = TEXT - sum(len(line) + 1 for line in [*lines, *said.ending])
    notes = fitting(said.notes, int(room * NOTES_SHARE), "notes")
    sources = fitting(said.sources, room - sum(len(line) + 1 for line in notes), "sources")
    return "\n".join([*lines, *notes, *sources, *said.ending])


def _blocks(said: Script) -> Iterator[Block]:
    after = tuple(_below(said))
    yield section(f"*{escape(said.headline)}*")
    if said.grid:
        yield from _table(said.grid, _room_beside(said, after), said.newest_last)
    elif said.facts:
        yield section(_joined(said.facts, SECTION_TEXT, "lines"))
    if said.code:
        yield code(fitting(said.code, min(CODE_TEXT, _room_beside(said, after)), "lines"))
    yield from after


def _below(said: Script) -> Iterator[Block]:
    """What stands below the figures: highlights, notes, sources, what the record lacks."""
    if said.highlights:
        yield section(_joined(bullets(said.highlights), SECTION_TEXT, "highlights"))
    if said.notes:
        yield context(_joined(said.notes, SECTION_TEXT, "notes"))
    if said.sources:
        yield context("\n".join(fitting(_linked(said), SOURCES_TEXT, "sources")))
    for line in said.ending:
        yield context(escape(line))


def _room_beside(said: Script, blocks: Sequence[Block]) -> int:
    """The letters that the other blocks leave for figures."""
    return limits.ALL_BLOCK_TEXT - FURTHER_TEXT - len(escape(said.headline)) - limits.letters(blocks)


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


def bullets(lines: Sequence[str]) -> list[str]:
    """Each line with a bullet before it."""
    return [f"• {line}" for line in lines]


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


def fitting(lines: Sequence[str], room: int, what: str, *, from_end: bool = False) -> list[str]:
    """The lines that fit into so many characters, whole ones only, and how many more there are.

    The first lines, or the last where `from_end`; the count stands where they were left out.
    """
    if from_end:
        return fitting(lines[::-1], room, what)[::-1]
    if sum(map(len, lines)) + len(lines) + len(f"{len(lines)} more {what}.") <= room:
        return list(lines)
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < len(f"{len(lines)} more {what}."):
            return [*kept, f"{len(lines) - len(kept)} more {what}."]
        kept.append(line)
    return kept


def noted(message: Message, note: str) -> Message:
    """The message with one more line below it."""
    return replace(message, text=f"{message.text}\n{note}", blocks=(*message.blocks, context(note)))


def escape(text: str) -> str:
    """Text with Slack's three special characters escaped, so that it can neither mention nor link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def section(markdown: str) -> Block:
    """A section of mrkdwn text, shown in full."""
    return {"type": "section", "expand": True, "text": _markdown(markdown)}


def context(markdown: str) -> Block:
    """A context block of mrkdwn text."""
    return {"type": "context", "elements": [_markdown(markdown)]}


def code(lines: Sequence[str]) -> Block:
    """Lines as they are, in a code block."""
    text = {"type": "text", "text": "\n".join(lines)}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [text]}]}


def _markdown(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def table_block(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """A table block: raw text in every cell, the first row is the header."""
    return {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in (header, *rows)],
    }

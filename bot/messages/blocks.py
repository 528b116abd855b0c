"""An Answer into a Slack message: a headline, a table or lines, highlights, notes, sources, and a text of it all."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject, SectionBlock

from bot.answers.answer import Answer, Citation
from bot.messages import limits
from bot.messages.facts import facts
from bot.messages.message import Block, Message
from bot.messages.notes import highlight, notes, source_line
from bot.messages.speech import HELP_CLOSE, HELP_LINES, headline
from bot.messages.tables import Table, table

SECTION_TEXT = 2_900  # Slack takes 3,000 characters; escapes are counted by it, so some room is kept
SOURCES_TEXT = 2_000
TEXT = limits.TEXT - 100


def render(answer: Answer) -> Message:
    """The message of an answer, within Slack's limits: what does not fit is counted, never cut in the middle."""
    return Message(spoken(answer), tuple(_blocks(answer)))


def spoken(answer: Answer) -> str:
    """The whole answer as plain text: figures, growth, highlights, notes and sources."""
    lines = [headline(answer), *_body(answer)]
    lines += [f"• {highlight(item, answer.catalogue)}" for item in answer.highlights]
    told = notes(answer)
    ending = told[-1:] if answer.lack else []
    lines += told[: len(told) - len(ending)]
    room = TEXT - sum(len(line) + 1 for line in [*lines, *ending])
    sources = [f"[{place}] {source_line(item)}" for place, item in enumerate(answer.citations, start=1)]
    return "\n".join([*lines, *fitting(sources, room, "sources"), *ending])


def _body(answer: Answer) -> list[str]:
    if answer.question and answer.question.view == "help":
        return [*(f"• {line}" for line in HELP_LINES), HELP_CLOSE]
    return facts(answer) + [f"Try: {' · '.join(answer.suggestions)}"] * bool(answer.suggestions)


def _blocks(answer: Answer) -> Iterable[Block]:
    yield section(f"*{escape(headline(answer))}*")
    grid = table(answer)
    body = _body(answer)
    if grid:
        yield table_block(grid)
    elif body:
        yield section("\n".join(fitting([escape(line) for line in body], SECTION_TEXT, "lines")))
    if answer.highlights:
        told = [f"• {escape(highlight(item, answer.catalogue))}" for item in answer.highlights]
        yield section("\n".join(fitting(told, SECTION_TEXT, "highlights")))
    told = [escape(line) for line in notes(answer)]
    ending = told[-1:] if answer.lack else []
    if beside := told[: len(told) - len(ending)]:
        yield context("\n".join(fitting(beside, SECTION_TEXT, "notes")))
    if answer.citations:
        yield context("\n".join(_source_lines(answer.citations)))
    if ending:
        yield context(ending[0])


def _source_lines(cited: Sequence[Citation]) -> list[str]:
    linked = [f"[{place}] {_linked(item)}" for place, item in enumerate(cited, start=1)]
    return fitting(linked, SOURCES_TEXT, "sources")


def _linked(citation: Citation) -> str:
    told, url = escape(source_line(citation)), citation.source.url
    title = escape(f"“{citation.source.title}”")
    return told.replace(title, f"<{escape(url).replace('|', '%7C')}|{title}>", 1) if url else told


def fitting(lines: Sequence[str], room: int, what: str) -> list[str]:
    """The lines that fit into so many characters, whole ones only, and how many more there are."""
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < len(f"{len(lines)} more {what}."):
            return [*kept, f"{len(lines) - len(kept)} more {what}."]
        kept.append(line)
    return kept


def escape(text: str) -> str:
    """Text with Slack's three special characters escaped, so that it can neither mention nor link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def section(markdown: str) -> Block:
    """A section of mrkdwn text, shown in full."""
    return SectionBlock(text=MarkdownTextObject(text=markdown, verbatim=True), expand=True).to_dict()


def context(markdown: str) -> Block:
    """A context block of mrkdwn text."""
    return ContextBlock(elements=[MarkdownTextObject(text=markdown, verbatim=True)]).to_dict()


def table_block(grid: Table) -> Block:
    """A table block: raw text in every cell, the first row is the header."""
    rows = [[{"type": "raw_text", "text": cell} for cell in row] for row in (grid.header, *grid.rows)]
    return {"type": "table", "rows": rows}

"""Blocks of Slack's text, and how much of it fits: sections, context lines, code, older tables."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.messages.limits import TEXT as MOST_TEXT
from bot.messages.message import Block, Message
from bot.words import say_count

TEXT = MOST_TEXT - 400  # the rest is for what is put beside it later: who asked, a note
UNIT = re.compile(
    r" (?<=\d )(?=(?:%|kt|Mt|t|lb|short tons|万吨)(?!\w))|(?<=[▲▼]) "
)  # the space before one; an arrow's

PRESSED = {"actions", "context_actions"}


def bullets(lines: Sequence[str]) -> list[str]:
    """Each line with a bullet before it."""
    return [f"• {line}" for line in lines]


def fitting(lines: Sequence[str], room: int, what: str, *, from_end: bool = False) -> list[str]:
    """The lines that fit into so many characters, whole ones only, and how many more there are.

    The first lines; or the last where `from_end`, after how many earlier ones there are.
    """
    if from_end:
        return _fitting(lines[::-1], room, lambda more: say_count(f"blocks.earlier_{what}", more))[::-1]
    return _fitting(lines, room, lambda more: say_count(f"blocks.more_{what}", more))


def _fitting(lines: Sequence[str], room: int, counted: Callable[[int], str]) -> list[str]:
    longest = len(counted(len(lines)))
    if sum(map(len, lines)) + len(lines) + longest <= room:
        return list(lines)
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < longest:
            return [*kept, counted(len(lines) - len(kept))]
        kept.append(line)
    return kept


def noted(message: Message, note: str) -> Message:
    """The message with one more line below it."""
    return replace(message, text=f"{message.text}\n{note}", blocks=(*message.blocks, context(note)))


def noted_above_buttons(message: Message, note: str) -> Message:
    """The message with one more line below what it says, above what can be pressed."""
    last = len(message.blocks)
    while last and message.blocks[last - 1]["type"] in PRESSED:
        last -= 1
    blocks = (*message.blocks[:last], context(escape(note)), *message.blocks[last:])
    return replace(message, text=f"{message.text}\n{note}", blocks=blocks if message.blocks else ())


def escape(text: str) -> str:
    """Text with Slack's three special characters escaped, so that it can neither mention nor link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The text as it was before `escape`: for where Slack shows it as it is."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def unbroken(text: str) -> str:
    """The text for a screen: no line ends between a number and its unit. What programs read has spaces."""
    return UNIT.sub("\u00a0", text)


def section(text: str) -> Block:
    """A section of mrkdwn text, shown in full."""
    return {"type": "section", "expand": True, "text": markdown(text)}


def context(text: str) -> Block:
    """A context block of mrkdwn text."""
    return {"type": "context", "elements": [markdown(text)]}


def markdown(text: str) -> Block:
    """A text object of mrkdwn, in which nothing becomes a link or a mention by itself."""
    return {"type": "mrkdwn", "text": unbroken(text), "verbatim": True}


def table_block(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """A table block: raw text in every cell, the first row is the header."""
    return {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": unbroken(cell)} for cell in row] for row in (header, *rows)],
    }

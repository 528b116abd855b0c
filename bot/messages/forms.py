"""The forms in which a message can go out, the fullest first: for workspaces that lack the newer blocks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Literal, get_args

from bot.messages.blocks import context
from bot.messages.message import Block, Message
from bot.messages.safe import quoted
from bot.words import say, say_count

Form = Literal["full", "table", "text"]
FORMS: tuple[Form, ...] = get_args(Form)
TABLE_ROWS = 100  # the header among them


def in_form(message: Message, form: Form) -> Message:
    """The message as it is; with older blocks alone; or its text, which says all but draws nothing."""
    if form == "full":
        return message
    if form == "text":
        return replace(message, text="\n".join([message.text, *_not_shown(message)]), blocks=())
    return replace(message, blocks=tuple(older for block in message.blocks for older in _older(block)))


def _older(block: Block) -> Iterator[Block]:
    """The block as a workspace without the newer ones can show it."""
    return NEWER.get(block["type"], _as_it_is)(block)


def _as_it_is(block: Block) -> Iterator[Block]:
    yield block


def _table(block: Block) -> Iterator[Block]:
    """The same rows, as many as the older table takes, every cell as its text."""
    rows = [
        [cell if cell["type"] == "rich_text" else _raw_text(cell) for cell in row] for row in block["rows"]
    ]
    yield {"type": "table", "rows": rows[:TABLE_ROWS]}
    if len(rows) > TABLE_ROWS:
        yield context(say_count("forms.more_rows", len(rows) - TABLE_ROWS))


def _raw_text(cell: Block) -> Block:
    return {"type": "raw_text", "text": cell["text"]}


def _chart(block: Block) -> Iterator[Block]:
    yield context(_without(block))


def _not_shown(message: Message) -> Iterator[str]:
    return (_without(block) for block in message.blocks if block["type"] == "data_visualization")


def _without(chart: Block) -> str:
    return say("forms.chart_not_shown", title=quoted(chart["title"]))


def _nothing(block: Block) -> Iterator[Block]:
    return iter(())


NEWER: Mapping[str, Callable[[Block], Iterator[Block]]] = {
    "data_table": _table,
    "data_visualization": _chart,
    "context_actions": _nothing,
}

"""The forms in which a message can go out, the fullest first: for workspaces that lack the newer blocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, get_args

from bot.messages.blocks import SECTION, TEXT, context, escape, fitting, neutral, quoted, section, table_block
from bot.messages.message import Block, Message
from bot.words import say

Form = Literal["full", "table", "text"]
FORMS: tuple[Form, ...] = get_args(Form)
Rows = Sequence[Sequence[str]]  # the first is the header


def in_form(message: Message, form: Form) -> Message:
    """The message as it is; with older blocks alone; or its text, which says all but draws nothing."""
    if form == "full":
        return message
    if form == "text":
        charts = [line for block in message.blocks for line in _not_shown(block)]
        more = fitting([*message.more, *charts], TEXT - len(message.text), "lines")
        return replace(message, text="\n".join([message.text, *more]), blocks=())
    blocks = tuple(older(message.blocks))
    # Slack takes one table of the older kind: a chart beside a table keeps its name alone.
    surplus = [block for block in blocks if block["type"] == "table"][1:]
    return replace(message, blocks=tuple(block for block in blocks if block not in surplus))


def older(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks as a workspace without the newer ones can show them."""
    for block in blocks:
        match block["type"]:
            case "data_table" | "data_visualization":
                head, *rows = _rows(block)
                yield table_block(head, rows)
                yield from map(context, _not_shown(block))
            case "layout":
                yield from block.get("fallback") or ()
            case kind if kind != "context_actions":
                yield block


def _rows(block: Block) -> Rows:
    """Those of a table; of a chart a row a category, the newest first, and a column a series."""
    if block["type"] != "data_visualization":
        return [[str(cell.get("text", "")) for cell in row] for row in block["rows"]]
    chart, axes = block["chart"], block["chart"]["axis_config"]
    values = [{point["label"]: f"{point['value']:,g}" for point in each["data"]} for each in chart["series"]]
    rows = [[neutral(place), *(each[place] for each in values)] for place in reversed(axes["categories"])]
    return [[axes["y_label"], *(neutral(each["name"]) for each in chart["series"])], *rows]


def _not_shown(block: Block) -> list[str]:
    """That a chart is not shown, and which."""
    chart = block["type"] == "data_visualization"
    return [say("pictures.not_shown", title=quoted(block["title"]))] if chart else []


def for_modal(message: Message) -> Iterator[Block]:
    """The message as far as a modal can show it: without buttons, the rows of a table as lines."""
    for block in in_form(message, "table").blocks or (section(message.text),):
        if block["type"] == "table":
            rows = [escape(" | ".join(row)) for row in _rows(block)]
            yield section("\n".join(fitting(rows, SECTION, "lines")))
        elif block["type"] != "actions":
            yield block

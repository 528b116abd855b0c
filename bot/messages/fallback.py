"""The forms in which a message can go out, the fullest first: for workspaces that lack the newer blocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, get_args

from rich.cells import cell_len

from bot.messages.blocks import TEXT, context, escape, fitting, neutral, quoted, section, table_block
from bot.messages.message import Block, Message
from bot.words import say

Form = Literal["full", "table", "text"]
FORMS: tuple[Form, ...] = get_args(Form)
NEWER = ("data_table", "data_visualization", "context_actions", "layout")  # than many a workspace
MODAL_ROWS, PHONE = 14, 44  # of a table that is drawn as text: rows, and cells of a line
Rows = Sequence[Sequence[str]]  # the first is the header


def in_form(message: Message, form: Form) -> Message:
    """The message as it is; with older blocks alone; or its text, which says all but draws nothing."""
    if form == "full":
        return message
    if form == "text":
        return replace(message, text=in_words(message), blocks=())
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
    """The message as far as a modal can show it: without buttons, a table or a chart's figures as text."""
    for block in in_form(message, "table").blocks or (section(message.text),):
        if block["type"] == "table":
            yield section(f"```{_as_text(_rows(block))}```")
        elif block["type"] != "actions":
            yield block


def _as_text(rows: Rows) -> str:
    """The columns that a phone is wide enough for, the first to the left, the others to the right."""
    columns, used = [], 0
    for place, column in enumerate(zip(*rows[:MODAL_ROWS], strict=True)):
        cells = list(map(escape, column))
        wide = max(map(cell_len, cells))
        used += wide + 2
        if used <= PHONE:
            pairs = [(" " * (wide - cell_len(each)), each) for each in cells]
            columns.append([space + each if place else each + space for space, each in pairs])
    return "\n".join(map("  ".join, zip(*columns, strict=True)))


def in_words(message: Message) -> str:
    """The text, and below it what it leaves out: lists, the rows of tables, which chart is not shown."""
    lines = [line for block in message.blocks for line in _lines(block)]
    return "\n".join([message.text, *fitting(lines, TEXT - len(message.text), "lines")])


def _lines(block: Block) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            (listed,) = block["elements"]
            for place, item in enumerate(listed["elements"], start=1):
                sign = f"{place}." if listed["style"] == "ordered" else "•"
                yield f"{sign} " + "".join(escape(piece.get("text", "")) for piece in item["elements"])
        case "table" | "data_table" | "data_visualization":
            yield from (escape(" | ".join(row)) for row in _rows(block))
            yield from _not_shown(block)

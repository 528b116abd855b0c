"""The forms in which a message can go out, the fullest first: for workspaces that lack the newer blocks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

from rich.cells import cell_len

from bot.messages.blocks import TEXT, context, escape, fitting, section
from bot.messages.message import Block, Message
from bot.messages.safe import quoted
from bot.words import say, say_count

Form = Literal["full", "table", "text"]
FORMS: tuple[Form, ...] = get_args(Form)
TABLE_ROWS = 100  # the header among them
MODAL_ROWS, PHONE = 14, 44  # of a table that is drawn as text: rows, and cells of a line


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
        yield from NEWER[block["type"]](block) if block["type"] in NEWER else (block,)


def _table(block: Block) -> Iterator[Block]:
    """The same rows, as many as the older table takes, every cell as its text."""
    rows, more = block["rows"][:TABLE_ROWS], len(block["rows"]) - TABLE_ROWS
    raw = [[{"type": "raw_text", "text": c["text"]} if "text" in c else c for c in row] for row in rows]
    yield {"type": "table", "rows": raw}
    if more > 0:
        yield context(say_count("forms.more_rows", more))


def _chart(block: Block) -> Iterator[Block]:
    rows = [[{"type": "raw_text", "text": text} for text in row] for row in _points(block)]
    yield from ({"type": "table", "rows": rows}, context(_without(block)))


def _points(block: Block) -> list[list[str]]:
    """A row a category, the newest first; a column a series."""
    chart, axes = block["chart"], block["chart"]["axis_config"]
    values = [{point["label"]: f"{point['value']:,g}" for point in each["data"]} for each in chart["series"]]
    rows = [[place, *(each[place] for each in values)] for place in reversed(axes["categories"])]
    return [[axes["y_label"], *(each["name"] for each in chart["series"])], *rows]


def for_modal(message: Message) -> Iterator[Block]:
    """The message as far as a modal can show it: without buttons, a table or a chart's figures as text."""
    for block in in_form(message, "table").blocks or (section(message.text),):
        if block["type"] == "table":
            yield section(f"```{_as_text(block['rows'])}```")
        elif block["type"] != "actions":
            yield block


def _as_text(rows: Sequence[Sequence[Block]]) -> str:
    """The columns that a phone is wide enough for, the first to the left, the others to the right."""
    columns, used = [], 0
    for place, column in enumerate(zip(*rows[:MODAL_ROWS], strict=True)):
        cells = [escape(str(cell.get("text", ""))) for cell in column]
        spaces = [" " * (max(map(cell_len, cells)) - cell_len(each)) for each in cells]
        used += max(map(cell_len, cells)) + 2
        if used <= PHONE:
            pairs = zip(spaces, cells, strict=True)
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
            for place, section in enumerate(listed["elements"], start=1):
                sign = f"{place}." if listed["style"] == "ordered" else "•"
                yield f"{sign} " + "".join(escape(piece.get("text", "")) for piece in section["elements"])
        case "table" | "data_table":
            for row in block["rows"]:
                yield " | ".join(escape(str(cell.get("text", ""))) for cell in row)
        case "data_visualization":
            yield from (" | ".join(map(quoted, row)) for row in _points(block))
            yield _without(block)


def _without(chart: Block) -> str:
    return say("forms.chart_not_shown", title=quoted(chart["title"]))


NEWER: Mapping[str, Callable[[Block], Iterable[Block]]] = {
    "data_table": _table,
    "data_visualization": _chart,
    "context_actions": lambda block: (),
    "layout": lambda block: block.get("fallback") or (),
}

"""What Slack takes in one message, as a table, and `problems`, which says what in a message breaks it.

The numbers are Slack's (docs.slack.dev, the Block Kit reference) but for two: `TEXT` is what Slack advises
(above it a message may be split), and `ALL_BLOCK_TEXT` keeps clear of a sum that Slack refuses unpublished.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.messages.block_rules import in_itself
from bot.messages.elements import ACTIONS, BUTTON, CONTEXT_ACTIONS, ID, OVERFLOW, URL
from bot.messages.schema import (
    Object,
    Optional,
    Problem,
    by_type,
    integer,
    items,
    number,
    obj,
    one_of,
    plain_text,
    string,
    text_object,
    truth,
    wrong,
)

TEXT = 4_000
BLOCKS = 50
ALL_BLOCK_TEXT = 10_000
CHARTS = 2
TABLES = 1  # of the older kind
TABLE_TEXT = {"table": 10_000, "data_table": 20_000}
READ = frozenset({"text", "caption", "title", "name", "label"})

Block = Mapping[str, Any]

STYLE = Optional(obj(**dict.fromkeys(["bold", "italic", "strike", "code", "underline"], Optional(truth))))
PIECES = items(
    by_type(
        text=obj(text=string(10_000), style=STYLE),
        link=obj(url=URL, text=Optional(string(3_000)), style=STYLE, unsafe=Optional(truth)),
        emoji=obj(name=string(255), unicode=Optional(string(255)), style=STYLE),
        user=obj(user_id=string(255), style=STYLE),
        channel=obj(channel_id=string(255), style=STYLE),
    ),
    least=0,
    most=1_000,
)
BORDER = Optional(integer(0, 1))
RICH_SECTION = obj(elements=PIECES)
RICH = items(
    by_type(
        rich_text_section=RICH_SECTION,
        rich_text_preformatted=obj(elements=PIECES, border=BORDER),
        rich_text_quote=obj(elements=PIECES, border=BORDER),
        rich_text_list=obj(
            elements=items(by_type(rich_text_section=RICH_SECTION), 1, 100),
            style=one_of("bullet", "ordered"),
            indent=Optional(integer(0, 8)),
            offset=Optional(integer(0)),
            border=BORDER,
        ),
    ),
    least=1,
    most=100,
)
CELL = by_type(
    raw_text=obj(text=string(10_000)),
    raw_number=obj(value=number(), text=string(10_000)),
    rich_text=obj(elements=RICH, block_id=ID),
)
ROW = items(CELL, 1, 20)
COLUMN = obj(align=Optional(one_of("left", "center", "right")), is_wrapped=Optional(truth))
PLOT = obj(
    series=items(obj(name=string(20), data=items(obj(label=string(20), value=number()), 1, 20)), 1, 12),
    axis_config=obj(
        categories=items(string(20), 1, 20), x_label=Optional(string(50)), y_label=Optional(string(50))
    ),
)
PIE = obj(segments=items(obj(label=string(20), value=number(above=0)), 1, 12))

BLOCK_TYPES: Mapping[str, Object] = {
    "divider": obj(block_id=ID),
    "header": obj(block_id=ID, text=plain_text(150), level=Optional(integer(1, 4))),
    "section": obj(
        block_id=ID,
        text=Optional(text_object(3_000)),
        fields=Optional(items(text_object(2_000), 1, 10)),
        accessory=Optional(by_type(button=BUTTON, overflow=OVERFLOW)),
        expand=Optional(truth),
    ),
    "context": obj(block_id=ID, elements=items(text_object(3_000), 1, 10)),
    "rich_text": obj(block_id=ID, elements=RICH),
    "actions": obj(block_id=ID, elements=items(ACTIONS, 1, 25)),
    "context_actions": obj(block_id=ID, elements=items(CONTEXT_ACTIONS, 1, 5)),
    "table": obj(
        block_id=ID, rows=items(ROW, 1, 100), column_settings=Optional(items(Optional(COLUMN), 1, 20))
    ),
    "data_table": obj(
        block_id=ID,
        rows=items(ROW, 2, 201),
        caption=string(3_000),
        page_size=Optional(integer(1, 100)),
        row_header_column_index=Optional(integer(0, 19)),
    ),
    "data_visualization": obj(
        block_id=ID, title=string(50), chart=by_type(line=PLOT, bar=PLOT, area=PLOT, pie=PIE)
    ),
}
ITEM = obj(
    blocks=items(by_type(**BLOCK_TYPES), 1, BLOCKS), width=Optional(one_of("narrow", "standard", "wide"))
)
LAYOUT = obj(
    block_id=ID,
    label=string(150),
    rows=items(obj(items=items(ITEM, 1, 10)), 1, 5),
    is_label_visible=Optional(truth),
    grid_lines=Optional(one_of("none", "rows", "outer")),
    fallback=Optional(items(by_type(**BLOCK_TYPES), 0, BLOCKS)),
)
BLOCK_TYPES = {**BLOCK_TYPES, "layout": LAYOUT}
BLOCK = by_type(**BLOCK_TYPES)


def problems(text: str, blocks: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """All that Slack would refuse in this message; empty where it would take it."""
    if not isinstance(blocks, list | tuple):
        return [wrong("/blocks", "must be an array")]
    found = [*_text(text, blocks), *_count(blocks)]
    broken = [each for at, block in enumerate(blocks) for each in _in_block(block, f"/blocks/{at}")]
    # The sums count on every block, so they wait until each has its form.
    return [*found, *(broken or (each for rule in SUMS for each in rule(blocks)))]


def letters(value: Any) -> int:
    """Characters of everything that is read: each string under one of the names in `READ`, however deep."""
    if isinstance(value, dict):
        return sum(
            len(inner) if name in READ and isinstance(inner, str) else letters(inner)
            for name, inner in value.items()
        )
    return sum(map(letters, value)) if isinstance(value, (list, tuple)) else 0


def _in_block(block: Any, pointer: str) -> list[Problem]:
    return list(BLOCK(block, pointer)) or list(in_itself(block, pointer))


def _count(blocks: Sequence[Any]) -> Iterator[Problem]:
    """The blocks inside of a layout count like the others."""
    if sum(1 + len(list(_inside(block))) for block in blocks) > BLOCKS:
        yield wrong("/blocks", f"no more than {BLOCKS} items allowed")


def _inside(block: Any) -> Iterator[Block]:
    rows = block.get("rows") if isinstance(block, dict) and block.get("type") == "layout" else None
    for row in rows if isinstance(rows, list) else ():
        for item in row.get("items") or ():
            yield from item.get("blocks") or ()


def _text(text: str, blocks: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    if not text and not blocks:
        yield wrong("/text", "a message needs text or blocks", "no_text")
    if len(text) > TEXT:
        yield wrong("/text", f"must be less than {TEXT + 1} characters", "msg_too_long")


def _ids(blocks: Sequence[Block]) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id is not None and block_id in seen:
            yield wrong(f"/blocks/{at}/block_id", f"block_id must be unique: {block_id}")
        seen.add(block_id or "")


def _tables(blocks: Sequence[Block]) -> Iterator[Problem]:
    for kind, most in TABLE_TEXT.items():
        used = 0
        for at, block in enumerate(blocks):
            if block["type"] == kind:
                used += letters(block["rows"])
                if used > most:
                    message = f"the tables of a message must be less than {most + 1} characters"
                    yield wrong(f"/blocks/{at}/rows", message)


def _how_many(blocks: Sequence[Block]) -> Iterator[Problem]:
    for kind, most, named in (("table", TABLES, "table"), ("data_visualization", CHARTS, "charts")):
        for at in [at for at, block in enumerate(blocks) if block["type"] == kind][most:]:
            yield wrong(f"/blocks/{at}", f"no more than {most} {named} allowed in a message")


def _sum(blocks: Sequence[Block]) -> Iterator[Problem]:
    used = letters(blocks)
    if used > ALL_BLOCK_TEXT:
        message = f"the text of all blocks must be less than {ALL_BLOCK_TEXT + 1} characters, not {used}"
        yield wrong("/blocks", message, "msg_blocks_too_long")


SUMS: tuple[Callable[[Sequence[Block]], Iterator[Problem]], ...] = (_ids, _tables, _how_many, _sum)

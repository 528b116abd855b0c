"""What Slack takes in one message, as a table, and `problems`, which says what in a message breaks it.

The numbers are Slack's (docs.slack.dev, the Block Kit reference) but for two: `TEXT` is what Slack advises
(above it a message may be split), and `ALL_BLOCK_TEXT` keeps clear of a sum that Slack refuses unpublished.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.messages.elements import ACTIONS, BUTTON, CONTEXT_ACTIONS, ID, URL
from bot.messages.shape import (
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

__all__ = [
    "ALL_BLOCK_TEXT",
    "BLOCKS",
    "BLOCK_TYPES",
    "CHARTS",
    "TABLE_TEXT",
    "TEXT",
    "Problem",
    "letters",
    "problems",
]

TEXT = 4_000
BLOCKS = 50
ALL_BLOCK_TEXT = 10_000
CHARTS = 2
TABLES = 1  # of the older kind
TABLE_TEXT = {"table": 10_000, "data_table": 20_000}

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
        accessory=Optional(by_type(button=BUTTON)),
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
BLOCK_LIST = items(by_type(**BLOCK_TYPES), least=0, most=BLOCKS)


def problems(text: str, blocks: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """All that Slack would refuse in this message; empty where it would take it."""
    found = list(_text(text, blocks))
    shape = list(BLOCK_LIST(blocks, "/blocks"))
    # The sums and comparisons read inside the blocks, so they wait until the blocks have their form.
    return found + (shape or [problem for rule in RULES for problem in rule(blocks)])


def _text(text: str, blocks: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    if not text and not blocks:
        yield wrong("/text", "a message needs text or blocks", "no_text")
    if len(text) > TEXT:
        yield wrong("/text", f"must be less than {TEXT + 1} characters", "msg_too_long")


def _ids(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, block in enumerate(blocks):
        if (name := block.get("block_id")) is not None and name in seen:
            yield wrong(f"/blocks/{at}/block_id", f"block_id must be unique: {name}")
        seen.add(name or "")


def _sections(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for at, block in enumerate(blocks):
        if block["type"] == "section" and not block.get("text") and not block.get("fields"):
            yield wrong(f"/blocks/{at}", "a section needs text or fields")


def _choices(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """What is chosen at first has to be one of the options, word for word."""
    for at, block in enumerate(blocks):
        for place, element in enumerate(block["elements"] if block["type"] == "actions" else ()):
            first = element.get("initial_option")
            if first and first not in element["options"]:
                yield wrong(f"/blocks/{at}/elements/{place}", "initial option is not one of the options")


def _tables(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for kind, most in TABLE_TEXT.items():
        used = 0
        for at, block in enumerate(blocks):
            if block["type"] == kind:
                used += letters(block["rows"])
                if used > most:
                    message = f"the tables of a message must be less than {most + 1} characters"
                    yield wrong(f"/blocks/{at}/rows", message)


def _one_table(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    tables = [at for at, block in enumerate(blocks) if block["type"] == "table"]
    for at in tables[TABLES:]:
        yield wrong(f"/blocks/{at}", f"no more than {TABLES} table allowed in a message")


def _data_tables(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for at, block in enumerate(blocks):
        if block["type"] != "data_table":
            continue
        head, *rows = block["rows"]
        if any(cell["type"] == "rich_text" for cell in head):
            yield wrong(f"/blocks/{at}/rows/0", "rich_text is not allowed in the header row")
        for line, row in enumerate(rows, start=1):
            if len(row) != len(head):
                yield wrong(f"/blocks/{at}/rows/{line}", f"must have {len(head)} cells like the header row")


def _charts(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    charts = [
        (at, block["chart"]) for at, block in enumerate(blocks) if block["type"] == "data_visualization"
    ]
    for at, _ in charts[CHARTS:]:
        yield wrong(f"/blocks/{at}", f"no more than {CHARTS} charts allowed in a message")
    for at, chart in charts:
        if chart["type"] != "pie":
            yield from _plot(chart, f"/blocks/{at}/chart")


def _plot(chart: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    categories = sorted(chart["axis_config"]["categories"])
    if len(set(categories)) != len(categories):
        yield wrong(f"{pointer}/axis_config/categories", "categories must be unique")
    names: set[str] = set()
    for at, series in enumerate(chart["series"]):
        if series["name"] in names:
            yield wrong(f"{pointer}/series/{at}/name", "series names must be unique")
        names.add(series["name"])
        if sorted(point["label"] for point in series["data"]) != categories:
            yield wrong(f"{pointer}/series/{at}/data", "must have exactly one point for every category")


def _sum(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    used = letters(blocks)
    if used > ALL_BLOCK_TEXT:
        message = f"the text of all blocks must be less than {ALL_BLOCK_TEXT + 1} characters, not {used}"
        yield wrong("/blocks", message, "msg_blocks_too_long")


def letters(value: Any) -> int:
    """Characters of everything that is read: each string under one of the names in `READ`, however deep."""
    if isinstance(value, list | tuple):
        return sum(map(letters, value))
    if not isinstance(value, dict):
        return 0
    return sum(
        len(inner) if name in READ and isinstance(inner, str) else letters(inner)
        for name, inner in value.items()
    )


READ = frozenset({"text", "caption", "title", "name", "label"})
RULES: tuple[Callable[[Sequence[Mapping[str, Any]]], Iterator[Problem]], ...] = (
    _ids,
    _sections,
    _choices,
    _tables,
    _one_table,
    _data_tables,
    _charts,
    _sum,
)

"""Slack's limits: what just fits is taken, one more is refused under Slack's name at the right place."""

from functools import partial
from typing import Any

from bot.playground.limits import problems
from tests.looped import looped

Block = dict[str, Any]


def block(kind: str, **fields: Any) -> Block:
    return {"type": kind, **fields}


def holding(kind: str, *elements: Block) -> Block:
    return block(kind, elements=list(elements))


actions, context, context_actions, rich = (
    partial(holding, kind) for kind in ("actions", "context", "context_actions", "rich_text")
)


def mrkdwn(length: int = 5) -> Block:
    return block("mrkdwn", text="x" * length)


def plain(length: int) -> Block:
    return block("plain_text", text="x" * length)


def section(length: int = 5) -> Block:
    return block("section", text=mrkdwn(length))


def fields(count: int, length: int = 5) -> Block:
    return block("section", fields=[mrkdwn(length)] * count)


def cell(length: int = 5) -> Block:
    return block("raw_text", text="x" * length)


def table(rows: int, columns: int, length: int = 1) -> Block:
    return block("table", rows=[[cell(length)] * columns] * rows)


def data_table(*rows: list[Block]) -> Block:
    return block("data_table", caption="c", rows=list(rows))


def button(**changes: Any) -> Block:
    return block("button", **{"text": plain(5), "action_id": "a"} | changes)


def select(count: int, length: int = 150, **changes: Any) -> Block:
    options = [{"text": plain(75), "value": f"{at:03}" + "v" * (length - 3)} for at in range(count)]
    return block("static_select", action_id="s", placeholder=plain(150), options=options, **changes)


def verdicts(length: int = 75) -> Block:
    button = {"text": plain(length), "value": "v" * 2_000, "accessibility_label": "x" * 75}
    return block("feedback_buttons", action_id="f", positive_button=button, negative_button=button)


def trash(icon: str = "trash", **changes: Any) -> Block:
    return block("icon_button", icon=icon, text=plain(6), action_id="t", value="U1", **changes)


def words(text: str) -> Block:
    return holding("rich_text_section", block("text", text=text))


def chart(series: int = 1, points: int = 2, **changes: Any) -> Block:
    labels = [str(at) for at in range(points)]
    data = [{"label": label, "value": -1.5} for label in labels]
    drawn = {"series": [{"name": f"s{at}", "data": data} for at in range(series)]}
    axes = {"axis_config": {"categories": labels}}
    return block("data_visualization", title="t", chart=block("line", **drawn | axes | changes))


FIT = {
    "fifty blocks": [{"type": "divider"}] * 50,
    "section of 3000": [section(3_000)],
    "ten fields": [fields(10)],
    "field of 2000": [fields(1, 2_000)],
    "header of 150": [block("header", text=plain(150))],
    "ten context elements": [context(*[mrkdwn()] * 10)],
    "table of 100 rows": [table(100, 20)],
    "table of 10000 characters": [table(10, 10, 100)],
    "25 buttons": [actions(*(button(action_id=str(at)) for at in range(25)))],
    "button at its limits": [
        actions(button(text=plain(75), value="v" * 2_000, url="u" * 3_000, action_id="a" * 255))
    ],
    "numbers and rich text in cells": [
        block(
            "table",
            rows=[[block("raw_number", value=1.5, text="1.5"), rich(words("x"))]],
            column_settings=[{"align": "right", "is_wrapped": True}, None],
        )
    ],
    "rich text": [
        rich(
            words("x"),
            block("rich_text_list", style="bullet", elements=[words("y")]),
            holding("rich_text_quote", block("link", url="https://e.org", text="e")),
        )
    ],
    "block_id of 255": [{"type": "divider", "block_id": "x" * 255}],
    "all text 10000": [section(3_000), section(3_000), section(3_000), section(1_000)],
    "data_table of 201 rows": [data_table(*[[cell()]] * 201)],
    "two charts of twelve series": [chart(12, 20), chart(12, 20)],
    "a choice of 100": [actions(select(100))],
    "a choice that is made": [actions(select(2, initial_option=select(2)["options"][1]))],
    "feedback and a bin": [context_actions(verdicts(), trash(visible_to_user_ids=["U"] * 10))],
}

LONG = "msg_blocks_too_long"
REFUSED: dict[str, tuple[Any, ...]] = {
    "51 blocks": ([{"type": "divider"}] * 51, "/blocks"),
    "unknown block": ([{"type": "video"}], "/blocks/0"),
    "no type": ([{}], "/blocks/0"),
    "not a block": (["x"], "/blocks/0"),
    "unknown field": ([{"type": "divider", "colour": 1}], "/blocks/0/colour"),
    "section of 3001": ([section(3_001)], "/blocks/0/text/text"),
    "section without text": ([section(0)], "/blocks/0/text/text"),
    "section of nothing": ([{"type": "section"}], "/blocks/0"),
    "eleven fields": ([fields(11)], "/blocks/0/fields"),
    "field of 2001": ([fields(1, 2_001)], "/blocks/0/fields/0/text"),
    "header of 151": ([section(), block("header", text=plain(151))], "/blocks/1/text/text"),
    "header in mrkdwn": ([{"type": "header", "text": mrkdwn(5)}], "/blocks/0/text"),
    "eleven context elements": ([context(*[mrkdwn()] * 11)], "/blocks/0/elements"),
    "empty context": ([context()], "/blocks/0/elements"),
    "two tables": ([table(1, 1), table(1, 1)], "/blocks/1"),
    "a choice of 101": ([actions(select(101))], "/blocks/0/elements/0/options"),
    "an option of 151": ([actions(select(1, 151))], "/blocks/0/elements/0/options/0/value"),
    "no such choice": (
        [actions(select(2, initial_option={"text": plain(1), "value": "x"}))],
        "/blocks/0/elements/0",
    ),
    "a bin among buttons": ([actions(trash())], "/blocks/0/elements/0"),
    "a button among bins": ([context_actions(button())], "/blocks/0/elements/0"),
    "another icon": ([context_actions(trash(icon="star"))], "/blocks/0/elements/0/icon"),
    "a bin for eleven": (
        [context_actions(trash(visible_to_user_ids=["U"] * 11))],
        "/blocks/0/elements/0/visible_to_user_ids",
    ),
    "a verdict of 76": ([context_actions(verdicts(76))], "/blocks/0/elements/0/positive_button/text/text"),
    "table of 101 rows": ([table(101, 1)], "/blocks/0/rows"),
    "21 cells": ([table(1, 21)], "/blocks/0/rows/0"),
    "empty cell": ([{"type": "table", "rows": [[cell(), cell(0)]]}], "/blocks/0/rows/0/1/text"),
    "no number": (
        [block("table", rows=[[block("raw_number", value="1", text="1")]])],
        "/blocks/0/rows/0/0/value",
    ),
    "unknown cell": ([{"type": "table", "rows": [[{"type": "cell"}]]}], "/blocks/0/rows/0/0"),
    "26 buttons": ([actions(*[button()] * 26)], "/blocks/0/elements"),
    "button text of 76": ([actions(button(text=plain(76)))], "/blocks/0/elements/0/text/text"),
    "button value of 2001": ([actions(button(value="v" * 2_001))], "/blocks/0/elements/0/value"),
    "action_id of 256": ([actions(button(action_id="a" * 256))], "/blocks/0/elements/0/action_id"),
    "url of 3001": ([actions(button(url="u" * 3_001))], "/blocks/0/elements/0/url"),
    "unknown element": ([actions({"type": "datepicker"})], "/blocks/0/elements/0"),
    "block_id of 256": ([{"type": "divider", "block_id": "x" * 256}], "/blocks/0/block_id"),
    "block_id twice": ([{"type": "divider", "block_id": "x"}] * 2, "/blocks/1/block_id"),
    "empty rich text": ([rich(words(""))], "/blocks/0/elements/0/elements/0/text"),
    "data_table of 202 rows": ([data_table(*[[cell()]] * 202)], "/blocks/0/rows"),
    "data_table without caption": ([{"type": "data_table", "rows": [[cell()]] * 2}], "/blocks/0"),
    "rich header cell": ([data_table([rich(words("x"))], [cell()])], "/blocks/0/rows/0"),
    "ragged data_table": ([data_table([cell()], [cell()] * 2)], "/blocks/0/rows/1"),
    "three charts": ([chart()] * 3, "/blocks/2"),
    "13 series": ([chart(13)], "/blocks/0/chart/series"),
    "21 points": ([chart(1, 21)], "/blocks/0/chart/series/0/data"),
    "a gap": ([chart(axis_config={"categories": ["0", "1", "2"]})], "/blocks/0/chart/series/0/data"),
    "data_table of 10001 characters": ([data_table([cell()], *[[cell(1_000)]] * 10)], "/blocks", LONG),
    "all text over 10000": ([section(3_000)] * 3 + [section(1_001)], "/blocks", LONG),
    "rich text over 10000": ([rich(words("x" * 5_001), words("x" * 5_000))], "/blocks", LONG),
}


@looped(("name", "blocks"), FIT.items())
def test_what_just_fits_is_taken(name: str, blocks: list[Block]) -> None:
    assert problems("text", blocks) == []


@looped(("name", "refused"), REFUSED.items())
def test_one_more_is_refused(name: str, refused: tuple[Any, ...]) -> None:
    blocks, pointer, error = (*refused, "invalid_blocks")[:3]
    assert (pointer, error) in {(each.pointer, each.error) for each in problems("text", blocks)}


@looped(
    ("text", "blocks", "errors"),
    [
        ("", [], ["no_text"]),
        ("x" * 4_001, [], ["msg_too_long"]),
        ("x" * 4_001, [section()], ["msg_too_long"]),
        ("x" * 4_000, [], []),
        ("", [section()], []),
    ],
)
def test_text_is_needed_and_bounded(text: str, blocks: list[Block], errors: list[str]) -> None:
    assert [found.error for found in problems(text, blocks)] == errors


def test_all_that_is_wrong_is_told_at_once() -> None:
    pointers = {
        found.pointer for found in problems("text", [section(3_001), block("header", text=plain(151))])
    }
    assert pointers == {"/blocks/0/text/text", "/blocks/1/text/text"}

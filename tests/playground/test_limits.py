"""Slack's limits: what just fits is taken, one more is refused under Slack's name at the right place."""

from collections.abc import Callable
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


NO_NUMBER = block("raw_number", value="1", text="1")
DIVIDER = {"type": "divider"}
LONG = "msg_blocks_too_long"
# What is made of a number, the largest that is taken, and where one more is refused.
BOUNDS: list[tuple[Callable[[int], list[Block]], int, str]] = [
    (lambda most: [DIVIDER] * most, 50, "/blocks"),
    (lambda most: [section(most)], 3_000, "/blocks/0/text/text"),
    (lambda most: [fields(most)], 10, "/blocks/0/fields"),
    (lambda most: [fields(1, most)], 2_000, "/blocks/0/fields/0/text"),
    (lambda most: [section(), block("header", text=plain(most))], 150, "/blocks/1/text/text"),
    (lambda most: [context(*[mrkdwn()] * most)], 10, "/blocks/0/elements"),
    (lambda most: [table(1, 1)] * most, 1, "/blocks/1"),
    (lambda most: [table(most, 20)], 100, "/blocks/0/rows"),
    (lambda most: [table(1, most)], 20, "/blocks/0/rows/0"),
    (lambda most: [data_table(*[[cell()]] * most)], 201, "/blocks/0/rows"),
    (lambda most: [actions(*(button(action_id=str(at)) for at in range(most)))], 25, "/blocks/0/elements"),
    (lambda most: [actions(button(text=plain(most)))], 75, "/blocks/0/elements/0/text/text"),
    (lambda most: [actions(button(value="v" * most))], 2_000, "/blocks/0/elements/0/value"),
    (lambda most: [actions(button(url="u" * most))], 3_000, "/blocks/0/elements/0/url"),
    (lambda most: [actions(button(action_id="a" * most))], 255, "/blocks/0/elements/0/action_id"),
    (lambda most: [DIVIDER | {"block_id": "x" * most}], 255, "/blocks/0/block_id"),
    (lambda most: [actions(select(most))], 100, "/blocks/0/elements/0/options"),
    (lambda most: [actions(select(1, most))], 150, "/blocks/0/elements/0/options/0/value"),
    (lambda most: [context_actions(verdicts(most))], 75, "/blocks/0/elements/0/positive_button/text/text"),
    (
        lambda most: [context_actions(trash(visible_to_user_ids=["U"] * most))],
        10,
        "/blocks/0/elements/0/visible_to_user_ids",
    ),
    (lambda most: [chart(12, 20)] * most, 2, "/blocks/2"),
    (lambda most: [chart(most, 20)], 12, "/blocks/0/chart/series"),
    (lambda most: [chart(1, most)], 20, "/blocks/0/chart/series/0/data"),
]
# The same of all the text of a message.
TEXTS: list[tuple[Callable[[int], list[Block]], int]] = [
    (lambda most: [section(3_000)] * 3 + [section(most)], 1_000),
    (lambda most: [rich(words("x" * most), words("x" * 5_000))], 5_000),
    (lambda most: [table(10, 9, 100), section(most)], 1_000),
    (lambda most: [data_table([cell(most)], *[[cell(1_000)]] * 9)], 999),
]
FIT = [
    [actions(select(2, initial_option=select(2)["options"][1]))],
    [context_actions(verdicts(), trash())],
    [
        block(
            "table",
            rows=[[block("raw_number", value=1.5, text="1.5"), rich(words("x"))]],
            column_settings=[{"align": "right", "is_wrapped": True}, None],
        )
    ],
    [
        rich(
            words("x"),
            block("rich_text_list", style="bullet", elements=[words("y")]),
            holding("rich_text_quote", block("link", url="https://e.org", text="e")),
        )
    ],
]
NO_CHOICE = {"initial_option": {"text": plain(1), "value": "x"}}
REFUSED: dict[str, tuple[list[Any], str]] = {
    "unknown block": ([{"type": "video"}], "/blocks/0"),
    "no type": ([{}], "/blocks/0"),
    "not a block": (["x"], "/blocks/0"),
    "unknown field": ([DIVIDER | {"colour": 1}], "/blocks/0/colour"),
    "section without text": ([section(0)], "/blocks/0/text/text"),
    "section of nothing": ([{"type": "section"}], "/blocks/0"),
    "header in mrkdwn": ([{"type": "header", "text": mrkdwn(5)}], "/blocks/0/text"),
    "empty context": ([context()], "/blocks/0/elements"),
    "no such choice": ([actions(select(2, **NO_CHOICE))], "/blocks/0/elements/0"),
    "a bin among buttons": ([actions(trash())], "/blocks/0/elements/0"),
    "a button among bins": ([context_actions(button())], "/blocks/0/elements/0"),
    "another icon": ([context_actions(trash(icon="star"))], "/blocks/0/elements/0/icon"),
    "empty cell": ([{"type": "table", "rows": [[cell(), cell(0)]]}], "/blocks/0/rows/0/1/text"),
    "no number": ([block("table", rows=[[NO_NUMBER]])], "/blocks/0/rows/0/0/value"),
    "unknown cell": ([{"type": "table", "rows": [[{"type": "cell"}]]}], "/blocks/0/rows/0/0"),
    "unknown element": ([actions({"type": "datepicker"})], "/blocks/0/elements/0"),
    "block_id twice": ([DIVIDER | {"block_id": "x"}] * 2, "/blocks/1/block_id"),
    "empty rich text": ([rich(words(""))], "/blocks/0/elements/0/elements/0/text"),
    "data_table without caption": ([{"type": "data_table", "rows": [[cell()]] * 2}], "/blocks/0"),
    "rich header cell": ([data_table([rich(words("x"))], [cell()])], "/blocks/0/rows/0"),
    "ragged data_table": ([data_table([cell()], [cell()] * 2)], "/blocks/0/rows/1"),
    "a gap": ([chart(axis_config={"categories": ["0", "1", "2"]})], "/blocks/0/chart/series/0/data"),
}


@looped(
    ("make", "most", "pointer", "error"),
    [*((*bound, "invalid_blocks") for bound in BOUNDS), *((*text, "/blocks", LONG) for text in TEXTS)],
)
def test_what_just_fits_is_taken_and_one_more_refused(
    make: Callable[[int], list[Block]], most: int, pointer: str, error: str
) -> None:
    assert problems("text", make(most)) == []
    assert (pointer, error) in {(each.pointer, each.error) for each in problems("text", make(most + 1))}


@looped("blocks", FIT)
def test_what_may_stand_together_is_taken(blocks: list[Block]) -> None:
    assert problems("text", blocks) == []


@looped(("name", "blocks", "pointer"), [(name, *refused) for name, refused in REFUSED.items()])
def test_what_slack_does_not_know_is_refused(name: str, blocks: list[Any], pointer: str) -> None:
    assert (pointer, "invalid_blocks") in {(each.pointer, each.error) for each in problems("text", blocks)}


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

"""Modals and strips: what Slack takes of them, what it refuses, one thing at a time, and where."""

from typing import Any

from bot.messages.blocks import Metric, fitted, section, strip
from bot.messages.fallback import in_form
from bot.messages.message import Message
from bot.messages.modal import (
    Option,
    choice,
    line,
    modal,
    select,
    several,
)
from bot.playground.limits import BLOCKS, problems, view_problems
from tests.tables import looped

TWO = [Option("a", "A"), Option("b", "B", "the second")]
FIVE = [Metric(f"Series {number}", f"{number} kt", "▲ 1.0 %") for number in range(5)]
OPTIONS = "/view/blocks/0/element/options"
FIRST = choice("one", "One", TWO, "a")
CELL = {"type": "raw_text", "text": "x"}
CURVE = {"name": "s", "data": [{"label": "a", "value": 1}]}
CHART = {"type": "bar", "series": [CURVE], "axis_config": {"categories": ["a"]}}


def view(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return modal("form", "Title", blocks, submit="Save", memo="C1") | fields


def test_a_good_view_has_no_problems() -> None:
    picked = several("three", "Three", TWO, ["a", "b"], "at least one")
    typed = line("four", "Four", "", hint="any", most=10)
    assert view_problems(view(FIRST, select("two", "Two", TWO, "b"), picked, typed)) == []


def test_a_home_tab_takes_tables_and_no_charts() -> None:
    table = {"type": "data_table", "caption": "c", "rows": [[CELL], [CELL]]}
    assert view_problems({"type": "home", "blocks": [table]}) == []
    chart = {"type": "data_visualization", "title": "t", "chart": CHART}
    (found,) = view_problems({"type": "home", "blocks": [table, chart]})
    assert found.pointer == "/view/blocks/1"


def test_five_figures_stand_in_rows_of_three_and_elsewhere_in_fields() -> None:
    shown = strip("July 2026", FIVE)
    assert [len(row["items"]) for row in shown["rows"]] == [3, 2]
    (older,) = in_form(Message("July 2026", (shown,)), "table").blocks
    assert [field["text"].split("\n")[1] for field in older["fields"]] == [f"*{n}\u00a0kt*" for n in range(5)]
    assert [problems("July 2026", [each]) for each in (shown, older)] == [[], []]
    assert problems("x", [strip("", [])]) != []


def test_the_blocks_inside_a_strip_count() -> None:
    blocks = [section("x")] * (BLOCKS - 6) + [strip("July 2026", FIVE)]
    assert problems("x", blocks) == []
    (found,) = problems("x", [section("x"), *blocks])
    assert found.message == f"no more than {BLOCKS} items allowed"


@looped(
    ("most", "kept"), [(18, "alumina march 2024"), (17, "alumina march…"), (13, "alumina…"), (6, "alumi…")]
)
def test_no_word_is_cut_that_has_room(most: int, kept: str) -> None:
    assert fitted("alumina march 2024", most) == kept

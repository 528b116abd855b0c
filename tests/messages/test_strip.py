"""A strip of figures side by side: what Slack takes of it, and what stands in its place elsewhere."""

from bot.messages.blocks import section
from bot.messages.forms import in_form
from bot.messages.limits import BLOCKS, problems
from bot.messages.message import Message
from bot.messages.strip import Metric, strip

FIVE = [Metric(f"Series {number}", f"{number} kt", "▲ 1.0 %") for number in range(5)]


def test_five_figures_stand_in_rows_of_three() -> None:
    shown = strip("July 2026", FIVE)
    assert [len(row["items"]) for row in shown["rows"]] == [3, 2]
    assert problems("July 2026", [shown]) == []


def test_where_it_is_not_known_the_same_stands_in_fields() -> None:
    (older,) = in_form(Message("July 2026", (strip("July 2026", FIVE),)), "table").blocks
    assert [field["text"].split("\n")[1] for field in older["fields"]] == [f"*{n}\u00a0kt*" for n in range(5)]
    assert problems("July 2026", [older]) == []


def test_the_blocks_inside_it_count() -> None:
    blocks = [section("x")] * (BLOCKS - 6) + [strip("July 2026", FIVE)]
    assert problems("x", blocks) == []
    assert [each.message for each in problems("x", [section("x"), *blocks])] == [
        f"no more than {BLOCKS} items allowed"
    ]


def test_a_label_and_a_row_are_needed() -> None:
    assert problems("x", [strip("", [])]) != []

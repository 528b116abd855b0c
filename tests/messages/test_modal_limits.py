"""What Slack refuses in a modal, one thing at a time."""

from typing import Any

from bot.messages.modal import Option, choice, line, modal, select, several
from bot.messages.modal_limits import view_problems
from tests.looped import looped

TWO = [Option("a", "A"), Option("b", "B", "the second")]


def view(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return modal("form", "Title", blocks, submit="Save", memo="C1") | fields


def test_a_good_view_has_no_problems() -> None:
    blocks = [
        choice("one", "One", TWO, "a"),
        select("two", "Two", TWO, "b"),
        several("three", "Three", TWO, ["a", "b"], "at least one"),
        line("four", "Four", "", hint="any", most=10),
    ]
    assert view_problems(view(*blocks)) == []


def plain(length: int) -> dict[str, str]:
    return {"type": "plain_text", "text": "x" * length}


OPTIONS = "/view/blocks/0/element/options"
FIRST = choice("one", "One", TWO, "a")
BROKEN: list[tuple[dict[str, Any], str]] = [
    (view(title=plain(25)), "/view/title/text"),
    (view(submit=plain(25)), "/view/submit/text"),
    (view(private_metadata="x" * 3_001), "/view/private_metadata"),
    (view(callback_id="x" * 256), "/view/callback_id"),
    (view(blocks=[{"type": "divider"}] * 101), "/view/blocks"),
    (view(FIRST, FIRST), "/view/blocks"),
    (view(FIRST | {"label": plain(2_001)}), "/view/blocks/0/label/text"),
    (view(FIRST | {"hint": plain(2_001)}), "/view/blocks/0/hint/text"),
    (view({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}), "/view/blocks/0"),
    (view(choice("one", "One", [Option("v" * 151, "A")], "v" * 151)), f"{OPTIONS}/0/value"),
    (
        view(choice("one", "One", [Option("a", "A", "d" * 76)], "a")),
        f"{OPTIONS}/0/description/text",
    ),
    (view(choice("one", "One", [Option(str(n), "A") for n in range(11)], "1")), OPTIONS),
    (view(select("one", "One", [Option(str(n), "A") for n in range(101)], "1")), OPTIONS),
    (
        view(FIRST | {"element": FIRST["element"] | {"initial_option": {"text": plain(1), "value": "c"}}}),
        "/view/blocks/0/element",
    ),
    ({key: value for key, value in view(FIRST).items() if key != "submit"}, "/view/submit"),
]  # fmt: skip


@looped(("broken", "pointer"), BROKEN)
def test_each_breach_is_named_where_it_is(broken: dict[str, Any], pointer: str) -> None:
    found = view_problems(broken)
    assert found
    assert found[0].pointer.startswith(pointer)


CHART = {"type": "pie", "segments": [{"label": "a", "value": 1}]}


def test_a_home_tab_takes_tables_and_no_charts() -> None:
    row = [{"type": "raw_text", "text": "x"}]
    table = {"type": "data_table", "caption": "c", "rows": [row, row]}
    assert view_problems({"type": "home", "blocks": [table]}) == []
    chart = {"type": "data_visualization", "title": "t", "chart": CHART}
    (found,) = view_problems({"type": "home", "blocks": [table, chart]})
    assert found.pointer == "/view/blocks/1"

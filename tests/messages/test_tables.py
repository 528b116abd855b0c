"""Tables that sort: one unit a column, numbers in every cell of it, or in none."""

from dataclasses import replace
from typing import Any

import pytest

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.columns import Cell, Column, Table, lines
from bot.messages.datatables import DataTable
from bot.messages.render import render
from bot.questions.question import Pair, Question
from tests.looped import looped

ALUMINA = Question.of(("alumina",), ("export",), Period.span(Month(2025, 7), Month(2026, 7)), "trend")
EVERYTHING = ("unwrought_aluminium", "alumina", "bauxite", "primary_aluminium", "aluminium_scrap")


def shown(question: Question, dataset: Dataset) -> dict[str, Any]:
    (table,) = [block for block in render(respond(question, dataset)).blocks if block["type"] == "data_table"]
    return table


def column(table: dict[str, Any], place: int) -> list[Any]:
    return [row[place].get("value") for row in table["rows"][1:]]


def test_a_column_is_numbers_or_text_and_never_both() -> None:
    rows = ((Cell("a"), Cell("1 ±0.5", 1.0), Cell("+2 %", 2.0)), (Cell("b"), Cell("3", 3.0), Cell("none")))
    block = DataTable("Caption", ("Name", "Level", "Change"), rows).block()
    assert [[cell["type"] for cell in row] for row in block["rows"]] == [
        ["raw_text"] * 3,
        ["raw_text", "raw_number", "raw_text"],
        ["raw_text", "raw_number", "raw_text"],
    ]
    assert block["rows"][1][1] == {"type": "raw_number", "value": 1.0, "text": "1 ±0.5"}


def test_months_sort_in_time_and_levels_by_number(dataset: Dataset) -> None:
    table = shown(ALUMINA, dataset)
    months = column(table, 0)
    assert months[0], months[-1] == (202507, 202607)
    assert months == sorted(months)
    # printed: 180 kt in August 2025, 520 kt in April 2026; 175,680 t in October 2025
    assert (column(table, 1)[1], column(table, 1)[9], column(table, 1)[3]) == (180, 520, 175.68)
    assert table["rows"][0][1]["text"] == "Level, kt"
    assert table["rows"][1][1]["text"] == "230 ±5"


def test_a_level_that_was_not_printed_says_so_in_its_cell(dataset: Dataset) -> None:
    imports = ALUMINA.about(commodities=("unwrought_aluminium",), flows=("import",))
    table = shown(imports.at(Period.span(Month(2023, 7), Month(2023, 9))), dataset)
    # 2,040 - 332 - 1,430 kt, within 5 + 0.5 + 5
    assert [row[1]["text"] for row in table["rows"][1:]] == ["231.5", "278 ±11, derived", "332"]
    imports = ALUMINA.about(flows=("import",)).at(Period.span(Month(2023, 4), Month(2023, 6)))
    # of 144,789.873 and 48,245.468 t up to 10,000 can be wrong
    assert [row[1]["text"] for row in shown(imports, dataset)["rows"][1:]] == [
        "144.8 ±11, estimated", "116.8", "48.2 ±11, estimated",
    ]  # fmt: skip


def test_a_table_of_thirteen_months_is_seen_at_once(dataset: Dataset) -> None:
    table = shown(ALUMINA, dataset)
    assert (len(table["rows"]), table["page_size"]) == (14, 13)


def test_of_a_table_of_several_pages_the_first_has_the_newest_months(dataset: Dataset) -> None:
    table = shown(ALUMINA.at(Period.span(Month(2018, 1), Month(2026, 7))), dataset)
    months = column(table, 0)
    assert len(months) > table["page_size"]
    assert months[:2] == [202607, 202606]
    assert months == sorted(months, reverse=True)


def test_levels_of_several_magnitudes_are_shown_in_one_unit(dataset: Dataset) -> None:
    asked = Question.of(EVERYTHING, ("export", "import"), Period.month(Month(2024, 3)), "overview")
    table = shown(asked, dataset)
    told = {row[0]["text"]: row[1] for row in table["rows"][1:]}
    # printed: 11,862,900 t of bauxite, 140 kt of alumina to the nearest 10 kt
    assert told["Bauxite imports"] == {"type": "raw_number", "value": 11862.9, "text": "11,863"}
    assert told["Alumina exports"] == {"type": "raw_number", "value": 140, "text": "140 ±5"}


def test_a_column_that_lacks_a_figure_is_text(dataset: Dataset) -> None:
    pairs = (Pair("unwrought_aluminium", "export"), Pair("bauxite", "import"))
    period = Period.span(Month(2021, 8), Month(2021, 12))
    asked = Question(pairs, (period,), "trend")
    table = shown(asked, dataset)  # of aluminium December alone is on record
    kinds = [{row[place]["type"] for row in table["rows"][1:]} for place in range(3)]
    assert kinds == [{"raw_number"}, {"raw_text"}, {"raw_number"}]
    assert table["rows"][1][1]["text"] == "not on record"


@looped("unit", ["t", "kt", "Mt", "wan_t", "lb", "st", "t/day"])
def test_the_number_of_a_cell_is_in_the_unit_of_its_column(dataset: Dataset, unit: str) -> None:
    table = shown(replace(ALUMINA, unit=unit), dataset)  # type: ignore[arg-type]
    size = {"t": 1e3, "kt": 1e3, "Mt": 1e6, "wan_t": 1e4, "lb": 0.00045359237, "st": 0.90718474, "t/day": 30}
    assert column(table, 1)[9] == pytest.approx(520_000 / size[unit])  # April 2026, of 30 days


def test_a_line_says_the_unit_that_the_column_names() -> None:
    columns = (Column("Place"), Column("Month"), Column("Level", "kt"), Column("Change", spoken="change "))
    row = (Cell("1", 1, "1."), Cell("March 2024"), Cell("140 ±5", 140, "140 kt ±5"), Cell("+1.0 %", 1))
    table = Table("Months", columns, (row,), subject=2)
    assert table.header == ("Place", "Month", "Level, kt", "Change")
    assert lines(table) == ["1. March 2024: 140 kt ±5; change +1.0 %."]

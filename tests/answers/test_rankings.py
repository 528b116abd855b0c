"""Places in a ranking and in a record: one number where rounding leaves one, else the span of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Source
from bot.messages.document import document
from bot.messages.headline import headline
from bot.messages.render import render
from bot.messages.script import script
from bot.questions.question import Question

from ..dataset.rows import row, small_dataset

# Printed to 10 kt: 145 to 155 kt twice, 138 to 148 beside them, 165 to 175 above and 110 to 120 below.
PRINTED = (143_000, 150_000, 170_000, 150_000, 115_000)
HIGHEST = Question.of(("alumina",), ("export",), Period.span(Month(2023, 1), Month(2023, 5)), "ranking")
SCRAP = Question.of(("aluminium_scrap",), ("import",), Period.whole_year(2025), "ranking")


PAGE = Source("page", "A Page", "A page", "https://example.org", "", date(2026, 11, 24))


def printed(levels: Mapping[str, float]) -> Dataset:
    """These months of alumina exports, each printed to 10 kt."""
    record = small_dataset([row(month, value) for month, value in levels.items()]).record
    return replace(record, sources={"page": PAGE}).as_of(date(2026, 11, 24))


@pytest.fixture
def five_months() -> Dataset:
    return printed({f"2023-0{number}": value for number, value in enumerate(PRINTED, start=1)})


def places(question: Question, dataset: Dataset) -> list[tuple[int, int, int]]:
    return [(rank.figure.end.number, rank.first, rank.last) for rank in respond(question, dataset).ranks]


def test_months_that_rounding_leaves_in_any_order_share_their_places(five_months: Dataset) -> None:
    assert places(HIGHEST, five_months) == [(3, 1, 1), (2, 2, 4), (4, 2, 4), (1, 2, 4), (5, 5, 5)]


def test_places_from_the_lowest_up(five_months: Dataset) -> None:
    asked = replace(HIGHEST, order="lowest")
    assert places(asked, five_months) == [(5, 1, 1), (1, 2, 4), (2, 2, 4), (4, 2, 4), (3, 5, 5)]


def test_a_place_counts_the_months_that_are_not_shown(five_months: Dataset) -> None:
    assert places(replace(HIGHEST, top=2), five_months) == [(3, 1, 1), (2, 2, 4)]


def test_neighbouring_printed_steps_touch_but_do_not_tie() -> None:
    # 145 kt is the edge of both
    two = printed({"2023-01": 140_000, "2023-02": 150_000})
    asked = HIGHEST.at(Period.span(Month(2023, 1), Month(2023, 2)))
    assert places(asked, two) == [(2, 1, 1), (1, 2, 2)]


def test_changes_share_places_where_their_ranges_overlap() -> None:
    # 115/105 = +9.5 % (between 110/110 and 120/100), 118/106 = +11.3 %, 200/100 = +100 % (195/105 and up)
    levels = {"2022-01": 105, "2022-02": 106, "2022-03": 100, "2023-01": 115, "2023-02": 118, "2023-03": 200}
    dataset = printed({month: value * 1_000.0 for month, value in levels.items()})
    asked = replace(HIGHEST.at(Period.quarter(2023, 1)), order="rise")
    assert places(asked, dataset) == [(3, 1, 1), (2, 2, 3), (1, 2, 3)]


def test_months_known_to_the_tonne_have_a_place_each(dataset: Dataset) -> None:
    ranks = respond(SCRAP, dataset).ranks
    assert [(rank.first, rank.last) for rank in ranks] == [(place, place) for place in range(1, 6)]
    assert script(respond(SCRAP, dataset)).notes == ()


def test_ties_are_marked_in_the_first_line_the_lines_the_table_and_the_note(five_months: Dataset) -> None:
    answer = respond(HIGHEST, five_months)
    assert headline(answer) == (
        "Alumina exports, highest months of January 2023 to May 2023: March 2023 170 kt,"
        " February 2023 150 kt (2nd to 4th), April 2023 150 kt (2nd to 4th),"
        " January 2023 143 kt (2nd to 4th), May 2023 115 kt"
    )
    (table,) = [block for block in render(answer).blocks if block["type"] == "data_table"]
    assert [[cell["text"] for cell in line[:2]] for line in table["rows"]] == [
        ["Place", "Month"],
        ["1", "March 2023"],
        ["2-4", "February 2023"],
        ["2-4", "April 2023"],
        ["2-4", "January 2023"],
        ["5", "May 2023"],
    ]
    assert [line[0]["value"] for line in table["rows"][1:]] == [1, 2, 2, 2, 5]
    said = script(answer)
    assert said.facts[1].startswith("2-4. February 2023: 150 kt")
    assert (
        "Months that share places could stand in either order: their rounding ranges overlap." in said.notes
    )


def test_a_record_tells_the_places_that_rounding_leaves(five_months: Dataset) -> None:
    # April, 145 to 155: surely under March; February is as printed, and January's 148 may be above
    asked = replace(HIGHEST.at(Period.month(Month(2023, 4))), view="record")
    answer = respond(asked, five_months)
    assert script(answer).facts[0] == (
        "Alumina exports, April 2023: 2nd to 4th highest of 4 months, January 2023 to April 2023."
    )
    assert document(answer)["standings"][0]["rank_range"] == [2, 4]
    lowest = replace(asked, order="lowest")
    assert (
        script(respond(lowest, five_months))
        .facts[0]
        .startswith("Alumina exports, April 2023: 1st to 3rd lowest of 4 months")
    )


def test_no_month_was_higher_than_one_that_rounding_may_put_above_it() -> None:
    dataset = printed({"2023-01": 150_000, "2023-02": 143_000})
    asked = replace(HIGHEST.at(Period.month(Month(2023, 2))), view="record")
    assert headline(respond(asked, dataset)).endswith(
        "no record: 150 kt in January 2023 may have been as high"
    )
    same = printed({"2023-01": 150_000, "2023-02": 150_000})
    assert headline(respond(asked, same)).endswith(
        "no record: 150 kt in January 2023 was the same within rounding"
    )


def test_the_highest_of_a_trend_says_where_another_month_may_be_higher(five_months: Dataset) -> None:
    asked = replace(HIGHEST.at(Period.span(Month(2023, 1), Month(2023, 2))), view="trend")
    told = headline(respond(asked, five_months))
    assert "highest 150 kt in February 2023 (1st or 2nd within rounding)" in told
    assert "lowest 143 kt in January 2023 (1st or 2nd within rounding)" in told
    told = headline(respond(replace(HIGHEST, view="trend"), five_months))
    assert told.endswith("highest 170 kt in March 2023, lowest 115 kt in May 2023")

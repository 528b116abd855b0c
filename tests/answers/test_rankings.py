"""Places in a ranking and in a record: one number where rounding leaves one, else the span of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Source
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

"""Places in a ranking: one number where rounding leaves one, else the span of them; changes by the day."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.model import Source
from bot.messages.render import render
from bot.questions.question import Question
from tests.asked import asked as understand
from tests.dataset.rows import row, small_dataset

# Printed to 10 kt: 145 to 155 kt twice, 138 to 148 beside them, 165 to 175 above and 110 to 120 below.
PRINTED = (143_000, 150_000, 170_000, 150_000, 115_000)
HIGHEST = Question.of(("alumina",), ("export",), Period.span(Month(2023, 1), Month(2023, 5)), "ranking")
PAGE = Source("page", "A Page", "A page", "https://example.org", "", date(2026, 11, 24))


def printed(levels):
    """These months of alumina exports alone, each printed to 10 kt, of a page that can be cited."""
    record = small_dataset([row(month, value) for month, value in levels.items()]).record
    return replace(record, sources={"page": PAGE}).as_of(date(2026, 11, 24))


@pytest.fixture
def five_months():
    return printed({f"2023-0{number}": value for number, value in enumerate(PRINTED, start=1)})


def places(question, dataset):
    return [(rank.figure.end.number, *rank.reach) for rank in respond(question, dataset).ranks]


def test_months_that_rounding_leaves_in_any_order_share_their_places(five_months):
    assert places(HIGHEST, five_months) == [(3, 1, 1), (2, 2, 4), (4, 2, 4), (1, 2, 4), (5, 5, 5)]


def test_places_from_the_lowest_up(five_months):
    asked = replace(HIGHEST, order="lowest")
    assert places(asked, five_months) == [(5, 1, 1), (1, 2, 4), (2, 2, 4), (4, 2, 4), (3, 5, 5)]


def test_a_place_counts_the_months_that_are_not_shown(five_months):
    assert places(replace(HIGHEST, top=2), five_months) == [(3, 1, 1), (2, 2, 4)]


def test_where_one_of_two_lines_never_rose_the_other_is_told(dataset):
    both = Question.of(("aluminium_scrap", "bauxite"), ("import",), Period.whole_year(2020), "ranking")
    told = render(respond(replace(both, order="rise"), dataset)).text
    # 19.7 is what the bulletin printed
    assert told.startswith("Largest rises of bauxite imports, 2020: August, +19.7 %.")


def test_neighbouring_printed_steps_touch_but_do_not_tie():
    # 145 kt is the edge of both
    two = printed({"2023-01": 140_000, "2023-02": 150_000})
    asked = HIGHEST.at(Period.span(Month(2023, 1), Month(2023, 2)))
    assert places(asked, two) == [(2, 1, 1), (1, 2, 2)]


def test_changes_share_places_where_their_ranges_overlap():
    # 115/105 = +9.5 % (between 110/110 and 120/100), 118/106 = +11.3 %, 200/100 = +100 % (195/105 and up)
    levels = {"2022-01": 105, "2022-02": 106, "2022-03": 100, "2023-01": 115, "2023-02": 118, "2023-03": 200}
    dataset = printed({month: value * 1_000.0 for month, value in levels.items()})
    asked = replace(HIGHEST.at(Period.around(Month(2023, 3), "quarter")), order="rise")
    assert places(asked, dataset) == [(3, 1, 1), (2, 2, 3), (1, 2, 3)]


def answered(typed, dataset):
    return respond(understand(typed, record=dataset), dataset)


def test_a_leap_february_on_a_year_earlier_is_by_the_day(dataset):
    # 11,277,500 t within 50 in the 29 days of February 2024, printed +0.53 % on the tonnes of a year earlier
    (figure,) = answered("bauxite imports per day february 2024", dataset).figures
    assert figure.growth.origin == "computed"
    assert figure.growth.printed is None
    assert figure.growth.pct == pytest.approx((1.0053 * 28 / 29 - 1) * 100, abs=0.2)


def test_march_on_the_first_two_months_is_on_their_sum_by_its_days(dataset):
    in_tonnes = answered("aluminium imports march 2023", dataset).figures[0].move
    by_day = answered("aluminium imports per day march 2023", dataset).figures[0].move
    assert by_day.base == in_tonnes.base != "month"
    # the mean of two months is a 59th of their sum a day, times 29.5 days
    assert 1 + by_day.pct / 100 == pytest.approx((1 + in_tonnes.pct / 100) * 29.5 / 31)


def test_a_ranking_by_the_change_of_tonnes_a_day_is_in_that_order(dataset):
    answer = answered("top 3 biggest rises mom alumina imports 2026 per day", dataset)
    changes = [rank.figure.move.pct for rank in answer.ranks if rank.figure.move]
    # 611,107.47 t in April's 30 days on 338,562.79 in March's 31
    assert changes[0] == pytest.approx(((611_107.47 / 30) / (338_562.79 / 31) - 1) * 100)
    assert changes == sorted(changes, reverse=True)
    assert [figure.move for figure in answer.figures] == [rank.figure.move for rank in answer.ranks]

"""Tonnes a day: their changes are those of the tonnes by the days of each period, with ranges."""

import pytest

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from tests.asked import asked as understand


def answer_to(typed: str, dataset: Dataset) -> Answer:
    return respond(understand(typed, record=dataset), dataset)


def test_a_leap_february_on_a_year_earlier_is_by_the_day(dataset: Dataset) -> None:
    # 11,277,500 t within 50 in the 29 days of February 2024, printed +0.53 % on the tonnes of a year earlier
    (figure,) = answer_to("bauxite imports per day february 2024", dataset).figures
    assert figure.growth.origin == "computed"
    assert figure.growth.printed is None
    assert figure.growth.pct == pytest.approx((1.0053 * 28 / 29 - 1) * 100, abs=0.2)


def test_march_on_the_first_two_months_is_on_their_sum_by_its_days(dataset: Dataset) -> None:
    in_tonnes = answer_to("aluminium imports march 2023", dataset).figures[0].move
    by_day = answer_to("aluminium imports per day march 2023", dataset).figures[0].move
    assert in_tonnes
    assert by_day
    assert by_day.base == in_tonnes.base != "month"
    # the mean of two months is a 59th of their sum a day, times 29.5 days
    assert 1 + by_day.pct / 100 == pytest.approx((1 + in_tonnes.pct / 100) * 29.5 / 31)


def test_a_ranking_by_the_change_of_tonnes_a_day_is_in_that_order(dataset: Dataset) -> None:
    answer = answer_to("top 3 biggest rises mom alumina imports 2026 per day", dataset)
    changes = [rank.figure.move.pct for rank in answer.ranks if rank.figure.move]
    # 611,107.47 t in April's 30 days on 338,562.79 in March's 31
    assert changes[0] == pytest.approx(((611_107.47 / 30) / (338_562.79 / 31) - 1) * 100)
    assert changes == sorted(changes, reverse=True)
    assert [figure.move for figure in answer.figures] == [rank.figure.move for rank in answer.ranks]

"""Months of two scopes: the first line names the months it covers, those it leaves out, and why."""

import pytest

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.questions.question import Question
from tests.asked import asked as understand
from tests.offered import worded

SINCE_2023 = Question.of(("alumina",), ("import",), Period.span(Month(2023, 1), Month(2026, 7)), "trend")


def test_the_part_that_was_left_out_is_offered_and_answered_in_its_own_scope(dataset: Dataset) -> None:
    (offered,) = worded(respond(SINCE_2023, dataset).suggestions)
    assert offered == "alumina imports trend January 2025 to July 2026"
    answer = respond(understand(offered, record=dataset), dataset)
    assert {figure.scope for figure in answer.figures} == {"HS 28182000"}
    assert len(answer.figures) == 19
    assert answer.suggestions == ()


def test_the_running_total_beside_a_month_counts_what_the_month_counts(dataset: Dataset) -> None:
    # May 2024 is on record in HS 2818 alone, the total to May in HS 28182000 too
    answer = respond(Question.of(("alumina",), ("import",), Period.month(Month(2024, 5))), dataset)
    assert {figure.scope for figure in (*answer.figures, *answer.around)} == {"HS 2818"}
    months = 354_980.596 + 296_041.624 + 309_109.374 + 114_725.43 + 97_999.139
    assert [figure.value for figure in answer.around] == [pytest.approx(months)]

"""What is offered after an answer: whole questions that read back, are answered, and have figures."""

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

from bot.answers.monthly import monthly_summary
from bot.answers.onward import MOST
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow, Measure
from bot.questions.question import Question, Unit, View
from tests.answers.asking import period
from tests.asked import worded
from tests.tables import looped

ALUMINA = Question.of(("alumina",), ("export",), Period.month(Month(2026, 4)))
EVERYTHING = ("unwrought_aluminium", "alumina", "bauxite", "primary_aluminium", "aluminium_scrap")
SERIES = [("alumina",), ("bauxite",), ("alumina", "bauxite"), EVERYTHING]
PERIODS = [None, *map(period, "2026-04 2019-09 2026-07ytd 2025-Q2 2025 2024-06..2025-03".split())]
MEASURES = [("quantity", unit) for unit in ("t", "kt", "t/day")] + [("value", "USD"), ("unit_value", "USD/t")]


def holds(offered: tuple[Question, ...], dataset: Dataset) -> int:
    """Every question offered is answered with figures."""
    assert len(offered) <= MOST
    for question in offered:
        answer = respond(question, dataset)
        assert (answer.outcome, bool(answer.figures)) == ("answered", True), question
    return len(offered)


# Views that offer nothing, or are asked back where nothing says what they look for.
WITHOUT_ONWARD = (
    "release", "coverage", "events", "definition", "count", "streak", "check", "difference", "share",
)  # fmt: skip
ASKED = list(product(SERIES, [("export",), ("import",), ("net",), ("export", "import")], PERIODS, MEASURES))


@pytest.mark.parametrize("every", [13, pytest.param(1, marks=pytest.mark.slow)])
@looped("view", [view for view in get_args(View) if view != "help"])
def test_every_question_offered_is_answered_with_figures(dataset: Dataset, view: View, every: int) -> None:
    count = 0
    for names, flows, when, (measure, unit) in ASKED[::every]:
        if when or view not in ("figure", "overview"):
            asked = Question.of(names, flows, when, view, measure=measure, unit=unit)  # type: ignore[arg-type]
            count += holds(respond(asked, dataset).onward, dataset)
    assert count > 0 or view in WITHOUT_ONWARD


OF_PARTNERS = [
    ("bauxite", "import", "Guinea", "value", "USD"),
    ("bauxite", "import", "Guinea", "quantity", "%"),
    ("alumina", "export", "Russia", "quantity", "t"),
]


@looped(("name", "flow", "partner", "measure", "unit"), OF_PARTNERS)
def test_what_is_asked_of_a_partner_goes_on_with_it(
    dataset: Dataset, name: str, flow: Flow, partner: str, measure: Measure, unit: Unit
) -> None:
    count = 0
    for view, when in product(("figure", "trend", "growth"), PERIODS[1:]):
        asked = Question.of((name,), (flow,), when, view, partner=partner, measure=measure, unit=unit)
        count += holds(respond(asked, dataset).onward, dataset)
    assert count > 0


def test_a_figure_goes_on_to_its_months_the_other_flow_and_its_year_before(dataset: Dataset) -> None:
    assert worded(respond(ALUMINA, dataset).onward) == (
        "alumina exports trend April 2026",
        "alumina imports April 2026",
        "alumina exports April 2026 vs April 2025",
        "everything highlights April 2026",
    )


def test_a_trend_goes_on_to_the_other_flow_and_to_its_last_month(dataset: Dataset) -> None:
    assert worded(respond(replace(ALUMINA, view="trend"), dataset).onward) == (
        "alumina imports trend April 2025 to April 2026",
        "alumina exports April 2026 vs April 2025",
        "everything highlights April 2026",
    )


def test_where_there_is_no_figure_there_are_suggestions_instead(dataset: Dataset) -> None:
    answer = respond(ALUMINA.at(Period.month(Month(2012, 3))), dataset)
    assert answer.onward == ()
    assert answer.suggestions


def test_a_post_goes_on_to_what_stands_out_and_to_the_year_before(dataset: Dataset) -> None:
    summary = monthly_summary(dataset, Month(2026, 7))
    holds(summary.onward, dataset)
    assert worded(summary.onward) == (
        "everything July 2026 vs July 2025", "everything highlights July 2026",
    )  # fmt: skip

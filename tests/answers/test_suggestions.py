"""What is offered instead of what is not on record: whole questions that read back and have a figure."""

from collections.abc import Iterator
from itertools import product

import pytest

from bot.answers.respond import respond
from bot.answers.suggestions import MOST
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow, Measure
from bot.questions import understand
from bot.questions.question import Question

SERIES: list[tuple[str, Flow]] = [
    ("unwrought_aluminium", "export"), ("alumina", "export"), ("alumina", "import"), ("alumina", "net"),
    ("bauxite", "import"), ("primary_aluminium", "export"), ("aluminium_scrap", "import"),
]  # fmt: skip
PERIODS = [
    Period.month(Month(2025, 2)),
    Period.month(Month(2017, 3)),
    Period.month(Month(2026, 9)),
    Period.ytd(Month(2026, 10)),
    Period.quarter(2026, 3),
    Period.half(2026, 2),
    Period.whole_year(2026),
    Period.span(Month(2023, 2), Month(2024, 3)),
]
MEASURES: list[Measure] = ["quantity", "value", "unit_value"]


def questions_without_a_figure(dataset: Dataset) -> Iterator[Question]:
    for (name, flow), period, measure in product(SERIES, PERIODS, MEASURES):
        asked = Question((name,), (flow,), period, measure=measure)
        if respond(asked, dataset).outcome == "no_figure":
            yield asked


def test_every_question_offered_has_a_figure_of_the_same_series(dataset: Dataset) -> None:
    offered = 0
    for asked in questions_without_a_figure(dataset):
        suggestions = respond(asked, dataset).suggestions
        assert len(suggestions) <= MOST
        for text in suggestions:
            answer = respond(understand(text, record=dataset), dataset)
            assert answer.outcome == "answered", (asked, text)
            assert {figure.series.commodity for figure in answer.figures} == set(asked.commodities), text
            assert {figure.series.flow for figure in answer.figures} == set(asked.flows), text
            offered += 1
    assert offered > 100


def test_january_and_february_come_first_as_the_figure_they_stand_in(dataset: Dataset) -> None:
    asked = Question(("unwrought_aluminium",), ("export",), Period.month(Month(2025, 2)))
    first, *others = respond(asked, dataset).suggestions
    assert first == "unwrought aluminium exports ytd February 2025"
    assert "unwrought aluminium exports February 2026" in others  # the newest February on record


@pytest.mark.parametrize("measure", ["value", "unit_value"])
def test_what_was_never_published_is_offered_in_tonnes(dataset: Dataset, measure: Measure) -> None:
    asked = Question(("aluminium_scrap",), ("import",), Period.month(Month(2025, 3)), measure=measure)
    assert respond(asked, dataset).suggestions[0].startswith("aluminium scrap imports")


def test_what_is_answered_suggests_nothing(dataset: Dataset) -> None:
    assert (
        respond(Question(("alumina",), ("export",), Period.month(Month(2024, 3))), dataset).suggestions == ()
    )


def test_a_share_in_tonnes_is_offered_as_a_share_by_value(dataset: Dataset) -> None:
    asked = Question(("bauxite",), ("import",), Period.month(Month(2024, 1)), partner="Guinea", unit="%")
    (text,) = respond(asked, dataset).suggestions
    (share,) = respond(understand(text, record=dataset), dataset).shares
    assert share.part.series.measure == "value"


def test_where_no_month_fell_the_months_are_offered(dataset: Dataset) -> None:
    # alumina imports rose in every month from August 2025 to July 2026 that has a change on record
    stretch = Period.span(Month(2026, 1), Month(2026, 7))
    asked = Question(("alumina",), ("import",), stretch, "ranking", order="fall")
    answer = respond(asked, dataset)
    assert answer.outcome == "no_figure"
    for text in answer.suggestions:
        assert respond(understand(text, record=dataset), dataset).outcome == "answered", text

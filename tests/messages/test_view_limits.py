"""Every view of every series and period: within Slack's limits, and no figure of anything else."""

from collections.abc import Iterator
from itertools import product
from typing import get_args

import pytest

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.blocks import TEXT, escape
from bot.messages.document import document
from bot.messages.limits import problems
from bot.messages.render import render
from bot.messages.terminal import drawn
from bot.questions.question import Measure, Order, Question, Unit, View
from tests.looped import looped

EVERYTHING = ("unwrought_aluminium", "alumina", "bauxite", "primary_aluminium", "aluminium_scrap")
SERIES = [("alumina",), ("bauxite",), EVERYTHING]
FLOWS = [("export", "import"), ("import",), ("net",)]
PERIODS = [
    None,
    Period.month(Month(2024, 3)),
    Period.month(Month(2026, 12)),
    Period.ytd(Month(2026, 7)),
    Period.quarter(2025, 2),
    Period.whole_year(2025),
    Period.whole_year(2017),
    Period.span(Month(2018, 1), Month(2026, 11)),
    Period.span(Month(2024, 6), Month(2025, 3)),
]
MEASURES: list[tuple[Measure, Unit]] = [
    ("quantity", "t"), ("quantity", "t/day"), ("quantity", "%"), ("value", "USD"), ("unit_value", "USD/t"),
]  # fmt: skip
NEEDS_PERIOD = ("figure", "overview")


def questions(view: View) -> Iterator[Question]:
    for names, flows, period, (measure, unit) in product(SERIES, FLOWS, PERIODS, MEASURES):
        if period or view not in NEEDS_PERIOD:
            yield Question.of(names, flows, period, view, measure=measure, unit=unit)  # type: ignore[arg-type]


def further(view: View) -> Iterator[Question]:
    """Partners, second periods and the other orders."""
    orders: tuple[Order, ...] = get_args(Order)
    for order, period, against in product(orders, PERIODS, [None, Period.whole_year(2024)]):
        if period or view not in NEEDS_PERIOD:
            yield Question.of(("alumina",), ("import",), period, view, order=order, against=against)
            for partner, unit in product(["Guinea", "Russia"], ["USD", "%"]):
                yield Question.of(
                    ("bauxite",), ("import",), period, view, partner=partner, measure="value",
                    unit=unit, order=order, top=100, against=against,
                )  # fmt: skip


@pytest.mark.parametrize("every", [17, pytest.param(1, marks=pytest.mark.slow)])
@looped("view", [view for view in get_args(View) if view != "help"])
def test_every_answer_of_a_view_can_be_sent_and_holds_only_what_was_asked(
    dataset: Dataset, view: View, every: int
) -> None:
    for question in [*questions(view), *further(view)][::every]:
        answer = respond(question, dataset)
        message = render(answer)
        assert problems(message.text, message.blocks) == [], question
        if not message.file:
            told = escape(document(answer)["text"])
            assert told == message.text or len(told) > TEXT >= len(message.text)  # each & makes it longer
        assert drawn(answer)
        assert message.text.split("\n")[0], question
        only_what_was_asked(answer, question)


def only_what_was_asked(answer: Answer, question: Question) -> None:
    partners = {question.partner, ""} if question.unit == "%" else {question.partner}
    for figure in answer.figures:
        series = figure.series
        assert series.commodity in question.commodities
        assert series.flow in question.flows
        assert series.partner in partners
        assert series.measure == question.measure
    for stretch in answer.stretches:
        scopes = {figure.scope for figure in answer.figures if figure.series == stretch.series}
        assert scopes <= {stretch.scope}, "one scope for all months of a series"
    for item in answer.contrasts:
        assert item.now.scope == item.then.scope
    for share in answer.shares:
        assert share.part.scope == share.whole.scope
        assert share.part.period == share.whole.period
    if question.period:
        inside(answer, question.period, question)


def inside(answer: Answer, period: Period, question: Question) -> None:
    """Months of a stretch lie in it; a record's rival lies before its month."""
    if question.view in ("trend", "ranking", "average", "export") and period.length > 1 and answer.stretches:
        assert all(period.start <= figure.end <= period.end for figure in answer.figures)
    if question.view == "figure" and not question.against:
        assert {figure.period for figure in answer.figures} <= {period}

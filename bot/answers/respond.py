"""A Question into an Answer: which figures, what is missing, what stands around them."""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import product

from bot.answers.answer import Answer, Citation, Lack, Missing
from bot.answers.clashes import clashes
from bot.answers.highlights import highlights
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Measure, Row, Series
from bot.dataset.releases import STAGES, stage_of
from bot.questions.question import Question, Unresolved

JANUARY_WITH_FEBRUARY = 2  # the month number under which customs publish January and February together


def respond(asked: Question | Unresolved, dataset: Dataset) -> Answer:
    """The answer to a question, or to what did not resolve. Never raises for what a user typed."""
    if isinstance(asked, Unresolved):
        return Answer(asked.outcome, None, issues=asked.issues, suggestions=asked.suggestions)
    if asked.view == "help" or asked.period is None:
        return Answer("answered", asked, catalogue=dataset.catalogue)
    return _answer(asked, dataset)


def monthly_summary(dataset: Dataset, edition: Month) -> Answer:
    """The monthly post: everything of one month, the growth that matters, and what the record lacks."""
    flows = tuple(dict.fromkeys(flow for item in dataset.catalogue.values() for flow in item.flows))
    question = Question(
        tuple(dataset.catalogue), flows, Period.month(edition), view="overview", open_ended=True
    )
    answer = _answer(question, dataset)
    return replace(answer, edition=edition, highlights=highlights(dataset, edition))


def _answer(question: Question, dataset: Dataset) -> Answer:
    wanted = [(series, period) for period in _periods(question) for series in _series(question, dataset)]
    looked_up = [(item, dataset.figure(*item, question.scope)) for item in wanted]
    found = tuple(figure for _, figure in looked_up if figure)
    missing = tuple(_missing(*item, dataset, question.scope) for item, figure in looked_up if not figure)
    totals, around = _beside(question, wanted if found else [], dataset)
    return Answer(
        outcome="answered" if found else "no_figure",
        question=question,
        figures=found + totals,
        around=around,
        missing=missing,
        clashes=tuple(clashes(found, wanted, dataset)),
        citations=_citations(found + totals + around, dataset),
        lack=_lack(question, dataset) if question.open_ended else None,
        catalogue=dataset.catalogue,
    )


def _periods(question: Question) -> list[Period]:
    return [period for period in (question.period, question.against) if period]


def _series(question: Question, dataset: Dataset) -> list[Series]:
    return [
        Series(name, flow, question.partner, question.measure)
        for name, flow in product(question.commodities, question.flows)
        if flow in dataset.flows(name)
    ]


def _beside(
    question: Question, wanted: Iterable[tuple[Series, Period]], dataset: Dataset
) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The running totals of months: part of an overview's answer, else shown around the figures."""
    totals = tuple(
        total
        for series, period in wanted
        if period.kind == "month"
        and (total := dataset.figure(series, Period.ytd(period.end), question.scope))
    )
    if question.view == "overview":
        return totals, ()
    return (), () if question.against else tuple(total for total in totals if total.end.number > 1)


def _missing(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Missing:
    on_record = dataset.periods(series, period.kind, scope)
    place = bisect(on_record, period)
    before, after = on_record[max(place - 1, 0) : place], on_record[place : place + 1]
    beyond = bool(on_record) and not after and series.measure != "unit_value"
    due = _due(series, period, dataset) if beyond else None
    return Missing(
        series,
        period,
        nearest=before + after,
        due=due,
        overdue=bool(due and due <= dataset.today),
        together=_january_february(series, period, dataset, scope),
        measures=_other_measures(series, period, dataset),
        scope=scope,
    )


def _due(series: Series, period: Period, dataset: Dataset) -> date:
    return dataset.calendar.release(period.end, stage_of(series)).day


def _january_february(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Figure | None:
    if period.kind != "month" or period.end.number > JANUARY_WITH_FEBRUARY:
        return None
    return dataset.figure(series, Period.ytd(Month(period.end.year, JANUARY_WITH_FEBRUARY)), scope)


def _other_measures(series: Series, period: Period, dataset: Dataset) -> tuple[Measure, ...]:
    measures: tuple[Measure, ...] = ("quantity", "value", "unit_value")
    return tuple(
        measure
        for measure in measures
        if measure != series.measure and dataset.figure(replace(series, measure=measure), period)
    )


def _lack(question: Question, dataset: Dataset) -> Lack | None:
    newest = dataset.newest(
        question.commodities, question.flows, partner=question.partner, measure=question.measure
    )
    if newest is None:
        return None
    stage = max((stage_of(series) for series in _series(question, dataset)), key=STAGES.index)
    due = dataset.calendar.newest_due(stage, dataset.today)
    following = newest.plus(1)
    return Lack(
        newest=newest,
        due=due if due > newest else None,
        since=dataset.calendar.release(due, stage).day if due > newest else None,
        between=tuple(newest.plus(step) for step in range(1, newest.until(due))),
        following=following,
        expected=dataset.calendar.release(following, stage).day,
    )


def _citations(figures: Iterable[Figure], dataset: Dataset) -> tuple[Citation, ...]:
    rows: dict[str, Row] = {}
    for figure in figures:
        for row in figure.rows:
            rows.setdefault(row.source, row)
    return tuple(Citation(dataset.source(name), row.published) for name, row in rows.items())

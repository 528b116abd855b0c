"""Views over many months of each series, every one of them in one scope: trend and average."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.answers.answer import Answer, Stretch
from bot.answers.lookup import answer_of, asked_back, newest_of, series_of, with_plots
from bot.answers.missing import missing_of
from bot.answers.plots import plots_of
from bot.answers.suggestions import instead_of_months, other_part
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.questions.question import Question

TREND_MONTHS = 13  # a year and the month it is measured against
AVERAGE_MONTHS = 12
Found = tuple[Stretch, tuple[Figure, ...]]


def trend(question: Question, dataset: Dataset) -> Answer:
    """Every month of the period; the thirteen to the newest, or to the month that was named."""
    asked = over_months(question, dataset, TREND_MONTHS)
    if asked is None:
        return _nothing(question, dataset)
    found = _looked_at(asked, dataset)
    answer = of_stretches(asked, found, dataset)
    return with_plots(answer, plots_of(answer.figures, dataset), dataset) if asked.view == "trend" else answer


def average(question: Question, dataset: Dataset) -> Answer:
    """The mean of the period's months; of the newest twelve where none is named.

    Over a hole it is the total by the number of months, where that is on record; else there is none.
    """
    if question.period and question.period.length == 1:
        end = question.period.end
        instead = (question.at(Period.span(end.plus(1 - AVERAGE_MONTHS), end)),)
        complete = [near for near in instead if average(near, dataset).averages]
        return asked_back("one_month_average", complete, dataset, period=Period.month(end))
    asked = over_months(question, dataset, AVERAGE_MONTHS)
    if asked is None:
        return _nothing(question, dataset)
    averaged = [
        (stretch, _parts_of_mean(stretch, months, asked, dataset))
        for stretch, months in _looked_at(asked, dataset)
    ]
    means = tuple(mean(parts, asked) for _, parts in averaged if parts)
    return of_stretches(asked, averaged, dataset, averages=means)


def _parts_of_mean(
    stretch: Stretch, months: tuple[Figure, ...], question: Question, dataset: Dataset
) -> tuple[Figure, ...]:
    """The months; where some are not on record the total alone, of which the mean can be told as well."""
    if not stretch.holes:
        return months
    if stretch.series.measure == "unit_value":  # that of the whole is weighted by tonnes
        return ()
    total = dataset.figure(stretch.series, question.period or stretch.period, stretch.scope)
    return (total,) if total and total.value is not None else ()


def over_months(question: Question, dataset: Dataset, months: int) -> Question | None:
    """The question with a stretch of that many months where it names none, or only where one ends."""
    if question.period and question.period.length > 1:
        return question
    end = question.period.end if question.period else newest_of(question, dataset)
    if end is None:
        return None
    span = Period.span(end.plus(1 - months), end)
    return replace(question.at(span), open_ended=question.open_ended or question.period is None)


def mean(figures: Sequence[Figure], question: Question) -> Figure:
    """The mean of the months, or of a total's, as a figure of their stretch; by the day it is the sum."""
    period = Period.span(figures[0].period.start, figures[-1].end)
    parts = 1 if question.unit == "t/day" else period.length
    low, high = (sum((figure.range or (0, 0))[edge] for figure in figures) / parts for edge in (0, 1))
    statuses = {figure.status for figure in figures}
    step = max((figure.step or 0 for figure in figures), default=0)
    return Figure(
        series=figures[0].series,
        period=period,
        scope=figures[0].scope,
        value=sum(figure.value or 0 for figure in figures) / parts,
        step=step / (parts if len(figures) == 1 else 1) or None,
        range=(low, high),
        derived=True,
        status=statuses.pop() if len(statuses) == 1 else None,
        inputs=tuple(item for figure in figures for item in figure.inputs),
    )


def of_stretches(question: Question, found: Sequence[Found], dataset: Dataset, **parts: Any) -> Answer:
    """The answer with the months of each stretch, and what is not on record of the period asked for."""
    figures = [figure for _, months in found for figure in months]
    stretches = tuple(stretch for stretch, _ in found)
    unknown = set(series_of(question, dataset)) - {stretch.series for stretch in stretches}
    span = question.period and Period.span(question.period.start, question.period.end)
    missing = tuple(missing_of(series, span, dataset, question.scope) for series in sorted(unknown) if span)
    answer = answer_of(question, dataset, figures, missing=missing, stretches=stretches, **parts)
    if figures:
        return replace(answer, suggestions=other_part(question, stretches))
    offered = instead_of_months(question, stretches, dataset) or answer.suggestions
    return replace(answer, suggestions=offered)


def _nothing(question: Question, dataset: Dataset) -> Answer:
    return answer_of(question, dataset, ())


def _looked_at(question: Question, dataset: Dataset) -> list[Found]:
    """Each series' months in the scope that has most of them."""
    assert question.period
    return [
        in_scope(series, scope, question.period, dataset)
        for series in series_of(question, dataset)
        if (scope := best_scope(series, question, dataset))
    ]


def best_scope(series: Series, question: Question, dataset: Dataset) -> str | None:
    """The scope that has most of the months asked for, the first of those that have as many."""
    assert question.period
    months = question.period.months
    scopes = (question.scope,) if question.scope else dataset.scopes(series)
    return max(scopes, key=lambda scope: len(_held(series, scope, months, dataset)), default=None)


def in_scope(series: Series, scope: str, period: Period, dataset: Dataset) -> Found:
    """The months of a period that one series has in one scope, and what of it they lack."""
    figures = tuple(_valued(series, scope, period.months, dataset))
    on_record = {figure.end for figure in figures}
    holes = tuple(month for month in period.months if month not in on_record)
    other, months = elsewhere(series, scope, holes, dataset)
    together = _together(series, scope, holes, dataset)
    return Stretch(series, scope, period, holes, other, months, together), figures


def elsewhere(
    series: Series, scope: str, holes: Sequence[Month], dataset: Dataset
) -> tuple[str | None, tuple[Month, ...]]:
    """Another scope in which some of the missing months are on record, and which."""
    for name in dataset.scopes(series):
        months = _held(series, name, holes, dataset)
        if name != scope and months:
            return name, months
    return None, ()


def _together(series: Series, scope: str, holes: Sequence[Month], dataset: Dataset) -> tuple[Figure, ...]:
    """The January-February figures in which missing months stand."""
    years = [month.year for month in holes if month.number == 1 and month.plus(1) in holes]
    pairs = (dataset.figure(series, Period.ytd(Month(year, 2)), scope) for year in years)
    return tuple(pair for pair in pairs if pair and pair.value is not None)


def _valued(series: Series, scope: str, months: Iterable[Month], dataset: Dataset) -> Iterator[Figure]:
    for month in _held(series, scope, months, dataset):
        figure = dataset.figure(series, Period.month(month), scope)
        if figure and figure.value is not None:
            yield figure


def _held(series: Series, scope: str, months: Iterable[Month], dataset: Dataset) -> tuple[Month, ...]:
    """Those of the months that have a value in that scope."""
    held = dataset.months(series, scope)
    return tuple(month for month in months if month in held)

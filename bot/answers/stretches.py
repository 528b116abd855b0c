"""Views over many periods of each series, all of them in one scope: trend, average, table, rolling totals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.answers.answer import Answer, Missing, Stretch
from bot.answers.lookup import answer_of, asked_back, newest_of, scopes_of, series_of, with_period
from bot.answers.missing import so_far, span
from bot.answers.one_scope import level_of
from bot.answers.plots import plots_of
from bot.answers.results import Cut, Rows
from bot.dataset.calendar import LENGTHS, Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.questions.question import By, Question

TREND_MONTHS = 13  # a year and the month it is measured against
AVERAGE_MONTHS = YEAR = 12
ROWS = 24
UNASKED: Mapping[By, int] = {"month": 13, "quarter": 8, "half": 6, "year": 5}  # rows where none are named
Found = tuple[Stretch, tuple[Figure, ...]]


def trend(question: Question, dataset: Dataset) -> Answer:
    """Every month of the period; the thirteen to the newest, or to the month that was named."""
    asked = with_period(question, dataset, TREND_MONTHS)
    if asked is None:
        return answer_of(question, dataset, ())
    answer = of_stretches(asked, looked_at(asked, dataset), dataset)
    return answer._replace(plots=plots_of(answer.figures, dataset)) if asked.view == "trend" else answer


def average(question: Question, dataset: Dataset) -> Answer:
    """The mean of the period's months; of the newest twelve where none is named.

    Over a hole it is the total by the number of months, where that is on record; else there is none.
    """
    if question.period and question.period.length == 1:
        end = question.period.end
        instead = [question.at(Period.span(end.plus(1 - AVERAGE_MONTHS), end))]
        return asked_back("one_month_average", instead, dataset, period=Period.month(end))
    asked = with_period(question, dataset, AVERAGE_MONTHS)
    if asked is None:
        return answer_of(question, dataset, ())
    averaged = [
        (stretch, _parts_of_mean(stretch, months, dataset)) for stretch, months in looked_at(asked, dataset)
    ]
    means = tuple(_mean(parts, asked) for _, parts in averaged if parts)
    return of_stretches(asked, averaged, dataset, averages=means)


def _parts_of_mean(stretch: Stretch, months: tuple[Figure, ...], dataset: Dataset) -> tuple[Figure, ...]:
    """The months; where some are not on record the total alone, of which the mean can be told as well."""
    if not stretch.holes:
        return months
    if stretch.series.measure == "unit_value":  # that of the whole is weighted by tonnes
        return ()
    total = level_of(stretch.series, stretch.period, stretch.scope, dataset)
    return (total,) if total else ()


def _mean(figures: Sequence[Figure], question: Question) -> Figure:
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
    missing = tuple(Missing(series, span, scope=question.scope) for series in sorted(unknown) if span)
    return answer_of(question, dataset, figures, missing=missing, stretches=stretches, **parts)


def looked_at(question: Question, dataset: Dataset) -> list[Found]:
    """The months of each series that is on record at all."""
    every = (in_best_scope(series, question, dataset) for series in series_of(question, dataset))
    return [found for found in every if found]


def in_best_scope(series: Series, question: Question, dataset: Dataset) -> Found | None:
    """The months asked for, all where none are, in the scope that has most of them: the first of several."""
    on_record, scopes = dataset.months(series, question.scope), scopes_of(series, question, dataset)
    if not scopes or not (question.period or on_record):
        return None
    period = question.period or Period.span(min(on_record), max(on_record))
    months = period.months
    best = max(scopes, key=lambda scope: len(_held(series, scope, months, dataset)))
    return in_scope(series, best, period, dataset)


def in_scope(series: Series, scope: str, period: Period, dataset: Dataset) -> Found:
    """The months of a period that one series has in one scope, and what of it they lack."""
    held = _held(series, scope, period.months, dataset)
    every = (level_of(series, Period.month(month), scope, dataset) for month in held)
    figures = tuple(figure for figure in every if figure)
    on_record = {figure.end for figure in figures}
    holes = tuple(month for month in period.months if month not in on_record)
    others = ((name, _held(series, name, holes, dataset)) for name in dataset.scopes(series) if name != scope)
    elsewhere = next((each for each in others if each[1]), (None, ()))
    return Stretch(series, scope, period, holes, *elsewhere), figures


def _held(series: Series, scope: str, months: Iterable[Month], dataset: Dataset) -> tuple[Month, ...]:
    held = dataset.months(series, scope)
    return tuple(month for month in months if month in held)


def table(question: Question, dataset: Dataset) -> Answer:
    """The figures of the period cut into months, quarters, halves or years; the newest rows of many."""
    newest = newest_of(question, dataset)
    if newest is None:
        return answer_of(question, dataset, ())
    length = question.period.length if question.period else 1
    fitting: list[By] = [each for each in UNASKED if length <= ROWS * LENGTHS[each]]
    by = question.by or (fitting[0] if fitting else "year")
    last, every = Period.around(newest, by), question.periods
    whole = question.period or span(last.plus(-last.length * (UNASKED[by] - 1)).start, last.end)
    if len(every) > 1:
        whole = span(min(each.start for each in every), max(each.end for each in every))
    rows = cut(whole, by)
    asked = replace(question.at(whole), by=by)
    if len(rows) <= ROWS:
        return _table_of(asked, by, rows, dataset)
    shown = rows[-ROWS:]
    answer = _table_of(asked.at(span(shown[0].start, shown[-1].end)), by, shown, dataset)
    return answer._replace(cut=whole) if answer.figures else answer


def cut(period: Period, by: By) -> list[Period]:
    """Every month, quarter, half or year of it, whole or in part."""
    rows = [Period.around(period.start, by)]
    while rows[-1].end < period.end:
        rows.append(rows[-1].plus(rows[-1].length))
    return rows


def rolling(question: Question, dataset: Dataset) -> Answer:
    """The totals of twelve months to each month of the period; to the newest one where none is named."""
    assert question.period
    whole = question.period
    ends = whole.months[-ROWS:] if whole.kind == "range" else (whole.end,)
    windows = [Period.span(end.plus(1 - YEAR), end) for end in ends]
    if not 1 < len(ends) < whole.length:
        return _table_of(question, "twelve", windows, dataset)
    shown = question.at(Period.span(ends[0], ends[-1]))
    return _table_of(shown, "twelve", windows, dataset)._replace(cut=whole)


def _table_of(question: Question, by: Cut, periods: Sequence[Period], dataset: Dataset) -> Answer:
    """Each series' figures of these periods, in the scope that has most of them."""
    every = [_rows(series, by, periods, question, dataset) for series in series_of(question, dataset)]
    whole = periods[0] if len(periods) == 1 else span(periods[0].start, periods[-1].end)
    missing = [Missing(rows.series, whole, scope=question.scope) for rows in every if not rows.figures]
    rows = tuple(rows for rows in every if rows.figures)
    figures = [figure for each in rows for figure in each.figures]
    begun = tuple(each.so_far for each in rows if each.so_far)
    return answer_of(question, dataset, figures, missing=tuple(missing), results=rows, around=begun)


def _rows(series: Series, by: Cut, periods: Sequence[Period], question: Question, dataset: Dataset) -> Rows:
    found: dict[str, dict[Period, Figure]] = {}
    for scope in scopes_of(series, question, dataset):
        figures = {period: level_of(series, period, scope, dataset) for period in periods}
        found[scope] = {period: figure for period, figure in figures.items() if figure}
    scope = max(found, key=lambda name: len(found[name]), default="")
    own = found.get(scope, {})
    lost = tuple(period for period in periods if period not in own)
    begun = so_far(series, periods[-1], dataset, scope) if periods[-1] in lost and by != "twelve" else None
    return Rows(series, scope, by, tuple(own.values()), lost, begun)

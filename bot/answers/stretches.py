"""Views over many periods of each series, all of them in one scope: trend, average, table, rolling totals."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.answers.answer import Answer, Stretch
from bot.answers.lookup import answer_of, asked_back, newest_of, scopes_of, series_of, with_period
from bot.answers.missing import so_far
from bot.answers.plots import plots_of
from bot.answers.results import Cut, Rows, added
from bot.dataset.calendar import LENGTHS, Period, span
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
    averaged = [
        (stretch, _parts_of_mean(stretch, months, dataset)) for stretch, months in looked_at(asked, dataset)
    ]
    means = tuple(_mean(parts, asked) for _, parts in averaged if parts)
    return of_stretches(asked, averaged, dataset, averages=means)


def _parts_of_mean(stretch: Stretch, months: tuple[Figure, ...], dataset: Dataset) -> tuple[Figure, ...]:
    """The months; where some are not on record the total alone, of which the mean can be told as well."""
    if not stretch.holes:
        return months
    total = dataset.level(stretch.series, stretch.period, stretch.scope)
    # A unit value of the whole is weighted by tonnes.
    return (total,) if total and stretch.series.measure != "unit_value" else ()


def _mean(figures: Sequence[Figure], question: Question) -> Figure:
    """The mean of the months, or of a total's, as a figure of their stretch; by the day it is the sum."""
    period = Period.span(figures[0].period.start, figures[-1].end)
    parts = 1 if question.unit == "t/day" else period.length
    value, low, high = (each / parts for each in added(figures))
    statuses = {figure.status for figure in figures}
    step = max((figure.step or 0 for figure in figures), default=0)
    return Figure(
        series=figures[0].series,
        period=period,
        scope=figures[0].scope,
        value=value,
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
    lost = [(series, span) for series in sorted(unknown) if span]
    return answer_of(question, dataset, figures, lost, stretches=stretches, **parts)


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
    months = frozenset(period.months)
    best = max(scopes, key=lambda scope: len(months & dataset.months(series, scope)))
    return in_scope(series, best, period, dataset)


def in_scope(series: Series, scope: str, period: Period, dataset: Dataset) -> Found:
    """The months of a period that one series has in one scope, and what of it they lack."""
    months = {name: dataset.months(series, name) for name in (*dataset.scopes(series), scope)}
    held = [month for month in period.months if month in months[scope]]
    holes = tuple(month for month in period.months if month not in months[scope])
    others = ((name, tuple(month for month in holes if month in own)) for name, own in months.items())
    elsewhere = next((each for each in others if each[1]), (None, ()))
    return Stretch(series, scope, period, holes, *elsewhere), tuple(dataset.of_months(series, held, scope))


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
    return _table_of(replace(question.at(whole), by=by), by, cut(whole, by), dataset)


def cut(period: Period, by: By) -> list[Period]:
    """Every month, quarter, half or year of it, whole or in part."""
    rows = [Period.around(period.start, by)]
    while rows[-1].end < period.end:
        rows.append(rows[-1].plus(rows[-1].length))
    return rows


def rolling(question: Question, dataset: Dataset) -> Answer:
    """The totals of twelve months to each month of the period; to the newest one where none is named."""
    assert question.period
    ends = question.period.months if question.period.kind == "range" else (question.period.end,)
    windows = [Period.span(end.plus(1 - YEAR), end) for end in ends]
    return _table_of(question, "twelve", windows, dataset)


def _table_of(question: Question, by: Cut, periods: Sequence[Period], dataset: Dataset) -> Answer:
    """Each series' figures of these periods, in the scope that has most of them; the newest rows of many."""
    if len(periods) > ROWS:
        shown = periods[-ROWS:]
        begin = shown[0].end if by == "twelve" else shown[0].start
        answer = _table_of(question.at(span(begin, shown[-1].end)), by, shown, dataset)
        return answer._replace(cut=question.period) if answer.figures else answer
    every = [_rows(series, by, periods, question, dataset) for series in series_of(question, dataset)]
    whole = periods[0] if len(periods) == 1 else span(periods[0].start, periods[-1].end)
    lost = [(rows.series, whole) for rows in every if not rows.figures]
    rows = tuple(rows for rows in every if rows.figures)
    figures = [figure for each in rows for figure in each.figures]
    begun = tuple(each.so_far for each in rows if each.so_far)
    return answer_of(question, dataset, figures, lost, results=rows, around=begun)


def _rows(series: Series, by: Cut, periods: Sequence[Period], question: Question, dataset: Dataset) -> Rows:
    found: dict[str, dict[Period, Figure]] = {}
    for scope in scopes_of(series, question, dataset):
        figures = {period: dataset.level(series, period, scope) for period in periods}
        found[scope] = {period: figure for period, figure in figures.items() if figure}
    scope = max(found, key=lambda name: len(found[name]), default="")
    own = found.get(scope, {})
    lost = tuple(period for period in periods if period not in own)
    begun = so_far(series, periods[-1], dataset, scope) if periods[-1] in lost and by != "twelve" else None
    return Rows(series, scope, by, tuple(own.values()), lost, begun)

"""Views over many periods of each series, all of them in one scope: trend, average, table, rolling totals."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.answers.answer import Answer, Stretch
from bot.answers.plots import plot_of
from bot.answers.query import Query
from bot.answers.results import Cut, Rows, added
from bot.dataset.calendar import LENGTHS, Period, range_or_month
from bot.dataset.model import Figure, Series
from bot.questions.question import By

TREND_MONTHS = 13  # a year and the month it is measured against
YEAR = 12
ROWS = 24
UNASKED: Mapping[By, int] = {"month": 13, "quarter": 8, "half": 6, "year": 5}  # rows where none are named
Found = tuple[Stretch, tuple[Figure, ...]]


def trend(query: Query) -> Answer:
    """Every month of the period; the thirteen to the newest, or to the month that was named."""
    asked = query.with_period(TREND_MONTHS)
    answer = of_stretches(asked, looked_at(asked))
    drawn = plot_of(answer.figures) if query.question.view == "trend" else None
    return answer._replace(plot=drawn)


def average(query: Query) -> Answer:
    """The mean of the period's months; of the newest twelve where none is named.

    Over a hole it is the total by the number of months, where that is on record; else there is none.
    """
    period, dataset = query.question.period, query.dataset
    if period and period.length == 1:
        year = Period.span(period.end.plus(1 - YEAR), period.end)
        return query.back("several_months", query.question.at(year))
    asked, averaged = query.with_period(YEAR), list[Found]()
    for stretch, months in looked_at(asked):
        total = dataset.level(stretch.series, stretch.period, stretch.scope) if stretch.holes else None
        # A unit value of the whole is weighted by tonnes.
        alone = (total,) if total and stretch.series.measure != "unit_value" else ()
        averaged.append((stretch, alone if stretch.holes else months))
    by_day = query.question.unit == "t/day"
    means = tuple(_mean(parts, by_day=by_day) for _, parts in averaged if parts)
    return of_stretches(asked, averaged, averages=means)


def _mean(figures: Sequence[Figure], *, by_day: bool) -> Figure:
    """The mean of the months, or of a total's, as a figure of their stretch; by the day it is the sum."""
    first, period = figures[0], Period.span(figures[0].period.start, figures[-1].end)
    parts = 1 if by_day else period.length
    value, low, high = (each / parts for each in added(figures))
    statuses = {figure.status for figure in figures}
    step = max((figure.step or 0 for figure in figures), default=0) / (parts if len(figures) == 1 else 1)
    return Figure(
        first.series, period, first.scope, value, step or None, (low, high), derived=True,
        status=statuses.pop() if len(statuses) == 1 else None,
        inputs=tuple(item for figure in figures for item in figure.inputs),
    )  # fmt: skip


def of_stretches(query: Query, found: Sequence[Found], **parts: Any) -> Answer:
    """The answer with the months of each stretch, and what is not on record of the period asked for."""
    figures = [figure for _, months in found for figure in months]
    stretches = tuple(stretch for stretch, _ in found)
    unknown, period = {*query.series} - {stretch.series for stretch in stretches}, query.question.period
    lost = [(series, Period.span(period.start, period.end)) for series in sorted(unknown) if period]
    return query.answer(figures, lost, stretches=stretches, **parts)


def looked_at(query: Query) -> list[Found]:
    """The months of each series that is on record at all."""
    return [found for series in query.series if (found := in_best_scope(series, query))]


def in_best_scope(series: Series, query: Query) -> Found | None:
    """The months asked for, or all, in the first scope that has most of them; and what lacks of them."""
    dataset, asked = query.dataset, query.question
    on_record, scopes = dataset.months(series, asked.scope), query.scopes(series)
    if not scopes or not (asked.period or on_record):
        return None
    period = asked.period or Period.span(min(on_record), max(on_record))
    names = (*scopes, *dataset.lines.scopes(series))
    months, every = period.months, {name: dataset.months(series, name) for name in names}
    best = max(scopes, key=lambda scope: len(every[scope].intersection(months)))
    holes = tuple(month for month in months if month not in every[best])
    others = ((name, tuple(month for month in holes if month in own)) for name, own in every.items())
    elsewhere = next((each for each in others if each[1]), (None, ()))
    held = [month for month in months if month in every[best]]
    return Stretch(series, best, period, holes, *elsewhere), tuple(dataset.of_months(series, held, best))


def table(query: Query) -> Answer:
    """The figures of the period cut into months, quarters, halves or years; the newest rows of many."""
    newest, every = query.newest, query.question.periods
    if newest is None:
        return query.answer()
    length = every[0].length if every else 1
    fitting: list[By] = [each for each in UNASKED if length <= ROWS * LENGTHS[each]]
    by = query.question.by or (fitting[0] if fitting else "year")
    last = Period.around(newest, by)
    whole = every[0] if every else range_or_month(last.plus(-last.length * (UNASKED[by] - 1)).start, last.end)
    if len(every) > 1:
        whole = range_or_month(min(each.start for each in every), max(each.end for each in every))
    return _table_of(query.at(whole).of(by=by), by, cut(whole, by))


def cut(period: Period, by: By) -> list[Period]:
    """Every month, quarter, half or year of it, whole or in part."""
    rows = [Period.around(period.start, by)]
    while rows[-1].end < period.end:
        rows.append(rows[-1].plus(rows[-1].length))
    return rows


def rolling(query: Query) -> Answer:
    """The totals of twelve months to each month of the period; to the newest one where none is named."""
    period = query.question.periods[0]
    ends = period.months if period.kind == "range" else (period.end,)
    return _table_of(query, "twelve", [Period.span(end.plus(1 - YEAR), end) for end in ends])


def _table_of(query: Query, by: Cut, periods: Sequence[Period]) -> Answer:
    """Each series' figures of these periods, in the scope that has most of them; the newest rows of many."""
    shown, asked = periods[-ROWS:], query
    start = shown[0].end if by == "twelve" else shown[0].start
    if len(shown) < len(periods):
        asked = query.at(range_or_month(start, shown[-1].end))
    every = [_rows(series, by, shown, query) for series in query.series]
    whole = shown[0] if len(shown) == 1 else range_or_month(shown[0].start, shown[-1].end)
    rows = tuple(rows for rows in every if rows.figures)
    figures = [figure for each in rows for figure in each.figures]
    lost = [(rows.series, whole) for rows in every if not rows.figures]
    answer = asked.answer(figures, lost, results=rows)
    return answer if asked is query or not figures else answer._replace(cut=query.question.period)


def _rows(series: Series, by: Cut, periods: Sequence[Period], query: Query) -> Rows:
    found: dict[str, dict[Period, Figure]] = {}
    for scope in query.scopes(series):
        figures = {period: query.dataset.level(series, period, scope) for period in periods}
        found[scope] = {period: figure for period, figure in figures.items() if figure}
    scope = max(found, key=lambda name: len(found[name]), default="")
    own = found.get(scope, {})
    lost = tuple(period for period in periods if period not in own)
    return Rows(series, scope, by, tuple(own.values()), lost)

"""Figures of one period after the other: months, quarters, halves, years, or twelve months to each month."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from bot.answers.answer import Answer
from bot.answers.lookup import answer_of, newest_of, series_of
from bot.answers.missing import missing_of
from bot.answers.one_scope import level_of
from bot.answers.results import Rows
from bot.dataset.calendar import LENGTHS, Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.questions.question import By, Question

ROWS = 24
UNASKED: Mapping[By, int] = {"month": 13, "quarter": 8, "half": 6, "year": 5}  # rows where none are named
Each = By | Literal["twelve"]


def table(question: Question, dataset: Dataset) -> Answer:
    """The figures of the period cut into months, quarters, halves or years; the newest rows of many."""
    newest = newest_of(question, dataset)
    if newest is None:
        return answer_of(question, dataset, ())
    by = question.by or _by(question.period)
    whole = _named(question) or _newest(by, newest)
    rows = cut(whole, by)
    shown = rows[-ROWS:]
    asked = replace(question.at(span(shown[0].start, shown[-1].end)), by=by)
    answer = table_of(asked if len(rows) > ROWS else replace(asked.at(whole)), by, shown, dataset)
    return replace(answer, cut=whole if len(rows) > ROWS and answer.figures else None)


def _named(question: Question) -> Period | None:
    """The period asked for; of several the stretch from the first to the last."""
    if len(question.periods) < 2:
        return question.period
    return span(min(each.start for each in question.periods), max(each.end for each in question.periods))


def span(start: Month, end: Month) -> Period:
    """The stretch from one month to another; a month where they are the same."""
    return Period.month(end) if start == end else Period.span(start, end)


def _by(period: Period | None) -> By:
    """What cuts a period into no more rows than are shown."""
    length = period.length if period else 1
    return next((by for by in UNASKED if length <= ROWS * LENGTHS[by]), "year")


def _newest(by: By, newest: Month) -> Period:
    last = Period.around(newest, by)
    return span(last.plus(-last.length * (UNASKED[by] - 1)).start, last.end)


def cut(period: Period, by: By) -> list[Period]:
    """Every month, quarter, half or year of it, whole or in part."""
    rows = [Period.around(period.start, by)]
    while rows[-1].end < period.end:
        rows.append(rows[-1].plus(rows[-1].length))
    return rows


def table_of(question: Question, by: Each, periods: Sequence[Period], dataset: Dataset) -> Answer:
    """Each series' figures of these periods, in the scope that has most of them."""
    every = [_rows(series, by, periods, question, dataset) for series in series_of(question, dataset)]
    whole = periods[0] if len(periods) == 1 else span(periods[0].start, periods[-1].end)
    missing = [missing_of(rows.series, whole, dataset, question.scope) for rows in every if not rows.figures]
    rows = tuple(rows for rows in every if rows.figures)
    figures = [figure for each in rows for figure in each.figures]
    begun = tuple(each.so_far for each in rows if each.so_far)
    return answer_of(question, dataset, figures, missing=tuple(missing), results=rows, around=begun)


def _rows(series: Series, by: Each, periods: Sequence[Period], question: Question, dataset: Dataset) -> Rows:
    scopes = (question.scope,) if question.scope else dataset.scopes(series)
    found = {scope: _of_scope(series, periods, scope, dataset) for scope in scopes}
    scope = max(found, key=lambda name: len(found[name]), default="")
    own = found.get(scope, {})
    lost = tuple(period for period in periods if period not in own)
    held = {name: tuple(each for each in lost if each in found[name]) for name in found if name != scope}
    other = max(held, key=lambda name: len(held[name]), default="")
    elsewhere = held.get(other, ())
    begun = _so_far(series, periods[-1], scope, dataset) if periods[-1] in lost and by != "twelve" else None
    return Rows(
        series, scope, by, tuple(own.values()), lost, begun, other if elsewhere else None, elsewhere
    )  # fmt: skip


def _so_far(series: Series, period: Period, scope: str, dataset: Dataset) -> Figure | None:
    """What there is of a period that is not over, from its beginning."""
    return missing_of(series, period, dataset, scope).so_far


def _of_scope(
    series: Series, periods: Sequence[Period], scope: str, dataset: Dataset
) -> dict[Period, Figure]:
    figures = ((period, level_of((series, period), scope, dataset)) for period in periods)
    return {period: figure for period, figure in figures if figure}

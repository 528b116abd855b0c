"""Months in order of their level or change, over an unbroken run, each with the places rounding leaves it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from bot.answers.answer import Answer, Rank, Stretch
from bot.answers.lookup import asked_back, series_of
from bot.answers.stretches import Found, in_scope, of_stretches
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.dataset.standing import guarded_range
from bot.questions.question import Question

RANKED_BY_MONTH = "Months are ranked by their level or their own change, not by the running total's change."
PRINTED_HALF_POINT = 0.05  # half of the last decimal that a change is printed with


@dataclass(frozen=True, slots=True)
class Reading:
    """A month's level or change, by which it is put in order, and the range it may lie in."""

    figure: Figure
    value: float
    low: float
    high: float

    def among(self, all_of_them: Iterable["Reading"]) -> Rank:
        """The best and the last place it may have among these, itself one of them, from the highest.

        Ranges that only touch, as those of neighbouring printed steps do, leave no doubt.
        """
        others = list(all_of_them)
        above = sum(other.low >= self.high and other.value > self.value for other in others)
        below = sum(other.high <= self.low and other.value < self.value for other in others)
        return Rank(self.figure, 1 + above, len(others) - below)

    def turned(self) -> "Reading":
        """The same, to be counted from the lowest."""
        return Reading(self.figure, -self.value, -self.high, -self.low)


def ranking(question: Question, dataset: Dataset) -> Answer:
    """The highest or lowest months, or those with the largest changes, of an unbroken run; best first."""
    if question.change == "ytd":
        return asked_back(RANKED_BY_MONTH, [replace(question, change="yoy")], dataset)
    runs = [run for series in series_of(question, dataset) if (run := _run(series, question, dataset))]
    ranks = [(stretch, _ranked(months, question)) for stretch, months in runs]
    shown = question if question.period or not runs else _restated(question, runs)
    found = [(stretch, tuple(rank.figure for rank in own)) for stretch, own in ranks]
    return of_stretches(shown, found, dataset, ranks=tuple(rank for _, own in ranks for rank in own))


def place_of(figure: Figure, run: Sequence[Figure], *, from_lowest: bool) -> Rank:
    """The places that rounding leaves a month by its level among those of its run, itself one of them."""
    readings = [_level(other) for other in run]
    own = _level(figure)
    return own.turned().among(map(Reading.turned, readings)) if from_lowest else own.among(readings)


def _ranked(months: Sequence[Figure], question: Question) -> list[Rank]:
    readings = [reading for figure in months if (reading := _reading(figure, question))]
    if question.order in ("lowest", "fall"):
        readings = [reading.turned() for reading in readings]
    if question.order in ("rise", "fall"):
        readings = [reading for reading in readings if reading.value > 0]
    readings.sort(key=attrgetter("value"), reverse=True)
    return [reading.among(readings) for reading in readings[: question.top]]


def _reading(figure: Figure, question: Question) -> Reading | None:
    """What a month is ranked by: its level (by the day where asked), or its change where not in dispute."""
    if question.order in ("highest", "lowest") and not question.change:
        return _level(figure, figure.period.days if question.unit == "t/day" else 1)
    if question.change == "mom":
        return Reading(figure, figure.move.pct, *figure.move.range) if figure.move else None
    growth = figure.growth
    if growth.pct is None or growth.disputed:
        return None
    if growth.origin == "computed" and growth.range:
        return Reading(figure, growth.pct, *growth.range)
    return Reading(figure, growth.pct, growth.pct - PRINTED_HALF_POINT, growth.pct + PRINTED_HALF_POINT)


def _level(figure: Figure, days: int = 1) -> Reading:
    low, high = guarded_range(figure)
    return Reading(figure, (figure.value or 0.0) / days, low / days, high / days)


def _run(series: Series, question: Question, dataset: Dataset) -> Found | None:
    """The unbroken run to rank: the longest within the period, or the one that ends at the newest month."""
    if question.period:
        scopes = (question.scope,) if question.scope else dataset.scopes(series)
        found = [in_scope(series, scope, question.period, dataset) for scope in scopes]
        runs = [(stretch, run) for stretch, months in found for run in _unbroken(months)]
        longest = max(runs, key=lambda item: (len(item[1]), item[1][-1].end), default=None)
        return (_narrowed(*longest), longest[1]) if longest else None
    newest = dataset.newest(
        (series.commodity,), (series.flow,), partner=series.partner, measure=series.measure
    )
    figure = dataset.figure(series, Period.month(newest), question.scope) if newest else None
    standing = dataset.standing(figure) if figure else None
    if not figure or not standing:
        return None
    return in_scope(series, figure.scope, Period.span(standing.run_start, figure.end), dataset)


def _narrowed(stretch: Stretch, run: Sequence[Figure]) -> Stretch:
    """The stretch of the run; what was asked for and lies outside it are its holes."""
    within = Period.span(run[0].end, run[-1].end)
    outside = tuple(month for month in stretch.period.months if not within.start <= month <= within.end)
    return replace(stretch, period=within, holes=outside)


def _unbroken(figures: Sequence[Figure]) -> list[tuple[Figure, ...]]:
    runs: list[list[Figure]] = []
    for figure in figures:
        if runs and runs[-1][-1].end.plus(1) == figure.end:
            runs[-1].append(figure)
        else:
            runs.append([figure])
    return [tuple(run) for run in runs]


def _restated(question: Question, runs: Sequence[Found]) -> Question:
    """The question with the run as its period, so that its words say which months were ranked."""
    start = min(stretch.period.start for stretch, _ in runs)
    end = max(stretch.period.end for stretch, _ in runs)
    return replace(question, period=Period.span(start, end), open_ended=True)

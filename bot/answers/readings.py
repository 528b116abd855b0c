"""What a month is measured by: its level or its change, with its range; by the day where that is asked."""

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter
from typing import Literal, NamedTuple

from bot.answers.answer import Answer, Rank
from bot.dataset.calendar import Month, Period
from bot.dataset.comparison import PRINTED_HALF_POINT, guarded_range
from bot.dataset.model import Figure, Growth, Move
from bot.questions.question import Question


class Reading(NamedTuple):
    """A month's level or change, by which it is put in order, and the range it may lie in."""

    figure: Figure
    value: float
    low: float
    high: float

    def among(self, others: Iterable["Reading"]) -> Rank:
        """The best and the last place it may have among these, itself one of them, from the highest.

        Ranges that only touch, as those of neighbouring printed steps do, leave no doubt.
        """
        all_of_them = list(others)
        above = sum(other.low >= self.high and other.value > self.value for other in all_of_them)
        below = sum(other.high <= self.low and other.value < self.value for other in all_of_them)
        return Rank(self.figure, 1 + above, len(all_of_them) - below)

    def turned(self) -> "Reading":
        """The same, to be counted from the lowest."""
        return Reading(self.figure, -self.value, -self.high, -self.low)


def reading_of(figure: Figure, of: Literal["level", "yoy", "mom"], days: int = 1) -> Reading | None:
    """A month's level, by that many days, or its change; None where that is not on record."""
    growth, move = figure.growth, figure.move
    if of == "mom":
        return Reading(figure, move.pct, *move.range) if move else None
    if of == "yoy":
        return Reading(figure, growth.pct, *_edges_of(growth, growth.pct)) if growth.pct is not None else None
    if figure.value is None:
        return None
    low, high = guarded_range(figure)
    return Reading(figure, figure.value / days, low / days, high / days)


def _edges_of(growth: Growth, pct: float) -> tuple[float, float]:
    """What the leading change may be; a printed one also what was computed, where that has another sign."""
    if growth.origin == "computed" and growth.range:
        return growth.range
    ends = [pct - PRINTED_HALF_POINT, pct + PRINTED_HALF_POINT]
    if growth.computed_pct is not None and growth.computed_pct * pct < 0:
        ends.append(growth.computed_pct)
    return min(ends), max(ends)


def in_order(figures: Iterable[Figure], question: Question) -> list[Reading]:
    """The months that can be ranked as was asked, the first place first; the larger reading leads."""
    every = (_ranked_by(figure, question) for figure in figures)
    readings = [reading for reading in every if reading]
    if question.order in ("lowest", "fall"):
        readings = [reading.turned() for reading in readings]
    if question.order in ("rise", "fall"):
        readings = [reading for reading in readings if reading.value > 0]
    return sorted(readings, key=attrgetter("value"), reverse=True)


def by_level(question: Question) -> bool:
    """Whether months are put in order by their levels, not by their changes."""
    return question.order in ("highest", "lowest") and not question.change


def _ranked_by(figure: Figure, question: Question) -> Reading | None:
    """Its level (by the day where asked), or its change where not in dispute."""
    if by_level(question):
        return reading_of(figure, "level", figure.period.days if question.unit == "t/day" else 1)
    if question.change == "mom":
        return reading_of(figure, "mom")
    return None if figure.growth.disputed else reading_of(figure, "yoy")


def by_day(answer: Answer) -> Answer:
    """The answer with the changes of its figures by the day; their values stay those of the whole period."""
    figures, around = (tuple(map(_changed_by_day, each)) for each in (answer.figures, answer.around))
    return answer._replace(figures=figures, around=around)


def as_asked(figures: tuple[Figure, ...], question: Question) -> tuple[Figure, ...]:
    """The figures, with their changes by the day where tonnes a day are asked for."""
    return tuple(map(_changed_by_day, figures)) if question.unit == "t/day" else figures


def _changed_by_day(figure: Figure) -> Figure:
    """The figure with the changes of its tonnes a day: computed where the days of the two periods differ."""
    growth, move, period, days = figure.growth, figure.move, figure.period, figure.period.days
    ratio = period.year_before.days / days
    if growth.pct is not None and ratio != 1:
        pct, edges = growth.computed_pct, growth.range
        if pct is None or edges is None:  # no level a year earlier, the change was printed
            pct, edges = growth.pct, (growth.pct - PRINTED_HALF_POINT, growth.pct + PRINTED_HALF_POINT)
        told, low, high = (_by_day(each, ratio) for each in (pct, *edges))
        growth = Growth(told, "computed", computed_pct=told, range=(low, high), disputed=growth.disputed)
    if move:
        base, parts = period.plus(-1), 1
        if move.base != "month":  # March on the mean of January and February: on their sum by its days
            base, parts = Period.ytd(Month(period.end.year, 2)), 2
        ratio = base.days / days / parts
        told, low, high = (_by_day(each, ratio) for each in (move.pct, *move.range))
        move = Move(told, (low, high), move.base)
    return replace(figure, growth=growth, move=move)


def _by_day(pct: float, ratio: float) -> float:
    return ((1 + pct / 100) * ratio - 1) * 100

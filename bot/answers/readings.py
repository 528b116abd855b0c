"""What a month is put in order by: its level or its change, with the range that it may lie in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from bot.answers.answer import Rank
from bot.dataset.growth import PRINTED_HALF_POINT
from bot.dataset.model import Figure, Growth
from bot.dataset.standing import guarded_range
from bot.questions.question import Question


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


def in_order(figures: Iterable[Figure], question: Question) -> list[Reading]:
    """The months that can be ranked as was asked, the first place first; the larger reading leads."""
    readings = list(_readings(figures, question))
    if question.order in ("rise", "fall"):
        readings = [reading for reading in readings if reading.value > 0]
    return sorted(readings, key=attrgetter("value"), reverse=True)


def _readings(figures: Iterable[Figure], question: Question) -> Iterator[Reading]:
    for figure in figures:
        if reading := _reading(figure, question):
            yield reading.turned() if question.order in ("lowest", "fall") else reading


def _reading(figure: Figure, question: Question) -> Reading | None:
    """What a month is ranked by: its level (by the day where asked), or its change where not in dispute."""
    if question.order in ("highest", "lowest") and not question.change:
        return level(figure, figure.period.days if question.unit == "t/day" else 1)
    if question.change == "mom":
        return Reading(figure, figure.move.pct, *figure.move.range) if figure.move else None
    growth = figure.growth
    edges = None if growth.disputed else edges_of(growth)
    return Reading(figure, growth.pct, *edges) if growth.pct is not None and edges else None


def edges_of(growth: Growth) -> tuple[float, float] | None:
    """What the leading change may be; a printed one also what was computed, where that has another sign."""
    if growth.pct is None or growth.origin == "computed":
        return growth.range
    ends = [growth.pct - PRINTED_HALF_POINT, growth.pct + PRINTED_HALF_POINT]
    if growth.computed_pct is not None and growth.computed_pct * growth.pct < 0:
        ends.append(growth.computed_pct)
    return min(ends), max(ends)


def level(figure: Figure, days: int = 1) -> Reading | None:
    """The level of a month, by that many days; None where only a change is on record."""
    if figure.value is None:
        return None
    low, high = guarded_range(figure)
    return Reading(figure, figure.value / days, low / days, high / days)


def place_of(figure: Figure, run: Sequence[Figure], *, from_lowest: bool) -> Rank:
    """The places that rounding leaves a month by its level among those of its run, itself one of them."""
    readings = [reading for other in run if (reading := level(other))]
    own = level(figure)
    assert own
    return own.turned().among(map(Reading.turned, readings)) if from_lowest else own.among(readings)

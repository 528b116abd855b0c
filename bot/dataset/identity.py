"""The one identity, ytd(m) = ytd(m-1) + month(m), used in every direction until nothing new follows.

Works on one year of one series in one scope, first printings and revised ones apart. What is printed is never
replaced; among several ways to derive a figure the one with the narrowest rounding range wins.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Input, Row


@dataclass(frozen=True, slots=True)
class Level:
    """A value with the printed rows it is made of; one added row is the print itself."""

    inputs: tuple[Input, ...]

    @property
    def value(self) -> float:
        """The sum of the inputs, freed of the dust of binary fractions."""
        return round(sum(item.signed_value for item in self.inputs), 6)

    @property
    def half_step(self) -> float:
        """The half-steps of all inputs together: how far rounding can carry the value."""
        return sum(item.row.half_step for item in self.inputs)

    def plus(self, other: "Level") -> "Level":
        """The sum of both."""
        return Level(self.inputs + other.inputs)

    def minus(self, other: "Level") -> "Level":
        """The difference; a row that stands on both sides drops out."""
        taken = {(item.role, item.row.line) for item in other.inputs}
        own = {(item.role, item.row.line) for item in self.inputs}
        kept = [item for item in self.inputs if (item.role, item.row.line) not in taken]
        away = [item.turned() for item in other.inputs if (item.role, item.row.line) not in own]
        return Level((*kept, *away))


def close(printed: Mapping[Period, Row], year: int) -> dict[Period, Level]:
    """Every month and running total of a year that is printed or follows from what is printed."""
    known = {period: Level((Input("+", row),)) for period, row in sorted(printed.items())}
    while candidates := [found for each in _terms(year) for found in _candidates(known, *each)]:
        period, level = min(candidates, key=lambda found: (found[1].half_step, len(found[1].inputs)))
        known[period] = level
    return known


@lru_cache(maxsize=256)
def _terms(year: int) -> tuple[tuple[Period | None, Period, Period], ...]:
    """The three terms of the identity at each month of a year."""
    months = [Month(year, number) for number in range(1, 13)]
    singles, totals = [Period.month(month) for month in months], [Period.ytd(month) for month in months]
    return tuple(zip([None, *totals], singles, totals, strict=False))


def difference(levels: Mapping[Period, Level], period: Period) -> Level | None:
    """A quarter, half or year: the difference of two running totals, else the sum of its months."""
    if not levels:
        return None
    end = levels.get(Period.ytd(period.end))
    if period.start.number == 1:
        return end
    before = levels.get(Period.ytd(period.start.plus(-1)))
    if end and before:
        return end.minus(before)
    months = (levels.get(Period.month(period.start.plus(step))) for step in range(period.length))
    found = list(takewhile(bool, months))
    inputs = tuple(item for level in found if level for item in level.inputs)
    return Level(inputs) if len(found) == period.length else None


def _candidates(
    known: Mapping[Period, Level], earlier_total: Period | None, single: Period, total: Period
) -> Iterable[tuple[Period, Level]]:
    """What the identity at one month gives: whichever of its three terms is not known yet."""
    alone, upto = known.get(single), known.get(total)
    if earlier_total is None:
        if alone and not upto:
            yield total, alone
        if upto and not alone:
            yield single, upto
        return
    before = known.get(earlier_total)
    if before and alone and not upto:
        yield total, before.plus(alone)
    if before and upto and not alone:
        yield single, upto.minus(before)
    if alone and upto and not before:
        yield earlier_total, upto.minus(alone)

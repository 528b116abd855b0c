"""The one identity, ytd(m) = ytd(m-1) + month(m), in every direction: the narrowest way from month to month.

The ends of a year's months are the nodes 0 to 12. A printed month joins two neighbours, a printed running
total joins 0 to its month, and either is as long as its half-step. The shortest path between two nodes is the
figure over the months between them with the narrowest range. First printings and revised ones stay apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.dataset.calendar import Period
from bot.dataset.model import Input, Role, Row

MONTHS = 12
SHORTER = 1e-6  # each row lengthens a path by as much: of two ways as narrow, the one with fewer rows

Numbers = NDArray[np.float64]


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


class Closure:
    """All stretches within a year that follow from its printed rows, for many years at once.

    `rows` holds for each year a row or None for the months 1 to 12 and the running totals to them.
    """

    def __init__(self, rows: Sequence[Sequence[Row | None]]) -> None:
        self._rows = rows
        shape = (len(rows), MONTHS + 1, MONTHS + 1)
        self.length: Numbers = np.full(shape, np.inf)
        self._added, self._taken = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        self._join()
        self._shorten()

    def _join(self) -> None:
        for year, rows in enumerate(self._rows):
            for place, row in enumerate(rows):
                start, end = (place, place + 1) if place < MONTHS else (0, place - MONTHS + 1)
                if row and (length := row.half_step + SHORTER) < self.length[year, start, end]:
                    self.length[year, start, end] = self.length[year, end, start] = length
                    self._added[year, start, end] = self._taken[year, end, start] = 1 << place

    def _shorten(self) -> None:
        """Floyd's and Warshall's way: over every node in turn, all years in one step."""
        for over in range(MONTHS + 1):
            lengths = self.length[:, :, over, None] + self.length[:, over, None, :]
            shorter = lengths < self.length
            self.length = np.where(shorter, lengths, self.length)
            for bits in (self._added, self._taken):
                np.copyto(bits, bits[:, :, over, None] | bits[:, over, None, :], where=shorter)

    def level(self, year: int, start: int, end: int) -> Level | None:
        """What follows for the months after `start` up to `end`; None below zero: that is a correction."""
        if not np.isfinite(self.length[year, start, end]):
            return None
        added, taken = (int(bits[year, start, end]) for bits in (self._added, self._taken))
        level = Level((*self._inputs(year, "+", added), *self._inputs(year, "-", taken)))
        return level if level.value >= 0 else None

    def _inputs(self, year: int, role: Role, bits: int) -> list[Input]:
        rows = self._rows[year]
        return [Input(role, row) for at in _places(bits) if (row := rows[at])]


@lru_cache(maxsize=4_096)
def _places(bits: int) -> tuple[int, ...]:
    """The places of a path's rows, running totals before months."""
    order = (*range(MONTHS, 2 * MONTHS), *range(MONTHS))
    return tuple(at for at in order if bits >> at & 1)


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of one series in one scope that follow from some of its rows; `places` are its years'."""

    closure: Closure
    places: Mapping[int, int]

    def of(self, period: Period) -> Level | None:
        """The level of a stretch within one year."""
        place = self.places.get(period.end.year)
        if place is None:
            return None
        return self.closure.level(place, period.start.number - 1, period.end.number)


def levels_of(each: Sequence[Mapping[Period, Row]]) -> list[Levels]:
    """Levels for each of several sets of rows, closed in one go."""
    tables: list[list[Row | None]] = []
    places: list[dict[int, int]] = []
    for newest in each:
        places.append({})
        for period, row in newest.items():
            year = period.end.year
            if year not in places[-1]:
                places[-1][year] = len(tables)
                tables.append([None] * (2 * MONTHS))
            at = period.end.number - 1 + (MONTHS if period.kind == "ytd" else 0)
            tables[places[-1][year]][at] = row
    closure = Closure(tables)
    return [Levels(closure, own) for own in places]

"""The one identity, ytd(m) = ytd(m-1) + month(m), in every direction: the narrowest way from month to month.

The ends of a year's months are the nodes 0 to 12. A printed month joins two neighbours, a printed running
total joins 0 to its month, and either is as long as its half-step. The shortest path between two nodes is the
figure over the months between them with the narrowest range. First printings and revised ones stay apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.dataset.calendar import Period
from bot.dataset.model import Input, Role, Row

MONTHS = 12
SHORTER = 1e-6  # each row lengthens a path by as much: of two ways as narrow, the one with fewer rows
PLACES = (*range(MONTHS, 2 * MONTHS), *range(MONTHS))  # of a path's rows, running totals before months


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
    """All stretches within a year that follow from printed rows, for several sets of them at once."""

    def __init__(self, sets: Sequence[Mapping[Period, Row]]) -> None:
        self._rows: dict[tuple[int, int], list[Row | None]] = {}  # by set and year: months, running totals
        for which, newest in enumerate(sets):
            for period, row in newest.items():
                rows = self._rows.setdefault((which, period.end.year), [None] * (2 * MONTHS))
                rows[period.end.number - 1 + (MONTHS if period.kind == "ytd" else 0)] = row
        self._places = {key: place for place, key in enumerate(self._rows)}
        shape = (len(self._rows), MONTHS + 1, MONTHS + 1)
        self._length: NDArray[np.float64] = np.full(shape, np.inf)
        self._added, self._taken = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for place, rows in enumerate(self._rows.values()):
            for at, each in enumerate(rows):
                if each:
                    self._join(place, at, each.half_step + SHORTER)
        self._shorten()

    def _join(self, place: int, at: int, length: float) -> None:
        start, end = (at, at + 1) if at < MONTHS else (0, at - MONTHS + 1)
        if length < self._length[place, start, end]:
            self._length[place, start, end] = self._length[place, end, start] = length
            self._added[place, start, end] = self._taken[place, end, start] = 1 << at

    def _shorten(self) -> None:
        """Floyd's and Warshall's way: over every node in turn, all years in one step."""
        for over in range(MONTHS + 1):
            lengths = self._length[:, :, over, None] + self._length[:, over, None, :]
            shorter = lengths < self._length
            self._length = np.where(shorter, lengths, self._length)
            for bits in (self._added, self._taken):
                np.copyto(bits, bits[:, :, over, None] | bits[:, over, None, :], where=shorter)

    def level(self, which: int, period: Period) -> Level | None:
        """What follows from a set for a stretch within a year; None below zero: that is a correction."""
        key = which, period.end.year
        path = self._places.get(key), period.start.number - 1, period.end.number
        if path[0] is None or not np.isfinite(self._length[path]):
            return None
        added = self._inputs(key, "+", int(self._added[path]))
        taken = self._inputs(key, "-", int(self._taken[path]))
        level = Level((*added, *taken))
        return level if level.value >= 0 else None

    def _inputs(self, key: tuple[int, int], role: Role, bits: int) -> list[Input]:
        return [Input(role, row) for at in PLACES if bits >> at & 1 and (row := self._rows[key][at])]

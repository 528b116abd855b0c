"""Published rows, and in columns what is asked of all of them at once.

A row of a file is made of its cells when somebody looks at it, and then kept: there can be hundreds of
thousands, and an answer needs a few.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import eq
from typing import overload

import numpy as np

from bot.dataset.calendar import Month
from bot.dataset.model import Row, Series, Status
from bot.dataset.text_table import Flags, Indices, numbered

Strand = tuple[Series, str]  # one series in one scope
Stage = tuple[Status | None, Month]  # of what, and of which month, the calendar is asked

NO_DAY = 0  # where no day is printed or kept, the calendar says since when a row is known


@dataclass(frozen=True, slots=True, eq=False)
class Rows(Sequence[Row]):
    """Rows in their order: `make` gives the row at one of `places`.

    Of every row `strand` and `stage` say which of the different ones are its own, `known_since` from which
    day on it is known (as an ordinal; NO_DAY where the calendar decides), `line` on which line it stands.
    """

    make: Callable[[int], Row]
    places: Indices
    strands: Sequence[Strand]
    strand: Indices
    stages: Sequence[Stage]
    stage: Indices
    known_since: Indices
    line: Indices

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Rows":
        """Rows that are there already."""
        if isinstance(rows, Rows):
            return rows
        listed = tuple(rows)
        strands, strand = numbered((row.series, row.scope) for row in listed)
        stages, stage = numbered((row.status, row.period.end) for row in listed)
        days = [row.known_since.toordinal() if row.known_since else NO_DAY for row in listed]
        lines = [row.line for row in listed]
        return cls(
            listed.__getitem__, np.arange(len(listed)), strands, strand, stages, stage,
            np.array(days, dtype=np.intp), np.array(lines, dtype=np.intp),
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Row]:
        return map(self.make, self.places.tolist())

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(place, slice):
            return tuple(map(self.make, self.places[place].tolist()))
        return self.make(int(self.places[place]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # like a list's: it is as long as the record

    def __add__(self, other: "Rows") -> "Rows":
        """These rows, and after them the others."""
        at = len(self)
        strands, strand = numbered([*self.strands, *other.strands])
        stages, stage = numbered([*self.stages, *other.stages])
        return Rows(
            cache(lambda place: self[place] if place < at else other[place - at]),
            np.arange(at + len(other)),
            strands,
            np.append(strand[self.strand], strand[len(self.strands) :][other.strand]),
            stages,
            np.append(stage[self.stage], stage[len(self.stages) :][other.stage]),
            np.append(self.known_since, other.known_since),
            np.append(self.line, other.line),
        )

    def where(self, chosen: Flags | Indices) -> "Rows":
        """The rows that are flagged, or at these places."""
        return Rows(
            self.make, self.places[chosen], self.strands, self.strand[chosen], self.stages,
            self.stage[chosen], self.known_since[chosen], self.line[chosen],
        )  # fmt: skip

    def among(self, chosen: Callable[[Series, str], bool]) -> "Rows":
        """The rows of the series and scopes that are chosen."""
        return self.where(self._flags(chosen(*strand) for strand in self.strands)[self.strand])

    def about(self, figures: Collection[tuple[Series, Month]]) -> Indices:
        """The places of the rows of these series that end in these months: some more than those named."""
        all_series, ends = {series for series, _ in figures}, {end for _, end in figures}
        of_series = self._flags(series in all_series for series, _ in self.strands)
        of_ends = self._flags(end in ends for _, end in self.stages)
        return np.flatnonzero(of_series[self.strand] & of_ends[self.stage])

    def by_strand(self) -> Mapping[Strand, Indices]:
        """The places of each strand's rows, in order."""
        order = np.argsort(self.strand, kind="stable")
        counts = np.bincount(self.strand, minlength=len(self.strands))
        parts = np.split(order, np.cumsum(counts))
        return {strand: part for strand, part in zip(self.strands, parts, strict=False) if len(part)}

    @staticmethod
    def _flags(values: Iterable[bool]) -> Flags:
        return np.array(list(values), dtype=bool)

"""Published rows, each made when it is first looked at: of a large record few are ever asked for."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.dataset.csv_frame import Numbers
from bot.dataset.model import Row, Strand
from bot.dataset.releases import ReleaseCalendar

Make = Callable[[int], Row]


class Rows(Sequence[Row]):
    """The rows at some places; `make` gives that at a place, and the same one whenever it is asked again."""

    def __init__(self, make: Make, places: Sequence[int]) -> None:
        self._make, self._places = make, places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Row]:
        return map(self._make, self._places)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> "Rows": ...
    def __getitem__(self, at: int | slice) -> "Row | Rows":
        chosen = self._places[at]
        return self._make(chosen) if isinstance(chosen, int) else Rows(self._make, chosen)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # like a list's


class RowTable(Rows):
    """All rows of a record in order, numbered alike where they are of one series in one scope.

    Those with the same number as to `release` came out on the same day.
    """

    def __init__(self, make: Make, strand: Numbers, release: Numbers) -> None:
        super().__init__(make, range(len(strand)))
        self._strand, self._release = strand, release

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "RowTable":
        """The table of rows that are there already."""
        if isinstance(rows, RowTable):
            return rows
        strand = _numbered((row.series, row.scope) for row in rows)
        return cls(rows.__getitem__, strand, _numbered((r.known_since, r.status, r.period.end) for r in rows))

    def out_since(self, calendar: ReleaseCalendar) -> NDArray[np.datetime64]:
        """For each row the day from which on it is known."""
        firsts = np.flatnonzero(~pd.Index(self._release).duplicated())
        days = [calendar.out_since(self._make(first)) for first in firsts.tolist()]
        return np.array(days, dtype="datetime64[D]")[pd.factorize(self._release)[0]]

    def strands(self, chosen: NDArray[np.bool_]) -> dict[Strand, Rows]:
        """The chosen rows by series and scope."""
        places = np.flatnonzero(chosen)
        groups = pd.Series(places).groupby(self._strand[places], sort=False).indices.values()
        parts = [Rows(self._make, places[group].tolist()) for group in groups]
        return {(part[0].series, part[0].scope): part for part in parts}


def _numbered(keys: Iterable[Hashable]) -> Numbers:
    """The same number for the same key, counted from 0."""
    number: dict[Hashable, int] = {}
    return np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.intp)

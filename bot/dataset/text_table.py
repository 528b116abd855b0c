"""A table of text by columns: the different cells of each once, and which of them stands in every row.

A long table holds the same few cells again and again, so what is asked of a cell is asked of each different
one alone.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]
T = TypeVar("T", bound=Hashable)

COUNTED = 1 << 22  # up to so many possible combinations a flag for each is quicker than sorting
MOST = 1 << 62  # combinations that fit one number


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one column, each once, and which of them every row has."""

    different: Sequence[str]
    which: Indices

    @classmethod
    def of(cls, cells: Iterable[str]) -> "Column":
        """The column of these cells."""
        return cls(*numbered(cells))

    def each(self, test: Callable[[str], object]) -> Flags:
        """For every row whether its cell passes: whether what the test gives counts as true."""
        return np.fromiter(map(bool, map(test, self.different)), dtype=bool)[self.which]

    def mapped(self, number: Callable[[str], int]) -> Indices:
        """For every row the whole number that its cell stands for."""
        return np.fromiter(map(number, self.different), dtype=np.intp)[self.which]

    def at(self, places: Indices) -> Iterator[str]:
        """The cells of these rows."""
        return map(self.different.__getitem__, self.which[places].tolist())


@dataclass(frozen=True, slots=True)
class Table:
    """The columns by name, and the line of the file on which each row begins."""

    lines: Indices
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.lines)

    def cells(self, place: int, names: Iterable[str]) -> list[str]:
        """The cells of one row in these columns."""
        columns = (self.columns[name] for name in names)
        return [column.different[column.which[place]] for column in columns]

    def where(self, chosen: Flags) -> "Table":
        """The rows that are flagged."""
        columns = {name: Column(each.different, each.which[chosen]) for name, each in self.columns.items()}
        return Table(self.lines[chosen], columns)

    def rows(self, names: Iterable[str], places: Indices | None = None) -> Iterator[tuple[Any, ...]]:
        """The cells of these columns, a tuple for every row, or for those at these places."""
        chosen = np.arange(len(self)) if places is None else places
        return zip(*(self.columns[name].at(chosen) for name in names), strict=True)

    def together(self, names: Sequence[str]) -> tuple[Indices, Indices]:
        """The first row of each different combination of cells, and which combination every row has."""
        keys, possible = np.zeros(len(self), dtype=np.intp), 1
        for column in (self.columns[name] for name in names):
            width = max(len(column.different), 1)
            if possible * width > MOST:
                keys, possible = _closed_up(keys, possible)
            keys, possible = keys * width + column.which, possible * width
        which, count = _closed_up(keys, possible)
        first = np.empty(count, dtype=np.intp)
        first[which[::-1]] = np.arange(len(self) - 1, -1, -1)  # of several the one written last stays
        return first, which

    def each(self, test: Callable[..., bool], *names: str) -> Flags:
        """For every row whether its cells in these columns pass together."""
        first, which = self.together(names)
        return np.fromiter(starmap(test, self.rows(names, first)), dtype=bool)[which]


def numbered(items: Iterable[T]) -> tuple[tuple[T, ...], Indices]:
    """The different items in the order in which they come, and the number of each."""
    numbers: dict[T, int] = {}
    which = [numbers.setdefault(item, len(numbers)) for item in items]
    return tuple(numbers), np.array(which, dtype=np.intp)


def _closed_up(keys: Indices, possible: int) -> tuple[Indices, int]:
    """The keys numbered without gaps, in their order, and how many different ones there are."""
    if possible > COUNTED:
        different, which = np.unique(keys, return_inverse=True)
        return which, len(different)
    seen = np.zeros(possible, dtype=bool)
    seen[keys] = True
    numbers = np.cumsum(seen) - 1
    return numbers[keys], int(numbers[-1]) + 1

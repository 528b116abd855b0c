"""Published rows: a pandas frame, and each row as an object once somebody looks at it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from operator import eq
from typing import Any, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Row, Series

Strand = tuple[Series, str]  # one series in one scope
Flags = NDArray[np.bool_]

NO_DAY = 0  # where no day is printed or kept, the calendar says since when a row is known
COLUMNS = (
    "line", "strand", "month", "kind", "value", "step", "yoy_pct", "status", "source", "published",
    "arrived", "confirmed_by", "note",
)  # fmt: skip
NUMBERS = ("value", "step", "yoy_pct")


class Rows(Sequence[Row]):
    """Rows in their order; `strand` numbers the series and scopes, days are ordinals, months counted on."""

    def __init__(
        self, frame: pd.DataFrame, strands: Sequence[Strand], made: dict[int, Row] | None = None
    ) -> None:
        self.frame, self.strands = frame, strands
        self._made = (
            {} if made is None else made
        )  # by the frame's index: shared with the rows chosen from these

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Rows":
        """Rows that are there already."""
        if isinstance(rows, Rows):
            return rows
        listed = list(rows)
        strands = list(dict.fromkeys((row.series, row.scope) for row in listed))
        number = {strand: place for place, strand in enumerate(strands)}
        frame = pd.DataFrame((_cells(row, number) for row in listed), columns=list(COLUMNS))
        return cls(frame, strands, dict(enumerate(listed)))

    def __len__(self) -> int:
        return len(self.frame)

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, range(len(self)))

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        chosen = range(len(self))[place]
        return self._row(chosen) if isinstance(chosen, int) else tuple(map(self._row, chosen))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # like a list's: it is as long as the record

    def __add__(self, other: "Rows") -> "Rows":
        """These rows, and after them the others."""
        strands = list(dict.fromkeys([*self.strands, *other.strands]))
        number = {strand: place for place, strand in enumerate(strands)}
        theirs = other.frame.assign(strand=[number[other.strands[at]] for at in other.frame["strand"]])
        both = pd.concat([self.frame, theirs], ignore_index=True) if len(self) else theirs
        own = {place: self._made[at] for place, at in enumerate(self._index) if at in self._made}
        added = {
            len(self) + place: other._made[at] for place, at in enumerate(other._index) if at in other._made
        }
        return Rows(both, strands, own | added)

    def where(self, chosen: Flags) -> "Rows":
        """The rows that are flagged."""
        return Rows(self.frame[chosen], self.strands, self._made)

    def among(self, chosen: Callable[[Series, str], bool]) -> "Rows":
        """The rows of the series and scopes that are chosen."""
        return self.where(self.flags(chosen))

    def flags(self, chosen: Callable[[Series, str], bool]) -> Flags:
        """For every row whether its series and scope are chosen."""
        each: Flags = np.array([chosen(*strand) for strand in self.strands], dtype=bool)
        found: Flags = each[self.frame["strand"].to_numpy(dtype=np.intp)]
        return found

    @cached_property
    def places_by_strand(self) -> Mapping[Strand, list[int]]:
        """The places of each strand's rows, in order."""
        strand = self.frame["strand"].to_numpy(dtype=np.intp)
        order, counts = np.argsort(strand, kind="stable"), np.bincount(strand, minlength=len(self.strands))
        parts = np.split(order, np.cumsum(counts)[:-1]) if len(counts) else []
        return {name: part.tolist() for name, part in zip(self.strands, parts, strict=True) if len(part)}

    @cached_property
    def _columns(self) -> Mapping[str, Any]:
        return {name: self.frame[name].to_numpy() for name in COLUMNS}

    @cached_property
    def _index(self) -> list[int]:
        return self.frame.index.tolist()

    def _row(self, place: int) -> Row:
        at = self._index[place]
        if at not in self._made:
            self._made[at] = self._make(place)
        return self._made[at]

    def _make(self, place: int) -> Row:
        cell = {name: column[place] for name, column in self._columns.items()}
        series, scope = self.strands[cell["strand"]]
        return Row(
            line=int(cell["line"]),
            series=series,
            period=_period(cell["kind"], int(cell["month"])),
            scope=scope,
            status=cell["status"] or None,
            source=cell["source"],
            published=_day(cell["published"]),
            arrived=_day(cell["arrived"]),
            confirmed_by=int(cell["confirmed_by"]),
            note=cell["note"],
            **{name: None if np.isnan(cell[name]) else float(cell[name]) for name in NUMBERS},
        )


def _cells(row: Row, number: Mapping[Strand, int]) -> tuple[object, ...]:
    numbers = (np.nan if value is None else value for value in (row.value, row.step, row.yoy_pct))
    days = (day.toordinal() if day else NO_DAY for day in (row.published, row.arrived))
    return (
        row.line, number[row.series, row.scope], row.period.end.ordinal, row.period.kind, *numbers,
        row.status or "", row.source, *days, row.confirmed_by, row.note,
    )  # fmt: skip


@lru_cache(maxsize=4_096)
def _period(kind: str, ordinal: int) -> Period:
    return Period.ytd(Month.of(ordinal)) if kind == "ytd" else Period.month(Month.of(ordinal))


def _day(ordinal: int) -> date | None:
    return date.fromordinal(int(ordinal)) if ordinal else None

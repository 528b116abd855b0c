"""What the files hold: published rows and what describes them, and the datasets of each day made of them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bot.dataset.calendar import Month
from bot.dataset.commodities import Commodity, Entry
from bot.dataset.corrections import Correction
from bot.dataset.csv_frame import Numbers
from bot.dataset.lines import lines_of
from bot.dataset.model import Event, Held, Row, Source, Strand
from bot.dataset.releases import ReleaseCalendar
from bot.dataset.revision_history import History
from bot.errors import DataFileError

if TYPE_CHECKING:
    from bot.dataset.dataset import Dataset


class Rows(Sequence[Row]):
    """The rows at some places; `make` gives that at a place, and the same one whenever it is asked again."""

    def __init__(self, make: Callable[[int], Row], places: Sequence[int]) -> None:
        self._make, self._places = make, places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Row]:
        return map(self._make, self._places)

    def __getitem__(self, at: Any) -> Any:
        chosen = self._places[at]
        return Rows(self._make, chosen) if isinstance(at, slice) else self._make(chosen)


class RowTable(Rows):
    """All rows of a record, numbered by what they are of (series and scope) and by when they came out."""

    def __init__(self, make: Callable[[int], Row], strand: Numbers, release: Numbers) -> None:
        super().__init__(make, range(len(strand)))
        self._strand, self._release = strand, release

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "RowTable":
        """The table of rows that are there already."""
        if isinstance(rows, RowTable):
            return rows
        strand = [(row.series, row.scope) for row in rows]
        release = [(row.known_since, row.status, row.period.end) for row in rows]
        numbers = (pd.factorize(pd.Series(keys, dtype=object))[0] for keys in (strand, release))
        return cls(rows.__getitem__, *numbers)

    def known(self, calendar: ReleaseCalendar) -> tuple[list[date], list[tuple[date, Rows]]]:
        """The days on which rows came out; the first of them of each series and scope, and its rows."""
        _, firsts, release = np.unique(self._release, return_index=True, return_inverse=True)
        days = [calendar.out_since(self._make(first)) for first in firsts.tolist()]
        out = np.array(days, dtype="datetime64[D]")[release]
        groups = pd.Series(self._strand).groupby(self._strand, sort=False).indices.values()
        strands = ((out[places].min().item(), np.asarray(places).tolist()) for places in groups)
        return days, [(begins, Rows(self._make, places)) for begins, places in strands]


@dataclass(frozen=True)
class Record:
    """What the files hold: published rows and what describes them, nothing derived yet."""

    catalogue: Mapping[str, Commodity]
    sources: Mapping[str, Source]
    rows: Sequence[Row]
    calendar: ReleaseCalendar
    events: tuple[Event, ...] = ()
    corrections: tuple[Correction, ...] = ()
    confirmed: tuple[Correction, ...] = ()  # true outliers: never held
    glossary: Mapping[str, Entry] = field(default_factory=dict)
    refused: tuple[DataFileError, ...] = ()  # rows of the files that were left out, and why
    held: tuple[Held, ...] = ()  # rows that wait for a decision: nothing follows from them
    version: int = 0  # of the rows that were added to those of the files
    _newest: list["Record"] = field(default_factory=list, repr=False, compare=False)  # shared by all versions

    @cached_property
    def _known(self) -> tuple[list[date], list[tuple[date, Rows]]]:
        return RowTable.of(self.rows).known(self.calendar)

    @cached_property
    def days_of_news(self) -> tuple[date, ...]:
        """The days on which rows came out, those that are held too, the oldest first."""
        held = (self.calendar.out_since(each.row) for each in self.held)
        return tuple(sorted({*self._known[0], *held}))

    @cached_property
    def _histories(self) -> Mapping[Strand, tuple[date, History]]:
        """What was printed of each series in each scope, and since when anything was."""
        return {
            (rows[0].series, rows[0].scope): (begins, History(rows, self.calendar))
            for begins, rows in self._known[1]
        }

    def alike(self, rows: Iterable[Row]) -> Sequence[Row]:
        """Its own rows of the series and scopes that these are of."""
        strands = {(row.series, row.scope) for row in rows} & self._histories.keys()
        return [row for strand in strands for row in self._histories[strand][1].rows]

    @property
    def current(self) -> "Record":
        """The version that is served now."""
        return self._newest[0] if self._newest else self

    def with_rows(
        self, rows: Sequence[Row], sources: Mapping[str, Source], version: int, held: Iterable[Held] = ()
    ) -> "Record":
        """The record with these rows after its own, numbered on from its last line."""
        known, last = {**sources, **self.sources}, max((row.line for row in self.rows), default=0)
        arrivals = {name: source.arrival for name, source in known.items()}
        added = (
            replace(row, line=last + place, arrived=arrivals.get(row.source) or row.arrived)
            for place, row in enumerate(rows, start=1)
        )
        return replace(self, rows=(*self.rows, *added), sources=known, version=version, held=tuple(held))

    def serve(self, newer: "Record") -> None:
        """Lets whoever asks any version for a day get the newer one's; what they hold stays as it is."""
        self._newest[:] = [newer]

    def as_of(self, day: date, *, first: bool = False) -> "Dataset":
        """The dataset that could be known on that day; `first`: each figure as it was first on record."""
        place = bisect_right(self.days_of_news, day)
        newest = self.days_of_news[place - 1] if place else date.min
        return replace(self._on(newest, first), today=day)

    @cached_property
    def _on(self) -> Callable[[date, bool], "Dataset"]:
        """Derives the dataset of a day with news, and keeps the sixteen asked for last."""
        return lru_cache(maxsize=16)(self._derived)

    def _derived(self, day: date, first: bool) -> "Dataset":
        from bot.dataset.dataset import Dataset  # it knows its record

        held: dict[Strand, set[Month]] = defaultdict(set)
        for row in (each.row for each in self.held):
            if self.calendar.out_since(row) <= day:
                held[row.series, row.scope].add(row.period.end)
        known = {strand: history for strand, (begins, history) in self._histories.items() if begins <= day}
        return Dataset(self, day, lines_of(known, self.catalogue, day, held, first=first))

"""What the files hold: published rows and what describes them, and the datasets of each day made of them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.dataset.calendar import Month
from bot.dataset.commodities import Commodity
from bot.dataset.corrections import Correction
from bot.dataset.glossary import Entry
from bot.dataset.lines import lines_of
from bot.dataset.model import Event, Held, Row, Source, Strand
from bot.dataset.releases import ReleaseCalendar
from bot.dataset.revision_history import Histories
from bot.dataset.row_table import RowTable
from bot.errors import DataFileError

if TYPE_CHECKING:
    from bot.dataset.dataset import Dataset

DAYS_KEPT = 8


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

    @property
    def begins(self) -> date:
        """The day on which its first row was out; the last day there is where it has none."""
        return next(iter(self.days_of_news), date.max)

    @cached_property
    def days_of_news(self) -> tuple[date, ...]:
        """The days on which rows came out, those that are held too, the oldest first."""
        held = (self.calendar.out_since(each.row) for each in self.held)
        return tuple(sorted({*np.unique(self._out_since).tolist(), *held}))

    @cached_property
    def _table(self) -> RowTable:
        return RowTable.of(self.rows)

    @cached_property
    def _out_since(self) -> NDArray[np.datetime64]:
        return self._table.out_since(self.calendar)

    @cached_property
    def _strands(self) -> Mapping[Strand, Sequence[Row]]:
        return self._table.strands(np.full(len(self.rows), True))

    @cached_property
    def _histories(self) -> Mapping[Strand, Histories]:
        return {strand: Histories(rows, self.calendar) for strand, rows in self._strands.items()}

    def alike(self, rows: Iterable[Row]) -> Sequence[Row]:
        """Its own rows of the series and scopes that these are of."""
        theirs = {(row.series, row.scope) for row in rows}
        return [row for strand in theirs for row in self._strands.get(strand, ())]

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

    def as_of(self, day: date) -> "Dataset":
        """The dataset that could be known on that day, of the rows out by then."""
        place = bisect_right(self.days_of_news, day)
        newest = self.days_of_news[place - 1] if place else date.min
        return replace(self._on(newest), today=day)

    @cached_property
    def _on(self) -> Callable[[date], "Dataset"]:
        """Derives the dataset of a day with news, and keeps those asked for last."""
        return lru_cache(maxsize=DAYS_KEPT)(self._derived)

    def _derived(self, day: date) -> "Dataset":
        from bot.dataset.dataset import Dataset  # it knows its record

        known = self._out_since <= np.datetime64(day)
        rows = self._strands if known.all() else self._table.strands(known)
        held: dict[Strand, set[Month]] = defaultdict(set)
        for row in (each.row for each in self.held):
            if self.calendar.out_since(row) <= day:
                held[row.series, row.scope].add(row.period.end)
        lines, firsts = (
            lines_of(rows, self.catalogue, self._histories, day, held, first=first) for first in (False, True)
        )
        return Dataset(self, day, lines, firsts)

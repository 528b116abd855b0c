"""What the files hold: published rows and what describes them, and the datasets of each day made of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.dataset.arrival import with_arrival
from bot.dataset.calendar import Month
from bot.dataset.commodities import Commodity
from bot.dataset.corrections import Correction
from bot.dataset.first_printings import FirstPrintings
from bot.dataset.glossary import Entry
from bot.dataset.lines import Lines
from bot.dataset.model import Event, Held, Row, Source
from bot.dataset.releases import ReleaseCalendar
from bot.dataset.revision_history import Histories
from bot.dataset.row_frame import NO_DAY, Rows, Strand
from bot.dataset.vintage_order import STAGE_ORDER
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
    _days: dict[date, "Dataset"] = field(default_factory=dict, init=False, repr=False, compare=False)
    _newest: list["Record"] = field(default_factory=list, repr=False, compare=False)  # shared by all versions

    @property
    def begins(self) -> date:
        """The day on which its first row was out; the last day there is where it has none."""
        return next(iter(self.days_of_news), date.max)

    @cached_property
    def days_of_news(self) -> tuple[date, ...]:
        """The days on which rows came out, the oldest first."""
        return tuple(map(date.fromordinal, np.unique(self._out_since).tolist()))

    @cached_property
    def printed(self) -> Rows:
        """The rows as a frame."""
        return Rows.of(self.rows)

    def alike(self, rows: Iterable[Row]) -> Rows:
        """Its own rows of the series and scopes that these are of."""
        theirs = {(row.series, row.scope) for row in rows}
        return self.printed.among(lambda *strand: strand in theirs)

    @cached_property
    def _out_since(self) -> NDArray[np.intp]:
        """For each row the ordinal of the day from which it is known, as the calendar's `out_since` says."""
        frame = self.printed.frame
        known = np.where(frame["published"] == NO_DAY, frame["arrived"], frame["published"])
        status, statuses = pd.factorize(frame["status"])
        stage, stages = pd.factorize(frame["month"].to_numpy() * len(STAGE_ORDER) + status)
        days = [
            self.calendar.out_with(statuses[at] or None, Month.of(month)).toordinal()
            for month, at in (divmod(int(each), len(STAGE_ORDER)) for each in stages)
        ]
        return np.where(known == NO_DAY, np.array(days, dtype=np.intp)[stage], known)

    @cached_property
    def histories(self) -> Histories:
        """What every figure was, day by day."""
        return Histories(self._lines, self.calendar)

    @cached_property
    def _lines(self) -> Lines:
        """The lines of all rows, those of days to come too."""
        return Lines(self.printed, self.catalogue, self._held_months(date.max))

    def _held_months(self, day: date) -> Mapping[Strand, Collection[Month]]:
        """The months of which a row that was out by a day is held."""
        found: dict[Strand, set[Month]] = defaultdict(set)
        for each in self.held:
            if self.calendar.out_since(each.row) <= day:
                found[each.row.series, each.row.scope].add(each.row.period.end)
        return found

    @property
    def current(self) -> "Record":
        """The version that is served now."""
        return self._newest[0] if self._newest else self

    def with_rows(
        self, rows: Sequence[Row], sources: Mapping[str, Source], version: int, held: Iterable[Held] = ()
    ) -> "Record":
        """The record with these rows after its own, numbered on from its last line."""
        own = self.printed
        last = int(own.frame["line"].max()) if len(own) else 0
        added = (replace(row, line=last + place) for place, row in enumerate(rows, start=1))
        known = {**sources, **self.sources}
        both = own + Rows.of(with_arrival(added, known)) if rows else own
        return replace(self, rows=both, sources=known, version=version, held=tuple(held))

    def serve(self, newer: "Record") -> None:
        """Lets whoever asks any version for a day get the newer one's; what they hold stays as it is."""
        self._newest[:] = [newer]

    def as_of(self, day: date) -> "Dataset":
        """The dataset that could be known on that day, of the rows out by then.

        The days asked for last are kept, so that whoever asks for one again gets the same object.
        """
        found = self._days.pop(day, None) or self._made(day)
        for oldest in list(self._days)[: max(len(self._days) - DAYS_KEPT + 1, 0)]:
            self._days.pop(oldest, None)  # another thread may have done that
        self._days[day] = found
        return found

    def _made(self, day: date) -> "Dataset":
        out = self._out_since <= day.toordinal()
        count, held = int(np.count_nonzero(out)), self._held_months(day)
        for same in tuple(
            self._days.values()
        ):  # rows come out one after the other: as many are the same ones
            if same.rows == count and same.shelf.held == held:
                return replace(same, today=day)
        whole = count == len(self.rows) and held == self._lines.held
        rows = self.printed if whole else self.printed.where(out)
        lines = self._lines if whole else Lines(rows, self.catalogue, held, self._lines)
        firsts = FirstPrintings(lines, self.histories, date.max if whole else day)
        from bot.dataset.dataset import Dataset  # it knows its record

        return Dataset(self, day, lines, count, firsts, lines)

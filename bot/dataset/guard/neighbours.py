"""Rows side by side: what is on record and what comes in, found by series, scope and period."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from bot.dataset.calendar import Kind
from bot.dataset.guard import tolerances
from bot.dataset.model import Row, Series, Strand
from bot.dataset.releases import ReleaseCalendar
from bot.dataset.revision_history import History, newest

Key = tuple[Series, str, Kind, int]  # a figure: series, scope, kind and the ordinal of its last month


@dataclass(frozen=True, slots=True)
class Broken:
    """A relation that does not hold, and the places of the rows that stand in it."""

    says: str
    rows: frozenset[int]
    mend: str = ""  # what seems to have happened


@dataclass(frozen=True, slots=True)
class Base:
    """A figure of the year before, and the places of the rows that it is made of."""

    value: float
    half_step: float
    rows: tuple[int, ...]


class Sheet:
    """`fresh` are the places of the rows that come in; of a figure they count before what is on record."""

    def __init__(self, rows: Sequence[Row], fresh: Collection[int]) -> None:
        self.rows, self.fresh = rows, frozenset(fresh)
        self.values = [row.value or 0.0 for row in rows]
        self.printings: dict[Key, list[int]] = defaultdict(list)
        self.strands: dict[Strand, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            if row.value is not None:
                self.printings[key_of(row)].append(place)
            self.strands[row.series, row.scope].append(place)
        self._histories: dict[Strand, History] = {}
        self._months: dict[Strand, Mapping[int, int]] = {}

    def current(self, key: Key) -> int | None:
        """The place of the printing that counts: the one that comes in, else the newest."""
        places = self.printings.get(key, ())
        return self._newest([place for place in places if place in self.fresh] or places)

    def _newest(self, places: Sequence[int]) -> int | None:
        if len(places) < 2:
            return places[0] if places else None
        counts = newest([self.rows[place] for place in places])
        return next(place for place in places if self.rows[place] is counts)

    def first(self, place: int) -> int:
        """The first printing of a figure beside a revised one: totals are those of first printings."""
        row = self.rows[place]
        others = [at for at in self.printings.get(key_of(row), ()) if not self.rows[at].revised]
        first = self._newest(others) if row.revised else place
        return place if first is None else first

    def months(self, strand: Strand) -> Mapping[int, int]:
        """Of a strand's printed months the place that counts, by the month's ordinal."""
        if strand not in self._months:
            rows = [self.rows[place] for place in self.strands.get(strand, ())]
            ends = {row.period.end.ordinal for row in rows if row.period.kind == "month"}
            found = {end: self.current((*strand, "month", end)) for end in sorted(ends)}
            self._months[strand] = {end: place for end, place in found.items() if place is not None}
        return self._months[strand]

    def totals(self, strand: Strand, year: int) -> Iterator[tuple[int, int]]:
        """The running totals of a year, by the month's number, and their places."""
        for number in range(1, 13):
            place = self.current((*strand, "ytd", year * 12 + number - 1))
            if place is not None:
                yield number, self.first(place)

    def near(self, strand: Strand, end: int, without: Collection[int]) -> list[int]:
        """The places of the nearest months of a strand: those on record, where they are enough."""
        months = {at: place for at, place in self.months(strand).items() if place not in without}
        known = {at: place for at, place in months.items() if place not in self.fresh}
        chosen = known if len(known) >= tolerances.FEWEST else months
        close = [at for at in chosen if abs(at - end) <= tolerances.PACE_REACH]
        return [chosen[at] for at in sorted(close, key=lambda at: abs(at - end))[: tolerances.PACE_MONTHS]]

    def bases(self, row: Row) -> list[Base]:
        """The year before: each printing of it, else what follows for it."""
        before, strand = row.period.year_before, (row.series, row.scope)
        if places := self.printings.get((*strand, before.kind, before.end.ordinal)):
            return [Base(self.values[place], self.rows[place].half_step, (place,)) for place in places]
        if strand not in self._histories:
            rows = [self.rows[place] for place in self.strands[strand]]
            self._histories[strand] = History(rows, ReleaseCalendar())
        figure = self._histories[strand].known(before, date.max)
        if not figure or figure.value is None:
            return []
        own = {id(self.rows[place]): place for place in self.strands[strand]}
        spare = tolerances.DERIVED * figure.value * len(figure.inputs)
        half_step = sum(item.row.half_step for item in figure.inputs)
        return [Base(figure.value, half_step + spare, tuple(own[id(item.row)] for item in figure.inputs))]

    @cached_property
    def partners(self) -> Mapping[Key, list[Key]]:
        """The partners' figures of each figure of the world."""
        found: dict[Key, list[Key]] = defaultdict(list)
        for key in self.printings:
            if key[0].partner:
                found[of_series(key, partner="")].append(key)
        return found


def key_of(row: Row) -> Key:
    """The figure that a row prints."""
    return row.series, row.scope, row.period.kind, row.period.end.ordinal


def of_series(key: Key, **changed: Any) -> Key:
    """The same figure of another series."""
    series, scope, kind, end = key
    return replace(series, **changed), scope, kind, end

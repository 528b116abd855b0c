"""Rows side by side: what is on record and what comes in, found by series, scope and period."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from bot.dataset.calendar import Kind
from bot.dataset.derive import PrintedLine
from bot.dataset.guard import tolerances
from bot.dataset.model import Row, Series
from bot.dataset.row_frame import Strand
from bot.dataset.vintage_order import in_order, is_revised

Base = tuple[float, float, tuple[int, ...]]  # value, half-step, and the places of its rows
Key = tuple[Series, str, Kind, int]  # a figure: series, scope, kind and the ordinal of its last month


class Sheet:
    """`fresh` are the places of the rows that come in; of a figure they count before what is on record."""

    def __init__(self, rows: Sequence[Row], fresh: Collection[int]) -> None:
        self.rows, self.fresh = rows, frozenset(fresh)
        self.places: dict[Key, list[int]] = defaultdict(list)
        self.strands: dict[Strand, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            if row.value is not None:
                self.places[key_of(row)].append(place)
            self.strands[row.series, row.scope].append(place)
        self._lines: dict[Strand, PrintedLine] = {}
        self._months: dict[Strand, Mapping[int, int]] = {}

    def printings(self, series: Series, scope: str, kind: str, end: int) -> Sequence[int]:
        """The places of all printings of a figure."""
        return self.places.get((series, scope, kind, end), ())  # type: ignore[arg-type]

    def current(self, series: Series, scope: str, kind: str, end: int) -> int | None:
        """The place of the printing that counts: the one that comes in, else the newest."""
        places = self.printings(series, scope, kind, end)
        if len(places) < 2:
            return places[0] if places else None
        coming = [place for place in places if place in self.fresh] or places
        return self._newest(coming)

    def _newest(self, places: Sequence[int]) -> int:
        newest = in_order([self.rows[place] for place in places])[-1]
        return next(place for place in places if self.rows[place] is newest)

    def first(self, place: int) -> int:
        """The first printing of a figure beside a revised one: totals are those of first printings."""
        row = self.rows[place]
        if not is_revised(row):
            return place
        others = [other for other in self.places[key_of(row)] if not is_revised(self.rows[other])]
        return self._newest(others) if others else place

    def months(self, strand: Strand) -> Mapping[int, int]:
        """Of a strand's printed months the place that counts, by the month's ordinal."""
        if strand not in self._months:
            rows = (self.rows[place] for place in self.strands.get(strand, ()))
            ends = {
                row.period.end.ordinal for row in rows if row.period.kind == "month" and row.value is not None
            }
            found = {end: self.current(*strand, "month", end) for end in sorted(ends)}
            self._months[strand] = {end: place for end, place in found.items() if place is not None}
        return self._months[strand]

    def totals(self, strand: Strand, year: int) -> Iterator[tuple[int, int]]:
        """The running totals of a year, by the month's number, and their places."""
        for number in range(1, 13):
            place = self.current(*strand, "ytd", year * 12 + number - 1)
            if place is not None:
                yield number, self.first(place)

    def near(self, strand: Strand, end: int, without: Collection[int]) -> list[int]:
        """The places of the nearest months of a strand: those on record, where they are enough."""
        months = {at: place for at, place in self.months(strand).items() if place not in without}
        known = {at: place for at, place in months.items() if place not in self.fresh}
        chosen = known if len(known) >= tolerances.FEWEST else months
        close = [at for at in chosen if abs(at - end) <= tolerances.PACE_REACH]
        return [chosen[at] for at in sorted(close, key=lambda at: abs(at - end))[: tolerances.PACE_MONTHS]]

    def base(self, row: Row) -> Sequence[Base]:
        """The year before: each printing of it, else what follows for it; value, half-step and places."""
        before = row.period.year_before
        strand = row.series, row.scope
        if places := self.printings(*strand, before.kind, before.end.ordinal):
            return [(self.rows[place].value or 0.0, self.rows[place].half_step, (place,)) for place in places]
        level = self._line(strand).level_of(before)
        if level is None:
            return []
        own = {id(self.rows[place]): place for place in self.strands[strand]}
        corrections = tolerances.DERIVED * level.value * len(level.inputs)
        return [
            (level.value, level.half_step + corrections, tuple(own[id(item.row)] for item in level.inputs))
        ]

    def _line(self, strand: Strand) -> PrintedLine:
        if strand not in self._lines:
            self._lines[strand] = PrintedLine([self.rows[place] for place in self.strands[strand]])
        return self._lines[strand]

    @cached_property
    def partners(self) -> Mapping[Key, list[Series]]:
        """The partners' series of each figure of the world."""
        found: dict[Key, list[Series]] = defaultdict(list)
        for series, scope, kind, end in self.places:
            if series.partner:
                world = Series(series.commodity, series.flow, "", series.measure)
                found[world, scope, kind, end].append(series)
        return found


def key_of(row: Row) -> Key:
    """The figure that a row prints."""
    return row.series, row.scope, row.period.kind, row.period.end.ordinal

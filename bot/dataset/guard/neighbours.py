"""Rows side by side: what is on record and what comes in, found by series, scope and period."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from typing import TypeVar

from bot.dataset.calendar import Kind, Period
from bot.dataset.guard import tolerances
from bot.dataset.model import Figure, Input, Row, Series, Strand
from bot.dataset.releases import ReleaseCalendar
from bot.dataset.revision_history import History, figure_of, newest

Item = TypeVar("Item")
Name = TypeVar("Name", bound=Hashable)
Key = tuple[Series, Period, str]  # what all printings of one figure have in common


class Sheet:
    """Of a figure the rows that come in, the `fresh`, count before what is on record.

    Rows are told apart by their identity: two may hold the same.
    """

    def __init__(self, known: Sequence[Row], fresh: Sequence[Row] = ()) -> None:
        self.rows, self.fresh = [*known, *fresh], frozenset(map(id, fresh))
        self.printings = grouped((row for row in self.rows if row.value is not None), key_of)
        self.strands = grouped(self.rows, lambda row: (row.series, row.scope))
        self.levels = cache(self._levels)
        self._history = cache(lambda strand: History(self.strands[strand], ReleaseCalendar()))

    def current(self, key: Key) -> Row | None:
        """The printing that counts: the one that comes in, else the newest."""
        rows = self.printings.get(key, [])
        return newest([row for row in rows if id(row) in self.fresh] or rows)

    def first(self, row: Row) -> Row:
        """The first printing of a figure beside a revised one: totals are those of first printings."""
        others = [each for each in self.printings[key_of(row)] if not each.revised]
        return (newest(others) if row.revised else None) or row

    def _levels(self, strand: Strand, kind: Kind) -> Mapping[int, tuple[Row, ...]]:
        """By its last month each level of a strand; its US$ and tonnes where the strand is a price."""
        series, scope = strand
        if series.measure == "unit_value":
            parts = (replace(series, measure=measure) for measure in ("value", "quantity"))
            value, tonnes = (self.levels((part, scope), kind) for part in parts)
            return {end: value[end] + tonnes[end] for end in value if end in tonnes}
        periods = {row.period for row in self.strands.get(strand, ()) if row.period.kind == kind}
        found = {period.end.ordinal: self.current((series, period, scope)) for period in periods}
        return {end: (row,) for end, row in sorted(found.items()) if row}

    def others(self, strand: Strand, without: Iterable[Row]) -> Mapping[int, tuple[Row, ...]]:
        """A strand's months but those of some rows: of what is on record, where that is enough."""
        apart = frozenset(map(id, without))
        every = self.levels(strand, "month").items()
        months = {end: rows for end, rows in every if apart.isdisjoint(map(id, rows))}
        known = {end: rows for end, rows in months.items() if self.fresh.isdisjoint(map(id, rows))}
        return known if len(known) >= tolerances.FEWEST else months

    def near(self, strand: Strand, end: int, without: Iterable[Row]) -> list[Row]:
        """The nearest months of a strand, the nearest first."""
        months = self.others(strand, without)
        close = [at for at in months if abs(at - end) <= tolerances.PACE_REACH]
        return [months[at][0] for at in sorted(close, key=lambda at: abs(at - end))[: tolerances.PACE_MONTHS]]

    def bases(self, row: Row) -> list[Figure]:
        """The year before: each printing of it, else what follows for it."""
        before = row.period.year_before
        if printed := self.printings.get((row.series, before, row.scope)):
            return [figure_of(before, (Input("+", each),)) for each in printed]
        figure = self._history((row.series, row.scope)).known(before, date.max)
        return [figure] if figure and figure.value is not None else []

    @cached_property
    def partners(self) -> Mapping[Key, list[Key]]:
        """The partners' figures of each figure of the world."""
        keys = (key for key in self.printings if key[0].partner)
        return grouped(keys, lambda key: (replace(key[0], partner=""), *key[1:]))


def grouped(items: Iterable[Item], name: Callable[[Item], Name]) -> dict[Name, list[Item]]:
    """The items by their name, in order."""
    found: dict[Name, list[Item]] = defaultdict(list)
    for item in items:
        found[name(item)].append(item)
    return dict(found)


def key_of(row: Row) -> Key:
    """The figure that a row prints."""
    return row.series, row.period, row.scope

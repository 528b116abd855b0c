"""Rows side by side, on record and coming in, by series, scope and period; US$ a tonne beside the usual."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from statistics import median
from typing import TypeVar

from bot.dataset.calendar import Kind, Period
from bot.dataset.guard import tolerances
from bot.dataset.model import Figure, Input, Row, Series, Strand
from bot.dataset.releases import ReleaseCalendar, newest
from bot.dataset.revision_history import History, figure_of
from bot.profile import profile

Item = TypeVar("Item")
Name = TypeVar("Name", bound=Hashable)
Breaks = Iterator[Sequence[Row]]  # the rows that stand in a relation, for each time that it does not hold
Key = tuple[Series, Period, str]  # what all printings of one figure have in common


class Sheet:
    """Rows side by side, told apart by identity; those that come in, the `fresh`, count before the others."""

    def __init__(self, known: Sequence[Row], fresh: Sequence[Row] = ()) -> None:
        self.rows, self.fresh = [*known, *fresh], frozenset(map(id, fresh))
        self.printings = grouped((row for row in self.rows if row.value is not None), key_of)
        self.strands = grouped(self.rows, lambda row: (row.series, row.scope))
        self.levels = cache(self._levels)
        calendar = ReleaseCalendar()
        self._history = cache(lambda strand: History(lambda: self.strands[strand], calendar, date.min))

    def current(self, key: Key) -> Row | None:
        """The printing that counts: the one that comes in, else the newest."""
        rows = self.printings.get(key, [])
        return newest([row for row in rows if id(row) in self.fresh] or rows)

    def first(self, row: Row) -> Row:
        """The first printing of a figure beside a revised one: totals are those of first printings."""
        others = [each for each in self.printings[key_of(row)] if each.status != "revised"]
        return (newest(others) if row.status == "revised" else None) or row

    def _levels(self, strand: Strand, kind: Kind) -> Mapping[int, tuple[Row, ...]]:
        """By its last month each level of a strand; its US$ and tonnes where the strand is a price."""
        series, scope = strand
        if series.measure == "unit_value":
            parts = (series._replace(measure=measure) for measure in ("value", "quantity"))
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
        return grouped(keys, lambda key: (key[0]._replace(partner=""), *key[1:]))


def grouped(items: Iterable[Item], name: Callable[[Item], Name]) -> dict[Name, list[Item]]:
    """The items by their name, in order."""
    found: dict[Name, list[Item]] = defaultdict(list)
    for item in items:
        found[name(item)].append(item)
    return dict(found)


def key_of(row: Row) -> Key:
    """The figure that a row prints."""
    return row.series, row.period, row.scope


def range_of(sheet: Sheet, strand: Strand, end: int, without: Sequence[Row]) -> tuple[float, float] | None:
    """Between what a month of this strand can lie; None where too little is on record to say."""
    near, partner = sheet.near(strand, end, without), strand[0].partner
    if len(near) < tolerances.FEW:
        return None
    away = [abs(row.period.end.ordinal - end) for row in near]
    lows = [max(amount(row) - rounding(row), 0.0) for row in near]
    reached = min(sum(each <= tolerances.LOW_REACH for each in away), tolerances.LOW_MONTHS)
    low = min(lows[: max(reached, tolerances.ENOUGH)])
    high = max(amount(row) + rounding(row) for row in near)
    if len(near) < tolerances.ENOUGH:
        return None if partner else (low / tolerances.FEW_LOW, high * tolerances.FEW_HIGH)
    apart = max((high / min(lows)) ** 0.5 if min(lows) else tolerances.PACE_LOW, tolerances.PACE_LEAST)
    below, above = min(apart, tolerances.PACE_LOW), min(apart, tolerances.PACE_HIGH)
    if sum(each <= tolerances.CLOSE for each in away) < tolerances.FEWEST:
        below = above = tolerances.FAR
    can_stop = partner and len(near) < 2 * tolerances.ENOUGH  # a partner's trade can stop and start
    return 0.0 if can_stop else low / below, high * above


def pace(sheet: Sheet, row: Row) -> Breaks:
    """A month beside the nearest of its strand."""
    strand, end = (row.series, row.scope), row.period.end.ordinal
    without = [row, *sheet.levels(strand, "month").get(end, ())]
    if row.period.kind != "month" or not (edges := range_of(sheet, strand, end, without)):
        return
    lowest = sheet.near(strand, end, [row])[: tolerances.LOW_MONTHS]
    never_so_low = not row.value and all(amount(each) > row.half_step for each in lowest)
    slack = rounding(row)
    if not edges[0] - slack <= amount(row) <= edges[1] + slack or never_so_low:
        yield [row]


def bound(sheet: Sheet, row: Row) -> Breaks:
    """No month above the highest of its strand; a partner's may reach the highest of the world."""
    factors, bounds = {row.series: tolerances.BOUND}, list[float]()
    if row.series.partner:
        factors[row.series._replace(partner="")] = tolerances.PACE_HIGH
    for series, factor in factors.items():
        months = (each for (each,) in sheet.levels((series, row.scope), "month").values())
        known = [amount(each) for each in months if each is not row and id(each) not in sheet.fresh]
        bounds += [factor * max(known)] if len(known) >= tolerances.FEWEST else []
    if bounds and amount(row) - rounding(row) > max(bounds) * row.period.length:
        yield [row]


def amount(row: Row) -> float:
    """The value of a row that has one."""
    return row.value or 0.0


def rounding(row: Row) -> float:
    """How far rounding carries a row; an estimate's step is something else."""
    return 0.0 if row.status == "estimated" else row.half_step


def price(sheet: Sheet, row: Row) -> Breaks:
    """US$ a tonne of this period beside those of the months around it, and of a month beside its total's."""
    strand, end = (row.series._replace(measure="unit_value"), row.scope), row.period.end.ordinal
    other: Kind = "ytd" if row.period.kind == "month" else "month"
    pair, beside = (sheet.levels(strand, kind).get(end, ()) for kind in (row.period.kind, other))
    if not pair or not (span := _span(*pair)):
        return
    low, high = span
    least, most = _usual(sheet, row, pair)
    if high < least or low > most:
        yield pair
    same, within = _price_of(*beside) if beside else None, tolerances.PRICE_WITHIN
    if same and (high < same / within or low > same * within):
        yield [*pair, *beside]


def _span(dollars: Row, tonnes: Row) -> tuple[float, float] | None:
    if not tonnes.value or not dollars.value:
        return None
    most = tonnes.value + tonnes.half_step
    least = max(tonnes.value - tonnes.half_step, most / profile().price_range[1])
    return (dollars.value - dollars.half_step) / most, (dollars.value + dollars.half_step) / least


def _price_of(dollars: Row, tonnes: Row) -> float | None:
    """None where rounding leaves too much open: a few steps are no price."""
    if not tonnes.value or tonnes.half_step > tonnes.value / 10:
        return None
    return (dollars.value or 0.0) / tonnes.value


def _usual(sheet: Sheet, row: Row, pair: Sequence[Row]) -> tuple[float, float]:
    """Between what a price of these months can lie, by the first strand that has prices near: its own, the
    world's, that of another scope, one the other way.
    """
    own = row.series._replace(measure="value")
    world = own._replace(partner="")
    other = world._replace(flow="import" if world.flow == "export" else "export")
    wider = (strand for series in (world, other) for strand in sheet.strands if strand[0] == series)
    for series, scope in dict.fromkeys(((own, row.scope), (world, row.scope), *wider)):
        months = sheet.others((series._replace(measure="unit_value"), scope), pair)
        prices = {end: price for end, both in months.items() if (price := _price_of(*both))}
        if middle := _middle(prices, row.period.end.ordinal):
            factor = _moves(prices)
            return middle / factor, middle * factor
    return profile().price_range


def _middle(prices: Mapping[int, float], end: int) -> float | None:
    away = sorted((abs(at - end), price) for at, price in prices.items())
    near = [price for months, price in away if 0 < months <= tolerances.PRICE_REACH]
    return median(near[: tolerances.PRICE_NEAREST]) if len(near) >= tolerances.FEWEST else None


def _moves(prices: Mapping[int, float]) -> float:
    """By which factor prices may lie apart: as far as they ever did, and a little more."""
    if len(prices) < tolerances.ENOUGH:
        return float(tolerances.PRICE_FEW)
    apart = [price / middle for at, price in prices.items() if (middle := _middle(prices, at))]
    most = max([1.0, *(max(each, 1 / each) for each in apart)])
    return float(min(max(most**tolerances.PRICE_POWER, tolerances.PRICE_LEAST), tolerances.PRICE_MOST))

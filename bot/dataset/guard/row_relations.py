"""The relations in which a row stands, each checked by itself; what is not on record breaks none."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from math import inf, log10
from statistics import median

from bot.dataset.guard import tolerances
from bot.dataset.guard.neighbours import Sheet, key_of
from bot.dataset.guard.prices import price
from bot.dataset.model import Figure, Row, Strand

Breaks = Iterator[Sequence[Row]]  # the rows that stand in a relation, for each time that it does not hold
Broken = tuple[str, frozenset[int]]  # what does not hold, and which rows stand in it, by identity


def _itself(sheet: Sheet, row: Row) -> Breaks:
    """Rounded, a number is zero or no smaller than its step; that of an estimate is how far off it can be."""
    if row.value and not row.estimated and row.value < (row.step or 0):
        yield [row]


def _reprint(sheet: Sheet, row: Row) -> Breaks:
    for other in sheet.printings[key_of(row)]:
        slack = row.half_step + other.half_step + tolerances.REPRINT * max(_value(row), _value(other))
        if abs(_value(row) - _value(other)) > slack:
            yield [row, other]


def _repeat(sheet: Sheet, row: Row) -> Breaks:
    """A number of many digits that stands under another month of the series too."""
    if not row.value or not row.step:
        return
    fine = row.value / row.step >= tolerances.FINE or (row.estimated and row.value % 1 > 0)
    for other in sheet.strands[row.series, row.scope]:
        if other.value == row.value and other.period.kind == row.period.kind:
            apart = abs(other.period.end.until(row.period.end))
            change = apart == 12 and row.yoy_pct is not None and row.yoy_pct == other.yoy_pct
            if apart and (fine or change):
                yield [row, other]


def _changes(sheet: Sheet, row: Row) -> Breaks:
    """The change printed with a figure, and the one printed a year later."""
    yield from _change(sheet, row)
    after = row.period.plus(12)
    for later in sheet.strands[row.series, row.scope]:
        if later.period == after:
            yield from (rows for rows in _change(sheet, later) if any(each is row for each in rows))


def _change(sheet: Sheet, row: Row) -> Breaks:
    """A printed change and its figure: borne out by one printing of the year before, if there is any.

    Where the page prints the year before in a column of its own, by that one.
    """
    own = row if row.value is not None else sheet.current(key_of(row))
    if row.yoy_pct is None or own is None or not (bases := sheet.bases(row)):
        return
    column = [
        base for base in bases if any(at.row.source == row.source and at.row.revised for at in base.inputs)
    ]
    slack = tolerances.CHANGE_BESIDE if column else tolerances.CHANGE
    if not any(_fits(own, row.yoy_pct, base, slack) for base in column or bases):
        yield [row, own, *(item.row for item in bases[-1].inputs)]


def _fits(now: Row, pct: float, base: Figure, slack: float) -> bool:
    value, half_step = base.value or 0.0, sum(item.row.half_step for item in base.inputs)
    factor, derived = 1 + pct / 100, base.inputs[0].row.period != now.period.year_before
    corrections = tolerances.DERIVED * value * len(base.inputs) if derived else 0.0
    rounding = now.half_step + (half_step + corrections) * factor + value * tolerances.CHANGE_ROUNDING
    return abs(_value(now) - value * factor) <= rounding + slack * max(_value(now), value)


def _totals(sheet: Sheet, row: Row) -> Breaks:
    """Between two running totals in turn: the months that are known, and room for the others."""
    strand, january = (row.series, row.scope), row.period.end.year * 12
    known, totals = sheet.levels(strand, "month"), {} if row.revised else sheet.levels(strand, "ytd")
    start, before = january, list[Row]()
    for last in sorted(totals.keys() & range(january, january + 12)):
        total, ends = sheet.first(*totals[last]), range(start, last + 1)
        months = [sheet.first(*known[end]) for end in ends if end in known]
        rows = [total, *before, *months]
        if any(each is row for each in rows) and not _adds_up(sheet, rows, months, ends):
            yield rows
        start, before = ends.stop, [total]


def _adds_up(sheet: Sheet, rows: Sequence[Row], months: Sequence[Row], ends: range) -> bool:
    total, *taken = rows
    left = _value(total) - sum(map(_value, taken))
    between = left + sum(map(_value, months))
    slack = sum(row.half_step for row in rows) + tolerances.TOTAL * max(between, 0.0) / len(ends)
    if not (missing := len(ends) - len(months)):
        return abs(left) <= slack
    low, high = _range(sheet, (total.series, total.scope), ends[-1], ()) or (0.0, inf)
    return low * missing - slack <= left <= high * missing + slack


def _range(sheet: Sheet, strand: Strand, end: int, without: Sequence[Row]) -> tuple[float, float] | None:
    """Between what a month of this strand can lie; None where too little is on record to say."""
    near, partner = sheet.near(strand, end, without), strand[0].partner
    if len(near) < tolerances.FEW:
        return None
    away = [abs(row.period.end.ordinal - end) for row in near]
    lows = [max(_value(row) - _rounding(row), 0.0) for row in near]
    reached = min(sum(each <= tolerances.LOW_REACH for each in away), tolerances.LOW_MONTHS)
    low = min(lows[: max(reached, tolerances.ENOUGH)])
    high = max(_value(row) + _rounding(row) for row in near)
    if len(near) < tolerances.ENOUGH:
        return None if partner else (low / tolerances.FEW_LOW, high * tolerances.FEW_HIGH)
    apart = max((high / min(lows)) ** 0.5 if min(lows) else tolerances.PACE_LOW, tolerances.PACE_LEAST)
    below, above = min(apart, tolerances.PACE_LOW), min(apart, tolerances.PACE_HIGH)
    if sum(each <= tolerances.CLOSE for each in away) < tolerances.FEWEST:
        below = above = tolerances.FAR
    can_stop = partner and len(near) < 2 * tolerances.ENOUGH  # a partner's trade can stop and start
    return 0.0 if can_stop else low / below, high * above


def _pace(sheet: Sheet, row: Row) -> Breaks:
    strand, end = (row.series, row.scope), row.period.end.ordinal
    without = [row, *sheet.levels(strand, "month").get(end, ())]
    if row.period.kind != "month" or not (edges := _range(sheet, strand, end, without)):
        return
    lowest = sheet.near(strand, end, [row])[: tolerances.LOW_MONTHS]
    never_so_low = not row.value and all(_value(each) > row.half_step for each in lowest)
    rounding = _rounding(row)
    if not edges[0] - rounding <= _value(row) <= edges[1] + rounding or never_so_low:
        yield [row]


def _bound(sheet: Sheet, row: Row) -> Breaks:
    """No month above the highest of its strand; a partner's may reach the highest of the world."""
    factors, bounds = {row.series: tolerances.BOUND}, list[float]()
    if row.series.partner:
        factors[replace(row.series, partner="")] = tolerances.PACE_HIGH
    for series, factor in factors.items():
        months = (each for (each,) in sheet.levels((series, row.scope), "month").values())
        known = [_value(each) for each in months if each is not row and id(each) not in sheet.fresh]
        bounds += [factor * max(known)] if len(known) >= tolerances.FEWEST else []
    if bounds and _value(row) - _rounding(row) > max(bounds) * row.period.length:
        yield [row]


def _share(sheet: Sheet, row: Row) -> Breaks:
    """No partner, nor all of them, above the world's figure."""
    world = (replace(row.series, partner=""), row.period, row.scope)
    if not (whole := sheet.current(world)):
        return
    most = (_value(whole) + whole.half_step) * (1 + tolerances.SHARE)
    parts = [part for key in sheet.partners.get(world, ()) if (part := sheet.current(key))]
    least = {id(part): max(_value(part) - part.half_step, 0.0) for part in parts}
    if row.series.partner and least.get(id(row), 0.0) > most:
        yield [row, whole]
    elif (not row.series.partner or id(row) in least) and sum(least.values()) > most:
        yield [*parts, whole]


def _value(row: Row) -> float:
    return row.value or 0.0


def _rounding(row: Row) -> float:
    """How far rounding carries a row; an estimate's step is something else."""
    return 0.0 if row.estimated else row.half_step


CHANGE, TOTAL = "the change printed with it", "the running totals around it"
PACE, BOUND = "the months around it", "the highest month on record"
OF_CHANGES: Mapping[str, Callable[[Sheet, Row], Breaks]] = {CHANGE: _changes}
OF_VALUES = {
    "its rounding step": _itself,
    "another printing of it": _reprint,
    "the same number under another month": _repeat,
    TOTAL: _totals,
    "the world's figure": _share,
}
OUTLYING = {PACE: _pace, BOUND: _bound, "the US$ a tonne around it": price}


def broken(sheet: Sheet, row: Row, confirmed: Collection[int]) -> Iterator[Broken]:
    """Every broken relation of a row; a confirmed one may lie outside the range of its series."""
    relations = {**OF_CHANGES, **(OF_VALUES if row.value is not None else {})}
    relations |= OUTLYING if row.value is not None and id(row) not in confirmed else {}
    for says, breaks in relations.items():
        yield from ((says, frozenset(map(id, rows))) for rows in breaks(sheet, row))


def mend(sheet: Sheet, row: Row) -> str:
    """By which power of ten a row that lies too far out seems to be off."""
    near = sheet.near((row.series, row.scope), row.period.end.ordinal, [row])
    usual = median(map(_value, near)) * row.period.length if near else 0.0
    power = round(log10(row.value / usual)) if row.value and usual else 0
    return f"{10 ** abs(power):,} times too {'much' if power > 0 else 'little'}" if power else ""

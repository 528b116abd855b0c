"""The relations in which a row stands, each checked by itself; what is not on record breaks none."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from math import inf, log10
from statistics import median

from bot.dataset.guard import tolerances
from bot.dataset.guard.neighbours import Base, Broken, Sheet, key_of, of_series
from bot.dataset.guard.prices import price
from bot.dataset.model import Row, Strand

REPRINT = "another printing of it"
CHANGE = "the change printed with it"
TOTAL = "the running totals around it"
PACE = "the months around it"
BOUND = "the highest month on record"
SHARE = "the world's figure"
REPEAT = "the same number under another month"
ITSELF = "its rounding step"


def broken(sheet: Sheet, place: int, confirmed: Collection[int] = ()) -> Iterator[Broken]:
    """Every broken relation of a row; a confirmed one may lie outside the range of its series."""
    row = sheet.rows[place]
    yield from _change(sheet, place, row)
    if row.value is None:
        return
    for check in (_itself, _reprint, _later, _repeat, _totals, _share):
        yield from check(sheet, place, row)
    if place not in confirmed:
        yield from _pace(sheet, place, row)
        yield from price(sheet, place, row)


def _itself(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """Rounded, a number is zero or no smaller than its step; that of an estimate is how far off it can be."""
    if row.value and not row.estimated and row.value < (row.step or 0):
        yield Broken(ITSELF, frozenset({place}))


def _reprint(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    value = sheet.values[place]
    for other in sheet.printings[key_of(row)]:
        theirs, half_step = sheet.values[other], sheet.rows[other].half_step
        slack = row.half_step + half_step + tolerances.REPRINT * max(value, theirs)
        if abs(value - theirs) > slack:
            yield Broken(REPRINT, frozenset({place, other}))


def _change(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """A printed change and its figure: borne out by one printing of the year before, if there is any.

    Where the page prints the year before in a column of its own, by that one.
    """
    if row.yoy_pct is None:
        return
    own = place if row.value is not None else sheet.current(key_of(row))
    bases = sheet.bases(row)
    printed = {at: sheet.rows[at] for base in bases for at in base.rows}
    column = {at for at, base in printed.items() if base.source == row.source and base.revised}
    beside = [base for base in bases if column & {*base.rows}]
    slack = tolerances.CHANGE_BESIDE if beside else tolerances.CHANGE
    if own is None or not bases:
        return
    if not any(_fits(sheet.rows[own], row.yoy_pct, base, slack) for base in beside or bases):
        yield Broken(CHANGE, frozenset({place, own, *bases[-1].rows}))


def _fits(now: Row, pct: float, base: Base, slack: float) -> bool:
    value, factor = now.value or 0.0, 1 + pct / 100
    rounding = now.half_step + base.half_step * factor + base.value * tolerances.CHANGE_ROUNDING
    return abs(value - base.value * factor) <= rounding + slack * max(value, base.value)


def _later(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """The change printed a year later: borne out by one printing of this figure."""
    after = row.period.plus(12)
    for later in sheet.strands[row.series, row.scope]:
        if sheet.rows[later].period == after:
            yield from (each for each in _change(sheet, later, sheet.rows[later]) if place in each.rows)


def _totals(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """Between two running totals in turn: the months that are known, and room for the others."""
    if row.revised:
        return
    strand, year = (row.series, row.scope), row.period.end.year
    known, start, before = sheet.months(strand), 0, list[int]()
    for number, total in sheet.totals(strand, year):
        ends = range(year * 12 + start, year * 12 + number)
        months = [sheet.first(known[end]) for end in ends if end in known]
        taken = [*before, *months]
        if place in (total, *taken) and not _adds_up(sheet, total, taken, months, ends):
            yield Broken(TOTAL, frozenset((total, *taken)))
        start, before = number, [total]


def _adds_up(sheet: Sheet, total: int, taken: Collection[int], months: Sequence[int], ends: range) -> bool:
    row, half_steps = sheet.rows[total], sum(sheet.rows[at].half_step for at in (total, *taken))
    left = sheet.values[total] - sum(sheet.values[at] for at in taken)
    between = left + sum(sheet.values[at] for at in months)
    slack = half_steps + tolerances.TOTAL * max(between, 0.0) / len(ends)
    if not (missing := len(ends) - len(months)):
        return abs(left) <= slack
    low, high = range_of(sheet, (row.series, row.scope), ends[-1], ()) or (0.0, inf)
    return low * missing - slack <= left <= high * missing + slack


def range_of(sheet: Sheet, strand: Strand, end: int, without: Collection[int]) -> tuple[float, float] | None:
    """Between what a month of this strand can lie; None where too little is on record to say."""
    near, partner = [sheet.rows[place] for place in sheet.near(strand, end, without)], strand[0].partner
    if len(near) < tolerances.FEW:
        return None
    away = [abs(row.period.end.ordinal - end) for row in near]
    lows = [max((row.value or 0.0) - _rounding(row), 0.0) for row in near]
    reached = min(sum(each <= tolerances.LOW_REACH for each in away), tolerances.LOW_MONTHS)
    low = min(lows[: max(reached, tolerances.ENOUGH)])
    high = max((row.value or 0.0) + _rounding(row) for row in near)
    if len(near) < tolerances.ENOUGH:
        return None if partner else (low / tolerances.FEW_LOW, high * tolerances.FEW_HIGH)
    apart = max((high / min(lows)) ** 0.5 if min(lows) else tolerances.PACE_LOW, tolerances.PACE_LEAST)
    below, above = min(apart, tolerances.PACE_LOW), min(apart, tolerances.PACE_HIGH)
    if sum(each <= tolerances.CLOSE for each in away) < tolerances.FEWEST:
        below = above = tolerances.FAR
    if partner and len(near) < 2 * tolerances.ENOUGH:  # a partner's trade can stop and start
        return 0.0, high * above
    return low / below, high * above


def _rounding(row: Row) -> float:
    """How far rounding carries a row; an estimate's step is something else."""
    return 0.0 if row.estimated else row.half_step


def _pace(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    strand, end = (row.series, row.scope), row.period.end.ordinal
    value, half_step = sheet.values[place], _rounding(row)
    bound, near = _bound(sheet, strand, place), sheet.near(strand, end, {place})
    usual = median(sheet.values[at] for at in near) if near else 0.0
    if bound is not None and value - half_step > bound * row.period.length:
        yield Broken(BOUND, frozenset({place}), _mend(value, usual * row.period.length))
    without = {place, sheet.months(strand).get(end, place)}
    if row.period.kind != "month" or not (edges := range_of(sheet, strand, end, without)):
        return
    lowest = near[: tolerances.LOW_MONTHS]
    never_so_low = not value and all(sheet.values[at] > row.half_step for at in lowest)
    if not edges[0] - half_step <= value <= edges[1] + half_step or never_so_low:
        yield Broken(PACE, frozenset({place}), _mend(value, usual))


def _mend(value: float, usual: float) -> str:
    """By which power of ten a value seems to be off."""
    power = round(log10(value / usual)) if value and usual else 0
    return f"{10 ** abs(power):,} times too {'much' if power > 0 else 'little'}" if power else ""


def _bound(sheet: Sheet, strand: Strand, place: int) -> float | None:
    """What no month of a strand may exceed; of a partner's at least the highest month of the world."""
    series, scope = strand
    known = [(tolerances.BOUND, _highest(sheet, strand, place))]
    if series.partner:
        known.append((tolerances.PACE_HIGH, _highest(sheet, (replace(series, partner=""), scope), place)))
    return max((factor * highest for factor, highest in known if highest is not None), default=None)


def _highest(sheet: Sheet, strand: Strand, place: int) -> float | None:
    own = [at for at in sheet.months(strand).values() if at != place and at not in sheet.fresh]
    return max(sheet.values[at] for at in own) if len(own) >= tolerances.FEWEST else None


def _share(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """No partner, nor all of them, above the world's figure."""
    world = of_series(key_of(row), partner="")
    whole = sheet.current(world)
    if whole is None:
        return
    most = (sheet.values[whole] + sheet.rows[whole].half_step) * (1 + tolerances.SHARE)
    places = [at for each in sheet.partners.get(world, ()) if (at := sheet.current(each)) is not None]
    least = {at: max(sheet.values[at] - sheet.rows[at].half_step, 0.0) for at in places}
    if row.series.partner and least.get(place, 0.0) > most:
        yield Broken(SHARE, frozenset({place, whole}))
    elif (not row.series.partner or place in least) and sum(least.values()) > most:
        yield Broken(SHARE, frozenset({*least, whole}))


def _repeat(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """A number of many digits that stands under another month of the series too."""
    if not row.value or not row.step:
        return
    fine = row.value / row.step >= tolerances.FINE or (row.estimated and row.value % 1 > 0)
    for other in sheet.strands[row.series, row.scope]:
        theirs = sheet.rows[other]
        if theirs.value != row.value or theirs.period.kind != row.period.kind:
            continue
        apart = abs(theirs.period.end.until(row.period.end))
        change = apart == 12 and row.yoy_pct is not None and row.yoy_pct == theirs.yoy_pct
        if apart and (fine or change):
            yield Broken(REPEAT, frozenset({place, other}))

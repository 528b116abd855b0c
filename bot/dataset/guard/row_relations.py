"""The relations in which a row stands, each checked by itself; what is not on record breaks none."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from math import log10
from statistics import median

from bot.dataset.guard import tolerances
from bot.dataset.guard.broken import Broken
from bot.dataset.guard.neighbours import Base, Sheet, key_of
from bot.dataset.guard.prices import price
from bot.dataset.model import Row, Series
from bot.dataset.vintage_order import is_revised

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
    value = row.value or 0.0
    for other in sheet.places[key_of(row)]:
        theirs = sheet.rows[other]
        slack = row.half_step + theirs.half_step + tolerances.REPRINT * max(value, theirs.value or 0.0)
        if abs(value - (theirs.value or 0.0)) > slack:
            yield Broken(REPRINT, frozenset({place, other}))


def _change(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """A printed change and its figure: borne out by one printing of the year before, if there is any."""
    if row.yoy_pct is None:
        return
    own = place if row.value is not None else sheet.current(*key_of(row))
    bases = sheet.base(row)
    beside = [base for base in bases if any(_is_beside(sheet.rows[at], row) for at in base[2])]
    slack = tolerances.CHANGE_BESIDE if beside else tolerances.CHANGE
    if own is None or not bases:
        return
    if not any(_fits(sheet.rows[own], row.yoy_pct, base, slack) for base in beside or bases):
        yield Broken(CHANGE, frozenset({place, own, *bases[-1][2]}))


def _is_beside(base: Row, row: Row) -> bool:
    """Whether a page prints the year before in a column of its own."""
    return base.source == row.source and is_revised(base)


def _fits(now: Row, pct: float, base: Base, slack: float) -> bool:
    value, factor, (before, half_step, _) = now.value or 0.0, 1 + pct / 100, base
    rounding = now.half_step + half_step * factor + before * tolerances.CHANGE_ROUNDING
    return abs(value - before * factor) <= rounding + slack * max(value, before)


def _later(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """The change printed a year later: borne out by one printing of this figure."""
    after = row.period.plus(12)
    for later in sheet.strands[row.series, row.scope]:
        other = sheet.rows[later]
        if other.period == after and other.yoy_pct is not None and later != place:
            yield from (each for each in _change(sheet, later, other) if place in each.rows)


def _totals(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """Between two running totals in turn: the months that are known, and room for the others."""
    if is_revised(row):
        return
    strand, year = (row.series, row.scope), row.period.end.year
    start, before = 0, None
    for number, total in sheet.totals(strand, year):
        ends = range(year * 12 + start, year * 12 + number)
        months = [sheet.first(known[end]) for end in ends if end in (known := sheet.months(strand))]
        rows = {total, *months} | ({before} if before is not None else set())
        if place in rows and not _adds_up(sheet, total, before, months, ends):
            yield Broken(TOTAL, frozenset(rows))
        start, before = number, total


def _adds_up(sheet: Sheet, total: int, before: int | None, months: list[int], ends: range) -> bool:
    parts = [sheet.rows[at] for at in (total, *([] if before is None else [before]), *months)]
    values = [part.value or 0.0 for part in parts]
    between = values[0] - (values[1] if before is not None else 0.0)
    left = between - sum(values[2 if before is not None else 1 :])
    slack = sum(part.half_step for part in parts) + tolerances.TOTAL * max(between, 0.0) / len(ends)
    if len(months) == len(ends):
        return abs(left) <= slack
    missing = len(ends) - len(months)
    strand = parts[0].series, parts[0].scope
    edges = range_of(sheet, strand, ends[-1], ())
    low, high = edges or (0.0, float("inf"))
    return low * missing - slack <= left <= high * missing + slack


def range_of(
    sheet: Sheet, strand: tuple[Series, str], end: int, without: Collection[int]
) -> tuple[float, float] | None:
    """Between what a month of this strand can lie; None where too little is on record to say."""
    near = [sheet.rows[place] for place in sheet.near(strand, end, without)]
    if len(near) < tolerances.FEW:
        return None
    lows = [max((row.value or 0.0) - _rounding(row), 0.0) for row in near]
    reached = sum(abs(row.period.end.ordinal - end) <= tolerances.LOW_REACH for row in near)
    low = min(lows[: max(min(reached, tolerances.LOW_MONTHS), tolerances.ENOUGH)])
    high = max((row.value or 0.0) + _rounding(row) for row in near)
    close = sum(abs(row.period.end.ordinal - end) <= tolerances.CLOSE for row in near)
    if len(near) < tolerances.ENOUGH:
        return None if strand[0].partner else (low / tolerances.FEW_LOW, high * tolerances.FEW_HIGH)
    apart = max((high / min(lows)) ** 0.5 if min(lows) else tolerances.PACE_LOW, tolerances.PACE_LEAST)
    below, above = min(apart, tolerances.PACE_LOW), min(apart, tolerances.PACE_HIGH)
    if close < tolerances.FEWEST:
        below = above = tolerances.FAR
    if strand[0].partner and len(near) < 2 * tolerances.ENOUGH:  # a partner's trade can stop and start
        return 0.0, high * above
    return low / below, high * above


def _rounding(row: Row) -> float:
    """How far rounding carries a row; an estimate's step is something else."""
    return 0.0 if row.estimated else row.half_step


def _pace(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    strand, end = (row.series, row.scope), row.period.end.ordinal
    value, half_step = row.value or 0.0, _rounding(row)
    bound, near = _bound(sheet, strand, place), sheet.near(strand, end, {place})
    usual = median(sheet.rows[at].value or 0.0 for at in near) if near else 0.0
    if bound is not None and value - half_step > bound * row.period.length:
        yield Broken(BOUND, frozenset({place}), _mend(value, usual * row.period.length))
    without = {place, sheet.months(strand).get(end, place)}
    if row.period.kind != "month" or not (edges := range_of(sheet, strand, end, without)):
        return
    if not edges[0] - half_step <= value <= edges[1] + half_step or (
        not value and _never_so_low(sheet, near, row)
    ):
        yield Broken(PACE, frozenset({place}), _mend(value, usual))


def _never_so_low(sheet: Sheet, near: Sequence[int], row: Row) -> bool:
    """Whether a zero is one that no month around it comes near to."""
    months = [sheet.rows[at] for at in near[: tolerances.LOW_MONTHS]]
    return all((each.value or 0.0) > row.half_step for each in months)


def _mend(value: float, usual: float) -> str:
    """By which power of ten a value seems to be off."""
    power = round(log10(value / usual)) if value and usual else 0
    return f"{10 ** abs(power):,} times too {'much' if power > 0 else 'little'}" if power else ""


def _bound(sheet: Sheet, strand: tuple[Series, str], place: int) -> float | None:
    """What no month of a strand may exceed; of a partner's at least the highest month of the world."""
    bound = _highest(sheet, strand, place)
    world = _highest(sheet, (replace(strand[0], partner=""), strand[1]), place) if strand[0].partner else None
    known = [tolerances.BOUND * bound] if bound is not None else []
    return max(known + ([tolerances.PACE_HIGH * world] if world is not None else []), default=None)


def _highest(sheet: Sheet, strand: tuple[Series, str], place: int) -> float | None:
    own = [at for at in sheet.months(strand).values() if at != place and at not in sheet.fresh]
    return max(sheet.rows[at].value or 0.0 for at in own) if len(own) >= tolerances.FEWEST else None


def _share(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """No partner, nor all of them, above the world's figure."""
    series, scope, kind, end = key_of(row)
    world = replace(series, partner="")
    whole = sheet.current(world, scope, kind, end)
    if whole is None:
        return
    most = ((sheet.rows[whole].value or 0.0) + sheet.rows[whole].half_step) * (1 + tolerances.SHARE)
    partners = [
        sheet.current(each, scope, kind, end) for each in sheet.partners.get((world, scope, kind, end), ())
    ]
    least = {
        at: max((sheet.rows[at].value or 0.0) - sheet.rows[at].half_step, 0.0)
        for at in partners
        if at is not None
    }
    if series.partner and least.get(place, 0.0) > most:
        yield Broken(SHARE, frozenset({place, whole}))
    elif (not series.partner or place in least) and sum(least.values()) > most:
        yield Broken(SHARE, frozenset({*least, whole}))


def _repeat(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """A number of many digits that stands under another month of the series too."""
    if not row.value or not row.step:
        return
    fine = row.value / row.step >= tolerances.FINE or (row.estimated and row.value % 1 > 0)
    for other in sheet.strands[row.series, row.scope]:
        theirs = sheet.rows[other]
        apart = abs(theirs.period.end.until(row.period.end)) if theirs.period.kind == row.period.kind else 0
        change = apart == 12 and row.yoy_pct is not None and row.yoy_pct == theirs.yoy_pct
        if apart and theirs.value == row.value and (fine or change):
            yield Broken(REPEAT, frozenset({place, other}))

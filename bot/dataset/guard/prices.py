"""US$ a tonne beside that of the months around it, as far as prices of the series ever moved."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import median

from bot.dataset.guard import tolerances
from bot.dataset.guard.neighbours import Broken, Key, Sheet, key_of, of_series
from bot.dataset.model import Row, Strand

PRICE = "the US$ a tonne around it"
Pair = tuple[int, int]  # the places of US$ and tonnes


def price(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """US$ a tonne of this period beside those of the months around it."""
    pair = _pair(sheet, key_of(row))
    if pair is None or not (span := _span(sheet, pair)):
        return
    low, high = span
    usual = _usual(sheet, row, pair)
    if high < usual[0] or low > usual[1]:
        yield Broken(PRICE, frozenset(pair))
    series, scope, kind, end = key_of(row)
    beside = _pair(sheet, (series, scope, "ytd" if kind == "month" else "month", end))
    if beside is None or not (same := _price_of(sheet, beside)):
        return
    if high < same / tolerances.PRICE_WITHIN or low > same * tolerances.PRICE_WITHIN:
        yield Broken(PRICE, frozenset((*pair, *beside)))


def _pair(sheet: Sheet, key: Key) -> Pair | None:
    value, tonnes = (sheet.current(of_series(key, measure=measure)) for measure in ("value", "quantity"))
    return None if value is None or tonnes is None else (value, tonnes)


def _span(sheet: Sheet, pair: Pair) -> tuple[float, float] | None:
    """Between what rounding lets a price lie; None where there is none."""
    dollars, tonnes = (sheet.rows[place] for place in pair)
    most = tonnes.value + tonnes.half_step if tonnes.value else 0.0
    if not most or not dollars.value:
        return None
    least = max((tonnes.value or 0.0) - tonnes.half_step, most / tolerances.PAID[1])
    return (dollars.value - dollars.half_step) / most, (dollars.value + dollars.half_step) / least


def _usual(sheet: Sheet, row: Row, pair: Pair) -> tuple[float, float]:
    """Between what a price of these months can lie, by the first strand that has prices near."""
    for strand in _priced(sheet, row):
        prices = _prices(sheet, strand, pair)
        if middle := _middle(prices, row.period.end.ordinal):
            factor = _moves(prices)
            return middle / factor, middle * factor
    return tolerances.PAID


def _price_of(sheet: Sheet, pair: Pair) -> float | None:
    """None where rounding leaves too much open: a few steps are no price."""
    dollars, quantity = sheet.values[pair[0]], sheet.rows[pair[1]]
    if not quantity.value or quantity.half_step > quantity.value / 10:
        return None
    return dollars / quantity.value


def _priced(sheet: Sheet, row: Row) -> Iterator[Strand]:
    """The strands whose prices are compared: its own, the world's, other scopes', and those the other way."""
    own = replace(row.series, measure="value")
    world = replace(own, partner="")
    yield from dict.fromkeys(((own, row.scope), (world, row.scope)))
    yield from (strand for strand in sheet.strands if strand[0] == world and strand[1] != row.scope)
    other = replace(world, flow="import" if world.flow == "export" else "export")
    yield from (strand for strand in sheet.strands if strand[0] == other)


def _prices(sheet: Sheet, strand: Strand, without: Pair) -> dict[int, float]:
    """A strand's prices by month: of rows on record, where these are enough."""
    tonnes = sheet.months((replace(strand[0], measure="quantity"), strand[1]))
    pairs = {at: (value, tonnes[at]) for at, value in sheet.months(strand).items() if at in tonnes}
    pairs = {at: pair for at, pair in pairs.items() if not {*without} & {*pair}}
    known = {at: pair for at, pair in pairs.items() if not sheet.fresh & {*pair}}
    chosen = known if len(known) >= tolerances.FEWEST else pairs
    return {at: price for at, pair in chosen.items() if (price := _price_of(sheet, pair))}


def _middle(prices: Mapping[int, float], end: int) -> float | None:
    """The middle of the nearest prices; None where too few are near."""
    close = sorted(
        (abs(at - end), price) for at, price in prices.items() if 0 < abs(at - end) <= tolerances.PRICE_REACH
    )
    near = [price for _, price in close[: tolerances.PRICE_NEAREST]]
    return median(near) if len(near) >= tolerances.FEWEST else None


def _moves(prices: Mapping[int, float]) -> float:
    """By which factor prices may lie apart: as far as they ever did, and a little more."""
    if len(prices) < tolerances.ENOUGH:
        return tolerances.PRICE_FEW
    apart = [price / middle for at, price in prices.items() if (middle := _middle(prices, at))]
    most = max([1.0, *(max(each, 1 / each) for each in apart)])
    return float(min(max(most**tolerances.PRICE_POWER, tolerances.PRICE_LEAST), tolerances.PRICE_MOST))

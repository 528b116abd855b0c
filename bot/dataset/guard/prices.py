"""US$ a tonne beside that of the months around it, as far as prices of the series ever moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median

from bot.dataset.calendar import Kind
from bot.dataset.guard import tolerances
from bot.dataset.guard.neighbours import Sheet
from bot.dataset.model import Row, Strand


def price(sheet: Sheet, row: Row) -> Iterator[Sequence[Row]]:
    """US$ a tonne of this period beside those of the months around it, and of a month beside its total's."""
    strand, end = (replace(row.series, measure="unit_value"), row.scope), row.period.end.ordinal
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
    """Between what rounding lets a price lie."""
    if not tonnes.value or not dollars.value:
        return None
    most = tonnes.value + tonnes.half_step
    least = max(tonnes.value - tonnes.half_step, most / tolerances.PAID[1])
    return (dollars.value - dollars.half_step) / most, (dollars.value + dollars.half_step) / least


def _price_of(dollars: Row, tonnes: Row) -> float | None:
    """None where rounding leaves too much open: a few steps are no price."""
    if not tonnes.value or tonnes.half_step > tonnes.value / 10:
        return None
    return (dollars.value or 0.0) / tonnes.value


def _usual(sheet: Sheet, row: Row, pair: Sequence[Row]) -> tuple[float, float]:
    """Between what a price of these months can lie, by the first strand that has prices near."""
    for series, scope in _priced(sheet, row):
        months = sheet.others((replace(series, measure="unit_value"), scope), pair)
        prices = {end: price for end, both in months.items() if (price := _price_of(*both))}
        if middle := _middle(prices, row.period.end.ordinal):
            factor = _moves(prices)
            return middle / factor, middle * factor
    return tolerances.PAID


def _priced(sheet: Sheet, row: Row) -> Iterator[Strand]:
    """The strands whose prices are compared: its own, the world's, other scopes', and those the other way."""
    own = replace(row.series, measure="value")
    world = replace(own, partner="")
    yield from dict.fromkeys(((own, row.scope), (world, row.scope)))
    yield from (strand for strand in sheet.strands if strand[0] == world and strand[1] != row.scope)
    other = replace(world, flow="import" if world.flow == "export" else "export")
    yield from (strand for strand in sheet.strands if strand[0] == other)


def _middle(prices: Mapping[int, float], end: int) -> float | None:
    """The middle of the nearest prices; None where too few are near."""
    away = sorted((abs(at - end), price) for at, price in prices.items())
    near = [price for months, price in away if 0 < months <= tolerances.PRICE_REACH]
    return median(near[: tolerances.PRICE_NEAREST]) if len(near) >= tolerances.FEWEST else None


def _moves(prices: Mapping[int, float]) -> float:
    """By which factor prices may lie apart: as far as they ever did, and a little more."""
    if len(prices) < tolerances.ENOUGH:
        return tolerances.PRICE_FEW
    apart = [price / middle for at, price in prices.items() if (middle := _middle(prices, at))]
    most = max([1.0, *(max(each, 1 / each) for each in apart)])
    return float(min(max(most**tolerances.PRICE_POWER, tolerances.PRICE_LEAST), tolerances.PRICE_MOST))

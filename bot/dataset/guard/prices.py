"""US$ a tonne beside that of the months around it, as far as prices of the series ever moved."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import median

from bot.dataset.guard import tolerances
from bot.dataset.guard.broken import Broken
from bot.dataset.guard.neighbours import Sheet
from bot.dataset.model import Row, Series

PRICE = "the US$ a tonne around it"


def price(sheet: Sheet, place: int, row: Row) -> Iterator[Broken]:
    """US$ a tonne of this period beside those of the months around it."""
    value, tonnes = (_measured(sheet, row, measure, place) for measure in ("value", "quantity"))
    if value is None or tonnes is None:
        return
    dollars, quantity = sheet.rows[value], sheet.rows[tonnes]
    most = quantity.value + quantity.half_step if quantity.value else 0.0
    least = max((quantity.value or 0.0) - quantity.half_step, most / tolerances.PAID[1])
    if not most or not dollars.value:
        return
    low, high = (dollars.value - dollars.half_step) / most, (dollars.value + dollars.half_step) / least
    edges = tolerances.PAID
    for strand in _priced(sheet, row):
        prices = _prices(sheet, strand, frozenset({value, tonnes}))
        if middle := _middle(prices, row.period.end.ordinal):
            factor = _moves(prices)
            edges = middle / factor, middle * factor
            break
    if high < edges[0] or low > edges[1]:
        yield Broken(PRICE, frozenset({value, tonnes}))
    kind = "ytd" if row.period.kind == "month" else "month"
    beside = [
        sheet.current(sheet.rows[at].series, row.scope, kind, row.period.end.ordinal)
        for at in (value, tonnes)
    ]
    if beside[0] is None or beside[1] is None or not (usual := _price_of(sheet, beside[0], beside[1])):
        return
    if high < usual / tolerances.PRICE_WITHIN or low > usual * tolerances.PRICE_WITHIN:
        yield Broken(PRICE, frozenset({value, tonnes, beside[0], beside[1]}))


def _measured(sheet: Sheet, row: Row, measure: str, place: int) -> int | None:
    if row.series.measure == measure:
        return place
    series = replace(row.series, measure=measure)  # type: ignore[arg-type]
    return sheet.current(series, row.scope, row.period.kind, row.period.end.ordinal)


def _price_of(sheet: Sheet, value: int, tonnes: int) -> float | None:
    """None where rounding leaves too much open: a few steps are no price."""
    dollars, quantity = sheet.rows[value], sheet.rows[tonnes]
    if not quantity.value or quantity.half_step > quantity.value / 10:
        return None
    return (dollars.value or 0.0) / quantity.value


def _priced(sheet: Sheet, row: Row) -> Iterator[tuple[Series, str]]:
    """The strands whose prices are compared: its own, the world's, other scopes', and those the other way."""
    own = replace(row.series, measure="value")
    world = replace(own, partner="")
    yield from dict.fromkeys(((own, row.scope), (world, row.scope)))
    yield from (strand for strand in sheet.strands if strand[0] == world and strand[1] != row.scope)
    other = replace(world, flow="import" if world.flow == "export" else "export")
    yield from (strand for strand in sheet.strands if strand[0] == other)


def _prices(sheet: Sheet, strand: tuple[Series, str], without: frozenset[int]) -> dict[int, float]:
    """A strand's prices by month: of rows on record, where these are enough."""
    tonnes = sheet.months((replace(strand[0], measure="quantity"), strand[1]))
    pairs = [(at, value, tonnes[at]) for at, value in sheet.months(strand).items() if at in tonnes]
    pairs = [pair for pair in pairs if not without & {*pair[1:]}]
    known = [pair for pair in pairs if not sheet.fresh & {*pair[1:]}]
    chosen = known if len(known) >= tolerances.FEWEST else pairs
    return {at: price for at, *pair in chosen if (price := _price_of(sheet, *pair))}


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

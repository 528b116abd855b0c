"""The unit of weight that a page prints for a line, weighed against the record; levels in settled units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from bot.dataset.model import Measure
from bot.errors import SourceError
from bot.sources.baseline import OnRecord
from bot.sources.page_reading import Level, Reading
from bot.sources.page_units import Money

WEIGHTS = (Decimal(10_000), Decimal(1), Decimal("0.001"))  # 10000T, T and KG: the units the site prints
PAID = (10.0, 50_000.0)  # US$/t: from poor ore to fine foil
WITHIN_TIMES = 50.0  # a month lies within so many times the usual one; the units lie 1,000 times apart
CLOSE_TIMES = 3.0  # the same, for a unit that is not the printed one
LIKE = (0.3, 3.0)  # a price beside those of the months around it
YUAN = (0.58, 0.8)  # the same where RMB 10,000 were read as US$1,000, at 5.8 to 8 yuan


@dataclass(frozen=True, slots=True)
class Unit:
    """By what a number is multiplied; None where it cannot be known, and the sentence that says so."""

    factor: Decimal | None
    note: str = ""


def weight_of(commodity: str, reading: Reading, record: OnRecord, address: str) -> Unit:
    """Tonnes in the unit of a line: the printed one unless its size shows that another was meant."""
    unit = reading.tonnes[commodity]
    said = "none" if unit is None else f"{unit:,f} t"
    levels = [level for level in reading.levels if level.series.commodity == commodity]
    if not any(level.number.value for level in levels if level.series.measure == "quantity"):
        return Unit(unit)  # nothing but zeros, in whatever unit
    if unit is not None and _fits(unit, WITHIN_TIMES, levels, reading.money, record):
        return Unit(unit)
    others = [
        each
        for each in WEIGHTS
        if _fits(each, CLOSE_TIMES, levels, reading.money, record)
        and _like(list(_prices_at(each, levels, reading.money, record)))
    ]
    if len(others) != 1:
        raise SourceError(
            address, f"the unit of its {commodity} ({said}) is not borne out by its size, nor is another"
        )
    return Unit(others[0], f"unit printed as {said}, the numbers are {others[0]:,f} t by their size")


def _fits(weight: Decimal, times: float, levels: Sequence[Level], money: Money, record: OnRecord) -> bool:
    """Whether a unit makes amounts like those on record; where there are none, prices that can be paid."""
    if sizes := [ratio for level in levels if (ratio := _size(level, record)) is not None]:
        fitting = [1 / times <= size * float(weight) <= times for size in sizes]
        return sum(fitting) * 2 >= len(fitting)  # one wrong number is the guard's to hold
    prices = list(_bare_prices(levels)) if money.dollars else []
    return bool(prices) and PAID[0] <= median(prices) * float(money.factor / weight) <= PAID[1]


def _prices_at(weight: Decimal, levels: Sequence[Level], money: Money, record: OnRecord) -> Iterator[float]:
    """The prices that a unit makes over the usual ones: quantity and value may have changed places."""
    units: dict[Measure, Decimal] = {"quantity": weight, "value": money.factor}
    if money.dollars:
        scaled = [in_unit(level, units[level.series.measure]) for level in levels]
        quantities = [level for level in scaled if level.series.measure == "quantity"]
        values = (level for level in scaled if level.series.measure == "value")
        yield from (price for level in values if (price := price_of(level, quantities, record)))


def _size(level: Level, record: OnRecord) -> float | None:
    """How many times the usual amount the bare number is."""
    if level.series.measure != "quantity" or not level.number.value:
        return None
    usual = record.usual(level.series, level.scope, level.period)
    return float(level.number.value) / usual if usual else None


def _bare_prices(levels: Sequence[Level]) -> Iterator[float]:
    """Value over quantity of each period, in the units that the page prints."""
    amounts = {level.period: level.number.value for level in levels if level.series.measure == "quantity"}
    for level in levels:
        if level.series.measure == "value" and (amount := amounts.get(level.period)):
            yield float(level.number.value / amount)


def _like(prices: Sequence[float]) -> bool:
    """Whether the prices can be dollars: none is far off, and they are not all lower by the yuan's rate."""
    far = any(not LIKE[0] <= ratio <= LIKE[1] for ratio in prices)
    in_yuan = bool(prices) and all(YUAN[0] <= ratio <= YUAN[1] for ratio in prices)
    return not far and not in_yuan


def price_of(value: Level, quantities: Sequence[Level], record: OnRecord) -> float | None:
    """The unit value over the usual one of the months around; None where either is not known."""
    same = (value.series.commodity, value.period)
    amounts = (level.number.value for level in quantities if (level.series.commodity, level.period) == same)
    amount, usual = next(amounts, None), record.usual_price(value.series, value.scope, value.period)
    return float(value.number.value / amount) / usual if amount and usual else None


def in_unit(level: Level, factor: Decimal) -> Level:
    """The level in a smaller unit."""
    return replace(level, number=level.number.times(factor))


def in_units(reading: Reading, units: Mapping[tuple[str, Measure], Unit]) -> tuple[Level, ...]:
    """The levels in tonnes and US$, without those whose unit is not known."""
    return tuple(
        in_unit(level, unit.factor)
        for level in reading.levels
        if (unit := units.get((level.series.commodity, level.series.measure))) and unit.factor is not None
    )

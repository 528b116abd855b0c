"""The units of a page's weights and values: as printed, unless the record shows that others were meant.

Each value bears witness for itself. Where the unit of the page is another one all of them are off alike; one
that is off among others is a slip, which is the guard's to hold.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import log10
from statistics import median
from typing import Literal

from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Measure, Series
from bot.sources.markup import Unreadable
from bot.sources.reading import Change, Level, Reading

WEIGHTS = (Decimal(10_000), Decimal(1), Decimal("0.001"))  # 10000T, T and KG: the units the site prints
THOUSAND_DOLLARS = Decimal(1000)
PAID = (10.0, 50_000.0)  # US$/t: from poor ore to fine foil
NEAR_MONTHS = 36
NEAREST_MONTHS = 3  # a price moves less in them than the yuan is worth
WITHIN_TIMES = 50.0  # a month lies within so many times the usual one; the units lie 1,000 times apart
CLOSE_TIMES = 3.0  # the same, for a unit that is not the printed one
LIKE = (0.3, 3.0)  # a price beside those of the months around it
YUAN = (0.58, 0.8)  # the same where RMB 10,000 were read as US$1,000, at 5.8 to 8 yuan
SAME = (0.9, 1.12)  # a figure beside another printing of itself; yuan read as dollars give 0.6 to 0.8

# What a value says: the power of ten by which it is off (0: it is in dollars), a price as it would be in yuan
# (or a low one in dollars), or that it is neither.
Voice = int | Literal["as in yuan", "neither"]
IN_DOLLARS = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """By what a number is multiplied; None where it cannot be known, and the sentence that says so."""

    factor: Decimal | None
    note: str = ""


def unit_of(series: Series, weights: Mapping[str, Unit], money: Unit | None) -> Unit | None:
    """The unit in which a page prints a series: of its commodity's weight, or of money."""
    return money if series.measure == "value" else weights.get(series.commodity)


def in_units(levels: Sequence[Level], weights: Mapping[str, Unit], money: Unit | None = None) -> list[Level]:
    """The levels in tonnes and US$, without those whose unit is not known."""
    found = ((level, unit_of(level.series, weights, money)) for level in levels)
    return [level.times(unit.factor) for level, unit in found if unit and unit.factor is not None]


def weight_of(commodity: str, reading: Reading, known: Dataset) -> Unit:
    """Tonnes in the unit of a line: the printed one unless its size shows that another was meant."""
    unit = reading.tonnes[commodity]
    said = "none" if unit is None else f"{unit:,f} t"
    levels = [level for level in reading.levels if level.series.commodity == commodity]
    if not any(level.value for level in levels if level.series.measure == "quantity"):
        return Unit(unit)  # nothing but zeros, in whatever unit
    if unit is not None and _fits(unit, WITHIN_TIMES, levels, reading, known):
        return Unit(unit)
    others = [
        each
        for each in WEIGHTS
        if _fits(each, CLOSE_TIMES, levels, reading, known) and _is_priced(each, levels, reading, known)
    ]
    if len(others) != 1:
        raise Unreadable(f"the unit of its {commodity} ({said}) is not borne out by its size, nor is another")
    return Unit(others[0], f"unit printed as {said}, the numbers are {others[0]:,f} t by their size")


def _fits(weight: Decimal, times: float, levels: Sequence[Level], reading: Reading, known: Dataset) -> bool:
    """Whether a unit makes amounts like those on record; where there are none, prices that can be paid."""
    quantities = {level: level.value for level in levels if level.series.measure == "quantity"}
    sizes = [
        value * float(weight) / usual
        for level, value in quantities.items()
        if value and (usual := _usual(level, "quantity", known, NEAR_MONTHS))
    ]
    if sizes:
        fitting = [1 / times <= size <= times for size in sizes]
        return sum(fitting) * 2 >= len(fitting)  # one wrong number is the guard's to hold
    amounts = {level.period: value for level, value in quantities.items()}
    values = (level for level in levels if level.series.measure == "value" and amounts.get(level.period))
    prices = [level.value / amounts[level.period] for level in values]
    price = median(prices) * float(reading.money.factor / weight) if prices and reading.money.dollars else 0.0
    return PAID[0] <= price <= PAID[1]


def _is_priced(weight: Decimal, levels: Sequence[Level], reading: Reading, known: Dataset) -> bool:
    """Whether a weight makes prices that can be dollars: none far off, and not all lower by the yuan's rate.

    Quantity and value may have changed places.
    """
    units: dict[Measure, Decimal] = {"quantity": weight, "value": reading.money.factor}
    scaled = [level.times(units[level.series.measure]) for level in levels if reading.money.dollars]
    values = (level for level in scaled if level.series.measure == "value")
    prices = [price for level in values if (price := _price(level, scaled, known))]
    in_yuan = bool(prices) and all(_within(price, YUAN) for price in prices)
    return all(_within(price, LIKE) for price in prices) and not in_yuan


def _within(number: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= number <= limits[1]


def _price(value: Level, levels: Sequence[Level], known: Dataset) -> float | None:
    """A value's unit value over the usual one of the months around; None where either is not known."""
    quantity = replace(value.series, measure="quantity")
    amount = next((e.value for e in levels if (e.series, e.period) == (quantity, value.period)), None)
    usual = _usual(value, "unit_value", known, NEAREST_MONTHS)
    return value.value / amount / usual if amount and usual else None


def _usual(level: Level, measure: Measure, known: Dataset, within: int) -> float | None:
    """The median of the months around a level, times its months unless a price; of all where none is near."""
    series, scope, period = replace(level.series, measure=measure), level.scope, level.period
    months = known.periods(series, "month", scope)
    near = [month for month in months if abs(month.end.until(period.end)) <= within]
    for chosen in (near, months):
        figures = (known.figure(series, month, scope) for month in chosen)
        if sizes := [figure.value for figure in figures if figure and figure.value]:
            return median(sizes) * (1 if measure == "unit_value" else period.length)
    return None


def money_of(
    reading: Reading, quantities: Sequence[Level], changes: Sequence[Change], known: Dataset
) -> Unit:
    """US$ in the unit of the page's values; None where they are yuan, or nobody can tell.

    `quantities` are in tonnes; `changes` know their period. A printed unit of dollars is believed unless the
    record contradicts it; one of yuan is, unless the numbers are those on record in dollars.
    """
    printed, voices = reading.money, list[Voice]()
    factor = printed.factor if printed.dollars else THOUSAND_DOLLARS
    values = [level.times(factor) for level in reading.levels if level.series.measure == "value"]
    for level in values:
        if ratios := list(_beside_itself(level, values, changes, known)):
            voices.append(_by_record(ratios))
        # a price alone cannot show that numbers headed in yuan are dollars
        elif printed.dollars and (price := _price(level, quantities, known)):
            voices.append(_by_price(price))
    if _are_dollars(voices, otherwise=printed.dollars):
        slip = f"unit of values printed as {printed.text}, the numbers are US$1,000 by the record"
        return Unit(factor, "" if printed.dollars else slip)
    why = "they are not in dollars" if voices else "nothing on record shows them to be in dollars"
    why = "they do not fit the dollars on record" if printed.dollars else why
    return Unit(None, f"values headed {printed.text} left out: {why}")


def _are_dollars(voices: Sequence[Voice], *, otherwise: bool) -> bool:
    """Whether as many are in dollars as are off in any one other way; `otherwise` where nothing speaks."""
    clear = Counter(voice for voice in voices if voice != "as in yuan")
    if not clear:
        return otherwise and not voices
    return clear.pop(IN_DOLLARS, 0) >= max(clear.values(), default=1)


def _by_record(ratios: Sequence[float]) -> Voice:
    """The voice of a value by what it should be: one witness that bears it out is enough."""
    powers = [power for ratio in ratios if _within(ratio / 10 ** (power := round(log10(ratio))), SAME)]
    return IN_DOLLARS if IN_DOLLARS in powers else next(iter(powers), "neither")


def _by_price(ratio: float) -> Voice:
    if _within(ratio, LIKE):
        return "as in yuan" if _within(ratio, YUAN) else IN_DOLLARS
    return round(log10(ratio)) or "neither"


def _beside_itself(
    level: Level, values: Sequence[Level], changes: Sequence[Change], known: Dataset
) -> Iterator[float]:
    """The value over what it should be: as on record, by the change it printed, by the months before."""

    def on_record(period: Period) -> float:
        found = known.figure(level.series, period, level.scope)
        return (found.value if found else None) or 0.0

    expected, end = [on_record(level.period)], level.period.end
    if not level.revised:
        own = (
            change for change in changes if (change.series, change.span) == (level.series, level.period.kind)
        )
        expected += [on_record(level.period.year_before) * (1 + change.pct / 100) for change in own]
    if level.period.kind == "ytd" and end.number > 1 and not level.revised:
        month = [each for each in values if (each.series, each.period) == (level.series, Period.month(end))]
        before = on_record(Period.ytd(end.plus(-1)))
        expected += [before + each.value for each in month if before]
    yield from (level.value / each for each in expected if each and level.value)

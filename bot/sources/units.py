"""The units of a page's weights and values: as printed, unless the record shows that others were meant."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from math import log10
from statistics import median
from typing import Literal

from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.sources.markup import Unit, Unreadable
from bot.sources.printed_numbers import Number, Numbers, Reading

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

Voice = int | Literal["as in yuan", "neither"]  # by which power of ten a value is off; a price like yuan's
IN_DOLLARS = 0


def in_units(levels: Numbers, units: Mapping[Series, Unit]) -> list[Number]:
    """The levels in tonnes and US$, without those whose unit is not known."""
    return [
        replace(level, number=level.number * factor, step=level.step * factor)
        for level in levels
        if level.series in units and (factor := units[level.series].factor)
    ]


def weight_of(quantity: Series, reading: Reading, known: Dataset) -> Unit:
    """Tonnes in the unit of a line: the printed one unless its size shows that another was meant."""
    own = [level for level in reading.levels if level.series == quantity]
    unit, value = own[0].tonnes if own else None, quantity._replace(measure="value")
    if not any(level.number for level in own):
        return Unit(unit)  # nothing but zeros, in whatever unit

    def scaled(weight: Decimal) -> list[Number]:
        return in_units(reading.levels, {quantity: Unit(weight), value: reading.money})

    if unit is not None and _fits(scaled(unit), WITHIN_TIMES, known):
        return Unit(unit)
    fitting = (each for each in WEIGHTS if _fits(scaled(each), CLOSE_TIMES, known))
    others = [each for each in fitting if _is_priced(scaled(each), known)]
    said = "none" if unit is None else f"{unit:,f} t"
    if len(others) != 1:
        name = quantity.commodity
        raise Unreadable(f"the unit of its {name} ({said}) is not borne out by its size, nor is another")
    return Unit(others[0], f"unit printed as {said}, the numbers are {others[0]:,f} t by their size")


def _fits(levels: Numbers, times: float, known: Dataset) -> bool:
    """Whether amounts are like those on record; where there are none, whether prices can be paid."""
    amounts = [level for level in levels if level.series.measure == "quantity"]
    if sizes := _over_usual(amounts, known, NEAR_MONTHS):
        fitting = [1 / times <= size <= times for size in sizes]
        return sum(fitting) * 2 >= len(fitting)  # one wrong number is the guard's to hold
    prices = [price.value for price in _prices(levels, amounts)]
    return bool(prices) and _within(median(prices), PAID)


def _is_priced(levels: Numbers, known: Dataset) -> bool:
    """Whether prices can be in dollars; quantity and value may have changed places."""
    prices = _over_usual(_prices(levels, levels), known, NEAREST_MONTHS)
    in_yuan = bool(prices) and all(_within(price, YUAN) for price in prices)  # all lower by its rate
    return all(_within(price, LIKE) for price in prices) and not in_yuan


def _within(number: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= number <= limits[1]


def _prices(values: Numbers, amounts: Numbers) -> list[Number]:
    tonnes = {(each.series, each.period): each.number for each in amounts}
    beside = ((each, tonnes.get((each.series._replace(measure="quantity"), each.period))) for each in values)
    return [
        replace(each, series=each.series._replace(measure="unit_value"), number=each.number / amount)
        for each, amount in beside
        if each.series.measure == "value" and amount
    ]


def _over_usual(levels: Numbers, known: Dataset, within: int) -> list[float]:
    """Each number over the median of the months around it (of all where none is near), in its length."""
    found = []
    for level in (level for level in levels if level.value):
        length = 1 if level.series.measure == "unit_value" else level.period.length
        line = known.line(level.series, level.scope)
        months = map(line.figure, known.periods(level.series, "month", level.scope))
        sizes = {month.end: month.value for month in months if month and month.value}
        near = [size for month, size in sizes.items() if abs(month.until(level.end)) <= within]
        if usual := near or list(sizes.values()):
            found.append(level.value / median(usual) / length)
    return found


def money_of(reading: Reading, quantities: Numbers, changes: Numbers, known: Dataset) -> Unit:
    """US$ in the unit of the page's values, by quantities in tonnes and settled changes; else why not."""
    # Printed dollars are believed unless the record contradicts them; yuan unless the record shows dollars.
    money, voices = reading.money, list[Voice]()
    factor = money.factor or THOUSAND_DOLLARS
    values = in_units(reading.levels, dict.fromkeys(reading.series("value"), Unit(factor)))
    for level in values:
        if ratios := _beside_itself(level, values, changes, known):
            voices.append(_by_record(ratios))
        elif money.factor:  # a price alone cannot show that numbers headed in yuan are dollars
            voices += map(_by_price, _over_usual(_prices([level], quantities), known, NEAREST_MONTHS))
    # As many have to be in dollars as are off in any one other way; where nothing speaks the heading does.
    clear = Counter(voice for voice in voices if voice != "as in yuan")
    said = bool(money.factor) and not voices
    if clear.pop(IN_DOLLARS, 0) >= max(clear.values(), default=1) if clear else said:
        slip = f"unit of values printed as {money.text}, the numbers are US$1,000 by the record"
        return Unit(factor, "" if money.factor else slip)
    why = "they are not in dollars" if voices else "nothing on record shows them to be in dollars"
    why = "they do not fit the dollars on record" if money.factor else why
    return Unit(None, f"values headed {money.text} left out: {why}")


def _by_record(ratios: Sequence[float]) -> Voice:
    """The voice of a value by what it should be: one witness that bears it out is enough."""
    powers = [power for ratio in ratios if _within(ratio / 10 ** (power := round(log10(ratio))), SAME)]
    return IN_DOLLARS if IN_DOLLARS in powers else next(iter(powers), "neither")


def _by_price(ratio: float) -> Voice:
    if _within(ratio, LIKE):
        return "as in yuan" if _within(ratio, YUAN) else IN_DOLLARS
    return round(log10(ratio)) or "neither"


def _beside_itself(level: Number, values: Numbers, changes: Numbers, known: Dataset) -> list[float]:
    """The value over what it should be: as on record, by the change it printed, by the months before."""
    same, before = recorded(level, level.period, known), recorded(level, level.period.year_before, known)
    expected = [same[0]] if same else []
    if before and not level.revised:
        own = (each for each in changes if (each.series, each.span) == (level.series, level.period.kind))
        expected += [before[0] * (1 + change.value / 100) for change in own]
    if (parts := parts_of(level, values, known)) and parts[1]:
        expected.append(parts[0] + parts[1])
    return [level.value / each for each in expected if each and level.value]


def recorded(level: Number, period: Period, known: Dataset) -> tuple[float, float] | None:
    """What is on record of a level's series, and how far the true figure can lie from it."""
    found = known.figure(level.series, period, level.scope)
    if not found or not found.bounds:
        return None
    value, lower, upper = found.bounds
    return value, (upper - lower) / 2


def parts_of(total: Number, levels: Numbers, known: Dataset) -> tuple[float, float, float] | None:
    """The page's month and the running total on record before it, which make up one; and their half steps."""
    if total.span != "ytd" or total.revised or total.end.number == 1:
        return None
    own = (each for each in levels if each.series == total.series and each.period == Period.month(total.end))
    month, before = next(own, None), recorded(total, Period.ytd(total.end.plus(-1)), known)
    return (month.value, before[0], month.half_step + before[1]) if month and before else None

"""Units that a page prints, weighed against the record: tonnes for each line, dollars for the whole page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from bot.dataset.calendar import Period
from bot.dataset.model import Measure
from bot.errors import SourceError
from bot.sources.reading import Change, Level, Reading
from bot.sources.record import OnRecord
from bot.sources.units import Money

WEIGHTS = (Decimal(10_000), Decimal(1), Decimal("0.001"))  # 10000T, T and KG: the units the site prints
PAID = (10.0, 50_000.0)  # US$/t: from poor ore to fine foil
WITHIN_TIMES = 50.0  # a month lies within so many times the usual one; the units lie 1,000 times apart
CLOSE_TIMES = 5.0  # the same, for a unit that is not the printed one
SAME = (0.9, 1.12)  # a figure beside another printing of itself; yuan read as dollars give 0.6 to 0.8
LIKE = (0.3, 3.0)  # a price beside those of the months around it
YUAN = (0.58, 0.8)  # the same where RMB 10,000 were read as US$1,000, at 5.8 to 8 yuan
THOUSAND_DOLLARS = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Unit:
    """By what a number is multiplied; None where it cannot be known, and the sentence that says so."""

    factor: Decimal | None
    note: str = ""


def weight_of(commodity: str, reading: Reading, record: OnRecord, address: str) -> Unit:
    """Tonnes in the unit of a line: the printed one unless its size shows that another was meant."""
    unit = reading.tonnes[commodity]
    levels = [level for level in reading.levels if level.series.commodity == commodity]
    if not any(level.number.value for level in levels if level.series.measure == "quantity"):
        return Unit(unit)  # nothing but zeros, in whatever unit
    if _fits(unit, WITHIN_TIMES, levels, reading.money, record):
        return Unit(unit)
    others = [
        each
        for each in WEIGHTS
        if _fits(each, CLOSE_TIMES, levels, reading.money, record)
        and _like(list(_prices_at(each, levels, reading.money, record)))
    ]
    if len(others) != 1:
        raise SourceError(
            address, f"the unit of its {commodity} ({unit:,f} t) is not borne out by its size, nor is another"
        )
    return Unit(others[0], f"unit printed as {unit:,f} t, the numbers are {others[0]:,f} t by their size")


def _fits(weight: Decimal, times: float, levels: Sequence[Level], money: Money, record: OnRecord) -> bool:
    """Whether a unit makes amounts like those on record; where there are none, prices that can be paid."""
    if sizes := [ratio for level in levels if (ratio := _size(level, record)) is not None]:
        return 1 / times <= median(sizes) * float(weight) <= times
    prices = list(_bare_prices(levels)) if money.dollars else []
    return bool(prices) and PAID[0] <= median(prices) * float(money.factor / weight) <= PAID[1]


def _prices_at(weight: Decimal, levels: Sequence[Level], money: Money, record: OnRecord) -> Iterator[float]:
    """The prices that a unit makes over the usual ones: quantity and value may have changed places."""
    units: dict[Measure, Decimal] = {"quantity": weight, "value": money.factor}
    if money.dollars:
        scaled = [_times(level, units[level.series.measure]) for level in levels]
        values = [level for level in scaled if level.series.measure == "value"]
        yield from _prices(values, [level for level in scaled if level.series.measure == "quantity"], record)


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


def money_of(
    reading: Reading, quantities: Sequence[Level], changes: Sequence[Change], record: OnRecord
) -> Unit:
    """US$ in the unit of the page's values; None where they are yuan, or nobody can tell.

    `quantities` are in tonnes; `changes` know their period. A printed unit of dollars is believed unless the
    record contradicts it; one of yuan is, unless the numbers are those on record in dollars.
    """
    printed = reading.money
    factor = printed.factor if printed.dollars else THOUSAND_DOLLARS
    values = [_times(level, factor) for level in reading.levels if level.series.measure == "value"]
    tight = [ratio for level in values for ratio in _beside_itself(level, values, changes, record)]
    fits = _same(tight) if tight else printed.dollars and _like(list(_prices(values, quantities, record)))
    if not fits:
        return Unit(None, f"values headed {printed.text} left out: {_why(printed.dollars, tight)}")
    slip = f"unit of values printed as {printed.text}, the numbers are US$1,000 by the record"
    return Unit(factor, "" if printed.dollars else slip)


def _same(ratios: Sequence[float]) -> bool:
    """Whether most of the values are what they should be; a slip among them is the guard's to hold."""
    return sum(SAME[0] <= ratio <= SAME[1] for ratio in ratios) * 2 >= len(ratios)


def _like(prices: Sequence[float]) -> bool:
    """Whether the prices can be dollars: none is far off, and they are not all lower by the yuan's rate."""
    far = any(not LIKE[0] <= ratio <= LIKE[1] for ratio in prices)
    in_yuan = bool(prices) and all(YUAN[0] <= ratio <= YUAN[1] for ratio in prices)
    return not far and not in_yuan


def _why(dollars: bool, tight: Sequence[float]) -> str:
    if dollars:
        return "they do not fit the dollars on record"
    return "they are not in dollars" if tight else "nothing on record shows them to be in dollars"


def _beside_itself(
    level: Level, values: Sequence[Level], changes: Sequence[Change], record: OnRecord
) -> Iterator[float]:
    """The value over what it should be: as on record, by the change it printed, by the months before."""
    number = float(level.number.value)
    found = record.figure(level.series, level.scope, level.period)
    if found and found.value:
        yield number / found.value
    if level.revised:
        return
    before = record.figure(level.series, level.scope, level.period.year_before)
    for change in changes:
        same = (change.series, change.span) == (level.series, level.period.kind)
        if same and before and (grown := (before.value or 0) * (1 + change.pct / 100)):
            yield number / grown
    if total := _summed(level, values, record):
        yield number / total


def _summed(level: Level, values: Sequence[Level], record: OnRecord) -> float | None:
    """What a running total should be: that of the month before on record, and the page's own month."""
    end = level.period.end
    if level.period.kind != "ytd" or end.number == 1:
        return None
    earlier = record.figure(level.series, level.scope, Period.ytd(end.plus(-1)))
    months = [each for each in values if each.series == level.series and each.period == Period.month(end)]
    return earlier.value + float(months[0].number.value) if earlier and earlier.value and months else None


def _prices(values: Sequence[Level], quantities: Sequence[Level], record: OnRecord) -> Iterator[float]:
    """Each unit value over the usual one of the months around."""
    tonnes = {(level.series.commodity, level.period): level.number.value for level in quantities}
    for level in values:
        amount = tonnes.get((level.series.commodity, level.period))
        usual = record.usual_price(level.series, level.scope, level.period)
        if amount and usual:
            yield float(level.number.value / amount) / usual


def _times(level: Level, factor: Decimal) -> Level:
    return replace(level, number=level.number.times(factor))


def in_units(reading: Reading, units: Mapping[tuple[str, Measure], Unit]) -> tuple[Level, ...]:
    """The levels in tonnes and US$, without those whose unit is not known."""
    return tuple(
        _times(level, unit.factor)
        for level in reading.levels
        if (unit := units.get((level.series.commodity, level.series.measure))) and unit.factor is not None
    )

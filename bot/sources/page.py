"""The one door through which every page is read, and what it leaves open settled by what is on record."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row, Series, Source
from bot.dataset.releases import AHEAD
from bot.profile import profile
from bot.sources import Parcel
from bot.sources.markup import Unit, Unreadable, document, naming
from bot.sources.printed_numbers import Number, Numbers, Reading, read
from bot.sources.table import Span
from bot.sources.titles import comes_out_in

KINDS = {"flash": "Preliminary release", "bulletin": "Monthly bulletin"}
SAID: dict[Span, str] = {"month": "yoy is of the month", "ytd": "yoy is of the running total"}
BASE = "comparison column (as revised a year later)"
POINTS = 1.0  # beyond rounding, by which one reading of a change has to be further off than twice the other
TEN_THOUSAND, THOUSAND_DOLLARS = Decimal(10_000), Decimal(1_000)
# A month lies within so many times the usual one if its unit is the printed one, or 10,000 t all the same.
PRINTED_WITHIN, OTHER_WITHIN = 50.0, 3.0
NEAR_MONTHS, PRICE_MONTHS = 36, 3  # a price moves less in three months than the yuan is worth
SAME, AS_YUAN = (0.9, 1.12), 0.58  # a value beside what it should be; yuan read as dollars give 0.58 to 0.9
CORRECTIONS = 0.05  # of a running total: customs fold corrections of earlier months into it
PRICED = (0.8, 3.0)  # a price beside those of the months around it
_SAVED_FROM = re.compile(rb"saved from url=\(\d+\)(https?://[^\s<>\"']+)")


def read_page(content: bytes, address: str, known: Dataset) -> Parcel:
    """The rows of China Customs' page from a web address or a file; else a SourceError that says why not."""
    with naming(address):
        reading = read(document(content), known.catalogue)
        title, published, end = reading.title, reading.published, reading.title.period
        if published and published > known.today + AHEAD:  # a slip in it, or a clock that is wrong
            raise Unreadable(f"it is dated {published}, and today is {known.today}")
        if not published and Month.of_day(known.today) <= end:
            raise Unreadable(f"it has no date, and {end.name} is not over")
        name = f"{KINDS[title.stage]}, major {title.flow} commodities in quantity and value, {end.name}"
        saved = _SAVED_FROM.search(content[:4096])  # the browser writes the address into it
        url = saved[1].decode("ascii", "replace") if saved else ""
        url = address if re.match(r"https?://", address) else url
        source_id = f"china-customs-{title.stage}-{title.flow}-{end}"
        source = Source(source_id, "China Customs", name, url, via="", retrieved=known.today)
        rows, notes = _settled(reading, known, source.id)
        if not rows:
            raise Unreadable("it prints no figure of a series on record")
    return Parcel(name, rows, {source.id: source}, tuple(notes), reading.text)


def _settled(reading: Reading, known: Dataset, source: str) -> tuple[tuple[Row, ...], list[str]]:
    weights = {quantity: weight_of(quantity, reading, known) for quantity in reading.series("quantity")}
    money = money_of(reading, in_units(reading.levels, weights), known)
    units = weights | dict.fromkeys(reading.series("value"), money)
    levels = in_units(reading.levels, units)
    span = span_of(reading.changes, levels, known)
    notes = [
        *_headed_note(reading, levels, known),
        *reading.notes,
        *(f"{each.commodity}: {unit.text}." for each, unit in weights.items() if unit.text),
    ]
    notes += [f"The {money.text}."] if money.text else []
    if reading.title.period.number > 1 and not all(change.span for change in reading.changes):
        said = f": {SAID[span]}, by what is on record" if span else ", and the record does not tell: left out"
        notes.append(f"The percentage columns do not say of which period{said}.")
    return tuple(_rows(reading, levels, span, units, source)), notes


def _headed_note(reading: Reading, levels: Numbers, known: Dataset) -> Iterator[str]:
    """A note on columns of another month than the title's; Unreadable where nothing bears the title out."""
    end, headed, published = reading.title.period, reading.headed, reading.published
    if headed:
        pairs = [(level, expected) for level in levels if (expected := _expected(level, levels, known))]
        fits = [abs(level.value - due) <= CORRECTIONS * due + 2 * level.half_step for level, due in pairs]
        dated = f"the date {published}" if published and comes_out_in(end, published) else ""
        if not (witness := dated or ("the record" if fits and all(fits) else "")):
            raise Unreadable(f"its title says {end.name}, its columns month {headed.number}")
        said = f"The columns are headed month {headed.number}, the title says {end.name}"
        yield f"{said} and {witness} agrees with it: taken as {end.name}."


def _rows(
    reading: Reading, levels: Numbers, span: Span | None, units: Mapping[Series, Unit], source: str
) -> Iterator[Row]:
    """Every level with its change, then every change whose level was not printed."""
    changes = (each._replace(span=each.span or span) for each in reading.changes if each.span or span)
    known = (each for each in changes if each.series.measure == "quantity" or units[each.series].factor)
    bare = {(each.series, each.period): each for each in known}
    pairs = [(level, bare.pop((level.series, level.period), None)) for level in levels]
    for number, change in (*pairs, *((change, change) for change in bare.values())):
        base, of = BASE if number.revised else "", SAID[span] if span and change else ""
        note = "; ".join(filter(None, (base, of, units[number.series].text)))
        value, step = (None, None) if number.change else (number.value, float(number.step))
        pct, status = change.value if change else None, "revised" if number.revised else reading.title.stage
        what = (number.series, number.period, number.scope, value, step, pct, status)
        yield Row(0, *what, source, reading.published, 1, note)


def in_units(levels: Numbers, units: Mapping[Series, Unit]) -> list[Number]:
    """The levels in tonnes and US$, without those whose unit is not known."""
    return [
        level._replace(number=level.number * factor, step=level.step * factor)
        for level in levels
        if level.series in units and (factor := units[level.series].factor)
    ]


def weight_of(quantity: Series, reading: Reading, known: Dataset) -> Unit:
    """Tonnes in the unit of a line: the printed one, or 10,000 t where only that fits the record."""
    own = [level for level in reading.levels if level.series == quantity]
    printed = own[0].tonnes if own else None
    if not any(level.number for level in own):
        return Unit(printed)  # nothing but zeros, in whatever unit
    said = "none" if printed is None else f"{printed:,f} t"
    for weight, times in ((printed, PRINTED_WITHIN), (TEN_THOUSAND, OTHER_WITHIN)):
        if weight and _fits(in_units(own, {quantity: Unit(weight)}), times, reading, known):
            slip = f"unit printed as {said}, the numbers are {weight:,f} t by their size"
            return Unit(weight, "" if weight == printed else slip)
    raise Unreadable(f"the unit of its {quantity.commodity} ({said}) is not borne out by its size")


def _fits(amounts: Numbers, times: float, reading: Reading, known: Dataset) -> bool:
    """Whether amounts in tonnes are like the usual one; where none is on record, whether they can be paid."""
    pairs = ((each, _usual(each.series, each, NEAR_MONTHS, known)) for each in amounts if each.number)
    if sizes := [each.value / usual / each.period.length for each, usual in pairs if usual]:
        return _mostly([1 / times <= size <= times for size in sizes])
    least, most = profile().price_range
    values = in_units(reading.levels, {amounts[0].series._replace(measure="value"): reading.money})
    prices = [price for _, price in _prices(values, amounts)]
    return bool(prices) and _mostly([least <= price <= most for price in prices])


def money_of(reading: Reading, quantities: Numbers, known: Dataset) -> Unit:
    """US$ in the unit of the page's values where these fit what is on record; else why they are left out."""
    money, factor = reading.money, reading.money.factor or THOUSAND_DOLLARS
    values = in_units(reading.levels, dict.fromkeys(reading.series("value"), Unit(factor)))
    pairs = [(value, _expected(value, values, known)) for value in values]
    ratios = [value.value / expected for value, expected in pairs if expected]
    fits = [SAME[0] <= ratio <= SAME[1] for ratio in ratios]
    # A price does not tell yuan from dollars: neither where yuan are headed nor beside a ratio like theirs.
    if money.factor and not any(AS_YUAN <= ratio < SAME[0] for ratio in ratios):
        weighed = {value.series for value, expected in pairs if expected}
        for value, price in _prices([each for each in values if each.series not in weighed], quantities):
            usual = _usual(value.series._replace(measure="unit_value"), value, PRICE_MONTHS, known)
            fits += [PRICED[0] <= price / usual <= PRICED[1]] if usual else []
    if _mostly(fits) if fits else money.factor:
        slip = f"unit of values printed as {money.text}, the numbers are US$1,000 by the record"
        return Unit(factor, "" if money.factor else slip)
    return Unit(None, f"values headed {money.text} left out: the record does not show them to be in dollars")


def _mostly(fits: Sequence[bool]) -> bool:
    """Whether half of them fit: one wrong number is the guard's to hold."""
    return 2 * sum(fits) >= len(fits)


def _usual(series: Series, beside: Number, within: int, known: Dataset) -> float | None:
    """The median of the months on record around a number (of all where none is near), if there are any."""
    months = known.of_months(series, known.months(series, beside.scope), beside.scope)
    sizes = {each.end: each.value for each in months if each.value}
    near = [size for month, size in sizes.items() if abs(month.until(beside.end)) <= within]
    return median(near or sizes.values()) if sizes else None


def _expected(value: Number, values: Numbers, known: Dataset) -> float | None:
    """What a value should be: as on record, else the running total before it and the page's month."""
    if same := known.level(value.series, value.period, value.scope):
        return same.value
    if value.span != "ytd" or value.revised or value.end.number == 1:
        return None
    wanted = value.series, "month", value.end
    own = (each.value for each in values if (each.series, each.span, each.end) == wanted)
    month, before = next(own, None), known.level(value.series, Period.ytd(value.end.plus(-1)), value.scope)
    return before.value + month if before and before.value and month is not None else None


def _prices(values: Numbers, quantities: Numbers) -> list[tuple[Number, float]]:
    tonnes = {(each.series._replace(measure="value"), each.period): each.value for each in quantities}
    pairs = ((each, tonnes.get((each.series, each.period))) for each in values)
    return [(each, each.value / amount) for each, amount in pairs if each.value and amount]


def span_of(changes: Numbers, levels: Numbers, known: Dataset) -> Span | None:
    """The period that the open changes are of, one for the whole page; None where it cannot be told."""
    # January is a month and a running total in one; a page of running totals alone prints their changes.
    printed = {level.span for level in levels if not level.revised}
    if printed == {"ytd"} or (printed == {"month"} and levels[0].end.number == 1):
        return printed.pop()
    # Each line speaks for the reading that is closer to the year before; the majority is taken.
    open_, voices = (change for change in changes if not change.span), 0
    for change in open_:
        month, total = (_off(span, change, levels, known) for span in SAID)
        if month is not None and total is not None:
            voices += (2 * month + POINTS < total) - (2 * total + POINTS < month)
    return "month" if voices > 0 else "ytd" if voices < 0 else None


def _off(span: Span, change: Number, levels: Numbers, known: Dataset) -> float | None:
    """How far a change lies from what the year before on record makes of it, in points beyond rounding."""
    own = (each for each in levels if (each.series, each.span) == (change.series, span))
    level = next((each for each in own if not each.revised), None)
    before = known.level(level.series, level.period.year_before, level.scope) if level else None
    if not level or not before or not before.bounds or before.bounds[1] <= 0:
        return None
    _, lower, upper = before.bounds
    least = ((level.value - level.half_step) / upper - 1) * 100 - 0.05
    most = ((level.value + level.half_step) / lower - 1) * 100 + 0.05
    return max(least - change.value, change.value - most, 0.0)

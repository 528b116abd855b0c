"""The one door through which every page is read, and what it leaves open settled by what is on record."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row, Series, Source
from bot.dataset.releases import AHEAD
from bot.sources import Parcel
from bot.sources.markup import Unit, Unreadable, document, naming
from bot.sources.printed_numbers import Number, Numbers, Reading, read
from bot.sources.table import Span
from bot.sources.titles import comes_out_in
from bot.sources.units import in_units, money_of, parts_of, recorded, weight_of

KINDS = {"flash": "Preliminary release", "bulletin": "Monthly bulletin"}
SAID: dict[Span, str] = {"month": "yoy is of the month", "ytd": "yoy is of the running total"}
BASE = "comparison column (as revised a year later)"
REFUTED_FROM = 2.0  # points beyond rounding: bases are revised by up to a point
AGREES_WITHIN, OFF_FROM = 0.3, 1.0  # points beyond rounding: one reading fits and the other does not
ALONE_FROM = 5.0  # points that refute one reading where the record says nothing of the other
CORRECTIONS = 0.05  # of a running total: customs fold corrections of earlier months into it
REVISIONS = 0.1  # of a figure: later printings of one month differ by less
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
    """The published rows of that source, and notes on what was decided."""
    weights = {quantity: weight_of(quantity, reading, known) for quantity in reading.series("quantity")}
    quantities, values = in_units(reading.levels, weights), reading.series("value")
    span = span_of(reading.changes, quantities, known)
    money = money_of(reading, quantities, _with_span(reading.changes, span), known)
    # Values that are left out bear witness all the same.
    witness = reading.money if reading.money.factor else money
    witnesses = in_units(reading.levels, weights | dict.fromkeys(values, witness))
    notes = [*_month_notes(witnesses, reading, known), *reading.notes]
    units = weights | dict.fromkeys(values, money)
    levels = in_units(reading.levels, units)
    span = span or span_of(reading.changes, levels, known)
    notes += [f"{quantity.commodity}: {unit.text}." for quantity, unit in weights.items() if unit.text]
    notes += [f"The {money.text}."] if money.text else []
    if reading.title.period.number > 1 and not all(change.span for change in reading.changes):
        said = f": {SAID[span]}, by what is on record" if span else ", and the record does not tell: left out"
        notes.append(f"The percentage columns do not say of which period{said}.")
    return tuple(_rows(reading, levels, span, units, source)), notes


def _rows(
    reading: Reading, levels: Numbers, span: Span | None, units: Mapping[Series, Unit], source: str
) -> Iterator[Row]:
    """Every level with its change, then every change whose level was not printed."""
    changes = _with_span(reading.changes, span)
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


def _with_span(changes: Numbers, span: Span | None) -> list[Number]:
    """The changes with their period; those left open are left out where it cannot be told."""
    return [replace(each, span=each.span or span) for each in changes if each.span or span]


def span_of(changes: Numbers, levels: Numbers, known: Dataset) -> Span | None:
    """The period that the open changes are of, one for the whole page; None where it cannot be told."""
    # January is a month and a running total in one; a page of running totals alone prints their changes.
    printed = {level.span for level in levels if not level.revised}
    if printed == {"ytd"} or (printed == {"month"} and levels[0].end.number == 1):
        return printed.pop()
    # Each line speaks for what the record bears out where it contradicts the other; the majority is taken.
    open_ = [change for change in changes if not change.span]
    offs = [(_off("month", each, levels, known), _off("ytd", each, levels, known)) for each in open_]
    voices = sum(_speaks(month, total) - _speaks(total, month) for month, total in offs)
    return "month" if voices > 0 else "ytd" if voices < 0 else None


def _speaks(off: float | None, other: float | None) -> bool:
    """Whether a change so far from one reading, and so far from the other, is of the former."""
    if other is None or off is None:
        return other is not None and other > ALONE_FROM
    return off <= REFUTED_FROM < other or (off <= AGREES_WITHIN and other > OFF_FROM)


def _off(span: Span, change: Number, levels: Numbers, known: Dataset) -> float | None:
    """How far a change lies from what the year before on record makes of it, in points beyond rounding."""
    own = (each for each in levels if (each.series, each.span) == (change.series, span))
    level = next((each for each in own if not each.revised), None)
    before = recorded(level, level.period.year_before, known) if level else None
    if not level or not before or before[0] <= before[1]:
        return None
    lower, upper = (before[0] + sign * before[1] for sign in (-1, 1))
    least = ((level.value - level.half_step) / upper - 1) * 100 - 0.05
    most = ((level.value + level.half_step) / lower - 1) * 100 + 0.05
    return max(least - change.value, change.value - most, 0.0)


def _month_notes(levels: Numbers, reading: Reading, known: Dataset) -> list[str]:
    """A note on columns headed with another month; Unreadable where the page is of another than its title."""
    end, headed, published = reading.title.period, reading.headed, reading.published
    agrees, totals = defaultdict[Series, list[bool]](list), list[bool]()
    for level in levels:
        if other := recorded(level, level.period, known):
            slack = REVISIONS * other[0] + other[1] + level.half_step
            agrees[level.series].append(abs(level.value - other[0]) <= slack)
        if parts := parts_of(level, levels, known):
            month, before, half_steps = parts
            slack = CORRECTIONS * level.value + level.half_step + half_steps
            totals.append(abs(level.value - month - before) <= slack)
            agrees[level.series].append(totals[-1])
    # One series alone may hold a slip of the publisher, which is the guard's to hold.
    if len(agrees) > 1 and sum(map(all, agrees.values())) * 2 < len(agrees):
        raise Unreadable(f"its numbers do not fit those on record for {end.name}: of another month?")
    if headed is None:
        return []
    dated = f"the date {published}" if published and comes_out_in(end, published) else ""
    if not (witness := dated or ("the running total on record" if totals and all(totals) else "")):
        raise Unreadable(f"its title says {end.name}, its columns month {headed.number}")
    said = f"The columns are headed month {headed.number}, the title says {end.name}"
    return [f"{said} and {witness} agrees with it: taken as {end.name}."]

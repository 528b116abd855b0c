"""The one door through which every page is read, and what it leaves open settled by what is on record."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row, Series, Source
from bot.dataset.releases import AHEAD
from bot.sources.markup import Unreadable, document, naming
from bot.sources.printed import Unit
from bot.sources.reading import Number, Numbers, Reading, read
from bot.sources.table import Span
from bot.sources.titles import comes_out_in
from bot.sources.units import UNKNOWN, in_units, money_of, parts_of, recorded, weight_of

KINDS = {"flash": "Preliminary release", "bulletin": "Monthly bulletin"}
SAID: dict[Span, str] = {"month": "yoy is of the month", "ytd": "yoy is of the running total"}
BASE = "comparison column (as revised a year later)"
REFUTED_FROM = 2.0  # points beyond rounding: bases are revised by up to a point
AGREES_WITHIN, OFF_FROM = 0.3, 1.0  # points beyond rounding: one reading fits and the other does not
ALONE_FROM = 5.0  # points that refute one reading where the record says nothing of the other
CORRECTIONS = 0.05  # of a running total: customs fold corrections of earlier months into it
REVISIONS = 0.1  # of a figure: later printings of one month differ by less
_SAVED_FROM = re.compile(rb"saved from url=\(\d+\)(https?://[^\s<>\"']+)")


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that one page says of the catalogue's series; sentences on what was decided and left out."""

    source: Source
    title: str
    period: Month
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_page(content: bytes, address: str, known: Dataset) -> Page:
    """The rows of China Customs' page from a web address or a file; else a SourceError that says why not."""
    with naming(address):
        reading = read(document(content), known.catalogue)
        title, published, end = reading.title, reading.published, reading.end
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
    return Page(source, reading.text, end, rows, tuple(notes))


def _settled(reading: Reading, known: Dataset, source: str) -> tuple[tuple[Row, ...], list[str]]:
    """The published rows of that source, and notes on what was decided."""
    weights = {quantity: weight_of(quantity, reading, known) for quantity in reading.tonnes}
    quantities = in_units(reading.levels, weights)
    span = span_of(reading.changes, quantities, known)
    money = money_of(reading, quantities, _with_span(reading.changes, span), known)
    # Values that are left out bear witness all the same.
    witness = reading.money if reading.money.factor else money
    witnesses = in_units(reading.levels, weights | dict.fromkeys(reading.values, witness))
    _check_month(witnesses, reading.end, known)
    units = weights | dict.fromkeys(reading.values, money)
    levels = in_units(reading.levels, units)
    span = span or span_of(reading.changes, levels, known)
    notes = [*_heading_notes(witnesses, reading, known), *reading.notes]
    notes += [f"{quantity.commodity}: {unit.text}." for quantity, unit in weights.items() if unit.text]
    notes += [f"The {money.text}."] if money.text else []
    if reading.end.number > 1 and not all(change.span for change in reading.changes):
        said = f": {SAID[span]}, by what is on record" if span else ", and the record does not tell: left out"
        notes.append(f"The percentage columns do not say of which period{said}.")
    return tuple(_rows(reading, levels, span, units, source)), notes


def _rows(
    reading: Reading, levels: Numbers, span: Span | None, units: Mapping[Series, Unit], source: str
) -> Iterator[Row]:
    """Every level with its change, then every change whose level was not printed."""
    unknown = {series for series in reading.values if units[series].factor is None}
    changes = (each for each in _with_span(reading.changes, span) if each.series not in unknown)
    bare = {(each.series, each.period): each for each in changes}
    pairs = [(level, bare.pop((level.series, level.period), None)) for level in levels]
    for number, change in (*pairs, *((change, change) for change in bare.values())):
        unit = units.get(number.series, UNKNOWN)
        base, of = BASE if number.revised else "", SAID[span] if span and change else ""
        remark = unit.text if unit.factor else ""
        note = "; ".join(filter(None, (base, of, remark)))
        row = number.row("revised" if number.revised else reading.title.stage, source)
        yield replace(row, yoy_pct=change.value if change else None, published=reading.published, note=note)


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
    months = sum(_speaks(month, total) for month, total in offs)
    totals = sum(_speaks(total, month) for month, total in offs)
    return None if months == totals else "month" if months > totals else "ytd"


def _speaks(off: float | None, other: float | None) -> bool:
    """Whether a change so far from one reading, and so far from the other, is of the former."""
    if other is None or off is None:
        return other is not None and other > ALONE_FROM
    return off <= REFUTED_FROM < other or (off <= AGREES_WITHIN and other > OFF_FROM)


def _off(span: Span, change: Number, levels: Numbers, known: Dataset) -> float | None:
    """How far a change lies from what the year before on record makes of it, in points beyond rounding."""
    own = (each for each in levels if each.series == change.series and not each.revised)
    level = next((each for each in own if each.period.kind == span), None)
    before = recorded(level, level.period.year_before, known) if level else None
    if not level or not before or before.value <= before.half_step:
        return None
    lower, upper = (before.value + sign * before.half_step for sign in (-1, 1))
    least = ((level.value - level.half_step) / upper - 1) * 100 - 0.05
    most = ((level.value + level.half_step) / lower - 1) * 100 + 0.05
    return max(least - change.value, change.value - most, 0.0)


def _check_month(levels: Numbers, end: Month, known: Dataset) -> None:
    """Unreadable where most series of the page disagree with what is on record of its month."""
    agrees = defaultdict[Series, list[bool]](list)
    for level in levels:
        if other := recorded(level, level.period, known):
            slack = REVISIONS * other.value + other.half_step + level.half_step
            agrees[level.series].append(abs(level.value - other.value) <= slack)
    for series, same in _running_totals(levels, known):
        agrees[series].append(same)
    # One series alone may hold a slip of the publisher, which is the guard's to hold.
    if len(agrees) > 1 and sum(map(all, agrees.values())) * 2 < len(agrees):
        raise Unreadable(f"its numbers do not fit those on record for {end.name}: of another month?")


def _heading_notes(levels: Numbers, reading: Reading, known: Dataset) -> list[str]:
    """The note on columns of another month than the title, where a witness bears out the title."""
    end, headed, published = reading.end, reading.headed, reading.published
    if headed is None:
        return []
    same = [same for _, same in _running_totals(levels, known)]
    witness = f"the date {published}" if published and comes_out_in(end, published) else ""
    if not witness and not (same and all(same)):
        raise Unreadable(f"its title says {end.name}, its columns month {headed.number}")
    said = f"The columns are headed month {headed.number}, the title says {end.name}"
    return [f"{said} and {witness or 'the running total on record'} agrees with it: taken as {end.name}."]


def _running_totals(levels: Numbers, known: Dataset) -> Iterator[tuple[Series, bool]]:
    """For each running total: whether it is the one of the month before and the page's month."""
    for total in levels:
        if parts := parts_of(total, levels, known):
            month, before, half_steps = parts
            slack = CORRECTIONS * total.value + total.half_step + half_steps
            yield total.series, abs(total.value - month - before) <= slack

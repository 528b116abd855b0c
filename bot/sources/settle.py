"""A reading settled by what is on record: its units, its month, and of which period its percentages are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row, Series
from bot.sources.labels import Span
from bot.sources.markup import Unreadable
from bot.sources.reading import Change, Level, Reading, period_of, slip
from bot.sources.units import Unit, in_units, money_of, unit_of, weight_of

SAID: dict[Span, str] = {"month": "yoy is of the month", "ytd": "yoy is of the running total"}
REFUTED_FROM = 2.0  # points beyond rounding: bases are revised by up to a point
AGREES_WITHIN, OFF_FROM = 0.3, 1.0  # points beyond rounding: one reading fits and the other does not
ALONE_FROM = 5.0  # points that refute one reading where the record says nothing of the other
CORRECTIONS = 0.05  # of a running total: customs fold corrections of earlier months into it
REVISIONS = 0.1  # of a figure: later printings of one month differ by less


BASE = "comparison column (as revised a year later)"


def settle(reading: Reading, known: Dataset, source: str) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The published rows of that source, and notes on what was decided.

    Unreadable where its size or its month cannot be that of the record.
    """
    weights = {name: weight_of(name, reading, known) for name in reading.tonnes}
    quantities = in_units(reading.levels, weights)
    span = span_of(reading.changes, quantities, known)
    money = money_of(reading, quantities, _with_span(reading.changes, span), known)
    # Values that are left out bear witness all the same.
    witness = Unit(reading.money.factor) if reading.money.dollars else money
    witnesses = in_units(reading.levels, weights, witness)
    _check_month(witnesses, reading.end, known)
    levels = in_units(reading.levels, weights, money)
    span = span or span_of(reading.changes, levels, known)
    changes = _with_span(reading.changes, span)
    if money.factor is None:
        changes = [change for change in changes if change.series.measure == "quantity"]
    rows = _rows(reading, levels, changes, source)
    notes = (
        *_heading_notes(witnesses, reading, known),
        *(f"{name}: {unit.note}." for name, unit in weights.items() if unit.note),
        *([f"The {money.note}."] if money.note else []),
        *_span_notes(reading, span),
    )
    remarked = (replace(row, note=_note(row, span, unit_of(row.series, weights, money))) for row in rows)
    return tuple(remarked), notes


def _rows(reading: Reading, levels: Sequence[Level], changes: Sequence[Change], source: str) -> Iterator[Row]:
    """Every level with its change, then every change whose level was not printed."""
    bare = {(each.series, period_of(each.span, reading.end)): each for each in changes}
    rows: list[tuple[Level | Change, Period, Change | None]] = [
        (each, each.period, None if each.revised else bare.pop((each.series, each.period), None))
        for each in levels
    ]
    rows += [(change, period, change) for (_, period), change in bare.items()]
    for told, period, change in rows:
        level = told if isinstance(told, Level) else None
        yield Row(
            line=0,
            series=told.series,
            period=period,
            scope=told.scope,
            value=level.value if level else None,
            step=float(level.number.step) if level else None,
            yoy_pct=change.pct if change else None,
            status="revised" if level and level.revised else reading.title.stage,
            source=source,
            published=reading.published,
            confirmed_by=1,
            note="",
        )


def _note(row: Row, span: Span | None, unit: Unit | None) -> str:
    """What was decided for a row: of which period its change is, and in what its unit was a slip."""
    of = SAID[span] if span and row.yoy_pct is not None else ""
    remark = unit.note if unit and unit.factor else ""
    return "; ".join(filter(None, (BASE if row.status == "revised" else "", of, remark)))


def _span_notes(reading: Reading, span: Span | None) -> list[str]:
    if all(change.span for change in reading.changes) or reading.end.number == 1:
        return []
    said = f"{SAID[span]}, by what is on record" if span else "and the record does not tell: left out"
    return [f"The percentage columns do not say of which period{': ' if span else ', '}{said}."]


def _with_span(changes: Sequence[Change], span: Span | None) -> list[Change]:
    """The changes with their period; those left open are left out where it cannot be told."""
    told = (replace(change, span=change.span or span) for change in changes)
    return [change for change in told if change.span]


def span_of(changes: Sequence[Change], levels: Sequence[Level], known: Dataset) -> Span | None:
    """The period that the open changes are of, one for the whole page; None where it cannot be told.

    Each line speaks for the reading that the record bears out where it contradicts the other; the one with
    more voices is taken. January is a month and a running total in one; a page that prints running totals
    alone prints their changes.
    """
    printed = {level.period.kind for level in levels if not level.revised}
    if printed == {"ytd"} or (printed == {"month"} and levels[0].period.end.number == 1):
        return "ytd" if "ytd" in printed else "month"
    offs = [
        (_off("month", change, levels, known), _off("ytd", change, levels, known))
        for change in changes
        if not change.span
    ]
    months = sum(_speaks(month, total) for month, total in offs)
    totals = sum(_speaks(total, month) for month, total in offs)
    return None if months == totals else "month" if months > totals else "ytd"


def _speaks(off: float | None, other: float | None) -> bool:
    """Whether a change so far from one reading, and so far from the other, is of the former."""
    if other is None or off is None:
        return other is not None and other > ALONE_FROM
    return off <= REFUTED_FROM < other or (off <= AGREES_WITHIN and other > OFF_FROM)


def _off(span: Span, change: Change, levels: Sequence[Level], known: Dataset) -> float | None:
    """How far a change lies from what the year before on record makes of it, in points beyond rounding."""
    own = (each for each in levels if each.series == change.series and not each.revised)
    level = next((each for each in own if each.period.kind == span), None)
    before = known.figure(level.series, level.period.year_before, level.scope) if level else None
    if level is None or before is None or before.range is None or before.range[0] <= 0:
        return None
    least = ((level.value - level.half_step) / before.range[1] - 1) * 100 - 0.05
    most = ((level.value + level.half_step) / before.range[0] - 1) * 100 + 0.05
    return max(least - change.pct, change.pct - most, 0.0)


def _check_month(levels: Sequence[Level], end: Month, known: Dataset) -> None:
    """Unreadable where most series of the page disagree with what is on record of its month.

    One series alone may hold a slip of the publisher, which is the guard's to hold: two or more are needed.
    """
    agrees: dict[Series, bool] = {}
    for series, same in (*_printings(levels, known), *_running_totals(levels, end, known)):
        agrees[series] = agrees.get(series, True) and same
    if len(agrees) > 1 and sum(agrees.values()) * 2 < len(agrees):
        raise Unreadable(f"its numbers do not fit those on record for {end.name}: of another month?")


def _heading_notes(levels: Sequence[Level], reading: Reading, known: Dataset) -> list[str]:
    """The note on columns headed with another month than the title, where running totals bear out the title.

    Unreadable where they do not.
    """
    if reading.headed is None:
        return []
    same = [same for _, same in _running_totals(levels, reading.end, known)]
    if not same or not all(same):
        said = f"its title says {reading.end.name}, its columns month {reading.headed.number}"
        raise Unreadable(said)
    return [slip(reading.end, reading.headed, "the running total on record")]


def _printings(levels: Sequence[Level], known: Dataset) -> Iterator[tuple[Series, bool]]:
    """For each number with another printing of itself on record: whether the two agree."""
    for level in levels:
        other = known.figure(level.series, level.period, level.scope)
        if other and other.range and other.value is not None:
            slack = REVISIONS * other.value + (other.range[1] - other.range[0]) / 2 + level.half_step
            yield level.series, abs(level.value - other.value) <= slack


def _running_totals(levels: Sequence[Level], end: Month, known: Dataset) -> Iterator[tuple[Series, bool]]:
    """For each running total: whether it is the one of the month before and the page's month."""
    months = {level.series: level for level in levels if level.period == Period.month(end)}
    for total in levels:
        month = months.get(total.series)
        if total.period != Period.ytd(end) or month is None or end.number == 1:
            continue
        before = known.figure(total.series, Period.ytd(end.plus(-1)), total.scope)
        if before and before.range and before.value is not None:
            rounding = total.half_step + month.half_step + (before.range[1] - before.range[0]) / 2
            off = total.value - month.value - before.value
            yield total.series, abs(off) <= CORRECTIONS * total.value + rounding

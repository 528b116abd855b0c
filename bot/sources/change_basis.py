"""Of which period a page's percentages are the change, where it does not say: by arithmetic on the record."""

from collections.abc import Sequence
from dataclasses import replace

from bot.sources.baseline import OnRecord
from bot.sources.labels import Span
from bot.sources.page_reading import Change, Level

SPANS: tuple[Span, Span] = ("month", "ytd")
REFUTED_FROM = 2.0  # points beyond rounding: bases are revised by up to a point
AGREES_WITHIN, OFF_FROM = 0.3, 1.0  # points beyond rounding: one reading fits and the other does not
ALONE_FROM = 5.0  # points that refute one reading where the record says nothing of the other


def span_of(changes: Sequence[Change], levels: Sequence[Level], record: OnRecord) -> Span | None:
    """The period that the open changes are of, one for the whole page; None where it cannot be told.

    Each line speaks for the reading that the record bears out where it contradicts the other; the one with
    more voices is taken. January is a month and a running total in one; a page that prints running totals
    alone prints their changes.
    """
    printed = {level.period.kind for level in levels if not level.revised}
    if printed == {"ytd"} or (printed == {"month"} and levels[0].period.end.number == 1):
        return "ytd" if "ytd" in printed else "month"
    voices = [voice for change in changes if (voice := _voice(change, levels, record))]
    months, totals = voices.count("month"), voices.count("ytd")
    return None if months == totals else "month" if months > totals else "ytd"


def _voice(change: Change, levels: Sequence[Level], record: OnRecord) -> Span | None:
    if change.span:
        return None
    month, total = (_off(span, change, levels, record) for span in SPANS)
    return "month" if _speaks(month, total) else "ytd" if _speaks(total, month) else None


def _speaks(off: float | None, other: float | None) -> bool:
    """Whether a change so far from one reading, and so far from the other, is of the former."""
    if other is None:
        return False
    if off is None:
        return other > ALONE_FROM
    return off <= REFUTED_FROM < other or (off <= AGREES_WITHIN and other > OFF_FROM)


def settled(changes: Sequence[Change], span: Span | None) -> tuple[Change, ...]:
    """The changes with their period; those left open are left out where it cannot be told."""
    told = (change if change.span else replace(change, span=span) for change in changes)
    return tuple(change for change in told if change.span)


def _printed(level: Level, levels: Sequence[Level]) -> tuple[float, float] | None:
    """The change on the page's own column of the year before, where it has one."""
    for base in levels:
        if base.revised and (base.series, base.period) == (level.series, level.period.year_before):
            number, half = float(base.number.value), float(base.number.step) / 2
            return _edges(level, (number - half, number + half))
    return None


def _off(span: Span, change: Change, levels: Sequence[Level], record: OnRecord) -> float | None:
    """How far a change lies from what the year before makes of it, in points beyond rounding."""
    level = next((each for each in levels if _is_of(each, change, span)), None)
    edges = (_printed(level, levels) or _computed(level, record)) if level else None
    return max(edges[0] - change.pct, change.pct - edges[1], 0.0) if edges else None


def _is_of(level: Level, change: Change, span: Span) -> bool:
    return level.series == change.series and level.period.kind == span and not level.revised


def _computed(level: Level, record: OnRecord) -> tuple[float, float] | None:
    """The least and the greatest change on the year before on record, in percent."""
    before = record.figure(level.series, level.scope, level.period.year_before)
    return _edges(level, before.range) if before and before.range else None


def _edges(level: Level, base: tuple[float, float]) -> tuple[float, float] | None:
    """The least and the greatest change that roundings allow; None where the base may be zero."""
    if base[0] <= 0:
        return None
    now, half = float(level.number.value), float(level.number.step) / 2
    low, high = (now - half) / base[1], (now + half) / base[0]
    return (low - 1) * 100 - 0.05, (high - 1) * 100 + 0.05

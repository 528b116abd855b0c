"""Of which period a page's percentages are the change, where it does not say: by arithmetic on the record."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.sources.labels import Span
from bot.sources.reading import Change, Level
from bot.sources.record import OnRecord

SPANS: tuple[Span, Span] = ("month", "ytd")
REFUTED_FROM = 2.0  # points beyond rounding: bases are revised by up to a point
AGREES_WITHIN = 0.3
ALONE_FROM = 5.0  # points that refute one reading where the record says nothing of the other


def span_of(changes: Sequence[Change], levels: Sequence[Level], record: OnRecord) -> Span | None:
    """The period that the open changes are of, one for the whole page; None where it cannot be told.

    Told where the other reading contradicts what is on record and this one does not, or where this one
    agrees to a rounding and the other is off. January is a month and a running total in one.
    """
    if not any(level.period.kind == "ytd" for level in levels):
        return "month" if levels and levels[0].period.end.number == 1 else None
    off = {span: list(_off(span, changes, levels, record)) for span in SPANS}
    worst = {span: max(points, default=0.0) for span, points in off.items()}
    for span, other in (SPANS, SPANS[::-1]):
        if worst[other] > (REFUTED_FROM if off[span] else ALONE_FROM) and worst[span] <= REFUTED_FROM:
            return span
        if worst[span] <= AGREES_WITHIN and worst[other] > 1.0 and off[span]:
            return span
    return None


def settled(changes: Sequence[Change], span: Span | None) -> tuple[Change, ...]:
    """The changes with their period; those left open are left out where it cannot be told."""
    told = (change if change.span else replace(change, span=span) for change in changes)
    return tuple(change for change in told if change.span)


def contradicted(changes: Sequence[Change], levels: Sequence[Level]) -> tuple[Change, ...]:
    """The changes that the page's own column of the year before does not bear out: a cell stands wrong."""
    return tuple(
        change
        for change in changes
        for level in levels
        if change.span and _is_of(level, change, change.span)
        for base in levels
        if base.revised and (base.series, base.period) == (level.series, level.period.year_before)
        if not _borne_out(change.pct, level, base)
    )


def _borne_out(pct: float, level: Level, base: Level) -> bool:
    number, half = float(base.number.value), float(base.number.step) / 2
    edges = _edges(level, (number - half, number + half))
    return edges is None or edges[0] - AGREES_WITHIN <= pct <= edges[1] + AGREES_WITHIN


def _off(span: Span, changes: Sequence[Change], levels: Sequence[Level], record: OnRecord) -> Iterator[float]:
    """How far each open change lies from what the record makes of it, in points beyond rounding."""
    for change in changes:
        level = next((each for each in levels if _is_of(each, change, span)), None)
        if change.span is None and level and (edges := _computed(level, record)):
            yield max(edges[0] - change.pct, change.pct - edges[1], 0.0)


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

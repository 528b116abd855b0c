"""A settled page as published rows: the change belongs to the level of its own period."""

from collections.abc import Iterator

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Row, Series, Status
from bot.sources.labels import Span
from bot.sources.page_reading import Change, Level, Reading
from bot.sources.settle import SAID, Settled

BASE = "comparison column (as revised a year later)"


def rows_of(reading: Reading, settled: Settled, source: str) -> tuple[Row, ...]:
    """Every level with its change, then every change whose level was not printed."""
    changes = {(each.series, _period(each.span, reading.end)): each for each in settled.changes}
    levels = tuple(_row(level, changes, reading, settled, source) for level in settled.levels)
    told = {(level.series, level.period) for level in settled.levels if not level.revised}
    bare = (change for key, change in changes.items() if key not in told)
    return (*levels, *(_change_row(change, reading, settled, source) for change in bare))


def _row(
    level: Level,
    changes: dict[tuple[Series, Period], Change],
    reading: Reading,
    settled: Settled,
    source: str,
) -> Row:
    change = None if level.revised else changes.get((level.series, level.period))
    status: Status = "revised" if level.revised else reading.title.stage
    notes = [BASE] if level.revised else []
    return Row(
        line=0,
        series=level.series,
        period=level.period,
        scope=level.scope,
        value=float(level.number.value),
        step=float(level.number.step),
        yoy_pct=change.pct if change else None,
        status=status,
        source=source,
        published=reading.published,
        confirmed_by=1,
        note="; ".join([*notes, *_remarks(level, change, settled)]),
    )


def _change_row(change: Change, reading: Reading, settled: Settled, source: str) -> Row:
    return Row(
        line=0,
        series=change.series,
        period=_period(change.span, reading.end),
        scope=change.scope,
        value=None,
        step=None,
        yoy_pct=change.pct,
        status=reading.title.stage,
        source=source,
        published=reading.published,
        confirmed_by=1,
        note="; ".join(_remarks(change, change, settled)),
    )


def _remarks(told: Level | Change, change: Change | None, settled: Settled) -> Iterator[str]:
    """What was decided for this row: of which period its change is, and in what its unit was a slip."""
    if change and settled.span:
        yield SAID[settled.span]
    if remark := settled.remarks.get((told.series.commodity, told.series.measure)):
        yield remark


def _period(span: Span | None, end: Month) -> Period:
    return Period.ytd(end) if span == "ytd" else Period.month(end)

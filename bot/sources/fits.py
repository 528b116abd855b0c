"""Whether a page can be of the month it names: its numbers beside those on record."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Series
from bot.errors import SourceError
from bot.sources.baseline import OnRecord
from bot.sources.page_reading import Level, Reading
from bot.sources.timing import slip

CORRECTIONS = 0.05  # of a running total: customs fold corrections of earlier months into it
REVISIONS = 0.1  # of a figure: later printings of one month differ by less


def check_month(levels: Sequence[Level], end: Month, record: OnRecord, address: str) -> None:
    """A SourceError where most series of the page disagree with what is on record of its month.

    One series alone may hold a slip of the publisher, which is the guard's to hold: two or more are needed.
    """
    current = [level for level in levels if not level.revised]
    agrees: dict[Series, bool] = {}
    for series, same in (*_printings(levels, record), *_running_totals(current, end, record)):
        agrees[series] = agrees.get(series, True) and same
    if len(agrees) > 1 and sum(agrees.values()) * 2 < len(agrees):
        raise SourceError(
            address, f"its numbers do not fit those on record for {end.name}: of another month?"
        )


def check_heading(
    levels: Sequence[Level], reading: Reading, record: OnRecord, address: str
) -> tuple[str, ...]:
    """The note on columns headed with another month than the title, where running totals bear out the title.

    A SourceError where they do not, or would bear out the heading too.
    """
    if reading.headed is None:
        return ()
    current = [level for level in levels if not level.revised]
    moved = [replace(level, period=_moved(level.period, reading.headed)) for level in current]
    title = [same for _, same in _running_totals(current, reading.end, record)]
    heading = [same for _, same in _running_totals(moved, reading.headed, record)]
    if not title or not all(title) or not heading or all(heading):
        said = f"its title says {reading.end.name}, its columns month {reading.headed.number}"
        raise SourceError(address, said)
    return (slip(reading.end, reading.headed, "the running total on record"),)


def _moved(period: Period, end: Month) -> Period:
    return Period.ytd(end) if period.kind == "ytd" else Period.month(end)


def _printings(levels: Sequence[Level], record: OnRecord) -> Iterator[tuple[Series, bool]]:
    """For each number with another printing of itself on record: whether the two agree."""
    for level in levels:
        other = record.figure(level.series, level.scope, level.period)
        if other and other.range and other.value is not None:
            slack = REVISIONS * other.value + (other.range[1] - other.range[0]) / 2 + _half(level)
            yield level.series, abs(float(level.number.value) - other.value) <= slack


def _running_totals(levels: Sequence[Level], end: Month, record: OnRecord) -> Iterator[tuple[Series, bool]]:
    """For each running total: whether it is the one of the month before and the page's month."""
    months = {level.series: level for level in levels if level.period.kind == "month"}
    for total in levels:
        month = months.get(total.series)
        if total.period.kind != "ytd" or month is None or end.number == 1:
            continue
        before = record.figure(total.series, total.scope, Period.ytd(end.plus(-1)))
        if before and before.range and before.value is not None:
            rounding = _half(total) + _half(month) + (before.range[1] - before.range[0]) / 2
            off = float(total.number.value - month.number.value) - before.value
            yield total.series, abs(off) <= CORRECTIONS * float(total.number.value) + rounding


def _half(level: Level) -> float:
    return float(level.number.step) / 2

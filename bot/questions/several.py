"""Several periods in one text: two stand side by side, months in a row make a stretch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.dataset.calendar import Kind, Period
from bot.questions.items import Moment
from bot.questions.times import Times

PARTS: Mapping[Kind, int] = {"month": 12, "quarter": 4}  # of a year


def joined(times: Times, periods: Sequence[Period], *, spanned: bool) -> Times | None:
    """The times as one period, or as two; None where that would not be what was asked.

    `spanned`: a view of several months was named, so what adjoins is one stretch.
    """
    ordered = sorted(set(periods))
    if len({(period.kind, period.length) for period in ordered}) > 1 or len(ordered) < 2:
        return None
    row = all(one.end.plus(1) == other.start for one, other in pairwise(ordered))
    plain = replace(times, several=())
    if row and (times.total or spanned):
        return replace(plain, period=stretch(ordered))
    if len(ordered) == 2 and not (times.total or spanned or times.compare):
        return replace(plain, period=moment_of(ordered[1]), against=moment_of(ordered[0]))
    if row and ordered[0].kind == "month" and not times.compare:
        return replace(plain, period=stretch(ordered), rows=True)
    return None


def in_a_row(moments: Sequence[Moment], periods: Sequence[Period]) -> Sequence[Period]:
    """The periods, of which those that follow each other without a year, 7月和8月, end with the last of them.

    Each would else be the newest that is on record, and next to July stand August of the year before.
    """
    for step in (1, -1):
        if all(_follows(*two[::step]) for two in pairwise(moments)):
            last = periods[::step][-1]
            row = [last.plus(-last.length * back) for back in range(len(periods))]
            return row[::-step]
    return periods


def _follows(one: Moment, other: Moment) -> bool:
    """Whether the other is the next month, quarter or half, and neither has a year."""
    if one.year or other.year or one.kind != other.kind or not (one.number and other.number):
        return False
    return one.kind in PARTS and (other.number - one.number) % PARTS[one.kind] == 1


def stretch(ordered: Sequence[Period]) -> Moment:
    """From the beginning of the first to the end of the last."""
    end = ordered[-1].end
    return Moment("range", end.year, end.number, first=Moment.of(ordered[0].start))


def moment_of(period: Period) -> Moment:
    """That period as if it had been said."""
    number = {"quarter": 3, "half": 6}.get(period.kind, 1)
    if period.kind == "year":
        return Moment("year", period.end.year)
    if period.kind == "range":
        return stretch([period])
    return Moment(period.kind, period.end.year, period.end.number // number)

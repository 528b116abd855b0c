"""What is to be said of a figure that is not on record: the nearest that are, when it is due, what lacks."""

from bisect import bisect, bisect_left
from collections.abc import Container
from datetime import date
from typing import NamedTuple

from bot.dataset.calendar import Month, Period, range_or_month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.dataset.releases import stage_of

JANUARY_WITH_FEBRUARY = 2  # the month number under which customs publish January and February together
Runs = tuple[tuple[str, Period], ...]  # each with its scope


class Missing(NamedTuple):
    """An asked figure that is not on record, with the nearest that are.

    Beyond the record `due` is the day it should be (`overdue`: have been) out, `newest` the last figure;
    `together` is the January-February figure where the month stands in it; `so_far` is what there is of a
    year, half or quarter from its beginning; `holes` are the months for lack of which a stretch has no total;
    where its months are on record in several scopes `runs` are the unbroken ones of each.
    """

    series: Series
    period: Period
    nearest: tuple[Period, ...] = ()
    due: date | None = None
    overdue: bool = False
    together: Figure | None = None
    so_far: Figure | None = None
    newest: Figure | None = None
    scope: str | None = None
    holes: tuple[Month, ...] = ()
    runs: Runs = ()

    @property
    def told(self) -> tuple[Figure, ...]:
        """The figures that are told in its place."""
        return tuple(figure for figure in (self.together, self.so_far) if figure)


def missing_of(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Missing:
    """What is to be said of a figure that is not on record."""
    nearest, beyond = _nearest(series, period, dataset, scope)
    dated = beyond and series.measure != "unit_value" and not series.partner  # no partner in a bulletin
    due = dataset.calendar.release(period.end, stage_of(series)).day if dated else None
    holes, runs = _holes(series, period, dataset, scope) if period.kind == "range" else ((), ())
    both = Period.ytd(Month(period.end.year, JANUARY_WITH_FEBRUARY))
    inside = period.kind == "month" and period.end <= both.end
    return Missing(
        series, period, nearest, due,
        overdue=bool(due and due <= dataset.today),
        together=dataset.figure(series, both, scope) if inside else None,
        so_far=_so_far(series, period, dataset, scope),
        newest=dataset.figure(series, nearest[-1], scope) if beyond and period.kind != "range" else None,
        scope=scope, holes=holes, runs=runs,
    )  # fmt: skip


def _holes(
    series: Series, period: Period, dataset: Dataset, scope: str | None
) -> tuple[tuple[Month, ...], Runs]:
    """The months for lack of which a stretch has no total, and its runs where several scopes have them."""
    scopes, within = (scope,) if scope else dataset.lines.scopes(series), frozenset(period.months)
    holes = min((dataset.line(series, name).holes(period) for name in scopes), key=len, default=period.months)
    months = {name: dataset.months(series, name) & within for name in scopes if holes}
    known = frozenset[Month]().union(*months.values())
    runs: list[tuple[str, Period]] = []  # the longest ones from the newest back
    for end in sorted(known, reverse=True):
        if not runs or end < runs[-1][1].start:
            to_it = ((name, run_to(end, own)) for name, own in months.items() if end in own)
            runs.append(max(to_it, key=lambda run: run[1].length))
    if len(dict(runs)) < 2:
        return holes, ()
    return tuple(month for month in holes if month not in known), tuple(reversed(runs))


def _nearest(
    series: Series, period: Period, dataset: Dataset, scope: str | None
) -> tuple[tuple[Period, ...], bool]:
    """The periods on record next to it (months, where it is a stretch), and whether it lies beyond them."""
    months = period.kind == "range"
    on_record = dataset.lines.periods(series, "month" if months else period.kind, scope)
    begin, end = (Period.month(each) if months else period for each in (period.start, period.end))
    beyond = bool(on_record) and on_record[-1].end < period.end
    first = bisect_left(on_record, begin)
    if inside := on_record[first : bisect(on_record, end)]:
        return tuple(dict.fromkeys((inside[0], inside[-1]))), beyond
    return on_record[max(first - 1, 0) : first + 1], beyond


def _so_far(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Figure | None:
    """What is on record of a year, half or quarter from its first month on."""
    for end in reversed(period.months[:-1]) if period.kind in ("quarter", "half", "year") else ():
        start = period.start
        whole = Period.ytd(end) if start.number == 1 and end > start else range_or_month(start, end)
        if figure := dataset.level(series, whole, scope):
            return figure
    return None


def run_to(end: Month, months: Container[Month]) -> Period:
    """The unbroken months up to that one."""
    start = end
    while (before := start.plus(-1)) in months:
        start = before
    return range_or_month(start, end)

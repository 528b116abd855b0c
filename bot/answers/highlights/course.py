"""One series in one scope as the rules read it: levels with all that can move them, and their changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median

from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.derive import Line
from bot.dataset.growth import parts_of_mean
from bot.dataset.model import Figure, Series
from bot.dataset.standing import guarded_range

Span = tuple[float, float]
Lines = Mapping[Series, Mapping[str, Line]]

USUAL_MONTHS = 12  # a series' usual change is told from so many changes on, not from fewer
COURSES_KEPT = 64  # about three datasets' worth


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of one kind by month, in percent: all that are not in dispute, and those whose sign holds.

    A sign holds where it was printed, or where neither rounding nor a correction of 1 % in a derived figure
    can reverse it.
    """

    pct: Mapping[Month, float]
    certain: Mapping[Month, float]

    def usual(self, before: Month) -> float | None:
        """The median of the absolute changes of earlier months; None where they are fewer than twelve."""
        earlier = [abs(pct) for month, pct in self.pct.items() if month < before]
        return median(earlier) if len(earlier) >= USUAL_MONTHS else None

    def run(self, end: Month) -> int:
        """How many months in a row, that one included, went the way it went; 0 where its sign is open."""
        count, sign = 0, self.certain.get(end, 0.0)
        while sign * self.certain.get(end.plus(-count), 0.0) > 0:
            count += 1
        return count


@dataclass(frozen=True, slots=True)
class Course:
    """The months and running totals of one series in one scope, by the month they end in.

    `spans` and `total_spans` are what rounding leaves of their values, 1 % more for what was derived.
    `reprinted` are the figures of which several values were printed.
    """

    series: Series
    scope: str
    months: Mapping[Month, Figure]
    totals: Mapping[Month, Figure]
    spans: Mapping[Month, Span]
    total_spans: Mapping[Month, Span]
    yoy: Changes
    mom: Changes
    ytd: Changes
    reprinted: tuple[Figure, ...]
    runs: Mapping[Month, tuple[Month, ...]]

    def run(self, end: Month) -> tuple[Month, ...]:
        """The unbroken months with a value up to that one, oldest first."""
        return self.runs.get(end, ())

    def figures(self, months: Iterable[Month]) -> tuple[Figure, ...]:
        """The figures of these months."""
        return tuple(self.months[month] for month in months)


def course_of(dataset: Dataset, series: Series, scope: str) -> Course:
    """The course of a series in a scope; worked out once for a dataset."""
    return _course(Same(dataset), series, scope)


class Same:
    """A dataset as a key of what was worked out from it: the very same lines and record."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and all(
            ours is theirs for ours, theirs in zip(self._parts(), other._parts(), strict=True)
        )

    def __hash__(self) -> int:
        return id(self.dataset.lines)

    def _parts(self) -> tuple[object, ...]:
        return self.dataset.lines, self.dataset.record


@lru_cache(maxsize=COURSES_KEPT)
def _course(same: Same, series: Series, scope: str) -> Course:
    line = same.dataset.lines.get(series, {}).get(scope)
    figures: Mapping[Period, Figure] = line or {}
    months, totals = _of_kind(figures, "month"), _of_kind(figures, "ytd")
    spans, total_spans = (_spans(each, same.dataset.lines) for each in (months, totals))
    return Course(
        series=series,
        scope=scope,
        months=months,
        totals=totals,
        spans=spans,
        total_spans=total_spans,
        yoy=_on_the_year(months, spans),
        mom=_on_the_month(months, spans, total_spans),
        ytd=_on_the_year(totals, total_spans),
        reprinted=tuple(
            figure
            for figure in (*months.values(), *totals.values())
            if sum(row.value is not None for row in figure.vintages) > 1
        ),
        runs=_runs(spans),
    )


def _runs(months: Iterable[Month]) -> dict[Month, tuple[Month, ...]]:
    """For each month the unbroken months up to it."""
    found: dict[Month, tuple[Month, ...]] = {}
    for month in months:
        found[month] = (*found.get(month.plus(-1), ()), month)
    return found


def _of_kind(figures: Mapping[Period, Figure], kind: Kind) -> dict[Month, Figure]:
    return {period.end: figure for period, figure in figures.items() if period.kind == kind}


def _spans(figures: Mapping[Month, Figure], lines: Lines) -> dict[Month, Span]:
    return {
        month: _guarded(figure, lines)
        for month, figure in sorted(figures.items())
        if figure.value is not None
    }


def _guarded(figure: Figure, lines: Lines) -> Span:
    """What rounding leaves, and 1 % more of each derived figure that it is made of."""
    series = figure.series
    if series.flow == "net":
        exports, imports = (_part(figure, replace(series, flow=flow), lines) for flow in ("export", "import"))
        return exports[0] - imports[1], exports[1] - imports[0]
    if series.measure == "unit_value":
        value, tonnes = (
            _part(figure, replace(series, measure=name), lines) for name in ("value", "quantity")
        )
        return value[0] / tonnes[1], value[1] / tonnes[0]
    return guarded_range(figure)


def _part(figure: Figure, series: Series, lines: Lines) -> Span:
    return guarded_range(lines[series][figure.scope][figure.period])


def change_span(now: Span, base: Span) -> Span | None:
    """How far a change in percent can reach; None across zero."""
    if base[0] <= 0 or now[0] < 0:
        return None
    return (now[0] / base[1] - 1) * 100, (now[1] / base[0] - 1) * 100


def sign_holds(span: Span | None) -> bool:
    """Whether all of it lies on one side of zero."""
    return span is not None and (span[0] > 0 or span[1] < 0)


def _on_the_year(figures: Mapping[Month, Figure], spans: Mapping[Month, Span]) -> Changes:
    pct = {
        month: figure.growth.pct
        for month, figure in sorted(figures.items())
        if figure.growth.pct is not None and not figure.growth.disputed
    }
    printed = {month for month in pct if figures[month].growth.origin == "published" and pct[month]}
    certain = {
        month: pct[month] for month in pct if month in printed or _between(spans, month, month.plus(-12))
    }
    return Changes(pct, certain)


def _on_the_month(
    months: Mapping[Month, Figure], spans: Mapping[Month, Span], totals: Mapping[Month, Span]
) -> Changes:
    pct = {month: figure.move.pct for month, figure in sorted(months.items()) if figure.move}
    certain = {month: pct[month] for month in pct if _moved(months[month], spans, totals)}
    return Changes(pct, certain)


def _moved(figure: Figure, spans: Mapping[Month, Span], totals: Mapping[Month, Span]) -> bool:
    if figure.move and figure.move.base == "month":
        return _between(spans, figure.end, figure.end.plus(-1))
    parts = parts_of_mean(figure.series)
    low, high = totals[figure.end.plus(-1)]
    return sign_holds(change_span(spans[figure.end], (low / parts, high / parts)))


def _between(spans: Mapping[Month, Span], now: Month, base: Month) -> bool:
    return now in spans and base in spans and sign_holds(change_span(spans[now], spans[base]))

"""One series in one scope as the rules read it: levels with all that can move them, and their changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Any, NamedTuple

from bot.answers.answer import Highlight, HighlightRule
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.growth import guarded_range, parts_of_mean
from bot.dataset.lines import parts_of
from bot.dataset.model import Figure, Series

Span = tuple[float, float]
Told = Iterator[Highlight]  # what a rule yields

USUAL_MONTHS = 12  # a series' usual change is told from so many changes on, not from fewer
COURSES_KEPT = 64  # about three datasets' worth


@dataclass(frozen=True, slots=True)
class Run:
    """Months in a row that went one way: exactly so many where `since`, the one before, went the other."""

    count: int
    first: Month
    since: Month | None


class Changes(NamedTuple):
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

    def run(self, end: Month) -> Run:
        """The months in a row, that one included, that went the way it went; none where its sign is open."""
        count, sign = 0, self.certain.get(end, 0.0)
        while sign * self.certain.get(end.plus(-count), 0.0) > 0:
            count += 1
        before = end.plus(-count)
        return Run(count, before.plus(1), before if before in self.certain else None)


class Course(NamedTuple):
    """The months and running totals of one series in one scope, by the month they end in.

    `spans` and `total_spans` are what rounding leaves of their values, 1 % more for what was derived.
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

    def figures(self, months: Iterable[Month]) -> tuple[Figure, ...]:
        """The figures of these months."""
        return tuple(self.months[month] for month in months)

    def told(self, rule: HighlightRule, edition: Month, surprise: float, run: Run, **more: Any) -> Highlight:
        """A highlight that rests on the months back to the beginning of a run, and to the one before it."""
        back = (run.since or run.first).until(edition)
        evidence = self.figures(edition.plus(-step) for step in range(back + 1))
        told = {"since": run.since, "run_start": run.first, "count": run.count, **more}
        return Highlight(rule, surprise, evidence, **told)


def course_of(dataset: Dataset, series: Series, scope: str) -> Course:
    """The course of a series in a scope; worked out once for a dataset."""
    return _course(Same(dataset), series, scope)


class Same:
    """A dataset as a key of what was worked out from it: the very same lines."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.dataset.lines is other.dataset.lines

    def __hash__(self) -> int:
        return id(self.dataset.lines)


@lru_cache(maxsize=COURSES_KEPT)
def _course(same: Same, series: Series, scope: str) -> Course:
    dataset = same.dataset
    line = sorted(dataset.line(series, scope).figures(), key=lambda each: each.end)
    months, totals = ({at.end: at for at in line if at.period.kind == kind} for kind in ("month", "ytd"))
    spans, total_spans = _spans(months, dataset), _spans(totals, dataset)
    yoy, ytd = _on_the_year(months, spans), _on_the_year(totals, total_spans)
    mom = _on_the_month(months, spans, total_spans)
    return Course(series, scope, months, totals, spans, total_spans, yoy, mom, ytd)


def _spans(figures: Mapping[Month, Figure], dataset: Dataset) -> dict[Month, Span]:
    return {at: span_of(figure, dataset) for at, figure in figures.items() if figure.value is not None}


def span_of(figure: Figure, dataset: Dataset) -> Span:
    """What rounding leaves, and 1 % more of each derived figure that it is made of."""
    parts = [dataset.figure(part, figure.period, figure.scope) for part in parts_of(figure.series)]
    if not parts:
        return guarded_range(figure)
    (least, most), (low, high) = (guarded_range(part) if part else (0.0, 0.0) for part in parts)
    return (least / high, most / low) if figure.series.measure == "unit_value" else (least - high, most - low)


def _sign_holds(now: Span | None, base: Span | None) -> bool:
    """Whether a change lies on one side of zero, however far it reaches; across zero there is none."""
    if now is None or base is None or base[0] <= 0 or now[0] < 0:
        return False
    return now[0] > base[1] or now[1] < base[0]


def _on_the_year(figures: Mapping[Month, Figure], spans: Mapping[Month, Span]) -> Changes:
    told = {month: figure.growth for month, figure in figures.items() if not figure.growth.disputed}
    pct = {month: growth.pct for month, growth in told.items() if growth.pct is not None}
    certain = {
        month: change
        for month, change in pct.items()
        if (change and told[month].origin == "published")
        or _sign_holds(spans.get(month), spans.get(month.plus(-12)))
    }
    return Changes(pct, certain)


def _on_the_month(
    months: Mapping[Month, Figure], spans: Mapping[Month, Span], totals: Mapping[Month, Span]
) -> Changes:
    moves = {month: figure.move for month, figure in months.items() if figure.move}
    certain: dict[Month, float] = {}
    for month, move in moves.items():
        base = spans.get(month.plus(-1))
        if move.base != "month":
            parts, (low, high) = parts_of_mean(months[month].series), totals[month.plus(-1)]
            base = low / parts, high / parts
        if _sign_holds(spans.get(month), base):
            certain[month] = move.pct
    return Changes({month: move.pct for month, move in moves.items()}, certain)

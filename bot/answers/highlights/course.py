"""One series in one scope as the rules read it: levels with all that can move them, and their changes."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bot.answers.answer import Highlight, HighlightRule
from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.growth import guarded_range, parts_of_mean
from bot.dataset.lines import parts_of
from bot.dataset.model import Figure, Series

TABLES: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))
Span = tuple[float, float]
Told = Iterator[Highlight]  # what a rule yields
NewYear = tuple[date, date] | None  # of this year and the last, where it bears on a change

USUAL_MONTHS = 12  # a series' usual change is told from so many changes on, not from fewer


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

    def turned(self, month: Month) -> bool:
        """Whether it surely went the other way than the month before."""
        return self.certain.get(month, 0.0) * self.certain.get(month.plus(-1), 0.0) < 0


class Levels(NamedTuple):
    """The months, or the running totals, of a series in one scope, by the month they end in.

    `spans` are what rounding leaves of their values, 1 % more for what was derived; `yoy` their changes.
    """

    figures: Mapping[Month, Figure]
    spans: Mapping[Month, Span]
    yoy: Changes

    def at(self, *months: Month) -> tuple[Figure, ...]:
        """The figures of these months, as far as there are any."""
        return tuple(self.figures[month] for month in months if month in self.figures)


class Course(NamedTuple):
    """The months and running totals of one series in one scope, and the months' changes on the month."""

    series: Series
    scope: str
    months: Levels
    totals: Levels
    mom: Changes

    def turned(
        self, rule: HighlightRule, edition: Month, changes: Changes, new_year: NewYear = None
    ) -> Highlight:
        """A turn: it rests on the months in a row that went the other way, and on the one before them."""
        last, certain, count = edition.plus(-1), changes.certain, 0
        while certain[last] * certain.get(last.plus(-count), 0.0) > 0:
            count += 1
        before, first = last.plus(-count), edition.plus(-count)
        since = before if before in certain else None
        evidence = self.months.at(*reversed(Period.span(since or first, edition).months))
        return Highlight(
            rule, evidence, since=since, run_start=first, before=self.months.figures[last], count=count,
            new_year=new_year,
        )  # fmt: skip


@lru_cache(maxsize=64)  # about three datasets' worth
def course_of(dataset: Dataset, series: Series, scope: str) -> Course:
    """The course of a series in a scope; worked out once for a dataset."""
    line = sorted(dataset.line(series, scope).figures(), key=lambda each: each.end)
    months, totals = (_levels(line, kind, dataset) for kind in ("month", "ytd"))
    moves = []
    for month, figure in months.figures.items():
        if move := figure.move:
            of_month, parts = move.base == "month", parts_of_mean(series)
            base = (months if of_month else totals).spans.get(month.plus(-1))
            part = base if of_month or not base else (base[0] / parts, base[1] / parts)
            moves.append((month, move.pct, part, False))
    return Course(series, scope, months, totals, _changes(moves, months.spans))


def _levels(line: Iterable[Figure], kind: Kind, dataset: Dataset) -> Levels:
    figures = {figure.end: figure for figure in line if figure.period.kind == kind}
    spans = {at: span_of(figure, dataset) for at, figure in figures.items() if figure.value is not None}
    told = ((month, figure.growth) for month, figure in figures.items() if not figure.growth.disputed)
    years = (
        (month, growth.pct, spans.get(month.plus(-12)), growth.origin == "published")
        for month, growth in told
        if growth.pct is not None
    )
    return Levels(figures, spans, _changes(years, spans))


def _changes(told: Iterable[tuple[Month, float, Span | None, bool]], spans: Mapping[Month, Span]) -> Changes:
    """The changes of these months, each on its base, of which some were printed."""
    pct, certain = dict[Month, float](), dict[Month, float]()
    for month, change, base, printed in told:
        pct[month], now = change, spans.get(month)
        # On one side of zero, however far it reaches; across zero there is none.
        held = now and base and base[0] > 0 and now[0] >= 0 and (now[0] > base[1] or now[1] < base[0])
        if (printed and change) or held:
            certain[month] = change
    return Changes(pct, certain)


def span_of(figure: Figure, dataset: Dataset) -> Span:
    """What rounding leaves, and 1 % more of each derived figure that it is made of."""
    parts = [dataset.figure(part, figure.period, figure.scope) for part in parts_of(figure.series)]
    if not parts:
        return guarded_range(figure)
    (least, most), (low, high) = (guarded_range(part) if part else (0.0, 0.0) for part in parts)
    return (least / high, most / low) if figure.series.measure == "unit_value" else (least - high, most - low)

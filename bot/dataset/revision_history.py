"""How the figures of one series in one scope were known, day by day: printed, derived, printed anew."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property, partial
from itertools import product
from math import inf
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.dataset.calendar import Month, Period, periods_of
from bot.dataset.model import Figure, Input, Row, Strand
from bot.dataset.releases import ReleaseCalendar, in_order

Inputs = tuple[Input, ...]
Rows = Callable[[], Iterable[Row]]
Numbers = NDArray[np.integer[Any]]
MONTHS = 12
SHORTER = 1e-6  # each row lengthens a path by as much: of two ways as narrow, the one with fewer rows
Months = Collection[Month]
Ends = tuple[int, int]  # where a stretch begins and ends: months of its year
Paths = Mapping[Ends, tuple[float, Inputs]]  # how long, and of which rows
NO_PATH: tuple[float, Inputs] = (inf, ())


class Step(NamedTuple):
    """A figure as known from a day on, without changes; not `dated` where only the calendar gives the day."""

    day: date
    dated: bool
    figure: Figure

    def moved_from(self, before: "Step") -> bool:
        """Whether it differs from that one by more than both roundings."""
        now, then = self.figure.range, before.figure.range
        return bool(now and then) and (now[1] < then[0] or then[1] < now[0])  # type: ignore[index]


Steps = tuple[Step, ...]


class History:
    """The printed rows of one series in one scope, and what followed from them on each day, worked out once.

    `rows` gives them when they are first needed; none came out before the day `begins`. Nothing is derived of
    what ends in a month that is `held`, since a row of it waits for a decision.
    """

    def __init__(self, rows: Rows, calendar: ReleaseCalendar, begins: date, held: Months = ()) -> None:
        self.rows, self._calendar, self.begins, self._held = rows, calendar, begins, held
        self._known: dict[tuple[Period, int], Figure | None] = {}
        self._paths = cache(self._followed)
        self._steps = cache(lambda period: tuple(self._every_step(period)))

    @cached_property
    def _printings(self) -> Mapping[Period, Sequence[tuple[date, Row]]]:
        found: dict[Period, list[tuple[date, Row]]] = defaultdict(list)
        for row in self.rows():
            found[row.period].append((self._calendar.out_since(row), row))
        return dict(found)

    @cached_property
    def days(self) -> Mapping[int, Sequence[date]]:
        """By the year the days on which anything was printed of it, oldest first."""
        found: dict[int, set[date]] = defaultdict(set)
        for period, printings in self._printings.items():
            found[period.end.year].update(day for day, _ in printings)
        return {year: sorted(found[year]) for year in sorted(found)}

    def printed(self, period: Period, day: date) -> tuple[Row, ...]:
        """What was printed of a period by a day, oldest first."""
        return in_order([row for out, row in self._printings.get(period, ()) if out <= day])

    def known(self, period: Period, day: date) -> Figure | None:
        """The figure without its changes: printed newest by then, else derived, else a change alone."""
        key = period, bisect_right(self.days.get(period.end.year, ()), day)
        if key not in self._known:
            valued = [row for row in self.printed(_printed_name(period), day) if row.value is not None]
            vintages = self.printed(period, day)
            newest, change = (tuple(Input("+", row) for row in rows[-1:]) for rows in (valued, vintages))
            inputs = newest or self.derived(period, day) or change
            self._known[key] = figure_of(period, inputs, vintages) if inputs else None
        return self._known[key]

    def derived(self, period: Period, day: date) -> Inputs:
        """What follows for a stretch within a year: of revised printings, else first ones; never negative."""
        place = bisect_right(self.days.get(period.end.year, ()), day)
        for paths in self._paths(period.end.year, place) if place and period.end not in self._held else ():
            _, path = paths.get(_ends(period), NO_PATH)
            inputs = tuple(sorted(path, key=_totals_first))
            if inputs and value_of(inputs) >= 0:
                return inputs
        return ()

    def _followed(self, year: int, place: int) -> Sequence[Paths]:
        """What follows by a year's `place`-th day with news: of revised printings, and of first ones."""
        newest: dict[bool, dict[Period, Row]] = {True: {}, False: {}}
        for period in periods_of(year):
            for row in self.printed(period, self.days[year][place - 1]):
                if row.value is not None:
                    newest[row.status == "revised"][period] = row
        return [shortest_paths(each.values()) for each in newest.values()]

    def steps(self, period: Period, day: date) -> Steps:
        """What it was up to a day, oldest first: a step wherever the value or its rounding is another."""
        steps = self._steps(period)
        return tuple(step for step in steps if step.day <= day) if steps and steps[-1].day > day else steps

    def _every_step(self, period: Period) -> Iterator[Step]:
        last = None
        for out in self._turns(period) if period.kind != "range" else ():
            figure = self.known(period, out)
            if figure and figure.bounds and figure.bounds != last:
                came = (item.row for item in figure.inputs if self._calendar.out_since(item.row) == out)
                yield Step(out, all(row.known_since for row in came), figure)
                last = figure.bounds

    def _turns(self, period: Period) -> Sequence[date]:
        """The days that can have changed its value: once it is printed, those of its own printings alone."""
        printings = self._printings.get(_printed_name(period), ())
        own = sorted({out for out, row in printings if row.value is not None})
        days = self.days.get(period.end.year, ())
        return [*(out for out in days if not own or out < own[0]), *own]


def _printed_name(period: Period) -> Period:
    """The name that its value is printed under: several months from January on are a running total."""
    return Period.ytd(period.end) if period.length > 1 and period.start.number == 1 else period


class RowTable(Sequence[Row]):
    """All rows of a record, each made when it is asked for: numbered by series and scope, and by release."""

    def __init__(self, make: Callable[[int], Row], strand: Numbers, release: Numbers) -> None:
        self._make, self._strand, self._release = make, strand, release

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "RowTable":
        """The table of rows that are there already."""
        if isinstance(rows, RowTable):
            return rows
        strand = [(row.series, row.scope) for row in rows]
        release = [(row.known_since, row.status, row.period.end) for row in rows]
        numbers = (pd.factorize(pd.Series(keys, dtype=object))[0] for keys in (strand, release))
        return cls(rows.__getitem__, *numbers)

    def __len__(self) -> int:
        return len(self._strand)

    def __iter__(self) -> Iterator[Row]:
        return map(self._make, range(len(self)))

    def __getitem__(self, at: Any) -> Any:
        places = range(len(self))[at]
        return self._make(places) if isinstance(places, int) else [*map(self._make, places)]

    def strands(self) -> list[Row]:
        """The first row of each series in each scope."""
        return [*map(self._make, np.unique(self._strand, return_index=True)[1].tolist())]

    def histories(self, calendar: ReleaseCalendar) -> tuple[list[date], dict[Strand, History]]:
        """The days on which rows came out, and the history of each series in each scope."""
        _, firsts, release = np.unique(self._release, return_index=True, return_inverse=True)
        days = [calendar.out_since(self._make(first)) for first in firsts.tolist()]
        out, found = np.array(days, dtype="datetime64[D]")[release], {}
        for places in pd.Series(self._strand).groupby(self._strand, sort=False).indices.values():
            rows = partial(map, self._make, np.asarray(places).tolist())
            first = next(rows())
            found[first.series, first.scope] = History(rows, calendar, begins=out[places].min().item())
        return days, found


def shortest_paths(rows: Iterable[Row]) -> Paths:
    """The one identity, ytd(m) = ytd(m-1) + month(m), in every direction, for rows of a year.

    The ends of the months are the nodes 0 to 12. A printed month joins two neighbours, a running total joins
    0 to its month, and either is as long as its half-step. The shortest path between two nodes is the figure
    over the months between them with the narrowest range.
    """
    found: dict[Ends, tuple[float, Inputs]] = {}
    for row in rows:
        (start, end), length = _ends(row.period), row.half_step + SHORTER
        if length < found.get((start, end), NO_PATH)[0]:
            found[start, end] = length, (Input("+", row),)
            found[end, start] = length, (Input("-", row),)
    for over in range(MONTHS + 1):  # Floyd's and Warshall's way: over every node in turn
        into = [(start, path) for (start, end), path in found.items() if end == over]
        onward = [(end, path) for (start, end), path in found.items() if start == over]
        for (start, (length, before)), (end, (more, after)) in product(into, onward):
            if start != end and length + more < found.get((start, end), NO_PATH)[0]:
                found[start, end] = length + more, before + after
    return found


def _ends(period: Period) -> Ends:
    return period.start.number - 1, period.end.number


def _totals_first(item: Input) -> tuple[str, bool, Month]:
    return item.role, item.row.period.kind == "month", item.row.period.end


def figure_of(period: Period, inputs: Inputs, vintages: tuple[Row, ...] = ()) -> Figure:
    """The figure that rows make, without changes; that of a change printed alone has no value."""
    rows = [item.row for item in inputs]
    series, scope, derived = rows[0].series, rows[0].scope, len(rows) > 1
    status = rows[0].status if len({row.status for row in rows}) == 1 else None
    if rows[0].value is None:
        return Figure(series, period, scope, None, None, None, derived, status, inputs, vintages=vintages)
    value, half_step = value_of(inputs), sum(row.half_step for row in rows)
    step, span = max(row.step or 0.0 for row in rows), (max(value - half_step, 0.0), value + half_step)
    return Figure(series, period, scope, value, step, span, derived, status, inputs, vintages=vintages)


def value_of(inputs: Inputs) -> float:
    """The sum of the rows, freed of the dust of binary fractions."""
    return round(sum((-1 if item.role == "-" else 1) * (item.row.value or 0.0) for item in inputs), 6)

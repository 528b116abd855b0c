"""How the figures of one year were known, day by day: printed, derived, printed anew."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.dataset.calendar import Month, Period, periods_of
from bot.dataset.model import Figure, Row
from bot.dataset.printings import Printings, close, figure_of
from bot.dataset.releases import UNPLANNED, ReleaseCalendar


@dataclass(frozen=True, slots=True)
class Step:
    """A figure as it was known from a day on, without its changes.

    `dated` is false where nothing says from which day on it was known, and the calendar's stands for it.
    """

    day: date
    dated: bool
    figure: Figure

    def moved_from(self, before: "Step") -> bool:
        """Whether it differs from that one by more than both roundings."""
        now, then = self.figure.range, before.figure.range
        return bool(now and then) and (now[1] < then[0] or then[1] < now[0])  # type: ignore[index]


Steps = tuple[Step, ...]


class Histories:
    """How the figures of one series in one scope were known: a year is worked out once, for every day."""

    def __init__(self, rows: Iterable[Row], calendar: ReleaseCalendar = UNPLANNED) -> None:
        self.calendar, self._rows = calendar, rows
        self._years: dict[tuple[int, frozenset[Month]], Mapping[Period, Steps]] = {}

    def until(self, day: date, period: Period, held: Collection[Month]) -> Steps:
        """What a figure was up to a day, oldest first; of a month in `held` nothing is derived."""
        year = period.end.year
        key = year, frozenset(month for month in held if month.year == year)
        if key not in self._years:
            own = [row for row in self._rows if row.period.end.year == year and row.value is not None]
            self._years[key] = _histories(own, year, self.calendar, held)
        return tuple(step for step in self._years[key].get(period, ()) if step.day <= day)


def _histories(
    own: Sequence[Row], year: int, calendar: ReleaseCalendar, held: Collection[Month]
) -> Mapping[Period, Steps]:
    """There is a step wherever other rows stand behind the figure."""
    out = {row.line: calendar.out_since(row) for row in own}
    days = sorted(set(out.values()))
    known = [Printings([row for row in own if out[row.line] <= day], held) for day in days]
    close(known)
    found: dict[Period, list[Step]] = defaultdict(list)
    for day, printings in zip(days, known, strict=True):
        for period in periods_of(year):
            level, steps = printings.level(period), found[period]
            if level and (not steps or steps[-1].figure.inputs != level.inputs):
                figure = figure_of(period, (), level)
                dated = all(row.known_since for row in figure.rows if out[row.line] == day)
                steps.append(Step(day, dated, figure))
    return {period: tuple(steps) for period, steps in found.items()}


def different(steps: Iterable[Step]) -> Steps:
    """The steps at which anything is new that people read: the value or its rounding."""
    same = groupby(steps, key=lambda step: (step.figure.value, step.figure.range))
    return tuple(next(group) for _, group in same)

"""How the figures of one year were known, day by day: printed, derived, printed anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.dataset.calendar import Period
from bot.dataset.derive import by_period, figure_of, levels_of
from bot.dataset.lines import Lines
from bot.dataset.model import Figure, Row, Series
from bot.dataset.releases import ReleaseCalendar


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


def histories(rows: Iterable[Row], year: int, calendar: ReleaseCalendar) -> Mapping[Period, Steps]:
    """What each figure of a year was, oldest first, from the rows of one series in one scope.

    There is a step wherever other rows stand behind the figure.
    """
    own = [row for row in rows if row.period.end.year == year and row.value is not None]
    out = {row.line: calendar.out_since(row) for row in own}
    found: dict[Period, list[Step]] = defaultdict(list)
    for day in sorted(set(out.values())):
        printed = by_period(row for row in own if out[row.line] <= day)
        for period, level in levels_of(printed)[0].items():
            steps = found[period]
            if not steps or steps[-1].figure.inputs != level.inputs:
                figure = figure_of(period, (), level)
                dated = all(row.known_since for row in figure.rows if out[row.line] == day)
                steps.append(Step(day, dated, figure))
    return {period: tuple(steps) for period, steps in found.items()}


def _different(steps: Iterable[Step]) -> Steps:
    """The steps at which anything is new that people read: the value or its rounding."""
    found: list[Step] = []
    for step in steps:
        if not found or _read(step) != _read(found[-1]):
            found.append(step)
    return tuple(found)


def _read(step: Step) -> tuple[object, ...]:
    return step.figure.value, step.figure.range


@dataclass(frozen=True, slots=True)
class Histories:
    """The history of each figure of a record, worked out by the year when it is asked for."""

    lines: Lines
    calendar: ReleaseCalendar
    _known: dict[tuple[Series, str, int], Mapping[Period, Steps]] = field(default_factory=dict)

    def of(self, series: Series, period: Period, scope: str, day: date) -> Steps:
        """What a figure was up to a day, oldest first; nothing for what is made of two lines."""
        return _different(step for step in self._steps(series, period, scope) if step.day <= day)

    def known(self, series: Series, period: Period, scope: str, day: date) -> Figure | None:
        """The figure as it was known on a day, without its changes."""
        steps = (step.figure for step in reversed(self._steps(series, period, scope)) if step.day <= day)
        return next(steps, None)

    def out_since(self, row: Row) -> date:
        """The day from which on a row was known."""
        return self.calendar.out_since(row)

    def _steps(self, series: Series, period: Period, scope: str) -> Steps:
        key = (series, scope, period.end.year)
        if key not in self._known:
            rows = self.lines.printed(series, scope)
            self._known[key] = histories(rows, period.end.year, self.calendar)
        return self._known[key].get(period, ())

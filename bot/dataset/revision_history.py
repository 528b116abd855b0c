"""How the figures of one year were known, day by day: printed, derived, printed anew."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.dataset.calendar import Month, Period
from bot.dataset.derive import PrintedLine, figure_of, newest
from bot.dataset.identity import levels_of
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


def histories(
    rows: Iterable[Row], year: int, calendar: ReleaseCalendar, held: Collection[Month] = ()
) -> Mapping[Period, Steps]:
    """What each figure of a year was, oldest first, from the rows of one series in one scope.

    There is a step wherever other rows stand behind the figure; of a month in `held` nothing is derived.
    """
    own = [row for row in rows if row.period.end.year == year and row.value is not None]
    out = {row.line: calendar.out_since(row) for row in own}
    days = sorted(set(out.values()))
    found: dict[Period, list[Step]] = defaultdict(list)
    lines = _lines([[row for row in own if out[row.line] <= day] for day in days], held)
    for day, line in zip(days, lines, strict=True):
        for period in line.candidates():
            level, steps = line.level_of(period), found[period]
            if level and (not steps or steps[-1].figure.inputs != level.inputs):
                figure = figure_of(period, (), level)
                dated = all(row.known_since for row in figure.rows if out[row.line] == day)
                steps.append(Step(day, dated, figure))
    return {period: tuple(steps) for period, steps in found.items() if steps}


def _lines(each: list[list[Row]], held: Collection[Month]) -> list[PrintedLine]:
    """A line for each day's rows, all closed in one go."""
    lines = [PrintedLine(rows, held) for rows in each]
    levels = levels_of([newest(line.printed, revised=flag) for line in lines for flag in (True, False)])
    for line, revised, first in zip(lines, levels[::2], levels[1::2], strict=True):
        line.printings = revised, first
    return lines


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

    def _steps(self, series: Series, period: Period, scope: str) -> Steps:
        key = (series, scope, period.end.year)
        if key not in self._known:
            rows, held = self.lines.printed(series, scope), self.lines.held.get((series, scope), ())
            self._known[key] = histories(rows, period.end.year, self.calendar, held)
        return self._known[key].get(period, ())

"""How the figures of one year were known, day by day: printed, derived, printed anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.dataset.calendar import Period
from bot.dataset.derive import Line, by_period, figure_of, levels_of
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
    """What each figure of a year was, oldest first, from the rows of one series in one scope."""
    own = [row for row in rows if row.period.end.year == year and row.value is not None]
    out = {row.line: calendar.out_since(row) for row in own}
    found: dict[Period, list[Step]] = defaultdict(list)
    for day in sorted(set(out.values())):
        printed = by_period(row for row in own if out[row.line] <= day)
        for period, level in levels_of(printed)[0].items():
            figure = figure_of(period, (), level)
            if not found[period] or _differ(found[period][-1].figure, figure):
                dated = all(row.known_since for row in figure.rows if out[row.line] == day)
                found[period].append(Step(day, dated, figure))
    return {period: tuple(steps) for period, steps in found.items()}


def _differ(before: Figure, now: Figure) -> bool:
    """Whether anything of it is new that people read: its value or its rounding."""
    return (before.value, before.range) != (now.value, now.range)


@dataclass(frozen=True, slots=True)
class Histories:
    """The history of each figure on record, worked out by the year when it is asked for."""

    lines: Mapping[Series, Mapping[str, Line]]
    calendar: ReleaseCalendar
    _known: dict[tuple[Series, str, int], Mapping[Period, Steps]] = field(default_factory=dict)

    def of(self, series: Series, scope: str, period: Period) -> Steps:
        """What the figure of that period was, oldest first; nothing for what is made of two lines."""
        key = (series, scope, period.end.year)
        if key not in self._known:
            line = self.lines.get(series, {}).get(scope)
            self._known[key] = histories(line.rows if line else (), period.end.year, self.calendar)
        return self._known[key].get(period, ())

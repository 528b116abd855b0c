"""How the figures of one year were known, day by day: printed, derived, printed anew."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Figure, Input, Row
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
Held = frozenset[Month]  # months of which a row waits for a decision


class Histories:
    """How the figures of one series in one scope were known: each is worked out once, for every day."""

    def __init__(self, rows: Iterable[Row], calendar: ReleaseCalendar = UNPLANNED) -> None:
        self.calendar, self._rows = calendar, rows
        self._days: dict[tuple[int, Held], Mapping[date, Printings]] = {}
        self._steps: dict[tuple[Period, Held], Steps] = {}

    def until(self, day: date, period: Period, held: Collection[Month]) -> Steps:
        """What a figure was up to a day, oldest first; of a month in `held` nothing is derived."""
        if period.kind == "range":
            return ()
        key = period, frozenset(month for month in held if month.year == period.end.year)
        if key not in self._steps:
            self._steps[key] = tuple(self._worked_out(*key))
        return tuple(step for step in self._steps[key] if step.day <= day)

    def _worked_out(self, period: Period, held: Held) -> Iterator[Step]:
        """There is a step wherever other rows stand behind the figure."""
        inputs: tuple[Input, ...] = ()
        for day, printings in self._printed(period.end.year, held).items():
            level = printings.level(period)
            if level and level.inputs != inputs:
                figure, inputs = figure_of(period, (), level), level.inputs
                dated = all(row.known_since for row in figure.rows if self.calendar.out_since(row) == day)
                yield Step(day, dated, figure)

    def _printed(self, year: int, held: Held) -> Mapping[date, Printings]:
        """What was printed of a year by each day on which anything of it was."""
        if (year, held) not in self._days:
            own = [row for row in self._rows if row.period.end.year == year and row.value is not None]
            out = [(self.calendar.out_since(row), row) for row in own]
            days = sorted({day for day, _ in out})
            known = {day: Printings([row for since, row in out if since <= day], held) for day in days}
            close(tuple(known.values()))
            self._days[year, held] = known
        return self._days[year, held]


def different(steps: Iterable[Step]) -> Steps:
    """The steps at which anything is new that people read: the value or its rounding."""
    same = groupby(steps, key=lambda step: (step.figure.value, step.figure.range))
    return tuple(next(group) for _, group in same)

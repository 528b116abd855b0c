"""What a chart of an answer shows, as a value: lines of figures, and what had to stay out of it."""

from dataclasses import dataclass
from typing import Literal

from bot.dataset.calendar import Month
from bot.dataset.model import Event, Figure, Series

Shape = Literal["months", "quarters", "season"]


@dataclass(frozen=True, slots=True)
class Plot:
    """Figures of one scope, a line a series; in the shape `season` one series, a line a year.

    All lines have as many figures, place by place of the same time. Of the time asked for `gaps` are the
    months and `years` the years that have no place, as a figure is missing; where there are figures earlier
    than the first place, `before` is their first month; `events` happened in the time that is shown.
    """

    shape: Shape
    lines: tuple[tuple[Figure, ...], ...]
    gaps: tuple[Month, ...] = ()
    years: tuple[int, ...] = ()
    before: Month | None = None
    events: tuple[Event, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All that is shown."""
        return tuple(figure for line in self.lines for figure in line)

    @property
    def series(self) -> tuple[Series, ...]:
        """The series that are shown, each once."""
        return tuple(dict.fromkeys(line[0].series for line in self.lines))

    @property
    def scope(self) -> str:
        """What all figures count."""
        return self.lines[0][0].scope

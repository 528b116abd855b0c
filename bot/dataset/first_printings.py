"""Each figure as it was on the day on which it was first on record, derived when it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.dataset.calendar import Month, Period
from bot.dataset.derive import Line, PairLine, PrintedLine, by_period, with_growth
from bot.dataset.lines import Lines, parts_of
from bot.dataset.model import Figure, Row, Series
from bot.dataset.pairs import net_of, quotient_of
from bot.dataset.revision_history import Histories, Step, Steps
from bot.dataset.standing import Standing

History = Callable[[Series, Period, str], Steps]


def first_step(series: Series, period: Period, scope: str, history: History, *, printed: bool) -> Step | None:
    """The step with which there was such a figure first; of what is made of two, the later one's.

    `printed`: that of its first printing, where it was ever printed but as a revision.
    """
    histories = [history(each, period, scope) for each in _printed_series(series)]
    if not all(histories):
        return None
    firsts = [_first_printing(steps) if printed else steps[0] for steps in histories]
    return max(firsts, key=lambda step: step.day)


def _first_printing(steps: Steps) -> Step:
    """The first step that was printed; the first of all where only a revision was."""
    own = (step for step in steps if not step.figure.derived and step.figure.status != "revised")
    return next(own, steps[0])


def _printed_series(series: Series) -> tuple[Series, ...]:
    """The series that are printed of which it is made."""
    return tuple(each for part in parts_of(series) for each in _printed_series(part)) or (series,)


@dataclass(frozen=True, slots=True)
class _Past:
    """A series in one scope as it was known: `rows` are all that were printed of it."""

    series: Series
    scope: str
    rows: tuple[Row, ...]
    histories: Histories
    today: date

    def first(self, period: Period) -> Figure | None:
        """The first figure of a period, with its changes as they were on its day."""
        history = partial(self.histories.of, day=self.today)
        step = first_step(self.series, period, self.scope, history, printed=True)
        figure = self._known(self.series, step.day, period) if step else None
        if step is None or figure is None:
            return None
        out_since, year = self.histories.calendar.out_since, period.end.year
        rows = (row for row in self.rows if row.period.end.year == year and out_since(row) <= step.day)
        printed = by_period(rows)
        own = replace(figure, vintages=printed.get(period, ()))
        return with_growth(own, partial(self._known, self.series, step.day), printed)

    def _known(self, series: Series, day: date, period: Period) -> Figure | None:
        """The figure of a period as it was known on a day, without its changes."""
        if not (parts := parts_of(series)):
            return self.histories.known(series, period, self.scope, day)
        one, other = (self._known(part, day, period) for part in parts)
        make = quotient_of if series.measure == "unit_value" else net_of
        return make(one, other) if one else None


class _First(Line):
    """A line of first figures; a month stands among those that are known today."""

    today: Line
    past: _Past

    def derived(self, period: Period) -> Figure | None:
        """The first figure."""
        return self.past.first(period)

    def standing(self, month: Month) -> Standing | None:
        """As it stands today."""
        return self.today.standing(month)


class _FirstPrinted(_First, PrintedLine):
    """A printed line of first figures."""


class _FirstPair(_First, PairLine):
    """A line of first figures that is made of two."""


class FirstPrintings(Lines):
    """The lines of a dataset, each figure as it was on the day on which it was first on record."""

    def __init__(self, lines: Lines, histories: Histories, today: date) -> None:
        self._lines, self._histories, self._today = lines, histories, today
        self.scopes, self.open = lines.scopes, lines.open  # type: ignore[method-assign]
        self._derived: dict[Series, Mapping[str, Line]] = {}

    def __getitem__(self, series: Series) -> Mapping[str, Line]:
        found = self._derived.get(series)
        if found is None:
            made = {scope: self.line(series, scope) for scope in self._lines[series]}
            found = self._derived.setdefault(series, made)
        return found

    def line(self, series: Series, scope: str) -> Line:
        """The line of first figures in one scope."""
        today = self._lines[series][scope]
        first: _First
        if isinstance(today, PairLine):
            one, other = (self[part][scope] for part in parts_of(series))
            first = _FirstPair(one, other, today.made)
        else:
            first = _FirstPrinted(
                self._lines.printed(series, scope), self._lines.held.get((series, scope), ())
            )
        first.today = today
        first.past = _Past(series, scope, getattr(today, "rows", ()), self._histories, self._today)
        return first

    def __iter__(self) -> Iterator[Series]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

"""Each figure as it was on the day on which it was first on record, derived once for all questions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.dataset.calendar import Month, Period
from bot.dataset.derive import NO_LINE, Line, Printed, by_period, net_of, quotient_of, with_growth
from bot.dataset.lines import Lines
from bot.dataset.model import Figure, Flow, Measure, Row, Series
from bot.dataset.revision_history import Histories, Step, Steps
from bot.dataset.standing import Standing

BALANCE: tuple[Flow, Flow] = ("export", "import")
UNIT_VALUE: tuple[Measure, Measure] = ("value", "quantity")
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
    return tuple(each for part in _parts(series) for each in _printed_series(part)) or (series,)


def _parts(series: Series) -> tuple[Series, ...]:
    """The two series of which it is made; none where it is printed itself."""
    if series.measure == "unit_value":
        return tuple(replace(series, measure=measure) for measure in UNIT_VALUE)
    return tuple(replace(series, flow=flow) for flow in BALANCE) if series.flow == "net" else ()


class FirstPrintings(Lines):
    """The lines of a dataset, each figure as it was on the day on which it was first on record."""

    def __init__(self, lines: Lines, histories: Histories, today: date) -> None:
        self._lines, self._histories, self._today = lines, histories, today
        self.scopes = lines.scopes
        self._derived: dict[Series, Mapping[str, Line]] = {}

    def __getitem__(self, series: Series) -> Mapping[str, Line]:
        found = self._derived.get(series)
        if found is None:
            lines = self._lines[series].items()
            made = {scope: self._line(series, scope, line) for scope, line in lines}
            found = self._derived.setdefault(series, made)
        return found

    def _line(self, series: Series, scope: str, line: Line) -> Line:
        first = partial(self.first_figure, series, scope, line.rows)
        return _FirstLine(_Firsts(line.figures, first), line.printings, line.rows, line.settled, line)

    def __iter__(self) -> Iterator[Series]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def open(self, series: Series) -> tuple[str, ...]:
        """As they are open today."""
        return self._lines.open(series)

    def derive(self, series: Series) -> None:
        """Derives all first figures of a series, so that nobody waits for them."""
        for line in self[series].values():
            len(line.figures)

    def first_figure(
        self, series: Series, scope: str, rows: tuple[Row, ...], period: Period
    ) -> Figure | None:
        """The first figure of a period, with its changes as they were on its day."""
        history = partial(self._histories.of, day=self._today)
        step = first_step(series, period, scope, history, printed=True)
        figure = self._known(series, scope, step.day, period) if step else None
        if step is None or figure is None:
            return None
        printed = _printed_by(rows, self._histories, period.end.year, step.day)
        own = replace(figure, vintages=printed.get(period, ()))
        return with_growth(own, partial(self._known, series, scope, step.day), printed)

    def _known(self, series: Series, scope: str, day: date, period: Period) -> Figure | None:
        """The figure of a period as it was known on a day, without its changes."""
        parts = _parts(series)
        if not parts:
            return self._histories.known(series, period, scope, day)
        one, other = (self._known(part, scope, day, period) for part in parts)
        make = quotient_of if series.measure == "unit_value" else net_of
        return make(one, other) if one else None


class _Firsts(Mapping[Period, Figure]):
    """The first figure of each period of a line, each derived when it is asked for, and kept."""

    def __init__(self, today: Mapping[Period, Figure], first: Callable[[Period], Figure | None]) -> None:
        self._today, self._first = today, first
        self._derived: dict[Period, Figure | None] = {}

    def __getitem__(self, period: Period) -> Figure:
        if period not in self._derived:
            self._derived[period] = self._first(period) if period in self._today else None
        if (figure := self._derived[period]) is None:
            raise KeyError(period)
        return figure

    def __iter__(self) -> Iterator[Period]:
        return (period for period in self._today if period in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class _FirstLine(Line):
    """A line of first figures; a month stands among those that are known today."""

    today: Line = NO_LINE

    def standing(self, month: Month) -> Standing | None:
        """As it stands today."""
        return self.today.standing(month)


def _printed_by(rows: tuple[Row, ...], histories: Histories, year: int, day: date) -> Printed:
    """The printings of a year's periods that were out by a day."""
    return by_period(row for row in rows if row.period.end.year == year and histories.out_since(row) <= day)

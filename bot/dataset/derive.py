"""Published rows of one series in one scope into served figures: everything that follows from them."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial, reduce

from bot.dataset.calendar import Kind, Month, Period, periods_of
from bot.dataset.growth import growth_of, move_of
from bot.dataset.identity import Level
from bot.dataset.model import Figure, Row
from bot.dataset.printings import Printings, by_period, figure_of
from bot.dataset.revision_history import Histories, Step, Steps, different
from bot.dataset.standing import Standing, standing_of
from bot.dataset.vintage_order import printed_change

Printed = Mapping[Period, tuple[Row, ...]]
Find = Callable[[Period], Figure | None]
Made = Callable[[Figure | None, Figure | None], Figure | None]
YEAR = 12  # months; over a longer stretch a change on a year earlier would overlap itself


class Line(Mapping[Period, Figure]):
    """One series in one scope: its figures by period, each derived when it is first asked for.

    `first`: each as it was on the day on which it was first on record.
    """

    def __init__(self, *, first: bool) -> None:
        self._first = first
        self._figures: dict[Period, Figure | None] = {}

    def __getitem__(self, period: Period) -> Figure:
        if period not in self._figures:
            self._figures[period] = (self._first_figure if self._first else self._figure)(period)
        if (figure := self._figures[period]) is None:
            raise KeyError(period)
        return figure

    def __iter__(self) -> Iterator[Period]:
        return (period for period in self.candidates() if period in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return True  # nothing is derived to find out

    @abstractmethod
    def candidates(self) -> Iterable[Period]:
        """The periods of which there may be a figure, in order."""

    def valued(self, kind: Kind) -> tuple[Period, ...]:
        """The periods of a kind that have a value."""
        levels = ((period, self.level(period)) for period in self.candidates() if period.kind == kind)
        return tuple(period for period, figure in levels if figure and figure.value is not None)

    @abstractmethod
    def level(self, period: Period) -> Figure | None:
        """The figure of a period, without its changes."""

    @abstractmethod
    def known(self, period: Period, day: date) -> Figure | None:
        """The same as it was known on a day."""

    def printed_by(self, day: date, year: int) -> Printed:
        """What was printed of a year by a day; nothing of what is made of two lines."""
        return {}

    def history(self, period: Period) -> Steps:
        """What a figure was, oldest first; nothing of what is made of two lines."""
        return ()

    @abstractmethod
    def first(self, period: Period, *, printed: bool = False) -> Step | None:
        """With which step there was such a figure first; `printed`: with which it was first printed."""

    def total(self, period: Period) -> Figure | None:
        """The total over any stretch, with its change where it is a year or less."""
        figure = self.sum_of(period)
        if not figure or figure.growth.pct is not None or period.length > YEAR:
            return figure
        return replace(figure, growth=growth_of(figure, self.sum_of(period.year_before), None, moved=False))

    @abstractmethod
    def sum_of(self, period: Period) -> Figure | None:
        """The total over any stretch, with the change that was printed of the same months."""

    def holes(self, period: Period) -> tuple[Month, ...]:
        """The months for lack of which a stretch has no total."""
        valued = {each.end for each in self.valued("month")}
        open_years = (piece for piece in period.years if not self.sum_of(piece))
        return tuple(month for piece in open_years for month in piece.months if month not in valued)

    def standing(self, month: Month) -> Standing | None:
        """Where a month stands in the unbroken run that it ends."""
        return standing_of(
            [figure for period in self.valued("month") if (figure := self.level(period))], month
        )

    def _figure(self, period: Period) -> Figure | None:
        figure = self.level(period)
        return _with_growth(figure, self.level, {}) if figure else None

    def _first_figure(self, period: Period) -> Figure | None:
        step = self.first(period, printed=True)
        figure = self.known(period, step.day) if step else None
        if step is None or figure is None:
            return None
        printed = self.printed_by(step.day, period.end.year)
        own = replace(figure, vintages=printed.get(period, ()))
        return _with_growth(own, partial(self.known, day=step.day), printed)


class PrintedLine(Line):
    """A line of the rows that were printed by a day; of a month in `held` nothing is derived."""

    def __init__(
        self, rows: Sequence[Row], histories: Histories, day: date, held: Collection[Month] = (),
        *, first: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(first=first)
        self._rows, self._histories, self._day, self._held = rows, histories, day, held
        self._levels: dict[Period, Figure | None] = {}

    @cached_property
    def _printings(self) -> Printings:
        return Printings(self._rows, self._held)

    def candidates(self) -> Iterable[Period]:
        """Every period of the years of which anything was printed."""
        years = sorted({row.period.end.year for row in self._rows})
        return [period for year in years for period in periods_of(year)]

    def level(self, period: Period) -> Figure | None:
        """As printed newest, else derived, else with a printed change alone."""
        if period not in self._levels:
            vintages = self._printings.by_period.get(period, ())
            level = self._printings.level(period)
            self._levels[period] = figure_of(period, vintages, level) if level or vintages else None
        return self._levels[period]

    def known(self, period: Period, day: date) -> Figure | None:
        """As printed newest by then, else derived from what was."""
        steps = (step.figure for step in reversed(self._steps(period)) if step.day <= day)
        return next(steps, None)

    def printed_by(self, day: date, year: int) -> Printed:
        """The printings by period, oldest first."""
        rows = (row for row in self._rows if row.period.end.year == year)
        return by_period(row for row in rows if self._histories.calendar.out_since(row) <= day)

    def history(self, period: Period) -> Steps:
        """As printed, as derived, as printed anew."""
        return different(self._steps(period))

    def first(self, period: Period, *, printed: bool = False) -> Step | None:
        """Printed but as a revision, where it ever was."""
        steps = self.history(period)
        own = [step for step in steps if not step.figure.derived and step.figure.status != "revised"]
        return next(iter([*own, *steps] if printed else steps), None)

    def _steps(self, period: Period) -> Steps:
        return self._histories.until(self._day, period, self._held)

    def _figure(self, period: Period) -> Figure | None:
        figure = self.level(period)
        return _with_growth(figure, self.level, self._printings.by_period) if figure else None

    def sum_of(self, period: Period) -> Figure | None:
        """The total of years' running totals and months, never over a hole."""
        if named := self._named(period):
            return replace(named, period=period, move=None)
        parts = [self._part(piece) for piece in period.years]
        known = [part for part in parts if part]
        return figure_of(period, (), reduce(Level.plus, known)) if len(known) == len(parts) else None

    def _named(self, period: Period) -> Figure | None:
        """The same months where they are one month or begin a year: what was printed of them counts."""
        name = Period.month(period.end) if period.length == 1 else period
        if period.length > 1 and period.start == Month(period.end.year, 1):
            name = Period.ytd(period.end)
        figure = self.get(name) if name.kind != "range" else None
        return figure if figure and figure.value is not None else None

    def _part(self, piece: Period) -> Level | None:
        named = self._named(piece)
        return Level(named.inputs) if named else self._printings.derived(piece)


class PairLine(Line):
    """A line made of two others: exports less imports, or US$ per tonne, wherever both stand in one scope."""

    def __init__(self, one: Line, other: Line, made: Made, *, first: bool) -> None:
        super().__init__(first=first)
        self._one, self._other, self._made = one, other, made

    def candidates(self) -> Iterable[Period]:
        """The periods of the first."""
        return self._one.candidates()

    def level(self, period: Period) -> Figure | None:
        """Made of both."""
        return self._made(self._one.level(period), self._other.level(period))

    def known(self, period: Period, day: date) -> Figure | None:
        """Made of both as they were known."""
        return self._made(self._one.known(period, day), self._other.known(period, day))

    def sum_of(self, period: Period) -> Figure | None:
        """Made of both totals."""
        return self._made(self._one.sum_of(period), self._other.sum_of(period))

    def first(self, period: Period, *, printed: bool = False) -> Step | None:
        """The later one's."""
        steps = [line.first(period, printed=printed) for line in (self._one, self._other)]
        known = [step for step in steps if step]
        return max(known, key=lambda step: step.day) if len(known) == len(steps) else None


def _with_growth(figure: Figure, other: Find, printed: Printed) -> Figure:
    """The figure with its change on a year and on a month earlier, as the figures beside it have them."""
    period, row = figure.period, figure.row
    own = row if not figure.derived and figure.value is not None else None
    about = next((printed[name] for name in _names_of(period) if name in printed), ())
    growth = growth_of(figure, other(period.year_before), *printed_change(own, about))
    if period.kind != "month":
        return replace(figure, growth=growth)
    move = move_of(figure, other(period.plus(-1)), other(Period.ytd(Month(period.end.year, 2))))
    return replace(figure, growth=growth, move=move)


def _names_of(period: Period) -> Iterator[Period]:
    """The names under which the same months are printed: Q1 is January-March, January its own total."""
    yield period
    if period.start.number == 1:
        yield Period.ytd(period.end)
    if period.start == period.end:
        yield Period.month(period.end)

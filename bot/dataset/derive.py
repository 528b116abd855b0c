"""Published rows of one series in one scope into served figures: everything that follows from them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, reduce

from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.growth import growth_of, move_of
from bot.dataset.identity import Level, Levels, levels_of
from bot.dataset.model import Figure, Input, Move, Row, Status
from bot.dataset.standing import Standing, standing_of
from bot.dataset.vintage_order import in_order, is_revised, printed_change

Printed = Mapping[Period, tuple[Row, ...]]
Find = Callable[[Period], Figure | None]
Made = Callable[[Figure, Figure | None], Figure | None]
YEAR = 12  # months; over a longer stretch a change on a year earlier would overlap itself


class Line(Mapping[Period, Figure]):
    """One series in one scope: its figures by period, each derived when it is first asked for."""

    settled: frozenset[int] = frozenset()  # the years whose figures are those of a line with more rows

    def __init__(self, whole: "Line | None" = None) -> None:
        self._figures: dict[Period, Figure | None] = {}
        self.whole = whole

    def __getitem__(self, period: Period) -> Figure:
        if self.whole is not None and period.end.year in self.settled:
            return self.whole[period]
        if period not in self._figures:
            self._figures[period] = self.derived(period)
        if (figure := self._figures[period]) is None:
            raise KeyError(period)
        return figure

    def __iter__(self) -> Iterator[Period]:
        return (period for period in self.candidates() if period in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        """Always: nothing is derived to find out."""
        return True

    def __contains__(self, period: object) -> bool:
        return isinstance(period, Period) and self.get(period) is not None

    def candidates(self) -> Iterable[Period]:
        """The periods of which there may be a figure, in order."""
        raise NotImplementedError

    def valued(self, kind: Kind) -> Iterator[Period]:
        """The periods of a kind that have a value."""
        levels = ((period, self.level(period)) for period in self.candidates() if period.kind == kind)
        return (period for period, figure in levels if figure and figure.value is not None)

    def level(self, period: Period) -> Figure | None:
        """The figure of a period, without its changes."""
        raise NotImplementedError

    def derived(self, period: Period) -> Figure | None:
        """The figure with its changes on a year and on a month earlier."""
        figure = self.level(period)
        return with_growth(figure, self.level, {}) if figure else None

    def total(self, period: Period) -> Figure | None:
        """The total over any stretch, with its change where it is a year or less."""
        figure = self.sum_of(period)
        if not figure or figure.growth.pct is not None or period.length > YEAR:
            return figure
        return replace(figure, growth=growth_of(figure, self.sum_of(period.year_before), None, moved=False))

    def sum_of(self, period: Period) -> Figure | None:
        """The total over any stretch, with the change that was printed of the same months."""
        raise NotImplementedError

    def holes(self, period: Period) -> tuple[Month, ...]:
        """The months for lack of which a stretch has no total."""
        valued = {each.end for each in self.valued("month")}
        open_years = (piece for piece in period.years if not self.sum_of(piece))
        return tuple(month for piece in open_years for month in piece.months if month not in valued)

    def standing(self, month: Month) -> Standing | None:
        """Where a month stands in the unbroken run that it ends."""
        return standing_of(self._months, month)

    @cached_property
    def _months(self) -> Mapping[Month, Figure]:
        found = ((period, self.level(period)) for period in self.candidates() if period.kind == "month")
        return {period.end: figure for period, figure in found if figure}


class PrintedLine(Line):
    """A line of printed rows; of a month in `held` nothing is derived."""

    def __init__(
        self, rows: Sequence[Row], held: Collection[Month] = (), whole: "PrintedLine | None" = None
    ) -> None:
        super().__init__(whole)
        self.rows, self._held = tuple(rows), held
        if whole is not None and set(held) == set(whole._held):
            own, every = (Counter(row.period.end.year for row in line.rows) for line in (self, whole))
            self.settled = frozenset(
                year for year in own if all(own[each] == every[each] for each in (year, year - 1))
            )
        self.printed: Printed = by_period(rows)
        self._levels: dict[Period, Figure | None] = {}

    @cached_property
    def printings(self) -> tuple[Levels, Levels]:
        """What follows from revised rows alone, and from first printings alone."""
        revised, first = levels_of([newest(self.printed, revised=flag) for flag in (True, False)])
        return revised, first

    def candidates(self) -> Iterable[Period]:
        """Every period of the years of which anything was printed."""
        years = sorted({period.end.year for period in self.printed})
        return [period for year in years for period in _periods_of(year)]

    def level(self, period: Period) -> Figure | None:
        """As printed newest, else derived, else with a printed change alone."""
        if self.whole is not None and period.end.year in self.settled:
            return self.whole.level(period)
        if period not in self._levels:
            vintages = self.printed.get(period, ())
            level = self.level_of(period)
            self._levels[period] = figure_of(period, vintages, level) if level or vintages else None
        return self._levels[period]

    def derived(self, period: Period) -> Figure | None:
        """With the change that was printed of it."""
        figure = self.level(period)
        return with_growth(figure, self.level, self.printed) if figure else None

    def sum_of(self, period: Period) -> Figure | None:
        """The total of years' running totals and months, never over a hole."""
        if named := self._named(period):
            return replace(named, period=period, move=None)
        parts = [self._part(piece) for piece in period.years]
        known = [part for part in parts if part]
        return figure_of(period, (), reduce(Level.plus, known)) if len(known) == len(parts) else None

    def level_of(self, period: Period) -> Level | None:
        """Printed, from January on as a running total too; else from revised printings or from first ones."""
        name = Period.ytd(period.end) if period.length > 1 and period.start.number == 1 else period
        return _print(self.printed.get(name, ())) or self._derived_level(period)

    def _derived_level(self, period: Period) -> Level | None:
        if period.end in self._held:
            return None
        levels = (printing.of(period) for printing in self.printings)
        return next((level for level in levels if level), None)

    def _named(self, period: Period) -> Figure | None:
        """The same months where they are one month or begin a year: what was printed of them counts."""
        name = Period.month(period.end) if period.length == 1 else period
        if period.length > 1 and period.start == Month(period.end.year, 1):
            name = Period.ytd(period.end)
        figure = self.get(name) if name.kind != "range" else None
        return figure if figure and figure.value is not None else None

    def _part(self, piece: Period) -> Level | None:
        named = self._named(piece)
        return Level(named.inputs) if named else self._derived_level(piece)


class PairLine(Line):
    """A line made of two others: exports less imports, or US$ per tonne, wherever both stand in one scope."""

    def __init__(self, one: Line, other: Line, made: Made, whole: Line | None = None) -> None:
        super().__init__(whole)
        self.one, self.other, self.made = one, other, made
        self.settled = one.settled & other.settled

    def candidates(self) -> Iterable[Period]:
        """The periods of the first."""
        return self.one.candidates()

    def level(self, period: Period) -> Figure | None:
        """Made of both."""
        if self.whole is not None and period.end.year in self.settled:
            return self.whole.level(period)
        one = self.one.level(period)
        return self.made(one, self.other.level(period)) if one else None

    def sum_of(self, period: Period) -> Figure | None:
        """Made of both totals."""
        one = self.one.sum_of(period)
        return self.made(one, self.other.sum_of(period)) if one else None


def by_period(rows: Iterable[Row]) -> dict[Period, tuple[Row, ...]]:
    """The printings of each period, oldest first."""
    found: dict[Period, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.period].append(row)
    return {period: in_order(group) for period, group in found.items()}


@lru_cache(maxsize=256)
def _periods_of(year: int) -> Sequence[Period]:
    months = [Month(year, number) for number in range(1, 13)]
    quarters = [Period.quarter(year, number) for number in range(1, 5)]
    halves = [Period.half(year, 1), Period.half(year, 2), Period.whole_year(year)]
    return sorted([*map(Period.month, months), *map(Period.ytd, months), *quarters, *halves])


def names_of(period: Period) -> Iterator[Period]:
    """The names under which the same months are printed: Q1 is January-March, January its own total."""
    yield period
    if period.start.number == 1:
        yield Period.ytd(period.end)
    if period.start == period.end:
        yield Period.month(period.end)


def newest(printed: Printed, *, revised: bool) -> dict[Period, Row]:
    """The newest printed row of each period, among first printings or among revised ones."""
    chosen = {
        period: [row for row in rows if row.value is not None and is_revised(row) == revised]
        for period, rows in printed.items()
    }
    return {period: rows[-1] for period, rows in chosen.items() if rows}


def _print(rows: Sequence[Row]) -> Level | None:
    valued = [row for row in rows if row.value is not None]
    return Level((Input("+", valued[-1]),)) if valued else None


def figure_of(period: Period, vintages: tuple[Row, ...], level: Level | None) -> Figure:
    """The figure at that level, or with a printed change alone where there is none."""
    if level is None:
        return _change_only(period, vintages)
    rows, value, half_step = [item.row for item in level.inputs], level.value, level.half_step
    return Figure(
        series=rows[0].series,
        period=period,
        scope=rows[0].scope,
        value=value,
        step=max(row.step or 0.0 for row in rows),
        range=(max(value - half_step, 0.0), value + half_step),
        derived=len(rows) > 1,
        status=_common_status(rows),
        inputs=level.inputs,
        vintages=vintages,
    )


def _change_only(period: Period, vintages: tuple[Row, ...]) -> Figure:
    row = vintages[-1]
    return Figure(
        series=row.series, period=period, scope=row.scope, value=None, step=None, range=None,
        derived=False, status=row.status, inputs=(Input("+", row),), vintages=vintages,
    )  # fmt: skip


def _common_status(rows: Sequence[Row]) -> Status | None:
    statuses = {row.status for row in rows}
    return statuses.pop() if len(statuses) == 1 else None


def with_growth(figure: Figure, other: Find, printed: Printed) -> Figure:
    """The figure with its change on a year and on a month earlier, as the figures beside it have them."""
    own = figure.row if not figure.derived and figure.value is not None else None
    about = next((printed[name] for name in names_of(figure.period) if name in printed), ())
    growth = growth_of(figure, other(figure.period.year_before), *printed_change(own, about))
    return replace(figure, growth=growth, move=_move(figure, other))


def _move(figure: Figure, other: Find) -> Move | None:
    if figure.period.kind != "month":
        return None
    return move_of(figure, other(figure.period.plus(-1)), other(Period.ytd(Month(figure.end.year, 2))))

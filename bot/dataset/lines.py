"""Every series' lines by scope: of printed rows, and made of two of these (net trade, US$ per tonne)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from itertools import chain

from bot.dataset.calendar import Kind, Month, Period, periods_of
from bot.dataset.companions import Catalogue
from bot.dataset.growth import Standing, growth_of, move_of, standing_of
from bot.dataset.model import Figure, Input, Role, Series, Strand
from bot.dataset.releases import ReleaseCalendar
from bot.dataset.revision_history import History, Inputs, Step, Steps, figure_of

YEAR = 12  # months; over a longer stretch a change on a year earlier would overlap itself
NOT_PRINTED = History(tuple, ReleaseCalendar(), date.min)
TURNED: dict[Role, Role] = {"+": "-", "-": "+"}  # a row on the other side of the equation


class Line:
    """One series in one scope as of a day; `first`: as first on record."""

    def __init__(self, history: History, day: date, *, first: bool = False) -> None:
        self._history, self._day, self._first = history, day, first
        self._worked_out = cache(self._figure)

    def figure(self, period: Period) -> Figure | None:
        """The figure of a period, or the total of a stretch, with its changes."""
        if period.kind != "range":
            return self._worked_out(period)
        total = self.sum_of(period)
        if not total or total.growth.pct is not None or period.length > YEAR:
            return total
        return replace(total, growth=growth_of(total, self.sum_of(period.year_before), ()))

    def figures(self) -> Iterator[Figure]:
        """Every figure of the years of which anything was printed, each year's in order."""
        return filter(None, map(self.figure, self._periods()))

    def _periods(self) -> Iterator[Period]:
        return chain.from_iterable(map(periods_of, self._history.days))

    def known(self, period: Period, day: date) -> Figure | None:
        """The figure of a period as it was known on a day, without its changes."""
        return self._history.known(period, day)

    def history(self, period: Period) -> Steps:
        """What a figure was, oldest first: as printed, as derived, as printed anew."""
        return self._history.steps(period, self._day)

    def first(self, period: Period, *, printed: bool = False) -> Step | None:
        """With which step there was such a figure first; `printed`: first printed, but as a revision."""
        steps = self.history(period)
        own = [step for step in steps if not step.figure.derived and step.figure.status != "revised"]
        return next(iter([*own, *steps] if printed else steps), None)

    def sum_of(self, period: Period) -> Figure | None:
        """The total over any stretch, never over a hole, with the change printed of the same months."""
        if not {period.start.year, period.end.year} <= self._history.days.keys():
            return None
        if named := self._named(period):
            return replace(named, period=period, move=None)
        inputs: Inputs = ()
        for piece in period.years:
            named = self._named(piece)
            if not (own := named.inputs if named else self._history.derived(piece, self._day)):
                return None
            inputs += own
        return figure_of(period, inputs)

    def _named(self, period: Period) -> Figure | None:
        """The same months where they are one month or begin a year: what was printed of them counts."""
        if period.length > 1 and period.start != Month(period.end.year, 1):
            return None
        figure = self.figure(Period.ytd(period.end) if period.length > 1 else Period.month(period.end))
        return figure if figure and figure.value is not None else None

    def _figure(self, period: Period) -> Figure | None:
        """With its change on a year and on a month earlier, as they were known on its day."""
        step = self.first(period, printed=True) if self._first else None
        day = step.day if step else self._day
        figure = self.known(period, day) if step or not self._first else None
        if not figure:
            return None
        about = next(filter(None, (self._history.printed(name, day) for name in _names_of(period))), ())
        growth, move = growth_of(figure, self.known(period.year_before, day), about), None
        if period.kind == "month":
            both = Period.ytd(Month(period.end.year, 2))
            move = move_of(figure, self.known(period.plus(-1), day), self.known(both, day))
        return replace(figure, growth=growth, move=move)

    @cached_property
    def valued(self) -> Mapping[Kind, Sequence[Figure]]:
        """The figures by kind that have a value, without their changes."""
        found: dict[Kind, list[Figure]] = defaultdict(list)
        for period in self._periods():
            if (figure := self.known(period, self._day)) and figure.value is not None:
                found[period.kind].append(figure)
        return found

    def holes(self, period: Period) -> tuple[Month, ...]:
        """The months for lack of which a stretch has no total."""
        valued = {figure.end for figure in self.valued["month"]}
        open_years = (piece for piece in period.years if not self.sum_of(piece))
        return tuple(month for piece in open_years for month in piece.months if month not in valued)

    def standing(self, period: Period) -> Standing | None:
        """Where a month stands in the unbroken run that it ends; None for other periods."""
        return standing_of(self.valued["month"], period.end) if period.kind == "month" else None


NO_LINE = Line(NOT_PRINTED, date.min)


class Lines(dict[Series, Mapping[str, Line]]):
    """Every series' lines by scope as of a day, and what is looked up among them, worked out once."""

    def __init__(self, lines: Mapping[Series, Mapping[str, Line]], catalogue: Catalogue) -> None:
        super().__init__(lines)
        self._catalogue = catalogue
        self.of, self.of_partners = cache(self._of), cache(self._of_partners)
        self.periods = cache(self._periods)

    def scopes(self, series: Series) -> tuple[str, ...]:
        """The scopes in which a series is served to who names none, the first of the series first."""
        narrower = () if series.partner else self._catalogue[series.commodity].narrower_scopes
        return tuple(scope for scope in self.get(series, ()) if scope not in narrower)

    def _of(self, series: Series, scope: str | None) -> Sequence[Line]:
        """The line in one scope, empty where nothing is on record; those that are open to who names none."""
        scopes = self.scopes(series) if scope is None else (scope,)
        return [self.get(series, {}).get(each, NO_LINE) for each in scopes]

    def _periods(self, series: Series, kind: Kind, scope: str | None) -> tuple[Period, ...]:
        """The periods of a kind that have a value on record, printed or derived, oldest first."""
        return tuple(sorted({each.period for line in self.of(series, scope) for each in line.valued[kind]}))

    def _of_partners(self, series: Series) -> tuple[Series, ...]:
        """The same series of each partner that has it on record, in alphabetical order."""
        world = series._replace(partner="")
        return tuple(each for each in self if each.partner and each._replace(partner="") == world)


class PairLine(Line):
    """A line made of two printed ones, wherever both stand in one scope; nothing was printed of it."""

    def __init__(self, series: Series, one: Line, other: Line) -> None:
        super().__init__(NOT_PRINTED, one._day, first=one._first)
        self._series, self._pair = series, (one, other)

    def _periods(self) -> Iterator[Period]:
        return self._pair[0]._periods()

    def known(self, period: Period, day: date) -> Figure | None:
        """Made of both as they were known."""
        return made_of(self._series, *(line.known(period, day) for line in self._pair))

    def first(self, period: Period, *, printed: bool = False) -> Step | None:
        """The later one's."""
        one, other = (line.first(period, printed=printed) for line in self._pair)
        return max(one, other, key=lambda step: step.day) if one and other else None

    def sum_of(self, period: Period) -> Figure | None:
        """Made of both totals."""
        return made_of(self._series, *(line.sum_of(period) for line in self._pair))


def lines_of(histories: Mapping[Strand, History], catalogue: Catalogue, day: date, *, first: bool) -> Lines:
    """The lines of each series by scope as of a day, the first scope of the catalogue first."""
    found: dict[Series, dict[str, Line]] = {}
    for series in sorted({series for series, _ in histories}):
        scopes = (each for each in catalogue[series.commodity].all_scopes if (series, each) in histories)
        found[series] = {scope: Line(histories[series, scope], day, first=first) for scope in scopes}
    for series in tuple(found):
        made = [series._replace(flow="net")] if series.flow == "export" else []
        made += [series._replace(measure="unit_value")] if series.measure == "value" else []
        for each in made:
            one, other = (found.get(part, {}) for part in parts_of(each))
            if both := [scope for scope in one if scope in other]:
                found[each] = {scope: PairLine(each, one[scope], other[scope]) for scope in both}
    return Lines(found, catalogue)


def parts_of(series: Series) -> tuple[Series, ...]:
    """The two series of which it is made; none where it is printed itself."""
    if series.measure == "unit_value":
        return series._replace(measure="value"), series._replace(measure="quantity")
    return (series._replace(flow="export"), series._replace(flow="import")) if series.flow == "net" else ()


def made_of(series: Series, one: Figure | None, other: Figure | None) -> Figure | None:
    """Exports less imports, or US$ per tonne, with the roundings of both."""
    if not one or not other or not one.bounds or not other.bounds:
        return None
    (value, low, high), (base, least, most) = one.bounds, other.bounds
    step, roles = max(one.step or 0.0, other.step or 0.0) or None, TURNED
    if series.measure != "unit_value":
        value, low, high = (round(each, 6) for each in (value - base, low - most, high - least))
    elif value and least > 0:
        value, low, high = value / base, low / most, high / least
        step, roles = None, {"+": "÷", "-": "÷"}
    else:
        return None
    inputs = (*one.inputs, *(Input(roles[item.role], item.row) for item in other.inputs))
    status = one.status if one.status == other.status else None
    return Figure(series, one.period, one.scope, value, step, (low, high), True, status, inputs)


def _names_of(period: Period) -> Iterator[Period]:
    """The names under which the same months are printed: Q1 is January-March, January its own total."""
    yield period
    if period.start.number == 1:
        yield Period.ytd(period.end)
    if period.start == period.end:
        yield Period.month(period.end)

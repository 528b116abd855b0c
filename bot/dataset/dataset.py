"""The Dataset: immutable, everything derived; after that every question is a look-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from bot.dataset.arrival import with_arrival
from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.catalogue import Commodity
from bot.dataset.corrections import Correction
from bot.dataset.derive import Line, net_of, quotient_of
from bot.dataset.growth import growth_of
from bot.dataset.history import Histories, Steps
from bot.dataset.lines import Lines, Shelves
from bot.dataset.model import Event, Figure, Flow, Measure, Row, Series, Source
from bot.dataset.releases import ReleaseCalendar
from bot.dataset.spans import holes_of, total_of
from bot.dataset.standing import Standing

# What "everything" needs before a month counts as the newest one, and what a monthly post waits for.
LEADING = (
    Series("unwrought_aluminium", "export"),
    Series("unwrought_aluminium", "import"),
    Series("alumina", "export"),
    Series("bauxite", "import"),
)
LAG = 3  # months; a series that ends earlier than that holds no other back
DAYS_KEPT = 8
YEAR = 12  # months; over a longer stretch a change on a year earlier would overlap itself
COMPLETE = (*LEADING, Series("alumina", "import"))


@dataclass(frozen=True, slots=True)
class Record:
    """What the files hold: published rows and what describes them, nothing derived yet."""

    catalogue: Mapping[str, Commodity]
    sources: Mapping[str, Source]
    rows: tuple[Row, ...]
    calendar: ReleaseCalendar
    events: tuple[Event, ...] = ()
    corrections: tuple[Correction, ...] = ()
    version: int = 0  # of the rows that were added to those of the files
    _days: dict[date, "Dataset"] = field(default_factory=dict, init=False, repr=False, compare=False)
    _newest: list["Record"] = field(default_factory=list, repr=False, compare=False)  # shared by all versions

    @property
    def begins(self) -> date:
        """The day on which its first row was out; the last day there is where it has none."""
        return min((self.calendar.out_since(row) for row in self.rows), default=date.max)

    @property
    def current(self) -> "Record":
        """The version that is served now."""
        return self._newest[0] if self._newest else self

    def with_rows(self, rows: Sequence[Row], sources: Mapping[str, Source], version: int) -> "Record":
        """The record with these rows after its own, numbered on from its last line."""
        last = max((row.line for row in self.rows), default=0)
        added = (replace(row, line=last + place) for place, row in enumerate(rows, start=1))
        known = {**sources, **self.sources}
        return replace(self, rows=self.rows + with_arrival(added, known), sources=known, version=version)

    def serve(self, newer: "Record") -> None:
        """Lets whoever asks any version for a day get the newer one's; what they hold stays as it is."""
        self._newest[:] = [newer]

    def as_of(self, day: date, *, at_once: bool = True) -> "Dataset":
        """The dataset that could be known on that day, derived from the rows out by then.

        The days asked for last are kept, so that whoever asks for one again gets the same object. A day gone
        by is asked for a few series: not `at_once`, each is derived when it is.
        """
        found = self._days.pop(day, None) or self._derived(day, at_once=at_once)
        for oldest in list(self._days)[: max(len(self._days) - DAYS_KEPT + 1, 0)]:
            self._days.pop(oldest, None)  # another thread may have done that
        self._days[day] = found
        return found

    def _derived(self, day: date, *, at_once: bool) -> "Dataset":
        out = [row for row in self.rows if self.calendar.out_since(row) <= day]
        if same := next((each for each in tuple(self._days.values()) if each.rows == len(out)), None):
            return replace(same, today=day)  # rows come out one after the other: as many are the same ones
        lines = Lines(out, self.catalogue, at_once=at_once)
        partners = tuple(sorted({series.partner for series in lines if series.partner}))
        return Dataset(self, day, lines, Shelves(lines), partners, len(out), Histories(lines, self.calendar))


NOTHING: Mapping[str, Line] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Dataset:
    """Every figure on record or derived, by series and period; one scope is served, others on request.

    `partners` are the partner countries on record, in alphabetical order; `rows` is how many published rows
    stand behind it all.
    """

    record: Record
    today: date
    lines: Lines
    shelves: Shelves = field(repr=False)
    partners: tuple[str, ...]
    rows: int
    histories: Histories = field(repr=False)

    def on(self, day: date) -> "Dataset":
        """What could be known on that day, with that day as today; of the version that is served now."""
        record = self.record.current
        return self if day == self.today and record is self.record else record.as_of(day)

    @property
    def catalogue(self) -> Mapping[str, Commodity]:
        """Commodities by id, in order."""
        return self.record.catalogue

    @property
    def calendar(self) -> ReleaseCalendar:
        """When months were or will be published."""
        return self.record.calendar

    def as_of(self, day: date) -> "Dataset":
        """What was on record on a day gone by, of the rows that this one is made of."""
        return self.record.as_of(day, at_once=False)

    @property
    def begins(self) -> date:
        """The day on which the first figure was on record."""
        return self.record.begins

    def flows(self, commodity: str) -> tuple[Flow, ...]:
        """The flows that can be asked of a commodity: its own, and net where it has both."""
        own = self.catalogue[commodity].flows
        return (*own, "net") if len(own) > 1 else own

    def source(self, source_id: str) -> Source:
        """The source with that id."""
        return self.record.sources[source_id]

    def figure(self, series: Series, period: Period, scope: str | None = None) -> Figure | None:
        """The figure of a series and period: in that scope, else in the first scope that has it."""
        if period.kind == "range":
            return self.total(series, period, scope)
        lines = self.lines.get(series, NOTHING)
        for name in self.lines.open(series) if scope is None else (scope,):
            if (line := lines.get(name)) and (figure := line.figures.get(period)):
                return figure
        return None

    def total(self, series: Series, period: Period, scope: str | None = None) -> Figure | None:
        """The total over any stretch of months in one scope, with its change where it is a year or less."""
        for name in self.scopes(series) if scope is None else (scope,):
            if figure := self._total(series, period, name):
                return self._grown(figure)
        return None

    def holes(self, series: Series, period: Period, scope: str) -> tuple[Month, ...]:
        """The months for lack of which a stretch has no total in that scope."""
        line = self.lines.get(series, {}).get(scope)
        return holes_of(line, period) if line else period.months

    def _grown(self, figure: Figure) -> Figure:
        """A total with the change on a year earlier, where none was printed of it."""
        if figure.growth.pct is not None or figure.period.length > YEAR:
            return figure
        before = self._total(figure.series, figure.period.year_before, figure.scope)
        return replace(figure, growth=growth_of(figure, before, None, moved=False))

    def _total(self, series: Series, period: Period, scope: str) -> Figure | None:
        if series.measure == "unit_value":
            value = self._total(replace(series, measure="value"), period, scope)
            return (
                quotient_of(value, self._total(replace(series, measure="quantity"), period, scope))
                if value
                else None
            )
        if series.flow == "net":
            exports = self._total(replace(series, flow="export"), period, scope)
            return (
                net_of(exports, self._total(replace(series, flow="import"), period, scope))
                if exports
                else None
            )
        line = self.lines.get(series, {}).get(scope)
        return total_of(line, period) if line else None

    def history(self, series: Series, period: Period, scope: str) -> Steps:
        """What a figure was, day by day, oldest first: as printed, as derived, as printed anew."""
        return self.histories.of(series, scope, period)

    def scopes(self, series: Series) -> tuple[str, ...]:
        """The scopes in which a series is served to who names none, the first of the series first."""
        return self.lines.open(series)

    def counts(self, scope: str) -> bool:
        """Whether anything at all is on record in that scope."""
        return scope in self.lines.scopes

    def standing(self, figure: Figure) -> Standing | None:
        """Where a month's figure stands in the unbroken run of its series; None for other periods."""
        line = self.lines.get(figure.series, {}).get(figure.scope)
        return line.standings.get(figure.end) if line and figure.period.kind == "month" else None

    def periods(self, series: Series, kind: Kind, scope: str | None = None) -> tuple[Period, ...]:
        """The periods of a kind that have a value on record, printed or derived, oldest first."""
        return self.shelves.of(series, kind, scope).periods

    def newest(
        self,
        commodities: Sequence[str],
        flows: Sequence[Flow],
        *,
        partner: str = "",
        measure: Measure = "quantity",
        kind: Kind = "month",
        number: int | None = None,
    ) -> Month | None:
        """The last month of the newest period of that kind for which all these series have a value.

        Of that month number if one is given. Where no period has all of them, or only one that is more than
        a quarter older than the newest that has any: that one. For all commodities at once only the leading
        series are asked for, the others are shown if they are there.
        """
        wanted = self._wanted(commodities, flows, partner, measure)
        ends = [self.shelves.of(series, kind).ends for series in wanted]
        newest = max(_of_number(frozenset().union(*ends), number), default=None)
        common = max(_of_number(frozenset.intersection(*ends), number) if ends else (), default=None)
        return common if common and newest and common.until(newest) <= LAG else newest

    def newest_complete(self) -> Month | None:
        """The newest month for which everything that a monthly post waits for is on record."""
        return max(frozenset.intersection(*map(self.months, COMPLETE)), default=None)

    def missing_for_post(self, month: Month) -> tuple[Series, ...]:
        """What a monthly post of that month would still wait for."""
        return tuple(series for series in COMPLETE if month not in self.months(series))

    def months(self, series: Series, scope: str | None = None) -> frozenset[Month]:
        """The months that have a value on record."""
        return self.shelves.of(series, "month", scope).ends

    def _wanted(
        self, commodities: Sequence[str], flows: Sequence[Flow], partner: str, measure: Measure
    ) -> list[Series]:
        everything = set(commodities) == set(self.catalogue)
        if everything and measure == "quantity" and not partner and "net" not in flows:
            return [series for series in LEADING if series.flow in flows]
        return [
            Series(name, flow, partner, measure)
            for name in commodities
            for flow in flows
            if flow in self.flows(name)
        ]


def _of_number(months: frozenset[Month], number: int | None) -> frozenset[Month]:
    """The months of that number, all of them where none is given."""
    return months if number is None else frozenset(month for month in months if month.number == number)

"""The Dataset: immutable; what follows from a series' rows is derived once, and then looked up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np

from bot.dataset.arrival import with_arrival
from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.commodities import Commodity
from bot.dataset.corrections import Correction
from bot.dataset.derive import Line, net_of, quotient_of
from bot.dataset.first_printings import FirstPrintings, first_step
from bot.dataset.growth import growth_of
from bot.dataset.lines import Lines, Shelves
from bot.dataset.model import Event, Figure, Flow, Measure, Row, Series, Source
from bot.dataset.releases import ReleaseCalendar
from bot.dataset.revision_history import Histories, Step, Steps
from bot.dataset.row_columns import NO_DAY, Rows
from bot.dataset.span_totals import holes_of, total_of
from bot.dataset.standing import Standing
from bot.dataset.text_table import Indices
from bot.errors import DataFileError

# What "everything" needs before a month counts as the newest one, and what a monthly post waits for.
LEADING = (
    Series("unwrought_aluminium", "export"),
    Series("unwrought_aluminium", "import"),
    Series("alumina", "export"),
    Series("bauxite", "import"),
)
LAG = 3  # months; a series that ends earlier than that holds no other back
DAYS_KEPT = 8
FEW_LINES = 500
YEAR = 12  # months; over a longer stretch a change on a year earlier would overlap itself
COMPLETE = (*LEADING, Series("alumina", "import"))


@dataclass(frozen=True)
class Record:
    """What the files hold: published rows and what describes them, nothing derived yet."""

    catalogue: Mapping[str, Commodity]
    sources: Mapping[str, Source]
    rows: Sequence[Row]
    calendar: ReleaseCalendar
    events: tuple[Event, ...] = ()
    corrections: tuple[Correction, ...] = ()
    refused: tuple[DataFileError, ...] = ()  # rows of the files that were left out, and why
    version: int = 0  # of the rows that were added to those of the files
    _days: dict[date, "Dataset"] = field(default_factory=dict, init=False, repr=False, compare=False)
    _newest: list["Record"] = field(default_factory=list, repr=False, compare=False)  # shared by all versions

    @property
    def begins(self) -> date:
        """The day on which its first row was out; the last day there is where it has none."""
        return next(iter(self.days_of_news), date.max)

    @cached_property
    def days_of_news(self) -> tuple[date, ...]:
        """The days on which rows came out, the oldest first."""
        return tuple(map(date.fromordinal, np.unique(self._out_since).tolist()))

    @cached_property
    def printed(self) -> Rows:
        """The rows in columns."""
        return Rows.of(self.rows)

    def alike(self, rows: Iterable[Row]) -> Rows:
        """Its own rows of the series and scopes that these are of."""
        theirs = {(row.series, row.scope) for row in rows}
        return self.printed.among(lambda *strand: strand in theirs)

    @cached_property
    def _out_since(self) -> Indices:
        """For each row the ordinal of the day from which it is known, as the calendar's `out_since` says."""
        rows = self.printed
        days = [self.calendar.out_with(*stage).toordinal() for stage in rows.stages]
        by_stage = np.array(days, dtype=np.intp)[rows.stage]
        return np.where(rows.known_since == NO_DAY, by_stage, rows.known_since)

    @cached_property
    def histories(self) -> Histories:
        """What every figure was, day by day."""
        return Histories(self._lines, self.calendar)

    @cached_property
    def _lines(self) -> Lines:
        """The lines of all rows, those of days to come too."""
        return Lines(self.printed, self.catalogue)

    @property
    def current(self) -> "Record":
        """The version that is served now."""
        return self._newest[0] if self._newest else self

    def with_rows(self, rows: Sequence[Row], sources: Mapping[str, Source], version: int) -> "Record":
        """The record with these rows after its own, numbered on from its last line."""
        own = self.printed
        last = int(own.line.max(initial=0))
        added = (replace(row, line=last + place) for place, row in enumerate(rows, start=1))
        known = {**sources, **self.sources}
        both = own + Rows.of(with_arrival(added, known))
        return replace(self, rows=both, sources=known, version=version)

    def serve(self, newer: "Record") -> None:
        """Lets whoever asks any version for a day get the newer one's; what they hold stays as it is."""
        self._newest[:] = [newer]

    def as_of(self, day: date) -> "Dataset":
        """The dataset that could be known on that day, of the rows out by then.

        The days asked for last are kept, so that whoever asks for one again gets the same object.
        """
        found = self._days.pop(day, None) or self._made(day)
        for oldest in list(self._days)[: max(len(self._days) - DAYS_KEPT + 1, 0)]:
            self._days.pop(oldest, None)  # another thread may have done that
        self._days[day] = found
        return found

    def _made(self, day: date) -> "Dataset":
        out = self._out_since <= day.toordinal()
        count = int(np.count_nonzero(out))
        if same := next((each for each in tuple(self._days.values()) if each.rows == count), None):
            return replace(same, today=day)  # rows come out one after the other: as many are the same ones
        if count == len(self.rows):
            return replace(self._whole, today=day)
        return self._of_lines(Lines(self.printed.where(out), self.catalogue, self._lines), day, count)

    @cached_property
    def _whole(self) -> "Dataset":
        """What is known once all rows are out, those of days to come too."""
        return self._of_lines(self._lines, date.max, len(self.rows))

    def _of_lines(self, lines: Lines, day: date, count: int) -> "Dataset":
        partners = tuple(sorted({series.partner for series in lines if series.partner}))
        firsts = FirstPrintings(lines, self.histories, day)
        return Dataset(self, day, lines, Shelves(lines), partners, count, firsts)


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
    firsts: FirstPrintings = field(repr=False)

    def derived(self) -> "Dataset":
        """The same with world trade derived, for a process that answers many: nobody waits for it then.

        Partners' trade too, where there are few lines of it.
        """
        few = len(self.lines) <= FEW_LINES
        for series in self.lines:
            if few or not series.partner:
                self.shelves.of(series, "month")
            if not series.partner:
                self.firsts.derive(series)
        return self

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
        return self.record.as_of(day)

    @property
    def as_first_published(self) -> "Dataset":
        """The same with each figure as it was when it was first on record."""
        return replace(self, lines=self.firsts)

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
        return self.record.histories.of(series, period, scope, self.today)

    def first(self, series: Series, period: Period, scope: str, *, printed: bool = False) -> Step | None:
        """With which step there was such a figure first; `printed`: with which it was first printed."""
        return first_step(series, period, scope, self.history, printed=printed)

    def scopes(self, series: Series) -> tuple[str, ...]:
        """The scopes in which a series is served to who names none, the first of the series first."""
        return self.lines.open(series)

    def counts(self, scope: str) -> bool:
        """Whether anything at all is on record in that scope."""
        return scope in self.lines.scopes

    def standing(self, figure: Figure) -> Standing | None:
        """Where a month's figure stands in the unbroken run of its series; None for other periods."""
        line = self.lines.get(figure.series, {}).get(figure.scope)
        return line.standing(figure.end) if line and figure.period.kind == "month" else None

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
        if len(wanted) == 1 and number is None:
            return self.shelves.of(wanted[0], kind).newest
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

"""The record, what the files hold, and the dataset of each day: derived from it once, and then looked up."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

from bot.dataset.calendar import Month, Period
from bot.dataset.companions import Catalogue, Correction, Entry
from bot.dataset.lines import Line, Lines, lines_of, parts_of
from bot.dataset.model import Event, Figure, Flow, Held, Measure, Row, Series, Sources, Strand
from bot.dataset.releases import LAG, ReleaseCalendar, awaited, leading
from bot.dataset.revision_history import History, RowTable
from bot.errors import DataFileError

# Words that a workspace has for series beside the catalogue's own: each, and the id of its series.
Taught = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Every figure on record or derived; those of one day with the very same lines are equal."""

    record: "Record"
    today: date
    lines: Lines
    taught: Taught = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and self.lines is other.lines and self.today == other.today

    def __hash__(self) -> int:
        return hash((id(self.lines), self.today))

    def derived(self) -> "Dataset":
        """The same with every figure derived, for a process that answers many: nobody waits for it then."""
        for dataset in (self, self.record.as_of(self.today, first=True)):
            for series, lines in dataset.lines.items():
                dataset.lines.periods(series, "month", None)
                for line in lines.values():
                    list(line.figures())
        return self

    def on(self, day: date) -> "Dataset":
        """What could be known on that day, with that day as today; of the version that is served now."""
        record = self.record.current
        return self if day == self.today and record is self.record else record.as_of(day)

    def with_words(self, taught: Taught) -> "Dataset":
        """The same, in which these words name series too."""
        return replace(self, taught=taught) if taught != self.taught else self

    @property
    def partners(self) -> tuple[str, ...]:
        """The partner countries on record, in alphabetical order."""
        return tuple(sorted({series.partner for series in self.lines if series.partner}))

    @property
    def catalogue(self) -> Catalogue:
        """Commodities by id, in order."""
        return self.record.catalogue

    @property
    def terms(self) -> Mapping[str, tuple[str, ...]]:
        """The words for each entry of the glossary, by its id."""
        entries = self.record.glossary.items()
        return {name: (entry.name_en, entry.name_zh, *entry.aliases) for name, entry in entries}

    @property
    def calendar(self) -> ReleaseCalendar:
        """When months were or will be published."""
        return self.record.calendar

    def flows(self, commodity: str) -> tuple[Flow, ...]:
        """The flows that can be asked of a commodity: its own, and net where it has both."""
        own = self.catalogue[commodity].flows
        return (*own, "net") if len(own) > 1 else own

    def figure(self, series: Series, period: Period, scope: str | None = None) -> Figure | None:
        """The figure of a period, or the total of a stretch: in that scope, or in the first that has it."""
        for line in self.lines.of(series, scope):
            if figure := line.figure(period):
                return figure
        return None

    def level(self, series: Series, period: Period, scope: str | None = None) -> Figure | None:
        """The figure of a period; None where only a change was printed."""
        found = self.figure(series, period, scope)
        return found if found and found.value is not None else None

    def of_months(self, series: Series, months: Iterable[Month], scope: str | None) -> Iterator[Figure]:
        """The figures of these months, as far as there are any."""
        return filter(None, (self.figure(series, Period.month(month), scope) for month in months))

    def line(self, series: Series, scope: str) -> Line:
        """The figures of a series in one scope; empty where nothing is on record."""
        return self.lines.of(series, scope)[0]

    def held(self, series: Series, period: Period) -> tuple[Held, ...]:
        """What waits for a decision of that series, or of what it is made of, in the months of a period."""
        parts = parts_of(series)
        concerned = {series, *parts, *(each for part in parts for each in parts_of(part))}
        held = (each for each in self.record.held if each.row.series in concerned)
        return tuple(each for each in held if period.start <= each.row.period.end <= period.end)

    def happened(self, commodities: Sequence[str], within: Period | None) -> tuple[Event, ...]:
        """The dated events of some months that may bear on these commodities, as far as they are known."""
        known = [each for each in self.record.events if each.day <= self.today]
        near = [each for each in known if not within or within.start <= Month.of_day(each.day) <= within.end]
        return tuple(each for each in near if set(commodities) & set(each.commodities))

    def counts(self, scope: str) -> bool:
        """Whether anything at all is on record in that scope."""
        return any(scope in lines for lines in self.lines.values())

    def newest(
        self,
        commodities: Sequence[str],
        flows: Sequence[Flow],
        *,
        partner: str = "",
        measure: Measure = "quantity",
        number: int | None = None,
    ) -> Month | None:
        """The newest month for which all these series have a value.

        Of that month number if one is given. Where no month has all of them, or only one that is more than
        a quarter older than the newest that has any: that one. For all commodities at once only the leading
        series are asked for, the others are shown if they are there.
        """
        pairs = ((name, flow) for name in commodities for flow in flows if flow in self.flows(name))
        wanted = [Series(name, flow, partner, measure) for name, flow in pairs]
        everything = set(commodities) == set(self.catalogue) and "net" not in flows
        if everything and measure == "quantity" and not partner:
            wanted = [series for series in leading() if series.flow in flows]
        ends = [self.months(series) for series in wanted]
        if number:
            ends = [frozenset(end for end in each if end.number == number) for each in ends]
        newest = max((max(each) for each in ends if each), default=None)
        common = max(frozenset.intersection(*ends) if ends else (), default=None)
        return common if common and newest and common.until(newest) <= LAG else newest

    def newest_complete(self) -> Month | None:
        """The newest month for which everything that a monthly post waits for is on record."""
        return max(frozenset.intersection(*map(self.months, awaited())), default=None)

    def months(self, series: Series, scope: str | None = None) -> frozenset[Month]:
        """The months that have a value on record."""
        return frozenset(period.end for period in self.lines.periods(series, "month", scope))


@dataclass(frozen=True)
class Record:
    """What the files hold: published rows and what describes them, nothing derived yet."""

    catalogue: Catalogue
    sources: Sources
    rows: Sequence[Row]
    calendar: ReleaseCalendar
    events: tuple[Event, ...] = ()
    corrections: tuple[Correction, ...] = ()
    confirmed: tuple[Correction, ...] = ()  # true outliers: never held
    glossary: Mapping[str, Entry] = field(default_factory=dict)
    refused: tuple[DataFileError, ...] = ()  # rows of the files that were left out, and why
    held: tuple[Held, ...] = ()  # rows that wait for a decision: nothing follows from them
    version: int = 0  # of the rows that were added to those of the files
    _newest: list["Record"] = field(default_factory=list, repr=False, compare=False)  # shared by all versions

    @cached_property
    def _printed(self) -> tuple[list[date], Mapping[Strand, History]]:
        return RowTable.of(self.rows).histories(self.calendar)

    @cached_property
    def days_of_news(self) -> tuple[date, ...]:
        """The days on which rows came out, those that are held too, the oldest first."""
        held = (self.calendar.out_since(each.row) for each in self.held)
        return tuple(sorted({*self._printed[0], *held}))

    def alike(self, rows: Iterable[Row]) -> Sequence[Row]:
        """Its own rows of the series and scopes that these are of."""
        histories = self._printed[1]
        strands = {(row.series, row.scope) for row in rows} & histories.keys()
        return [row for strand in strands for row in histories[strand].rows()]

    @property
    def current(self) -> "Record":
        """The version that is served now."""
        return self._newest[0] if self._newest else self

    def with_rows(
        self, rows: Sequence[Row], sources: Sources, version: int, held: Iterable[Held] = ()
    ) -> "Record":
        """The record with these rows after its own, numbered on from its last line."""
        known, last = {**sources, **self.sources}, max((row.line for row in self.rows), default=0)
        arrivals = {name: source.arrival for name, source in known.items()}
        added = (
            replace(row, line=last + place, arrived=arrivals.get(row.source) or row.arrived)
            for place, row in enumerate(rows, start=1)
        )
        return replace(self, rows=(*self.rows, *added), sources=known, version=version, held=tuple(held))

    def serve(self, newer: "Record") -> None:
        """Lets whoever asks any version for a day get the newer one's; what they hold stays as it is."""
        self._newest[:] = [newer]

    def as_of(self, day: date, *, first: bool = False) -> Dataset:
        """The dataset that could be known on that day; `first`: each figure as it was first on record."""
        place = bisect_right(self.days_of_news, day)
        newest = self.days_of_news[place - 1] if place else date.min
        return replace(self._on(newest, first), today=day)

    @cached_property
    def _on(self) -> Callable[[date, bool], Dataset]:
        """Derives the dataset of a day with news, and keeps the sixteen asked for last."""
        return lru_cache(maxsize=16)(self._derived)

    def _derived(self, day: date, first: bool) -> Dataset:
        held: dict[Strand, set[Month]] = defaultdict(set)
        for row in (each.row for each in self.held):
            if self.calendar.out_since(row) <= day:
                held[row.series, row.scope].add(row.period.end)
        known = {each: history for each, history in self._printed[1].items() if history.begins <= day}
        for each in held.keys() & known.keys():
            known[each] = History(known[each].rows, self.calendar, known[each].begins, held[each])
        return Dataset(self, day, lines_of(known, self.catalogue, day, first=first))

"""What is on record month by month, how sure it is, and what is waited for. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.dataset.releases import Release, stage_of

# printed: on record, but of which stage is not known.
Cell = Literal["estimated", "flash", "bulletin", "query", "revised", "printed", "derived", "missing"]


@dataclass(frozen=True, slots=True)
class Covered:
    """One series: a cell for each month from the first on record to the newest that is due."""

    series: Series
    cells: Mapping[Month, Cell]

    @property
    def years(self) -> tuple[int, ...]:
        """The years it reaches over."""
        return tuple(sorted({month.year for month in self.cells}))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A month that is due and not on record, or the next one to come, and its day.

    `hole`: a later month is on record already; what is missing of it may come months late, or never.
    """

    series: Series
    month: Month
    release: Release
    due: bool
    hole: bool = False


FIRST_COUNTED = Month(2019, 1)


@dataclass(frozen=True, slots=True)
class Count:
    """How many months of a series in one scope are on record, of how many from 2019 on; how sure they are."""

    series: Series
    scope: str
    served_first: bool
    months: int
    printed: int
    estimated: int
    derived: int
    lost: tuple[Month, ...]

    @property
    def missing(self) -> int:
        """How many months are not on record."""
        return len(self.lost)


def counts(dataset: Dataset, commodities: Collection[str], *, partners: bool = False) -> tuple[Count, ...]:
    """The months on record of each series, by scope; of partners those that have any."""
    last = max(
        (period.end for each in _series(dataset) for period in dataset.periods(each, "month")), default=None
    )
    if last is None:
        return ()
    months = Period.span(FIRST_COUNTED, max(last, FIRST_COUNTED)).months
    wanted = [
        series
        for series in dataset.lines
        if series.commodity in commodities and series.flow != "net" and series.measure != "unit_value"
        if bool(series.partner) == partners
    ]
    order = {name: place for place, name in enumerate(dataset.catalogue)}
    wanted.sort(
        key=lambda series: (
            order[series.commodity],
            series.flow,
            series.measure != "quantity",
            series.partner,
        )
    )
    return tuple(_count(each, scope, months, dataset) for each in wanted for scope in dataset.lines[each])


def _count(series: Series, scope: str, months: Sequence[Month], dataset: Dataset) -> Count:
    found = (dataset.figure(series, Period.month(month), scope) for month in months)
    valued = [figure for figure in found if figure and figure.value is not None]
    derived = sum(each.derived for each in valued)
    estimated = sum(each.estimated and not each.derived for each in valued)
    known, first = {figure.end for figure in valued}, scope == next(iter(dataset.lines[series]))
    lost, printed = tuple(month for month in months if month not in known), len(valued) - derived - estimated
    return Count(series, scope, first, len(months), printed, estimated, derived, lost)


def coverage(dataset: Dataset) -> tuple[Covered, ...]:
    """Every series of world trade by quantity, in the catalogue's order."""
    return tuple(covered(series, dataset) for series in _series(dataset))


def waiting(dataset: Dataset) -> tuple[Waiting, ...]:
    """For each series the months not on record of the last twelve that are due, and the one to come."""
    return tuple(each for series in _series(dataset) for each in waits(series, dataset))


def _series(dataset: Dataset) -> tuple[Series, ...]:
    return tuple(
        Series(name, flow) for name, commodity in dataset.catalogue.items() for flow in commodity.flows
    )


def covered(series: Series, dataset: Dataset) -> Covered:
    """One series, whichever it is: of a partner, by value, net."""
    months = [period.end for period in dataset.periods(series, "month")]
    due = dataset.calendar.newest_due(stage_of(series), dataset.today)
    if not months:  # nothing, or running totals alone
        return Covered(series, {})
    last = max(due, months[-1])
    span = (months[0].plus(step) for step in range(months[0].until(last) + 1))
    return Covered(series, {month: _cell(series, month, dataset) for month in span})


def _cell(series: Series, month: Month, dataset: Dataset) -> Cell:
    figure = dataset.figure(series, Period.month(month))
    if figure is None or figure.value is None:
        return "missing"
    return "derived" if figure.derived else figure.status or "printed"


def waits(series: Series, dataset: Dataset) -> list[Waiting]:
    """What one series waits for, and what comes next."""
    stage, months = stage_of(series), [period.end for period in dataset.periods(series, "month")]
    due = dataset.calendar.newest_due(stage, dataset.today)
    newest = months[-1] if months else due.plus(-1)
    first = max(months[0] if months else due, due.plus(-11))
    known = dataset.months(series)
    found = [month for step in range(first.until(due) + 1) if (month := first.plus(step)) not in known]
    coming = max(due, newest).plus(1)
    return [
        Waiting(series, month, dataset.calendar.release(month, stage), month <= due, month < newest)
        for month in (*found, coming)
    ]

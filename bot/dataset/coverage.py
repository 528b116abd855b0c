"""What is on record by month and by partner, how sure and since when; what is awaited or late. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Literal, NamedTuple

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.dataset.releases import STAGES, Release, awaited, stage_of
from bot.profile import profile

# printed: on record, but of which stage is not known.
Mark = Literal["estimated", "flash", "bulletin", "query", "revised", "printed", "derived", "missing"]
UNPRINTED = ("estimated", "derived", "missing")
FEBRUARY = 2


@dataclass(frozen=True, slots=True)
class Covered:
    """One series, in one scope where it is named: what is on record of each month of a stretch."""

    series: Series
    cells: Mapping[Month, Mark]
    scope: str = ""

    @property
    def count(self) -> Counter[Mark]:
        """How many months are estimated, derived, missing, and how many printed in whatever stage."""
        return Counter(cell if cell in UNPRINTED else "printed" for cell in self.cells.values())


class Waiting(NamedTuple):
    """A month due and not on record, or the next to come; of a `hole` a later month is on record already."""

    series: Series
    month: Month
    release: Release
    due: bool
    hole: bool = False


def first_counted() -> Month:
    """The month from which on missing ones are counted."""
    return Month(*profile().counted_since)


def counts(dataset: Dataset, commodities: Collection[str], *, partners: bool = False) -> tuple[Covered, ...]:
    """The months of each series from the first that counts, by scope; of partners those that have any."""
    last = max(chain.from_iterable(map(dataset.months, world_series(dataset))), default=None)
    if last is None:
        return ()
    first = first_counted()
    months = Period.span(first, max(last, first)).months
    order = list(dataset.catalogue)
    wanted = sorted(
        (order.index(each.commodity), each.flow, each.measure != "quantity", each.partner, each)
        for each in dataset.lines
        if each.commodity in commodities and bool(each.partner) == partners
        if each.flow != "net" and each.measure != "unit_value"
    )
    return tuple(
        Covered(each, {month: _cell(each, month, dataset, scope) for month in months}, scope)
        for *_, each in wanted
        for scope in dataset.lines[each]
    )


def waiting(dataset: Dataset) -> tuple[Waiting, ...]:
    """For each series the months not on record of the last twelve that are due, and the one to come."""
    return tuple(each for series in world_series(dataset) for each in waits(series, dataset))


def world_series(dataset: Dataset) -> list[Series]:
    """Every series of world trade by quantity, in the catalogue's order."""
    return [Series(name, flow) for name, item in dataset.catalogue.items() for flow in item.flows]


def covered(series: Series, dataset: Dataset) -> Covered:
    """One series, whichever it is, from its first month on record to the newest that is due."""
    months = sorted(dataset.months(series))
    if not months:  # nothing, or running totals alone
        return Covered(series, {})
    due = dataset.calendar.newest_due(stage_of(series), dataset.today)
    span = Period.span(months[0], max(due, months[-1])).months
    return Covered(series, {month: _cell(series, month, dataset) for month in span})


def _cell(series: Series, month: Month, dataset: Dataset, scope: str | None = None) -> Mark:
    figure = dataset.figure(series, Period.month(month), scope)
    if figure is None or figure.value is None:
        return "missing"
    return "derived" if figure.derived else figure.status or "printed"


def waits(series: Series, dataset: Dataset) -> list[Waiting]:
    """What one series waits for, and what comes next."""
    stage, months = stage_of(series), sorted(dataset.months(series))
    due = dataset.calendar.newest_due(stage, dataset.today)
    newest, oldest = (months[-1], months[0]) if months else (due.plus(-1), due)
    first = max(oldest, due.plus(-11))
    lacking = [month for step in range(first.until(due) + 1) if (month := first.plus(step)) not in months]
    return [
        Waiting(series, month, dataset.calendar.release(month, stage), month <= due, month < newest)
        for month in (*lacking, max(due, newest).plus(1))
    ]


def editions(series: Series, dataset: Dataset) -> frozenset[Month]:
    """The months on record that are posted by themselves. January and February are one, February's, unless
    January has a day of its own; it is there as soon as the running total of February is.
    """
    stage = stage_of(series)
    totals = (period.end for period in dataset.lines.periods(series, "ytd", None))
    months = dataset.months(series) | {end for end in totals if end.number == FEBRUARY}
    return frozenset(month for month in months if not dataset.calendar.comes_with_next(month, stage))


def known_since(figure: Figure, dataset: Dataset) -> date:
    """The day on which the month's first figure came, however often it was printed since; of one without
    rows of its own (net trade, a price per tonne) that on which both that it is made of were there.
    """
    if first := dataset.line(figure.series, figure.scope).first(figure.period):
        return first.day
    return min(dataset.calendar.out_since(row) for row in figure.vintages or figure.rows)


class Overdue(NamedTuple):
    """A series that lacks the month that is out: `months` are all that are out, the first `since` a day."""

    series: Series
    months: tuple[Month, ...]
    since: date


def overdue(dataset: Dataset) -> list[Overdue]:
    """What a monthly post waits for and should have since yesterday; on the day itself it may still come."""
    late, yesterday, calendar = [], dataset.today - timedelta(days=1), dataset.calendar
    for series in sorted(awaited(), key=lambda each: STAGES.index(stage_of(each))):
        stage, known = stage_of(series), editions(series, dataset)
        if (due := calendar.newest_due(stage, yesterday)) not in known:
            newest = max(known, default=None)
            first = min(newest.plus(1), due) if newest else due
            months = Period.span(first, due).months
            alone = tuple(month for month in months if not calendar.comes_with_next(month, stage))
            late.append(Overdue(series, alone, calendar.release(alone[0], stage).day))
    return late


class ByPartner(NamedTuple):
    """Trade of one period by partner in one scope, the largest first; `world` is that of all partners."""

    scope: str
    partners: tuple[Figure, ...]
    world: Figure | None

    @property
    def named(self) -> float:
        """What the partners on record took together."""
        return sum(figure.value or 0 for figure in self.partners)

    @property
    def covered(self) -> float | None:
        """Which part of the world's figure they make; None where it is not on record."""
        return self.named / self.world.value if self.world and self.world.value else None


def by_partner(
    dataset: Dataset, series: Series, period: Period, scope: str | None = None
) -> ByPartner | None:
    """Every partner's figure, the largest first, beside the world's: in the first scope that has any."""
    for name in dataset.catalogue[series.commodity].all_scopes if scope is None else (scope,):
        own = (dataset.level(each, period, name) for each in dataset.lines.of_partners(series))
        if found := list(filter(None, own)):
            found.sort(key=lambda figure: (-(figure.value or 0), figure.series.partner))
            return ByPartner(name, tuple(found), dataset.level(series._replace(partner=""), period, name))
    return None

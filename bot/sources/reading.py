"""What a page's table prints for the catalogue's series, before its units are settled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Flow, Measure, Series
from bot.dataset.releases import FIRST_STAGE
from bot.sources.grid import grid_of
from bot.sources.labels import Span
from bot.sources.lines import Catalogue, Line, any_of_ours, lines_of, lines_wanted
from bot.sources.markup import Element, Unreadable, text_of
from bot.sources.printed import Money, Printed, money_lines
from bot.sources.table import Column, Table, figures_table
from bot.sources.titles import Title, comes_out_in, page_title, published_on


@dataclass(frozen=True, slots=True)
class Level:
    """A printed number in the page's unit; `revised` where it is the base of the year before."""

    series: Series
    scope: str
    period: Period
    number: Printed
    revised: bool

    @property
    def value(self) -> float:
        """The number alone."""
        return float(self.number.value)

    @property
    def half_step(self) -> float:
        """How far the true number can lie from the printed one."""
        return float(self.number.step) / 2

    def times(self, factor: Decimal) -> "Level":
        """The level in a smaller unit."""
        return replace(self, number=self.number.times(factor))


@dataclass(frozen=True, slots=True)
class Change:
    """A printed change on a year earlier; `span` is None where the page leaves open of which period."""

    series: Series
    scope: str
    span: Span | None
    pct: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a page prints of the catalogue's series; `tonnes` is each commodity's printed unit, or None.

    `headed` is a month in its columns that contradicts its title, where its date does not decide.
    """

    title: Title
    text: str
    published: date | None
    money: Money
    tonnes: Mapping[str, Decimal | None]
    levels: tuple[Level, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    headed: Month | None

    @property
    def end(self) -> Month:
        """The month that the page is of."""
        return self.title.period


def read(root: Element, catalogue: Catalogue) -> Reading:
    """Every number of the page's table that belongs to a series; Unreadable where anything is not clear."""
    title, text = page_title(root)
    published = published_on(root, title.period)
    table = _table(root, title.flow, catalogue)
    headed, slips = _headed(title.period, published, table.columns)
    if any(_is_base(column, title) for column in table.columns):  # only the flash shows the year before
        title = replace(title, stage="flash")
    lines, notes = lines_of(table, title.flow, catalogue)
    if len(money := money_lines(text_of(root))) != 1:
        named = " and ".join(each.text for each in money) or "no line such as Unit:US$1,000"
        raise Unreadable(f"the unit of its values is not clear: {named} was found")
    numbers = [number for line in lines for number in _numbers(line, title, catalogue)]
    return Reading(
        title=title,
        text=text,
        published=published,
        money=money[0],
        tonnes={line.commodity: line.tonnes for line in lines if line.tonnes or table.unit is None},
        levels=tuple(each for each in numbers if isinstance(each, Level)),
        changes=tuple(each for each in numbers if isinstance(each, Change)),
        notes=(*slips, *table.notes, *notes, *_missing(lines, title, catalogue)),
        headed=headed,
    )


def _table(root: Element, flow: Flow, catalogue: Catalogue) -> Table:
    """The one table with figures of ours; else the first with any, whose missing lines are then told."""
    innermost = (each for each in root.iter("table") if next(each.iterdescendants("table"), None) is None)
    try:
        tables = [table for each in innermost if (table := figures_table(grid_of(each)))]
    except Unreadable as error:  # of a page without our lines the header matters to nobody
        if any_of_ours(map(text_of, root.iter("td", "th")), catalogue):
            raise
        raise Unreadable(f"its table has no line {lines_wanted(flow, catalogue)}") from error
    ours = [table for table in tables if any_of_ours((name for name, _ in table.lines()), catalogue)]
    if len(ours) > 1:
        raise Unreadable("more than one of its tables has figures of the same lines")
    if not tables:
        raise Unreadable("no table with columns headed Unit, Quantity and Value was found")
    return (ours or tables)[0]


def _headed(end: Month, published: date | None, columns: Sequence[Column]) -> tuple[Month | None, list[str]]:
    """The month that the columns name against the title where the date does not decide; notes where it does.

    Unreadable where title, labels and date cannot be of one month.
    """
    if published and Month(published.year, published.month) <= end:
        raise Unreadable(f"it is dated {published}, when {end.name} was not over")
    years = {column.label.year for column in columns} - {None, end.year, end.year - 1}
    if years:
        raise Unreadable(f"its title says {end.name}, a column {min(filter(None, years))}")
    months = {column.label.month for column in columns if column.label.month}
    if not months - {end.number}:
        return None, []
    headed = Month(end.year, min(months))
    if len(months) > 1 or (published and comes_out_in(headed, published)):
        raise Unreadable(f"its title says {end.name}, its columns month {sorted(months)}")
    if published and comes_out_in(end, published):
        return None, [slip(end, headed, f"the date {published}")]
    return headed, []


def slip(end: Month, headed: Month, witness: str) -> str:
    """The note on columns that are headed with another month than the page's."""
    return (
        f"The columns are headed month {headed.number}, the title says {end.name} and {witness}"
        f" agrees with it: taken as {end.name}."
    )


def _is_base(column: Column, title: Title) -> bool:
    """Whether the column holds the year before, as it stands now."""
    return not column.label.change and column.label.year == title.period.year - 1


def _numbers(line: Line, title: Title, catalogue: Catalogue) -> Iterator[Level | Change]:
    scope = catalogue[line.commodity].scopes[0]
    for column, number in line.numbers.items():
        label = column.label
        measure: Measure = "value" if label.part == "value" else "quantity"
        series = Series(line.commodity, title.flow, measure=measure)
        if isinstance(number, Printed):
            base = _is_base(column, title)
            period = period_of(label.span, title.period.plus(-12 if base else 0))
            yield Level(series, scope, period, number, base)
        else:
            yield Change(series, scope, label.span, number)


def period_of(span: Span | None, end: Month) -> Period:
    """The month, or the running total to it."""
    return Period.ytd(end) if span == "ytd" else Period.month(end)


def _missing(lines: Sequence[Line], title: Title, catalogue: Catalogue) -> Iterator[str]:
    """A note on each line that a page of this kind is waited for with, and that it has not."""
    stages = ("flash",) if title.stage == "flash" else ("flash", "bulletin")
    there = {line.commodity for line in lines}
    for (commodity, flow), stage in FIRST_STAGE.items():
        if flow == title.flow and stage in stages and commodity in catalogue and commodity not in there:
            yield f"It has no line {catalogue[commodity].lines[0]!r}."

"""What a page's table prints for the catalogue's series, before its units are settled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.dataset.calendar import Month, Period
from bot.dataset.commodities import Commodity
from bot.dataset.model import Flow, Measure, Series
from bot.dataset.releases import FIRST_STAGE
from bot.errors import SourceError
from bot.sources.grid import grids
from bot.sources.labels import Span
from bot.sources.line_names import series_by_words, words_of
from bot.sources.markup import Element, text_of
from bot.sources.page_units import Money, money_lines
from bot.sources.printed_numbers import Printed
from bot.sources.series_lines import Line, lines_of, lines_wanted
from bot.sources.table import Column, Table
from bot.sources.table_header import figures_table
from bot.sources.timing import Timing, timing_of
from bot.sources.titles import Title, page_title, published_on


@dataclass(frozen=True, slots=True)
class Level:
    """A printed number in the page's unit; `revised` where it is the base of the year before."""

    series: Series
    scope: str
    period: Period
    number: Printed
    revised: bool


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


def read(root: Element, address: str, catalogue: Mapping[str, Commodity]) -> Reading:
    """Every number of the page's table that belongs to a series; SourceError where anything is not clear."""
    title, text = page_title(root, address)
    published = published_on(root, title.period)
    table = _table(root, address, title.flow, catalogue)
    timing = timing_of(title.period, published, table.columns, address)
    if any(timing.is_base(column) for column in table.columns):  # only the flash shows the year before
        title = replace(title, stage="flash")
    lines, notes = lines_of(table, title.flow, catalogue, address)
    return Reading(
        title=title,
        text=text,
        published=published,
        money=_money(root, address),
        tonnes={line.commodity: line.tonnes for line in lines if line.tonnes is not None or table.unitless},
        levels=tuple(level for line in lines for level in _levels(line, title, timing, catalogue)),
        changes=tuple(change for line in lines for change in _changes(line, title, catalogue)),
        notes=(*timing.notes, *_oddities(table), *notes, *_missing(lines, title, catalogue)),
        headed=timing.headed,
    )


def _levels(line: Line, title: Title, timing: Timing, catalogue: Mapping[str, Commodity]) -> Iterator[Level]:
    for column, number in line.levels.items():
        period, base = timing.period_of(column), timing.is_base(column)
        yield Level(_series(line, title, column), catalogue[line.commodity].scopes[0], period, number, base)


def _changes(line: Line, title: Title, catalogue: Mapping[str, Commodity]) -> Iterator[Change]:
    for column, pct in line.changes.items():
        yield Change(_series(line, title, column), catalogue[line.commodity].scopes[0], column.span, pct)


def _series(line: Line, title: Title, column: Column) -> Series:
    measure: Measure = "value" if column.part == "value" else "quantity"
    return Series(line.commodity, title.flow, measure=measure)


def _oddities(table: Table) -> Iterator[str]:
    """A note on what the table lacks, and how it was read all the same."""
    if table.unheaded:
        yield "Nothing stands over its first quantity and value: taken as those of the month."
    if table.unitless:
        yield "No line has a cell for its unit: each cell is taken as one further left than its heading."


def _missing(lines: Sequence[Line], title: Title, catalogue: Mapping[str, Commodity]) -> Iterator[str]:
    """A note on each line that a page of this kind is waited for with, and that it has not."""
    stages = ("flash",) if title.stage == "flash" else ("flash", "bulletin")
    there = {line.commodity for line in lines}
    for (commodity, flow), stage in FIRST_STAGE.items():
        if flow == title.flow and stage in stages and commodity in catalogue and commodity not in there:
            yield f"It has no line {catalogue[commodity].lines[0]!r}."


def _table(root: Element, address: str, flow: Flow, catalogue: Mapping[str, Commodity]) -> Table:
    """The one table with figures of ours; else the first with any, whose missing lines are then told."""
    ours = series_by_words(catalogue)
    try:
        tables = [table for grid in grids(root) if (table := figures_table(grid, address))]
    except SourceError as error:  # of a page without our lines the header matters to nobody
        if any(words_of(text_of(cell)) in ours for cell in root.iter("td", "th")):
            raise
        raise SourceError(address, f"its table has no line {lines_wanted(flow, catalogue)}") from error
    told = [table for table in tables if any(words_of(name) in ours for name, _ in table.lines())]
    if len(told) > 1:
        raise SourceError(address, "more than one of its tables has figures of the same lines")
    if not tables:
        raise SourceError(address, "no table with columns headed Unit, Quantity and Value was found")
    return (told or tables)[0]


def _money(root: Element, address: str) -> Money:
    found = money_lines(text_of(root))
    if len(found) != 1:
        named = " and ".join(money.text for money in found) or "no line such as Unit:US$1,000"
        raise SourceError(address, f"the unit of its values is not clear: {named} was found")
    return found[0]

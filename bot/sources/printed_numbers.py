"""What a page's table prints for the catalogue's series, before its units are settled."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from bot.dataset.calendar import Month, Period
from bot.dataset.companions import Commodity
from bot.dataset.model import Measure, Series
from bot.sources.markup import Element, Unit, Unreadable, money_lines, step_of, text_of, tonnes_in
from bot.sources.table import Label, Span, Table, TableRow, figures_table, grid_of
from bot.sources.titles import Title, comes_out_in, page_title, published_on

_JOINING = {"and", "of", "its", "their", "the", "thereof", "&"}
Numbers = Sequence["Number"]
Known = Mapping[frozenset[str], Commodity]  # by the words of its lines


class Number(NamedTuple):
    """What a page prints of a series and period: a level in the page's unit, or a change in percent."""

    series: Series
    scope: str
    span: Span | None  # None where the page leaves open of which period a change is
    end: Month
    number: Decimal
    step: Decimal
    change: bool = False
    revised: bool = False  # the base of the year before
    tonnes: Decimal | None = None  # in the unit that is printed in its line

    @property
    def period(self) -> Period:
        """The month, or the running total to it."""
        return Period.ytd(self.end) if self.span == "ytd" else Period.month(self.end)

    @property
    def value(self) -> float:
        """The number alone."""
        return float(self.number)

    @property
    def half_step(self) -> float:
        """How far the true number can lie from the printed one."""
        return float(self.step) / 2


class Reading(NamedTuple):
    """All that a page prints of the catalogue's series."""

    title: Title
    text: str
    published: date | None
    money: Unit
    levels: Numbers
    changes: Numbers
    notes: Sequence[str] = ()
    headed: Month | None = None  # the month of its columns, where it is not the title's

    def series(self, measure: Measure) -> list[Series]:
        """The series of that measure, in the order of its lines."""
        numbers = (*self.levels, *self.changes)
        return list(dict.fromkeys(each.series for each in numbers if each.series.measure == measure))


def read(root: Element, catalogue: Mapping[str, Commodity]) -> Reading:
    """Every number of the page's table that belongs to a series; Unreadable where anything is not clear."""
    title, text = page_title(root)
    published = published_on(root, title.period)
    known = {_words(line): item for item in catalogue.values() for line in item.lines}
    table = _table(root, known)
    headed = _headed(title.period, published, table.columns.values())
    if any(label.is_base_of(title.period.year) for label in table.columns.values()):
        title = title._replace(stage="flash")  # which alone shows the year before
    lines = _lines(table, title, known)
    if len(money := money_lines(text_of(root))) != 1:
        named = " and ".join(each.text for each in money) or "no line such as Unit:US$1,000"
        raise Unreadable(f"the unit of its values is not clear: {named} was found")
    numbers = [number for line in lines.values() for number in line]
    levels, changes = ([each for each in numbers if each.change == change] for change in (False, True))
    return Reading(title, text, published, money[0], levels, changes, table.notes, headed)


def _table(root: Element, known: Known) -> Table:
    """The one table with figures of ours; else the first with any."""
    try:
        innermost = map(grid_of, root.xpath("//table[not(.//table)]"))
        tables = [table for grid in innermost if (table := figures_table(grid))]
    except Unreadable:  # of a page without our lines the header matters to nobody
        if any(_words(text_of(cell)) in known for cell in root.iter("td", "th")):
            raise
        return Table({}, None, (), ())
    ours = [table for table in tables if any(_words(name) in known for name, _ in table.lines)]
    if len(ours) > 1:
        raise Unreadable("more than one of its tables has figures of the same lines")
    if not tables:
        raise Unreadable("no table with columns headed Unit, Quantity and Value was found")
    return (ours or tables)[0]


def _headed(end: Month, published: date | None, labels: Collection[Label]) -> Month | None:
    """A month that all columns name against the title; Unreadable where they cannot be of the title's."""
    if published and Month.of_day(published) <= end:
        raise Unreadable(f"it is dated {published}, when {end.name} was not over")
    if years := {label.year for label in labels if label.year} - {end.year, end.year - 1}:
        raise Unreadable(f"its title says {end.name}, a column {min(years)}")
    months = {label.month for label in labels if label.month}
    headed = Month(end.year, min(months)) if months - {end.number} else None
    if headed and (len(months) > 1 or (published and comes_out_in(headed, published))):
        raise Unreadable(f"its title says {end.name}, its columns month {sorted(months)}")
    # A month can be headed by its number and in words.
    if len({(each.part, each.change, each.span, each.is_base_of(end.year)) for each in labels}) < len(labels):
        raise Unreadable("more than one of its columns holds the same of one period")
    return headed


def _lines(table: Table, title: Title, known: Known) -> dict[str, list[Number]]:
    found: dict[str, list[Number]] = {}
    for name, row in table.lines:
        commodity = known.get(_words(name))
        if commodity and title.flow in commodity.flows:
            line = _line(commodity, name, row, table, title)
            if found.setdefault(commodity.id, line) != line:
                raise Unreadable(f"the line {name!r} stands in it twice, with different numbers")
    if not found:
        ours = dict.fromkeys(item.lines[0] for item in known.values() if title.flow in item.flows)
        raise Unreadable(f"its table has no line {' or '.join(map(repr, ours))}")
    return found


def _words(name: str) -> frozenset[str]:
    """A line's words: no case, plural or order, Aluminum as Aluminium, without marks and joining words."""
    plain = re.sub(r"[*#,.;:/()\[\]'\"`‘’“”-]", " ", name.lower()).replace("aluminum", "aluminium")
    return frozenset(re.sub(r"(?<=[a-z]{3})s$", "", word) for word in plain.split()) - _JOINING


def _line(commodity: Commodity, name: str, row: TableRow, table: Table, title: Title) -> list[Number]:
    unit = "" if table.unit is None else row[table.unit].text
    numbers, tonnes = list[Number](), tonnes_in(unit)
    for label, number in table.numbers(name, row).items():
        measure: Measure = "value" if label.part == "value" else "quantity"
        if not tonnes and table.unit is not None and measure == "quantity" and not label.change:
            raise Unreadable(f"{unit!r}, the unit of the line {name!r}, is no weight")
        series, base = Series(commodity.id, title.flow, measure=measure), label.is_base_of(title.period.year)
        end, scope, step = title.period.plus(-12 if base else 0), commodity.scopes[0], step_of(number)
        numbers.append(Number(series, scope, label.span, end, number, step, label.change, base, tonnes))
    return numbers

"""What a page's table prints for the catalogue's series, before its units are settled."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.dataset.calendar import Month, Period
from bot.dataset.commodities import Commodity
from bot.dataset.model import Flow, Measure, Row, Series, Status
from bot.dataset.releases import FIRST_STAGE
from bot.sources.markup import Cells, Element, Unreadable, clean, grid_of, text_of
from bot.sources.printed import BROKEN, Unit, money_lines, number_in, shows_none, step_of, tonnes_in
from bot.sources.table import Label, Span, Table, figures_table
from bot.sources.titles import Title, comes_out_in, page_title, published_on

_JOINING = {"and", "of", "its", "their", "the", "thereof", "&"}
_OURS = re.compile(r"alumin|bauxit|铝")
Catalogue = Mapping[str, Commodity]


@dataclass(frozen=True, slots=True)
class Number:
    """What a page prints of a series and period: a level in the page's unit, or a change in percent."""

    series: Series
    scope: str
    span: Span | None  # None where the page leaves open of which period a change is
    end: Month
    number: Decimal
    step: Decimal
    change: bool = False
    revised: bool = False  # the base of the year before

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

    def times(self, factor: Decimal) -> "Number":
        """The same in a smaller unit."""
        return replace(self, number=self.number * factor, step=self.step * factor)

    def row(self, status: Status, source: str) -> Row:
        """The published row that it is."""
        value, step = (None, None) if self.change else (self.value, float(self.step))
        return Row(0, self.series, self.period, self.scope, value, step, None, status, source, None, 1, "")


Numbers = Sequence[Number]
Line = tuple[Decimal | None, list[Number]]  # one commodity's row: its unit in tonnes, and its numbers


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a page prints of the catalogue's series."""

    title: Title
    text: str
    published: date | None
    money: Unit
    tonnes: Mapping[Series, Decimal | None]  # each quantity's printed unit
    levels: Numbers
    changes: Numbers
    notes: Sequence[str] = ()
    headed: Month | None = None  # a month in its columns that contradicts its title

    @property
    def end(self) -> Month:
        """The month that the page is of."""
        return self.title.period

    @property
    def values(self) -> set[Series]:
        """The series of its values, of which all are in one unit."""
        return {each.series for each in (*self.levels, *self.changes) if each.series.measure == "value"}


def read(root: Element, catalogue: Catalogue) -> Reading:
    """Every number of the page's table that belongs to a series; Unreadable where anything is not clear."""
    title, text = page_title(root)
    published = published_on(root, title.period)
    table = _table(root, title.flow, catalogue)
    headed = _headed(title.period, published, table.columns.values())
    if any(label.is_base_of(title.period.year) for label in table.columns.values()):
        title = replace(title, stage="flash")  # which alone shows the year before
    lines, notes = _lines(table, title, catalogue)
    if len(money := money_lines(text_of(root))) != 1:
        named = " and ".join(each.text for each in money) or "no line such as Unit:US$1,000"
        raise Unreadable(f"the unit of its values is not clear: {named} was found")
    units = {name: unit for name, (unit, _) in lines.items() if unit or table.unit is None}
    tonnes = {Series(name, title.flow): unit for name, unit in units.items()}
    numbers = [number for _, numbers in lines.values() for number in numbers]
    levels, changes = ([each for each in numbers if each.change == change] for change in (False, True))
    notes = [*table.notes, *notes, *_missing(lines, title, catalogue)]
    return Reading(title, text, published, money[0], tonnes, levels, changes, notes, headed)


def _table(root: Element, flow: Flow, catalogue: Catalogue) -> Table:
    """The one table with figures of ours; else the first with any, whose missing lines are then told."""
    known = _by_words(catalogue)
    try:
        innermost = map(grid_of, root.xpath("//table[not(.//table)]"))
        tables = [table for grid in innermost if (table := figures_table(grid))]
    except Unreadable as error:  # of a page without our lines the header matters to nobody
        if any(_words(text_of(cell)) in known for cell in root.iter("td", "th")):
            raise
        raise _without_lines(flow, catalogue) from error
    ours = [table for table in tables if any(_words(name) in known for name, _ in table.lines)]
    if len(ours) > 1:
        raise Unreadable("more than one of its tables has figures of the same lines")
    if not tables:
        raise Unreadable("no table with columns headed Unit, Quantity and Value was found")
    return (ours or tables)[0]


def _without_lines(flow: Flow, catalogue: Catalogue) -> Unreadable:
    lines = [repr(item.lines[0]) for item in catalogue.values() if item.lines and flow in item.flows]
    return Unreadable(f"its table has no line {' or '.join(lines)}")


def _headed(end: Month, published: date | None, labels: Collection[Label]) -> Month | None:
    """A month that the columns name against the title; Unreadable where they cannot be of the title's."""
    if published and Month.of_day(published) <= end:
        raise Unreadable(f"it is dated {published}, when {end.name} was not over")
    if years := {label.year for label in labels if label.year} - {end.year, end.year - 1}:
        raise Unreadable(f"its title says {end.name}, a column {min(years)}")
    months = {label.month for label in labels if label.month}
    if not months - {end.number}:
        return None
    headed = Month(end.year, min(months))
    if len(months) > 1 or (published and comes_out_in(headed, published)):
        raise Unreadable(f"its title says {end.name}, its columns month {sorted(months)}")
    return headed


def _lines(table: Table, title: Title, catalogue: Catalogue) -> tuple[dict[str, Line], list[str]]:
    """The table's lines by their commodities, and notes on them and on others that speak of aluminium."""
    known, notes, found = _by_words(catalogue), list[str](), dict[str, Line]()
    for name, row in table.lines:
        commodity = known.get(_words(name))
        if commodity and title.flow in commodity.flows:
            line, left_out = _line(commodity, name, row, table, title)
            if found.setdefault(commodity.id, line) != line:
                raise Unreadable(f"the line {name!r} stands in it twice, with different numbers")
            notes += left_out
        elif _OURS.search(clean(name).lower()):
            notes.append(f"The line {name!r} is no series on record: not taken.")
    if not found:
        raise _without_lines(title.flow, catalogue)
    return found, notes


def _by_words(catalogue: Catalogue) -> dict[frozenset[str], Commodity]:
    return {_words(line): item for item in catalogue.values() for line in item.lines}


def _words(name: str) -> frozenset[str]:
    """A line's words: no case, plural or order, Aluminum as Aluminium, without marks and joining words."""
    plain = re.sub(r"[*#,.;:/()\[\]'\"`‘’“”-]", " ", clean(name).lower()).replace("aluminum", "aluminium")
    return frozenset(re.sub(r"(?<=[a-z]{3})s$", "", word) for word in plain.split()) - _JOINING


def _line(commodity: Commodity, name: str, row: Cells, table: Table, title: Title) -> tuple[Line, list[str]]:
    """A row's unit and numbers, and notes on what is left out; a dash gives no number."""
    if joined := [place for place in table.columns if not row[place].alone]:
        raise Unreadable(f"the line {name!r} has no cell of its own in column {joined[0] + 1}")
    texts, numbers, notes = {place: row[place].text for place in table.columns}, list[Number](), list[str]()
    if gap := any(label.change and not texts[place] for place, label in table.columns.items()):
        # An empty cell and no dash: the others may have moved.
        notes.append(f"The line {name!r} has an empty cell among its percentages: they are left out.")
    if broken := sum(bool(BROKEN.fullmatch(text)) for text in texts.values()):
        notes.append(f"The line {name!r} shows no number in {broken} of its cells: left out.")
    for place, label in table.columns.items():
        number = number_in(texts[place], change=label.change)
        if (gap and label.change) or shows_none(texts[place]):
            continue
        if number is None:
            where = f"column {place + 1} of the line {name!r}"
            raise Unreadable(f"{texts[place]!r} in {where} is not a number")
        numbers.append(_number(number, label, commodity, title))
    unit = "" if table.unit is None else row[table.unit].text
    amounts = any(each.series.measure == "quantity" and not each.change for each in numbers)
    if not (tonnes := tonnes_in(unit)) and amounts and table.unit is not None:
        raise Unreadable(f"{unit!r}, the unit of the line {name!r}, is no weight")
    return (tonnes, numbers), notes


def _number(number: Decimal, label: Label, commodity: Commodity, title: Title) -> Number:
    measure: Measure = "value" if label.part == "value" else "quantity"
    series, base = Series(commodity.id, title.flow, measure=measure), label.is_base_of(title.period.year)
    end, step = title.period.plus(-12 if base else 0), step_of(number)
    return Number(series, commodity.scopes[0], label.span, end, number, step, label.change, base)


def _missing(lines: Collection[str], title: Title, catalogue: Catalogue) -> Iterator[str]:
    """A note on each line that a page of this kind is waited for with, and that it has not."""
    stages = ("flash",) if title.stage == "flash" else ("flash", "bulletin")
    for (commodity, flow), stage in FIRST_STAGE.items():
        if flow == title.flow and stage in stages and commodity in catalogue and commodity not in lines:
            yield f"It has no line {catalogue[commodity].lines[0]!r}."

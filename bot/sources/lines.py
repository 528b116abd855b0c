"""The rows of a table that belong to the catalogue's series, whatever their spelling of the day."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.dataset.commodities import Commodity
from bot.dataset.model import Flow
from bot.sources.grid import Row
from bot.sources.markup import Unreadable, clean
from bot.sources.printed import NotANumber, Printed, is_broken, printed, printed_change, tonnes_in
from bot.sources.table import Column, Table

_JOINING = {"and", "of", "its", "their", "the", "thereof", "&"}
_OURS = re.compile(r"alumin|bauxit|铝")
Catalogue = Mapping[str, Commodity]


@dataclass(frozen=True, slots=True)
class Line:
    """One commodity's row: the weight of its unit in tonnes, and the level or change in each column.

    A column that holds a dash is not there, nor is one that holds what a workbook shows for a cell that it
    cannot fill.
    """

    commodity: str
    tonnes: Decimal | None
    numbers: Mapping[Column, Printed | float]


def any_of_ours(names: Iterable[str], catalogue: Catalogue) -> bool:
    """Whether one of them is a line that commodities.toml gives a commodity."""
    known = _by_words(catalogue)
    return any(_words(name) in known for name in names)


def _by_words(catalogue: Catalogue) -> dict[frozenset[str], str]:
    return {_words(line): name for name, item in catalogue.items() for line in item.lines}


def _words(name: str) -> frozenset[str]:
    """A line's words: no case, plural or order, Aluminum as Aluminium, without marks and joining words."""
    plain = re.sub(r"[*#,.;:/()\[\]'\"`‘’“”-]", " ", clean(name).lower()).replace("aluminum", "aluminium")
    return frozenset(re.sub(r"(?<=[a-z]{3})s$", "", word) for word in plain.split()) - _JOINING


def lines_wanted(flow: Flow, catalogue: Catalogue) -> str:
    """The lines of the catalogue that a table of that flow may have."""
    return " or ".join(
        repr(item.lines[0]) for item in catalogue.values() if item.lines and flow in item.flows
    )


def lines_of(table: Table, flow: Flow, catalogue: Catalogue) -> tuple[list[Line], list[str]]:
    """The catalogue's lines in the table, and notes on them and on others that speak of aluminium."""
    known, notes, found = _by_words(catalogue), list[str](), dict[str, Line]()
    for name, row in table.lines():
        commodity = known.get(_words(name))
        if commodity and flow in catalogue[commodity].flows:
            line, own = _line(commodity, name, row, table)
            if found.setdefault(commodity, line) != line:
                raise Unreadable(f"the line {name!r} stands in it twice, with different numbers")
            notes += own
        elif _OURS.search(clean(name).lower()):
            notes.append(f"The line {name!r} is no series on record: not taken.")
    if not found:
        raise Unreadable(f"its table has no line {lines_wanted(flow, catalogue)}")
    return list(found.values()), notes


def _line(commodity: str, name: str, row: Row, table: Table) -> tuple[Line, list[str]]:
    cells, notes = {column: row[column.place] for column in table.columns}, list[str]()
    for column, cell in cells.items():
        if cell is None or not cell.alone:
            place = f"column {column.place + 1}"
            raise Unreadable(f"the line {name!r} has no cell of its own in {place}")
    texts = {column: cell.text for column, cell in cells.items() if cell}
    if gap := any(column.label.change and not text for column, text in texts.items()):
        # An empty cell and no dash: the others may have moved.
        notes.append(f"The line {name!r} has an empty cell among its percentages: they are left out.")
    if broken := sum(map(is_broken, texts.values())):
        notes.append(f"The line {name!r} shows no number in {broken} of its cells: left out.")
    numbers = {
        column: number
        for column, text in texts.items()
        if not (is_broken(text) or (gap and column.label.change))
        and (number := _number(text, name, column)) is not None
    }
    unit = "" if table.unit is None or not (cell := row[table.unit]) else cell.text
    tonnes = tonnes_in(unit)
    amounts = any(column.label.part == "quantity" and not column.label.change for column in numbers)
    if amounts and not tonnes and table.unit is not None:
        raise Unreadable(f"{unit!r}, the unit of the line {name!r}, is no weight")
    return Line(commodity, tonnes, numbers), notes


def _number(text: str, name: str, column: Column) -> Printed | float | None:
    """The number of a cell; None for the dash that stands for none."""
    try:
        return printed_change(text) if column.label.change else printed(text)
    except NotANumber as error:
        place = f"column {column.place + 1} of the line {name!r}"
        raise Unreadable(f"{text!r} in {place} is not a number") from error

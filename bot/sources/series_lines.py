"""The rows of a table that belong to the catalogue's series."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from bot.dataset.commodities import Commodity
from bot.dataset.model import Flow
from bot.errors import SourceError
from bot.sources.grid import Cell
from bot.sources.line_names import series_by_words, sounds_like_ours, words_of
from bot.sources.page_units import tonnes_in
from bot.sources.printed_numbers import NotANumber, Printed, is_broken, printed, printed_change
from bot.sources.table import Column, Table

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One commodity's row: the weight of its unit in tonnes, and what stands in each column.

    A column that holds a dash is not there, nor is one that holds what a workbook shows for a cell that it
    cannot fill: `broken` says how many. `gap` is true where a change is an empty cell and no dash: the others
    may have moved, and none of them is taken.
    """

    commodity: str
    name: str
    tonnes: Decimal | None
    levels: Mapping[Column, Printed]
    changes: Mapping[Column, float]
    gap: bool
    broken: int


def lines_of(
    table: Table, flow: Flow, catalogue: Mapping[str, Commodity], address: str
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The catalogue's lines in the table, and a note on each that speaks of aluminium and is none of them."""
    known, notes = series_by_words(catalogue), list[str]()
    found: dict[str, Line] = {}
    for name, row in table.lines():
        commodity = known.get(words_of(name))
        if commodity is None or flow not in catalogue[commodity].flows:
            notes += (
                [f"The line {name!r} is no series on record: not taken."] if sounds_like_ours(name) else []
            )
            continue
        line = _line(commodity, name, row, table, address)
        if found.setdefault(commodity, line) != line:
            raise SourceError(address, f"the line {name!r} stands in it twice, with different numbers")
        notes += [f"The line {name!r} has an empty cell among its percentages: they are left out."] * line.gap
        notes += [f"The line {name!r} shows no number in {line.broken} of its cells: left out."] * bool(
            line.broken
        )
    if not found:
        raise SourceError(address, f"its table has no line {lines_wanted(flow, catalogue)}")
    return tuple(found.values()), tuple(notes)


def lines_wanted(flow: Flow, catalogue: Mapping[str, Commodity]) -> str:
    """The lines of the catalogue that a table of that flow may have."""
    return " or ".join(
        repr(item.lines[0]) for item in catalogue.values() if item.lines and flow in item.flows
    )


def _line(commodity: str, name: str, row: tuple[Cell | None, ...], table: Table, address: str) -> Line:
    told = {column: _text(row[column.place], name, column, address) for column in table.columns}
    texts = {column: text for column, text in told.items() if not is_broken(text)}
    levels = {column: text for column, text in texts.items() if not column.change}
    changes = {column: text for column, text in texts.items() if column.change}
    gap = "" in changes.values()
    line = Line(
        commodity=commodity,
        name=name,
        tonnes=None if table.unitless else _tonnes(row[table.unit]),
        levels=_numbers(levels, printed, name, address),
        changes={} if gap else _numbers(changes, printed_change, name, address),
        gap=gap,
        broken=len(told) - len(texts),
    )
    if not (table.unitless or line.tonnes) and any(column.part == "quantity" for column in line.levels):
        raise SourceError(address, f"{_said(row[table.unit])}, the unit of the line {name!r}, is no weight")
    return line


def _text(cell: Cell | None, name: str, column: Column, address: str) -> str:
    if cell is None or not cell.alone:
        raise SourceError(address, f"the line {name!r} has no cell of its own in column {column.place + 1}")
    return cell.text


def _numbers(
    texts: Mapping[Column, str], read: Callable[[str], T | None], name: str, address: str
) -> dict[Column, T]:
    """The numbers of a row by column, without the dashes that stand for none."""
    found = {}
    for column, text in texts.items():
        try:
            number = read(text)
        except NotANumber as error:
            place = f"column {column.place + 1} of the line {name!r}"
            raise SourceError(address, f"{text!r} in {place} is not a number") from error
        if number is not None:
            found[column] = number
    return found


def _tonnes(unit: Cell | None) -> Decimal | None:
    return tonnes_in(unit.text) if unit else None


def _said(unit: Cell | None) -> str:
    return repr(unit.text if unit else "")

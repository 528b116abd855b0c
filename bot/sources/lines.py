"""The rows of a table that belong to the catalogue's series."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.dataset.catalogue import Commodity
from bot.dataset.model import Flow
from bot.errors import SourceError
from bot.sources.columns import Column, Table
from bot.sources.grid import Cell
from bot.sources.names import series_by_words, sounds_like_ours, words_of
from bot.sources.numbers import NotANumber, Printed, printed, printed_change
from bot.sources.units import tonnes_in


@dataclass(frozen=True, slots=True)
class Line:
    """One commodity's row: the weight of its unit in tonnes, and what stands in each column.

    A column that holds a dash is not there.
    """

    commodity: str
    name: str
    tonnes: Decimal | None
    levels: Mapping[Column, Printed]
    changes: Mapping[Column, float]


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
    if not found:
        wanted = " or ".join(
            repr(item.lines[0]) for item in catalogue.values() if item.lines and flow in item.flows
        )
        raise SourceError(address, f"its table has no line {wanted}")
    return tuple(found.values()), tuple(notes)


def _line(commodity: str, name: str, row: tuple[Cell | None, ...], table: Table, address: str) -> Line:
    levels: dict[Column, Printed | None] = {}
    changes: dict[Column, float | None] = {}
    for column in table.columns:
        text = _text(row[column.place], name, column, address)
        try:
            if column.change:
                changes[column] = printed_change(text)
            else:
                levels[column] = printed(text)
        except NotANumber as error:
            place = f"column {column.place + 1} of the line {name!r}"
            raise SourceError(address, f"{text!r} in {place} is not a number") from error
    unit = row[table.unit]
    tonnes = tonnes_in(unit.text) if unit else None
    if tonnes is None and any(level and column.part == "quantity" for column, level in levels.items()):
        raise SourceError(
            address, f"{unit.text if unit else ''!r}, the unit of the line {name!r}, is no weight"
        )
    return Line(
        commodity=commodity,
        name=name,
        tonnes=tonnes,
        levels={column: number for column, number in levels.items() if number is not None},
        changes={column: pct for column, pct in changes.items() if pct is not None},
    )


def _text(cell: Cell | None, name: str, column: Column, address: str) -> str:
    if cell is None or not cell.alone:
        raise SourceError(address, f"the line {name!r} has no cell of its own in column {column.place + 1}")
    return cell.text

"""The header of a table of trade figures, and the rows below it that name a commodity."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import SourceError
from bot.sources.grid import Cell, Grid
from bot.sources.labels import Label, Part, Span, UnknownLabel, read_label
from bot.sources.units import money_lines

_MONEY_LINE = re.compile(r"\bunits?\s*:|[(\[]\s*unit", re.IGNORECASE)
_HEADER_ROWS = 12  # further down no header begins


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column: a level or a change, of which period; a month or year left open is None."""

    place: int
    part: Part | None
    change: bool
    span: Span | None
    month: int | None
    year: int | None

    @property
    def figures(self) -> bool:
        """Whether it holds quantities, values or their changes."""
        return self.part in ("quantity", "value")


@dataclass(frozen=True, slots=True)
class Table:
    """The one table of figures of a page; before the unit of a row stands its name, indented or not."""

    columns: tuple[Column, ...]
    unit: int
    rows: tuple[tuple[Cell | None, ...], ...]

    def lines(self) -> Iterator[tuple[str, tuple[Cell | None, ...]]]:
        """Each row with the name that it begins with."""
        for row in self.rows:
            cells = dict.fromkeys(row[: self.unit])  # one that reaches over several columns is read once
            if name := " ".join(cell.text for cell in cells if cell and cell.text):
                yield name, row


def figures_table(grid: Grid, address: str) -> Table | None:
    """The grid as a table of figures; None where it has no such header.

    A SourceError names a label that is not understood: a column is never passed over.
    """
    if not (header := _header(grid)):
        return None
    top, bottom = header
    columns = tuple(_column(grid.rows[top:bottom], place, address) for place in range(grid.width))
    units = [column.place for column in columns if column.part == "unit"]
    if len(units) != 1:
        raise SourceError(address, f"its table has {len(units) or 'no'} columns headed Unit")
    unit = units[0]
    if not unit or any(column.part not in (None, "name") for column in columns[:unit]):
        raise SourceError(address, "its table has no column headed Commodity before its Unit")
    _check([column for column in columns[unit + 1 :] if _used(grid, column, bottom)], address)
    return Table(tuple(column for column in columns if column.figures), unit, grid.rows[bottom:])


def _header(grid: Grid) -> tuple[int, int] | None:
    """The first row of the header and the first one below it."""
    told = [
        number
        for number, row in enumerate(grid.rows[:_HEADER_ROWS])
        if {"quantity", "value"} <= {_part(cell) for cell in row}
    ]
    if not told:
        return None
    top = next(number for number in range(told[-1] + 1) if number == told[0] or _heads(grid.rows[number]))
    while top > 0 and _readable(grid.rows[top - 1]):
        top -= 1
    return top, told[-1] + 1


def _heads(row: Sequence[Cell | None]) -> bool:
    return any(_part(cell) == "unit" for cell in row)


def _readable(row: Sequence[Cell | None]) -> bool:
    """Whether a row above holds labels alone, and at least one."""
    speaking = [cell for cell in row if cell and _speaks(cell, len(row))]
    return bool(speaking) and all(_read(cell.text) for cell in speaking)


def _part(cell: Cell | None) -> Part | None:
    if not cell or not cell.text or _is_money(cell.text):
        return None
    label = _read(cell.text)
    return label.part if label else None


def _read(text: str) -> Label | None:
    try:
        return read_label(text)
    except UnknownLabel:
        return None


def _column(rows: Sequence[Sequence[Cell | None]], place: int, address: str) -> Column:
    """What the header's cells above one another say together."""
    cells = dict.fromkeys(row[place] for row in rows)  # a cell that reaches down stands there once
    speaking = [cell for cell in cells if cell and _speaks(cell, len(rows[0]))]
    labels, texts = [_label(cell, address) for cell in speaking], [cell.text for cell in speaking]
    return Column(
        place,
        part=_one([label.part for label in labels], "meaning", texts, address),
        change=any(label.change for label in labels),
        span=_one([label.span for label in labels], "period", texts, address),
        month=_one([label.month for label in labels], "month", texts, address),
        year=_one([label.year for label in labels], "year", texts, address),
    )


def _speaks(cell: Cell, width: int) -> bool:
    """Whether a cell tells of its columns: not the title or the unit line laid over all of them."""
    return bool(cell.text) and not _is_money(cell.text) and cell.last - cell.first + 1 < width


def _is_money(text: str) -> bool:
    """Whether it is the line with the unit of values, and no heading of a column."""
    return bool(_MONEY_LINE.search(text) or money_lines(text))


def _label(cell: Cell, address: str) -> Label:
    if label := _read(cell.text):
        return label
    raise SourceError(address, f"its table has a column headed {cell.text!r}, which is not known")


def _one(found: Sequence[Any], what: str, texts: Sequence[str], address: str) -> Any:
    told = {each for each in found if each is not None}
    if len(told) > 1:
        headed = ", ".join(map(repr, texts))
        raise SourceError(address, f"a column of its table is headed {headed}: more than one {what}")
    return next(iter(told), None)


def _used(grid: Grid, column: Column, bottom: int) -> bool:
    """Whether there is anything in a column: some rows end in an empty cell more."""
    if column.part or column.change or column.span or column.year:
        return True
    return any((cell := row[column.place]) and cell.text for row in grid.rows[bottom:])


def _check(figures: Sequence[Column], address: str) -> None:
    """Behind the units every two columns hold quantity and value of one thing, each thing once.

    A header that lost or doubled a cell would lay its labels over other numbers.
    """
    seen = set()
    for place, column in enumerate(figures):
        what, wanted = _what(column), "value" if place % 2 else "quantity"
        alone = (what in seen) == (wanted == "quantity") or what != _what(figures[place - place % 2])
        if column.part != wanted or not (column.change or column.span) or alone:
            raise SourceError(address, f"what its table holds in column {column.place + 1} is not clear")
        seen.add(what)
    if len(figures) % 2 or not figures:
        raise SourceError(address, "its table does not hold a quantity and a value of each period")


def _what(column: Column) -> tuple[object, ...]:
    return (column.change, column.span, column.month, column.year)

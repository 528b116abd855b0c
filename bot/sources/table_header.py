"""The header of a table of trade figures: what each column holds."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.errors import SourceError
from bot.sources.grid import Cell, Grid, Rows
from bot.sources.labels import Label, Part, UnknownLabel, read_label
from bot.sources.page_units import money_lines
from bot.sources.table import Column, Table, is_unitless, with_month

_MONEY_LINE = re.compile(r"\bunits?\s*:|[(\[]\s*unit", re.IGNORECASE)
_HEADER_ROWS = 12  # further down no header begins


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
    rows = grid.rows[bottom:]
    used = [column for column in columns[unit + 1 :] if _used(rows, column)]
    figures = with_month(used, rows, address)
    _check(figures, address)
    unitless = is_unitless(figures, unit, rows)
    moved = [replace(column, place=column.place - unitless) for column in figures]
    return Table(tuple(moved), unit, rows, unheaded=figures != used, unitless=unitless)


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
    bottom = told[-1] + 1
    while bottom < len(grid.rows) and _names_periods(grid.rows[bottom], grid.rows[bottom - 1]):
        bottom += 1
    return top, bottom


def _names_periods(row: Sequence[Cell | None], above: Sequence[Cell | None]) -> bool:
    """Whether a row below quantities and values says of which period they are, and nothing else."""
    own = {cell for cell, higher in zip(row, above, strict=True) if cell and cell.text and cell is not higher}
    labels = [_read(cell.text) for cell in own]
    return bool(labels) and all(each and not each.part and (each.span or each.change) for each in labels)


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


def _used(rows: Rows, column: Column) -> bool:
    """Whether there is anything in a column: some rows end in an empty cell more.

    A note below the figures that reaches over all columns is in none of them.
    """
    if column.part or column.change or column.span or column.year:
        return True
    cells = (row[column.place] for row in rows)
    return any(cell and cell.text and cell.first == column.place for cell in cells)


def _check(figures: Sequence[Column], address: str) -> None:
    """Behind the units stand quantity and value of each period in turn, or all quantities, then all values.

    Each period once: a header that lost or doubled a cell would lay its labels over other numbers.
    """
    if len(figures) % 2 or not figures:
        raise SourceError(address, "its table does not hold a quantity and a value of each period")
    seen = set()
    for quantity, value in _pairs(figures):
        what = _what(quantity)
        named = (quantity.part, value.part) == ("quantity", "value") and (quantity.change or quantity.span)
        if not named or what != _what(value) or what in seen:
            raise SourceError(address, f"what its table holds in column {quantity.place + 1} is not clear")
        seen.add(what)


def _pairs(figures: Sequence[Column]) -> list[tuple[Column, Column]]:
    half = len(figures) // 2
    parts = [column.part for column in figures]
    if half > 1 and parts == ["quantity"] * half + ["value"] * half:
        return list(zip(figures[:half], figures[half:], strict=True))
    return list(zip(figures[::2], figures[1::2], strict=True))


def _what(column: Column) -> tuple[object, ...]:
    return (column.change, column.span, column.month, column.year)

"""Tables of trade figures: what each column holds by its headings, and two slips that the site has made."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.sources.grid import Cell, Row
from bot.sources.labels import Label, Part, read_label
from bot.sources.markup import Unreadable
from bot.sources.printed import NotANumber, is_broken, money_lines, printed

_FIGURE = re.compile(r"[0-9][0-9,.]*")
_FIGURE_OR_DASH = re.compile(r"[0-9][0-9,.]*|-+")
_MONEY_LINE = re.compile(r"\bunits?\s*:|[(\[]\s*unit", re.IGNORECASE)
_HEADER_ROWS = 12  # further down no header begins
UNHEADED = "Nothing stands over its first quantity and value: taken as those of the month."
UNITLESS = "No line has a cell for its unit: each cell is taken as one further left than its heading."


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column, and where."""

    place: int
    label: Label

    @property
    def period(self) -> tuple[object, ...]:
        """Of which period it is the level or the change."""
        return self.label.change, self.label.span, self.label.month, self.label.year


@dataclass(frozen=True, slots=True)
class Table:
    """The one table of figures of a page; before the unit of a row stands its name, indented or not.

    `unit` is None where no row has a cell for its unit.
    """

    columns: tuple[Column, ...]
    names: int
    unit: int | None
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def lines(self) -> Iterator[tuple[str, Row]]:
        """Each row with the name that it begins with."""
        for row in self.rows:
            cells = dict.fromkeys(row[: self.names])  # one that reaches over several columns is read once
            if name := " ".join(cell.text for cell in cells if cell and cell.text):
                yield name, row


def figures_table(grid: Sequence[Row]) -> Table | None:
    """The grid as a table of figures; None where it has no such header.

    Unreadable names a label that is not understood: a column is never passed over.
    """
    if not (header := _header(grid)):
        return None
    top, bottom = header
    rows = tuple(grid[bottom:])
    columns = [_column(grid[top:bottom], place) for place in range(len(grid[0]))]
    units = [column.place for column in columns if column.label.part == "unit"]
    if len(units) != 1:
        raise Unreadable(f"its table has {len(units) or 'no'} columns headed Unit")
    unit = units[0]
    if not unit or any(column.label.part not in (None, "name") for column in columns[:unit]):
        raise Unreadable("its table has no column headed Commodity before its Unit")
    used = [column for column in columns[unit + 1 :] if _used(rows, column)]
    figures = _with_month(used, rows)
    _check(figures)
    unitless = _is_unitless(rows, unit, figures[-1].place)
    notes = [UNHEADED] * (figures != used) + [UNITLESS] * unitless
    moved = tuple(replace(column, place=column.place - unitless) for column in figures)
    return Table(moved, unit, None if unitless else unit, rows, tuple(notes))


def _header(grid: Sequence[Row]) -> tuple[int, int] | None:
    """The first row of the header and the first one below it."""
    parts = [{_part(cell) for cell in row} for row in grid[:_HEADER_ROWS]]
    told = [number for number, found in enumerate(parts) if {"quantity", "value"} <= found]
    if not told:
        return None
    top = next(number for number in range(told[-1] + 1) if number == told[0] or "unit" in parts[number])
    while top > 0 and _is_of_labels(grid[top - 1]):
        top -= 1
    bottom = told[-1] + 1
    while bottom < len(grid) and _names_periods(grid[bottom], grid[bottom - 1]):
        bottom += 1
    return top, bottom


def _part(cell: Cell | None) -> Part | None:
    label = read_label(cell.text) if cell and not _is_money(cell.text) else None
    return label.part if label else None


def _is_money(text: str) -> bool:
    """Whether it is the line with the unit of values, and no heading of a column."""
    return bool(_MONEY_LINE.search(text) or money_lines(text))


def _heads(cell: Cell | None, width: int) -> bool:
    """Whether a cell tells of its columns: not the title or the unit line laid over all of them."""
    spans_all = cell and cell.last - cell.first + 1 == width
    return bool(cell and cell.text and not spans_all and not _is_money(cell.text))


def _is_of_labels(row: Row) -> bool:
    """Whether a row above holds labels alone, and at least one."""
    texts = [cell.text for cell in row if cell and _heads(cell, len(row))]
    return bool(texts) and all(map(read_label, texts))


def _names_periods(row: Row, above: Row) -> bool:
    """Whether a row below quantities and values says of which period they are, and nothing else."""
    own = {cell for cell, higher in zip(row, above, strict=True) if cell and cell.text and cell is not higher}
    labels = [read_label(cell.text) for cell in own]
    return bool(labels) and all(each and not each.part and (each.span or each.change) for each in labels)


def _column(rows: Sequence[Row], place: int) -> Column:
    """What the header's cells above one another say together."""
    texts = dict.fromkeys(cell.text for row in rows if (cell := row[place]) and _heads(cell, len(row)))
    if label := read_label(text := " ".join(texts)):
        return Column(place, label)
    raise Unreadable(f"its table has a column headed {text!r}, which is not known")


def _used(rows: Sequence[Row], column: Column) -> bool:
    """Whether there is anything in a column: some rows end in an empty cell more.

    A note below the figures that reaches over all columns is in none of them.
    """
    cells = (row[column.place] for row in rows)
    return column.label != Label() or any(cell and cell.text and cell.first == column.place for cell in cells)


def _with_month(columns: list[Column], rows: Sequence[Row]) -> list[Column]:
    """The columns with the first two as those of the month, over which the site left the heading blank.

    Only there, only before running totals, and only where the numbers are no larger than those.
    """
    first, rest = columns[:2], columns[2:]
    bare = [column.label in (Label("quantity"), Label("value")) for column in first]
    if bare != [True, True] or not rest or rest[0].label.span != "ytd":
        return columns
    pairs = [
        (_number(row, one), _number(row, total))
        for row in rows
        for one, total in zip(first, rest, strict=False)
    ]
    larger = [month > total for month, total in pairs if month is not None and total is not None]
    if not larger or sum(larger) * 2 >= len(larger):
        said = "nothing stands over its first columns, and they do not hold the month: they exceed the total"
        raise Unreadable(said)
    return [*(replace(column, label=replace(column.label, span="month")) for column in first), *rest]


def _number(row: Row, column: Column) -> Decimal | None:
    cell = row[column.place]
    try:
        number = printed(cell.text) if cell and cell.alone else None
    except NotANumber:
        return None
    return number.value if number else None


def _check(figures: Sequence[Column]) -> None:
    """Behind the units stand quantity and value of each period in turn, or all quantities, then all values.

    Each period once: a header that lost or doubled a cell would lay its labels over other numbers.
    """
    half, odd = divmod(len(figures), 2)
    if odd or not half:
        raise Unreadable("its table does not hold a quantity and a value of each period")
    apart = half > 1 and all(column.label.part == "quantity" for column in figures[:half])
    quantities, values = (figures[:half], figures[half:]) if apart else (figures[::2], figures[1::2])
    seen = set()
    for quantity, value in zip(quantities, values, strict=True):
        named = (quantity.label.part, value.label.part) == ("quantity", "value")
        told = quantity.label.change or quantity.label.span
        if not named or not told or quantity.period != value.period or quantity.period in seen:
            raise Unreadable(f"what its table holds in column {quantity.place + 1} is not clear")
        seen.add(quantity.period)


def _is_unitless(rows: Sequence[Row], unit: int, last: int) -> bool:
    """Whether every row lacks its cell for the unit, and ends in an empty one that makes up for it.

    The column of units then holds numbers, and the last one nothing at all.
    """
    told = [cell.text for row in rows if (cell := row[unit]) and cell.alone and cell.text]
    ends = {cell.text for row in rows if (cell := row[last]) and cell.alone}
    numbers = all(_FIGURE_OR_DASH.fullmatch(text) or is_broken(text) for text in told)
    return numbers and any(map(_FIGURE.fullmatch, told)) and ends == {""}

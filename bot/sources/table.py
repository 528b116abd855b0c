"""A table of figures whose columns are understood, and two ways in which the site has printed one amiss."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.errors import SourceError
from bot.sources.grid import Cell, Rows
from bot.sources.labels import Part, Span
from bot.sources.printed_numbers import NotANumber, Printed, is_broken, printed

_FIGURE = re.compile(r"[0-9][0-9,.]*")
_FIGURE_OR_DASH = re.compile(r"[0-9][0-9,.]*|-+")


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

    @property
    def bare(self) -> bool:
        """Whether nothing over it says of what it is the quantity or value."""
        return self.figures and not (self.change or self.span or self.month or self.year)


@dataclass(frozen=True, slots=True)
class Table:
    """The one table of figures of a page; before the unit of a row stands its name, indented or not.

    `unheaded` is true where nothing stands over the first quantity and value, taken as those of the month;
    `unitless` where no row has a cell for its unit.
    """

    columns: tuple[Column, ...]
    unit: int
    rows: Rows
    unheaded: bool = False
    unitless: bool = False

    def lines(self) -> Iterator[tuple[str, tuple[Cell | None, ...]]]:
        """Each row with the name that it begins with."""
        for row in self.rows:
            cells = dict.fromkeys(row[: self.unit])  # one that reaches over several columns is read once
            if name := " ".join(cell.text for cell in cells if cell and cell.text):
                yield name, row


def with_month(columns: Sequence[Column], rows: Rows, address: str) -> list[Column]:
    """The columns with the first two as those of the month, over which the site left the heading blank.

    Only there, only before running totals, and only where the numbers are no larger than those.
    """
    first, rest = columns[:2], columns[2:]
    if not (len(first) == 2 and all(column.bare for column in first) and rest and rest[0].span == "ytd"):
        return list(columns)
    larger = [_is_larger(row, one, other) for row in rows for one, other in zip(first, rest, strict=False)]
    told = [each for each in larger if each is not None]
    if not told or sum(told) * 2 >= len(told):
        said = "nothing stands over its first columns, and they do not hold the month: they exceed the total"
        raise SourceError(address, said)
    return [*(replace(column, span="month") for column in first), *rest]


def _is_larger(row: Sequence[Cell | None], month: Column, total: Column) -> bool | None:
    """Whether the month's number is larger than the running total; None where one of them is none."""
    numbers = [_number(row[column.place]) for column in (month, total)]
    if numbers[0] is None or numbers[1] is None:
        return None
    return numbers[0].value > numbers[1].value


def _number(cell: Cell | None) -> Printed | None:
    try:
        return printed(cell.text) if cell and cell.alone else None
    except NotANumber:
        return None


def is_unitless(columns: Sequence[Column], unit: int, rows: Rows) -> bool:
    """Whether every row lacks its cell for the unit, and ends in an empty one that makes up for it.

    The column of units then holds numbers, and the last one nothing at all.
    """
    if not columns or not rows:
        return False
    told = [cell.text for row in rows if (cell := row[unit]) and cell.alone and cell.text]
    ends = {cell.text for row in rows if (cell := row[columns[-1].place]) and cell.alone}
    numbers = all(_FIGURE_OR_DASH.fullmatch(text) or is_broken(text) for text in told)
    return numbers and any(map(_FIGURE.fullmatch, told)) and ends == {""}

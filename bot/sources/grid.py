"""A table of a page as a grid of texts: a cell stands in each place that its colspan and rowspan cover."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sources.markup import Element, text_of

WIDEST = 60  # columns; the site's tables have eight to twelve
LONGEST = 3_000  # rows


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell's text, the columns it covers, and whether it covers one place alone."""

    text: str
    first: int
    last: int
    alone: bool = True


Rows = tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of equal width; a place that no cell covers holds None."""

    rows: Rows

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0


def grids(root: Element) -> Iterator[Grid]:
    """Every table that holds no other one; those wider or longer than any of the site are left out."""
    for table in root.iter("table"):
        if next(table.iterdescendants("table"), None) is None and (grid := grid_of(table)):
            yield grid


def grid_of(table: Element) -> Grid | None:
    """The table's grid; None where it is larger than any of the site."""
    canvas = _Canvas()
    for number, row in enumerate(table.iter("tr")):
        if number >= LONGEST or not canvas.add(row):
            return None
    return canvas.grid()


@dataclass(slots=True)
class _Canvas:
    rows: list[dict[int, Cell]] = field(default_factory=list)
    hanging: dict[int, tuple[Cell, int]] = field(
        default_factory=dict
    )  # by column: what reaches down, how far

    def add(self, row: Element) -> bool:
        """Lays a row's cells into the places that are free; False where it grows too wide."""
        line = {column: cell for column, (cell, _) in self.hanging.items()}
        self.hanging = {column: (cell, left - 1) for column, (cell, left) in self.hanging.items() if left > 1}
        column = 0
        for element in row.iterchildren("td", "th"):
            while column in line:
                column += 1
            column = self._lay(element, line, column)
            if column > WIDEST:
                return False
        self.rows.append(line)
        return True

    def _lay(self, element: Element, line: dict[int, Cell], first: int) -> int:
        width, height = _span(element, "colspan", WIDEST + 1), _span(element, "rowspan", LONGEST)
        cell = Cell(text_of(element), first, first + width - 1, alone=width == height == 1)
        for column in range(first, first + width):
            line[column] = cell
            if height > 1:
                self.hanging[column] = (cell, height - 1)
        return first + width

    def grid(self) -> Grid:
        width = max((max(row, default=-1) + 1 for row in self.rows), default=0)
        return Grid(tuple(tuple(row.get(column) for column in range(width)) for row in self.rows))


def _span(element: Element, name: str, most: int) -> int:
    """How far a cell reaches; what is no number counts as 1, rowspan 0 as the rest of the table."""
    text = (element.get(name) or "1").strip()
    if not re.fullmatch(r"[0-9]{1,9}", text):
        return 1
    return min(int(text), most) or (most if name == "rowspan" else 1)

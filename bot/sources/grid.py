"""A table of a page as a grid of texts: a cell stands in each place that its colspan and rowspan cover."""

import re
from dataclasses import dataclass
from itertools import product

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


Row = tuple[Cell | None, ...]  # a place that no cell covers holds None


def grid_of(table: Element) -> tuple[Row, ...]:
    """The table's rows, all of one width; none where it is larger than any of the site."""
    lines = list(table.iter("tr"))
    if len(lines) > LONGEST:
        return ()
    places: dict[tuple[int, int], Cell] = {}
    for down, line in enumerate(lines):
        across = 0
        for element in line.iterchildren("td", "th"):
            while (down, across) in places:
                across += 1
            width, height = _span(element, "colspan", 1), _span(element, "rowspan", len(lines))
            if across + width > WIDEST:
                return ()
            cell = Cell(text_of(element), across, across + width - 1, alone=width == height == 1)
            below = range(down, min(down + height, len(lines)))
            places |= dict.fromkeys(product(below, range(across, across + width)), cell)
            across += width
    width = max((across + 1 for _, across in places), default=0)
    return tuple(tuple(places.get((down, at)) for at in range(width)) for down in range(len(lines)))


def _span(element: Element, name: str, for_zero: int) -> int:
    """How far a cell reaches; what is no number counts as 1, rowspan 0 as the rest of the table."""
    text = (element.get(name) or "1").strip()
    return int(text) or for_zero if re.fullmatch(r"[0-9]{1,9}", text) else 1

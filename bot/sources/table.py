"""Tables of trade figures: what each column holds by its headings, and two slips that the site has made."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from bot.sources.markup import NOTHING, Element, Unreadable, clean, money_lines, number_in, text_of
from bot.sources.titles import MONTHS, YEAR, month_number

Span = Literal["month", "ytd"]
Part = Literal["name", "unit", "quantity", "value"]
Labels = Mapping[int, "Label"]  # by their places
WIDEST_TABLE, LONGEST_TABLE = 60, 3_000  # columns and rows; the site's tables have eight to twelve columns
CELLS = ("td", "th")
LONGEST_LABEL = 200  # characters
_SPELLED = tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))
# What stands in a label, in the order in which it is looked for; what is left over is not understood.
_WORDS = {kind: "|".join(spelled) for kind, spelled in _SPELLED.items()} | {
    "year": YEAR,
    "months": MONTHS,
    "this month": r"(?:this |current |the )month|month",
}
_JOINING = re.compile(r"[\s,.:;()\[\]/*月-]|\bthe\b|\bof\b|\bin\b|\band\b|\bfor\b")
_MONEY_LINE = re.compile(r"\bunits?\s*:|[(\[]\s*unit", re.IGNORECASE)
_HEADER_ROWS = 12  # further down no header begins
UNHEADED = "Nothing stands over its first quantity and value: taken as those of the month."
UNITLESS = "No line has a cell for its unit: each cell is taken as one further left than its heading."


class TableCell(NamedTuple):
    """One cell's text, the columns it covers, and whether it covers one place alone."""

    text: str
    first: int
    last: int
    alone: bool


NO_CELL = TableCell("", -1, -1, alone=False)  # stands in each place that no cell covers
TableRow = tuple[TableCell, ...]


class Label(NamedTuple):
    """What the header says of a column; what it leaves open is None or False."""

    part: Part | None = None
    change: bool = False
    span: Span | None = None
    month: int | None = None
    year: int | None = None

    def is_base_of(self, year: int) -> bool:
        """Whether the column holds the year before that one, as it stands now."""
        return not self.change and self.year == year - 1


class Table(NamedTuple):
    """A table of figures: its columns of them, and each row with the name that stands before its unit."""

    columns: Labels
    unit: int | None  # the column of units; None where no row has a cell for its unit
    lines: Sequence[tuple[str, TableRow]]
    notes: Sequence[str]

    def numbers(self, name: str, row: TableRow) -> dict[Label, Decimal]:
        """A line's numbers by their columns; a dash gives none, an empty cell may have moved the others."""
        found: dict[Label, Decimal] = {}
        for place, label in self.columns.items():
            text = row[place].text
            if not row[place].alone:
                raise Unreadable(f"the line {name!r} has no cell of its own in column {place + 1}")
            if NOTHING.fullmatch(text):
                continue
            if (number := number_in(text, change=label.change)) is None:
                raise Unreadable(f"{text!r} in column {place + 1} of the line {name!r} is not a number")
            found[label] = number
        return found


def grid_of(table: Element) -> tuple[TableRow, ...]:
    """The table's rows with a cell in each place that it covers; none of one larger than any of the site."""
    lines = list(table.iter("tr"))
    places: dict[tuple[int, int], TableCell] = {}
    for down, line in enumerate(lines):
        across = 0
        if any(
            (each.tail and clean(each.tail)) or (each.tag not in CELLS and text_of(each)) for each in line
        ):
            raise Unreadable("text stands between the cells of a row: a tag of a cell is missing")
        for element in line.iterchildren(*CELLS):
            while (down, across) in places:
                across += 1
            width, height = _span(element, "colspan", 1), _span(element, "rowspan", len(lines))
            if across + width > WIDEST_TABLE or len(lines) > LONGEST_TABLE:
                return ()
            cell = TableCell(text_of(element), across, across + width - 1, alone=width == height == 1)
            below = range(down, min(down + height, len(lines)))
            places |= dict.fromkeys(product(below, range(across, across + width)), cell)
            across += width
    columns = range(max((across + 1 for _, across in places), default=0))
    return tuple(tuple(places.get((down, at), NO_CELL) for at in columns) for down in range(len(lines)))


def _span(element: Element, name: str, for_zero: int) -> int:
    """How far a cell reaches; what is no number counts as 1, rowspan 0 as the rest of the table."""
    text = (element.get(name) or "1").strip()
    return int(text) or for_zero if re.fullmatch(r"[0-9]{1,9}", text) else 1


def figures_table(grid: Sequence[TableRow]) -> Table | None:
    """The grid as a table of figures; None where it has no such header. No column is ever passed over."""
    if not (header := _header(grid)):
        return None
    top, bottom = header
    rows, columns_above = grid[bottom:], zip(*grid[top:bottom], strict=True)
    labels = [_label(column, len(grid[0])) for column in columns_above]
    unit = _unit_place(labels)
    # Some rows end in an empty cell more; a note below the figures that reaches over all columns is in none.
    filled = {cell.first for row in rows for cell in row if cell.text}
    behind = ((place, label) for place, label in enumerate(labels) if place > unit)
    columns = {place: label for place, label in behind if label != Label() or place in filled}
    figures = _with_month(columns, rows)
    _check(figures)
    unitless = _is_unitless(rows, unit, max(figures))
    notes = [UNHEADED] * (figures != columns) + [UNITLESS] * unitless
    moved = {place - unitless: label for place, label in figures.items()}
    # A name that reaches over several columns is read once.
    lines = [(" ".join(cell.text for cell in dict.fromkeys(row[:unit]) if cell.text), row) for row in rows]
    return Table(moved, None if unitless else unit, [line for line in lines if line[0]], notes)


def _unit_place(labels: Sequence[Label]) -> int:
    units = [place for place, label in enumerate(labels) if label.part == "unit"]
    if len(units) != 1:
        raise Unreadable(f"its table has {len(units) or 'no'} columns headed Unit")
    if not units[0] or any(label.part not in (None, "name") for label in labels[: units[0]]):
        raise Unreadable("its table has no column headed Commodity before its Unit")
    return units[0]


def _header(grid: Sequence[TableRow]) -> tuple[int, int] | None:
    """The first row of the header and the first one below it."""
    labels = [list(map(read_label, _headings(row, len(row)))) for row in grid[:_HEADER_ROWS]]
    parts = [{label.part for label in row if label} for row in labels]
    told = [number for number, found in enumerate(parts) if {"quantity", "value"} <= found]
    if not told:
        return None
    top = next(number for number, found in enumerate(parts) if number == told[0] or "unit" in found)
    while top > 0 and labels[top - 1] and all(labels[top - 1]):
        top -= 1
    return top, told[-1] + 1


def _headings(cells: Iterable[TableCell], width: int) -> list[str]:
    """What cells tell of their columns: not the title or the unit of values laid over all of them."""
    texts = dict.fromkeys(cell.text for cell in cells if cell.text and cell.last - cell.first + 1 < width)
    return [text for text in texts if not (_MONEY_LINE.search(text) or money_lines(text))]


def _label(column: TableRow, width: int) -> Label:
    text = " ".join(_headings(column, width))
    if label := read_label(text):
        return label
    raise Unreadable(f"its table has a column headed {text!r}, which is not known")


def read_label(text: str) -> Label | None:
    """The meaning of such as 1to7, 1-5 Total,2025 or Percentage Change; None where it is not known."""
    left, found = text.lower(), dict[str, re.Match[str]]()
    if len(text) > LONGEST_LABEL:
        return None
    for kind, pattern in _WORDS.items():
        if match := re.search(pattern, left):
            found[kind] = match
            left = re.sub(pattern, " ", left, count=1 if kind in ("year", "months") else 0)
    parts = [part for part in get_args(Part) if part in found]
    months = found.get("months")
    # Levels of "the same period last year" are a layout of another site: here that column names its year.
    odd = len(parts) > 1 or ("base" in found and "change" not in found)
    if odd or _JOINING.sub("", left) or (months and months[1] and month_number(months[1]) != 1):
        return None
    total = "total" in found or (months and months[1])
    span: Span | None = "ytd" if total else "month" if months or "this month" in found else None
    year = int(found["year"][1]) if "year" in found else None
    month = months and month_number(months[2])
    return Label(parts[0] if parts else None, "change" in found, span, month, year)


def _with_month(columns: Labels, rows: Sequence[TableRow]) -> Labels:
    """The columns with the first two, if unheaded, as the month of the larger running totals behind them."""
    places, labels = list(columns), list(columns.values())
    if labels[:2] != [Label("quantity"), Label("value")] or not labels[2:] or labels[2].span != "ytd":
        return columns
    texts = [tuple(cell.text if cell.alone else "" for cell in row) for row in rows]
    pairs = ((row[at], row[to]) for row in texts for at, to in zip(places, places[2:4], strict=False))
    numbers = [(number_in(month), number_in(total)) for month, total in pairs]
    larger = [month > total for month, total in numbers if month is not None and total is not None]
    if not larger or sum(larger) * 2 >= len(larger):
        said = "nothing stands over its first columns, and they do not hold the month: they exceed the total"
        raise Unreadable(said)
    return {**columns, **{place: columns[place]._replace(span="month") for place in places[:2]}}


def _check(figures: Labels) -> None:
    """Refuses all but a quantity and a value of each period: a cell too many would shift the labels."""
    if len(figures) % 2 or not figures:
        raise Unreadable("its table does not hold a quantity and a value of each period")
    columns, seen = list(figures.items()), set[Label]()
    for (place, quantity), (_, value) in zip(columns[::2], columns[1::2], strict=True):
        paired = quantity.part == "quantity" and value == quantity._replace(part="value")
        if not paired or not (value.change or value.span) or value in seen:
            raise Unreadable(f"what its table holds in column {place + 1} is not clear")
        seen.add(value)


def _is_unitless(rows: Sequence[TableRow], unit: int, last: int) -> bool:
    """Whether the column of units holds numbers and the last one nothing: no row has a cell for its unit."""
    told = [row[unit].text for row in rows if row[unit].alone and row[unit].text]
    ends = {row[last].text for row in rows if row[last].alone}
    others = [text for text in told if number_in(text) is None]
    return len(others) < len(told) and all(map(NOTHING.fullmatch, others)) and ends == {""}

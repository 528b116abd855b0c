"""Pages that lost a stretch, or whose cells and rows moved: refused, or held, or each figure as it was."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, Record
from bot.dataset.intake import take_in
from bot.dataset.model import Row, Series
from bot.errors import SourceError
from bot.sources.page import read_page

from .conftest import PAGES, printed, saved

NAMES = sorted(path.name for path in PAGES.glob("*-20*.html"))
JULY = ["bulletin-export-2026-07.html", "bulletin-import-2026-07.html"]
ROW = re.compile(rb"<tr>(?:(?!<tr>|</table).)*", re.DOTALL)
CELL = re.compile(rb"<td[^>]*>(?:(?!<td|</tr|</table).)*", re.DOTALL)
Spot = tuple[int, int]

# In US$1,000, by the pages of July 2026: what a year before its change makes of the month (107,395 * 1.204 is
# 129,303), and the running total without the month (794,127 - 129,303).
BEFORE = {
    ("alumina", "export"): (107_395, 664_824),
    ("unwrought_aluminium", "export"): (1_836_672, 13_509_669),
    ("bauxite", "import"): (1_472_343, 7_734_354),
    ("unwrought_aluminium", "import"): (1_016_868, 6_436_413),
}
"""Their dollars are not all on record: with these they are."""


@pytest.fixture(scope="module")
def full(record: Record) -> Dataset:
    """What is on record on the day before July's pages came out, with the dollars of the year before."""
    rows = [row for row in record.rows if row.series.measure != "value"]
    return replace(record, rows=(*rows, *_dollars(record))).as_of(date(2026, 8, 17))


def _dollars(record: Record) -> Iterator[Row]:
    periods = Period.month(Month(2025, 7)), Period.ytd(Month(2026, 6))
    for (commodity, flow), numbers in BEFORE.items():
        series, scope = Series(commodity, flow, measure="value"), record.catalogue[commodity].scopes[0]
        for period, number in zip(periods, numbers, strict=True):
            yield replace(
                record.rows[0], series=series, period=period, scope=scope, value=number * 1000.0, step=1000.0,
                yoy_pct=None, status="bulletin", published=date(2026, 7, 18), arrived=None,
            )  # fmt: skip


def served(content: bytes, known: Dataset) -> set[tuple[object, ...]] | None:
    """What is served of a page from now on, beside what was on record; None where it is refused."""
    try:
        page = read_page(content, "page.html", known.catalogue, known)
    except SourceError:
        return None
    intake = take_in(known, page.rows, {**known.record.sources, page.source.id: page.source})
    return {printed(arrival.row) for arrival in intake.arrivals}


def lines(content: bytes) -> list[list[Spot]]:
    """Where each row below the header has its cells, its name the first."""
    last = max(content.rindex(word) for word in (b">Quantity<", b">Value<"))
    rows = [row.span() for row in ROW.finditer(content, last)]
    return [[cell.span() for cell in CELL.finditer(content, *row)] for row in rows]


def levels(rows: set[tuple[object, ...]]) -> set[tuple[object, ...]]:
    return {row[:5] + row[6:] for row in rows}


def check(content: bytes, whole: set[tuple[object, ...]], known: Dataset) -> None:
    """Each figure as it was; one may have lost its change, for a dash can stand where it stood."""
    for row in served(content, known) or ():
        assert row in whole or (row[5] is None and row[:5] + row[6:] in levels(whole))


@pytest.mark.parametrize("name", JULY)
def test_the_end_of_a_row_and_the_start_of_another_are_missing(name: str, full: Dataset) -> None:
    """Every cut from one cell's end to that of the same column further down: both rows keep their length."""
    content = saved(name)
    whole = {printed(row) for row in read_page(content, "page.html", full.catalogue, full).rows}
    assert whole > (served(content, full) or whole)
    for upper, lower in combinations(lines(content), 2):
        for (_, start), (_, end) in zip(upper, lower, strict=True):
            check(content[:start] + content[end:], whole, full)


@pytest.mark.parametrize("name", NAMES)
def test_a_cell_that_stands_twice_is_refused(name: str, dataset: Dataset) -> None:
    content = saved(name)
    for start, end in (cell for cells in lines(content) for cell in cells):
        assert served(content[:end] + content[start:end] + content[end:], dataset) is None


@pytest.mark.parametrize("name", NAMES)
def test_rows_in_another_order_are_the_same_figures(name: str, dataset: Dataset) -> None:
    content = saved(name)
    for one, other in combinations(lines(content), 2):
        (a, b), (c, d) = (one[0][0], one[-1][1]), (other[0][0], other[-1][1])
        moved = content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:]
        assert served(moved, dataset) == served(content, dataset)

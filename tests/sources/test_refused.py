"""A page that is not understood is one error that names it and what was missing; nothing of it is taken."""

import re
from contextlib import suppress
from datetime import date

import pytest

from bot.dataset.dataset import Dataset, Record
from bot.errors import SourceError
from bot.sources.markup import LIMIT_BYTES, LIMIT_TAGS
from bot.sources.page import read_page
from tests.looped import looped
from tests.tables import tables

from .conftest import FLASH, JULY, Reader, printed_rows, saved, swapped
from .test_spellings import NO_UNITS

CASES = tables("sources/cases.yaml")

ALUMINA_ROW = JULY[JULY.index("<tr><td>&nbsp;&nbsp;Alumina") : JULY.index("<tr><td>&nbsp;&nbsp;Unwrought")]
REFUSED = [
    *((JULY, [pair], said) for pair, said in CASES["refused"]),
    *((JULY, *case) for case in CASES["refused_together"]["bulletin"]),
    *((FLASH, *case) for case in CASES["refused_together"]["flash"]),
    (JULY, [("Percentage<br>Change", "year on " * 60_000)], "column headed"),
    (FLASH, [NO_UNITS[0], NO_UNITS[3]], "'63.2', the unit of the line"),  # one line alone lacks its unit
]


@looped(("page", "pairs", "said"), REFUSED)
def test_new_layouts_are_an_error(page: str, pairs: list[tuple[str, str]], said: str, reader: Reader) -> None:
    with pytest.raises(SourceError) as refused:
        reader(swapped(page, *pairs))
    assert refused.value.page == "page.html"
    assert said in refused.value.missing
    assert str(refused.value).endswith(". Nothing was taken from it.")
    assert len(str(refused.value)) < 600  # however long a label is


def test_a_line_that_holds_a_name_of_ours_and_is_none_on_record_is_told(reader: Reader) -> None:
    page = reader(swapped(JULY, ("Alumina", "Aluminum foil")))
    assert "The line 'Aluminum foil' is no series on record: not taken." in page.notes
    # "Agricultural products" shares a word with a longer name, and is told of on no page.
    assert "no series on record" not in " ".join(reader(JULY).notes)


def test_a_line_that_is_missing_is_told_and_one_that_stands_twice_is_read_once(reader: Reader) -> None:
    page = reader(swapped(JULY, (ALUMINA_ROW, "")))
    assert "It has no line 'Alumina'." in page.notes
    assert len(page.rows) == 4
    assert reader(swapped(JULY, (ALUMINA_ROW, ALUMINA_ROW * 2))).rows == reader(JULY).rows


def test_a_heading_that_neither_the_date_nor_the_record_contradicts_is_refused(nothing: Dataset) -> None:
    page = swapped(FLASH, (">5<", ">4<"), ("1-5", "1-4"), ("2026/06/10", "2026/09/10"))
    with pytest.raises(SourceError, match="its title says May 2026, its columns month 4"):
        read_page(page.encode(), "page.html", nothing)


@looped(
    ("content", "said"),
    [
        (b"", "no"),
        (b"\xff\xfe\xff", "no title"),
        (b"PK\x03\x04\x00\x00zip", "not text"),
        (b"<html><body>captcha</body></html>", "no title"),
        (b" " * (LIMIT_BYTES + 1), "larger than 20 MB"),
        (b"<b>" * (LIMIT_TAGS + 1), "more elements"),
        (b"<div>" * 5_000, "deeper"),
        (b"<table><tr><td>" * 1_000 + b"</table>" * 1_000, "deeper"),
    ],
)
def test_what_is_no_page_of_the_site_is_refused(content: bytes, said: str, dataset: Dataset) -> None:
    with pytest.raises(SourceError, match=said):
        read_page(content, "bomb.html", dataset)


@looped("span", ["colspan=1000000", "rowspan=1000000", "colspan=0", "rowspan=0", "colspan=x", "rowspan=-1"])
@looped("place", ["<td rowspan=2>Commodity", "<td>Quantity", "<td>&nbsp;&nbsp;Alumina"])
def test_a_cell_of_any_reach_ends_in_rows_or_an_error(span: str, place: str, reader: Reader) -> None:
    page = swapped(JULY, (place, f"<td {span}>" + place.split(">", 1)[1]))
    with suppress(SourceError):
        assert printed_rows(reader(page)) <= printed_rows(reader(JULY))


@looped("file", ["bulletin-export-2026-07.html", "flash-export-2026-05.html"])
def test_a_page_cut_inside_its_table_is_refused(file: str, reader: Reader) -> None:
    page = saved(file)
    for end in range(page.rindex(b"<td"), page.index(b"<td"), -97):
        with pytest.raises(SourceError, match=r"cut off|no title|no table"):
            reader(page[:end])


def test_a_page_of_a_day_that_has_not_come_is_refused(record: Record) -> None:
    # It is dated 2026/08/18: in the west it is still the 17th when Beijing has the 18th.
    assert read_page(JULY.encode(), "page.html", record.as_of(date(2026, 8, 17))).rows
    known = record.as_of(date(2026, 8, 16))
    with pytest.raises(SourceError, match="it is dated 2026-08-18, and today is 2026-08-16"):
        read_page(JULY.encode(), "page.html", known)


@looped(
    ("first", "second"),
    [((1, 2), (3, 4)), ((1, 3), (2, 4)), ((1, 2), (5, 6)), ((3, 4), (5, 6)), ((1, 5), (2, 6))],
)
@looped("name", ["bulletin-export-2026-07.html", "bulletin-import-2026-07.html"])
def test_columns_that_have_changed_places_below_their_headings_are_refused(
    name: str, first: tuple[int, int], second: tuple[int, int], dataset: Dataset
) -> None:
    """Month and total, quantity and value, levels and changes."""

    def moved(row: re.Match[str]) -> str:
        cells = re.findall(r"<td[^>]*>.*?</td>", row[0])
        for one, other in zip(first, second, strict=True):
            cells[one + 1], cells[other + 1] = cells[other + 1], cells[one + 1]
        return "<tr>" + "".join(cells) + "</tr>"

    page, count = re.subn(r"<tr>(?=<td>&nbsp;).*?</tr>", moved, saved(name).decode())
    assert count
    with pytest.raises(SourceError):
        read_page(page.encode(), "page.html", dataset)

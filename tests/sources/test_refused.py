"""A page that is not understood is one error that names it and what was missing; nothing of it is taken."""

import re
from contextlib import suppress
from datetime import date

import pytest

from bot.dataset.intake import take_in
from bot.errors import SourceError
from bot.sources.markup import LIMIT_BYTES, LIMIT_TAGS
from bot.sources.page import read_page
from tests.sources.conftest import FLASH, JULY, printed_rows, saved, swapped
from tests.sources.test_pages import NO_UNITS, OF_MAY
from tests.tables import looped, tables

CASES = tables("sources/cases.yaml")

ALUMINA_ROW = JULY[JULY.index("<tr><td>&nbsp;&nbsp;Alumina") : JULY.index("<tr><td>&nbsp;&nbsp;Unwrought")]
REFUSED = [
    *((JULY, [pair], said) for pair, said in CASES["refused"]),
    *((JULY, *case) for case in CASES["refused_together"]["bulletin"]),
    *((FLASH, *case) for case in CASES["refused_together"]["flash"]),
    (JULY, [("Percentage<br>Change", "year on " * 60_000)], "column headed"),
    (FLASH, [NO_UNITS[0], NO_UNITS[3]], "'' in column 10 of the line"),  # one line alone lacks its unit
]


@looped(("page", "pairs", "said"), REFUSED)
def test_new_layouts_are_an_error(page, pairs, said, reader):
    with pytest.raises(SourceError) as refused:
        reader(swapped(page, *pairs))
    assert refused.value.page == "page.html"
    assert said in refused.value.missing
    assert str(refused.value).endswith(". Nothing was taken from it.")
    assert len(str(refused.value)) < 600  # however long a label is


def test_a_line_that_stands_twice_is_read_once(reader):
    assert reader(swapped(JULY, (ALUMINA_ROW, ALUMINA_ROW * 2))).rows == reader(JULY).rows


@looped(
    ("content", "said"),
    [
        (b"", "no"),
        (b"\xff\xfe\xff", "no title"),
        (b"PK\x03\x04\x00\x00zip", "not text"),
        (b"<html><body>captcha</body></html>", "no title"),
        (JULY.encode("utf-16"), "not text"),
        (b" " * (LIMIT_BYTES + 1), "larger than 20 MB"),
        (b"<b>" * (LIMIT_TAGS + 1), "more elements"),
        (b"<div>" * 5_000, "deeper"),
        (b"<table><tr><td>" * 1_000 + b"</table>" * 1_000, "deeper"),
    ],
)
def test_what_is_no_page_of_the_site_is_refused(content, said, dataset):
    with pytest.raises(SourceError, match=said):
        read_page(content, "bomb.html", dataset)


@looped("span", ["colspan=1000000", "rowspan=1000000", "colspan=0", "rowspan=0", "colspan=x", "rowspan=-1"])
@looped("place", ["<td rowspan=2>Commodity", "<td>Quantity", "<td>&nbsp;&nbsp;Alumina"])
def test_a_cell_of_any_reach_ends_in_rows_or_an_error(span, place, reader):
    page = swapped(JULY, (place, f"<td {span}>" + place.split(">", 1)[1]))
    with suppress(SourceError):
        assert printed_rows(reader(page)) <= printed_rows(reader(JULY))


@looped("file", ["bulletin-export-2026-07.html", "flash-export-2026-05.html"])
def test_a_page_cut_inside_its_table_is_refused(file, reader):
    page = saved(file)
    for end in range(page.rindex(b"<td"), page.index(b"<td"), -97):
        with pytest.raises(SourceError, match=r"cut off|no title|no table"):
            reader(page[:end])


def test_a_page_of_a_day_that_has_not_come_is_refused(record):
    # It is dated 2026/08/18: in the west it is still the 17th when Beijing has the 18th.
    assert read_page(JULY.encode(), "page.html", record.as_of(date(2026, 8, 17))).rows
    known = record.as_of(date(2026, 8, 16))
    with pytest.raises(SourceError, match="it is dated 2026-08-18, and today is 2026-08-16"):
        read_page(JULY.encode(), "page.html", known)


# Under another month's name (June 2026 on record: alumina 27, in all 161, in 10,000 t), or with columns that
# have changed places below their headings: month and total, quantity and value, levels and changes.
OF_JUNE = swapped(
    JULY, ("7.2026", "6.2026"), ("1to7", "1to6"), ("colspan=2>7<", "colspan=2>6<"), ("08/18", "07/25")
)
# June 2025 by its title and its date, with May's columns and numbers (243.2 in 10,000 t in all).
FLASH_OF_MAY = swapped(saved("flash-export-2025-06.html").decode(), *OF_MAY)
PLACES = [((1, 2), (3, 4)), ((1, 3), (2, 4)), ((1, 2), (5, 6)), ((3, 4), (5, 6)), ((1, 5), (2, 6))]
FILES = ["bulletin-export-2026-07.html", "bulletin-import-2026-07.html"]


def moved(page, first, second):
    def with_moved_cells(row):
        cells = re.findall(r"<td[^>]*>.*?</td>", row[0])
        for one, other in zip(first, second, strict=True):
            cells[one + 1], cells[other + 1] = cells[other + 1], cells[one + 1]
        return "<tr>" + "".join(cells) + "</tr>"

    found, count = re.subn(r"<tr>(?=<td>&nbsp;).*?</tr>", with_moved_cells, page)
    assert count
    return found


@looped(
    "page",
    [OF_JUNE, FLASH_OF_MAY, *(moved(saved(file).decode(), *each) for file in FILES for each in PLACES)],
)
def test_of_a_page_of_misplaced_numbers_none_is_served(page, record, dataset):
    days = {OF_JUNE: date(2026, 7, 24), FLASH_OF_MAY: date(2025, 7, 13)}
    for known in (dataset, record.as_of(days.get(page, date(2026, 8, 17)))):
        with suppress(SourceError):
            found = read_page(page.encode(), "page.html", known)
            assert take_in(known, found.rows, {**known.record.sources, **found.sources}).arrivals == ()

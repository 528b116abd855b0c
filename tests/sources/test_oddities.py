"""What the site has printed amiss, one oddity at a time, with true figures."""

from datetime import date
from random import Random

import pytest

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset, Record
from bot.errors import SourceError
from bot.sources.index import links_of
from bot.sources.markup import document
from bot.sources.page import read_page
from bot.sources.page_units import money_lines
from bot.sources.titles import published_on
from tests.looped import looped

from .conftest import Reader, saved
from .lists import address_of, listed
from .test_layouts import over
from .test_spellings import FLASH, JULY, rows, swapped

# The line of exports in April 2025 (data/figures.csv, china-customs-b806ed) as that page prints it.
UNIT = "<td><p>10,000 Tons</p></td>"
MONTH = "<td colspan=2>7</td>"


def test_a_page_without_any_cell_for_units_is_read_one_column_further_left(reader: Reader) -> None:
    page = swapped(FLASH, (UNIT, ""), ("<td>Ton</td>", ""), ("<td>-</td>\n", "<td>-</td><td></td>\n"))
    page = swapped(page, ("<td><p>24.6</p></td>", "<td><p>24.6</p></td><td></td>"))
    found = reader(page)
    assert rows(reader, page) == rows(reader, FLASH)
    assert "No line has a cell for its unit" in found.notes[0]
    assert "unit printed as none, the numbers are 10,000 t by their size" in found.notes[1]


def test_a_line_that_alone_lacks_its_unit_is_refused(reader: Reader) -> None:
    page = swapped(FLASH, (UNIT, ""), ("<td><p>24.6</p></td>", "<td><p>24.6</p></td><td></td>"))
    with pytest.raises(SourceError, match=r"'63\.2', the unit of the line"):
        reader(page)


@looped("blank", ["", "&nbsp;", "<span></span>"])
def test_a_blank_heading_over_the_month_is_the_month(blank: str, reader: Reader) -> None:
    page = swapped(JULY, (MONTH, f"<td colspan=2>{blank}</td>"))
    assert rows(reader, page) == rows(reader, JULY)
    assert "Nothing stands over its first quantity and value" in reader(page).notes[0]


@looped(
    "headings",
    [
        ("7", "", "Percentage Change"),
        ("", "", "Percentage Change"),
        ("", "7", "Percentage Change"),
        ("1to7", "", "Percentage Change"),
        ("7", "1to7", ""),
    ],
)
def test_a_blank_heading_anywhere_else_is_refused(headings: tuple[str, ...], reader: Reader) -> None:
    whole = over("7", "1to7", "Percentage<br>Change")
    with pytest.raises(SourceError, match="is not clear"):
        reader(swapped(JULY, (whole, over(*headings))))


def test_a_blank_heading_over_more_than_the_total_is_refused(reader: Reader) -> None:
    page = swapped(JULY, (MONTH, "<td colspan=2></td>"), (">30<", ">192<"), (">129,303<", ">794,128<"))
    page = swapped(page, (">64<", ">405<"), (">2,659,501<", ">16,169,171<"))
    with pytest.raises(SourceError, match="they exceed the total"):
        reader(page)


def test_all_quantities_may_stand_before_all_values(reader: Reader) -> None:
    start, end = JULY.index("<tr><td rowspan=2>Commodity"), JULY.index("</table>\n<p>Note")
    labels = "".join(f"<td>{each}</td>" for each in ("7", "1to7", "Percentage Change"))
    header = (
        "<tr><td rowspan=2>Commodity</td><td rowspan=2>Unit</td><td colspan=3>Quantity</td>"
        f"<td colspan=3>Value</td></tr><tr>{labels * 2}</tr>"
    )
    lines = (
        ("Alumina", "30", "191", "33.0", "129,303", "794,127", "20.4"),
        (
            "Unwrought aluminium and aluminium products",
            "64",
            "404",
            "18.7",
            "2,659,501",
            "16,169,170",
            "44.8",
        ),
    )
    body = "".join(
        f"<tr><td>{name}</td><td>10000T</td>{''.join(f'<td>{each}</td>' for each in cells)}</tr>"
        for name, *cells in lines
    )
    assert rows(reader, JULY[:start] + header + body + JULY[end:]) == rows(reader, JULY)


@looped("shown", ["*REF!", "#REF!", "############", "#N/A", "#DIV/0!"])
def test_a_cell_in_which_a_workbook_shows_no_number_is_left_out_and_told(shown: str, reader: Reader) -> None:
    page = swapped(JULY, (">794,127<", f">{shown}<"))
    lost = {row for row in rows(reader, JULY) if 794_127_000 in row}
    assert rows(reader, page) == rows(reader, JULY) - lost
    assert len(lost) == 1
    assert "The line 'Alumina' shows no number in 1 of its cells: left out." in reader(page).notes


def test_an_apostrophe_that_a_workbook_left_before_a_name_changes_nothing(reader: Reader) -> None:
    assert rows(reader, swapped(JULY, ("&nbsp;&nbsp;Alumina", "'Alumina"))) == rows(reader, JULY)


def test_a_note_that_reaches_beyond_the_figures_is_no_column(reader: Reader) -> None:
    note = "<tr><td colspan=9>Note: * marks a line that holds others.</td></tr></table>\n<p>Note"
    assert rows(reader, swapped(JULY, ("</table>\n<p>Note", note))) == rows(reader, JULY)


@looped(
    ("text", "end", "day"),
    [
        ("06/10/2019", "2019-05", date(2019, 6, 10)),  # as May 2019 was dated
        ("10/06/2019", "2019-05", date(2019, 6, 10)),
        ("03/08/2018", "2018-01", date(2018, 3, 8)),
        ("23/04/2018", "2018-03", date(2018, 4, 23)),
        ("06.10.2019", "2019-05", date(2019, 6, 10)),
        ("07/08/2019", "2019-03", None),  # neither is the month after
        ("25/12/2019", "2019-03", date(2019, 12, 25)),  # late, but only one day can be meant
        ("13/13/2019", "2019-05", None),
        ("2019/06/10", "2019-05", date(2019, 6, 10)),
    ],
)
def test_a_day_with_the_year_last_is_told_by_the_month_of_the_page(
    text: str, end: str, day: date | None
) -> None:
    root = document(f"<html><body><div class=atcl-date>{text}</div></body></html>".encode(), "page.html")
    assert published_on(root, Month.from_text(end)) == day


@looped("unit", ["Unit:RMB￥10,000", "Unit:RMB ¥10,000", "Unit: RMB 10,000"])
def test_a_sign_of_the_yuan_behind_its_name_is_no_other_unit(unit: str) -> None:
    (money,) = money_lines(unit)
    assert (money.dollars, money.factor) == (False, 10_000)


def test_a_western_page_is_read_as_browsers_do(reader: Reader) -> None:
    """The space before a name and the dash for none are no letters of an encoding of the east."""
    page = swapped(
        JULY, ("utf-8", "windows-1252"), ("（", "("), ("）", ")"), ("&nbsp;", "\xa0"), (">-<", ">\u2013<")
    )
    assert rows(reader, page.encode("cp1252")) == rows(reader, JULY)


def test_of_a_flash_in_dollars_and_in_yuan_the_dollars_are_asked_for() -> None:
    address = address_of("flash", 2026, 2026)
    content, links = listed(Random(1), "flash", address, None, 5)
    assert b"(in CNY)" in content
    assert {link.address for link in links_of(content, address)} == {link.address for link in links}
    yuan = content.replace(
        b"(in USD)", b"(in RMB)"
    )  # where there is none in dollars, tonnes are better than nothing
    assert len(links_of(yuan, address)) == 2 * len(links)


def test_the_flash_of_2019_in_its_own_words(record: Record, dataset: Dataset) -> None:
    page = swapped(
        saved("flash-export-2026-05.html").decode(),
        ("<td colspan=2>5</td>", "<td colspan=2>May</td>"),
        ("1-5 Total, Year-On-Year(%)", "Jan-May Total Year-on-Year <span>±</span><span>%</span>"),
        ("1-5 Total,2025", "Jan-May 2025 in Total"),
        ("1-5 Total", "Jan-May in Total"),
        ("Unit: USD1 Million", "Value Unit: USD 1 Million"),
        ("2026/06/10", "06/10/2026"),
    )
    known = record.as_of(date(2026, 6, 9))
    own = read_page(FLASH.encode(), "page.html", record.catalogue, known, dataset.today)
    found = read_page(page.encode(), "page.html", record.catalogue, known, dataset.today)
    assert found.rows == own.rows

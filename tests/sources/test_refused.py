"""A page that is not understood is one error that names it and what was missing; nothing of it is taken."""

from datetime import date

import pytest

from bot.dataset.dataset import Record
from bot.errors import SourceError
from bot.sources.markup import LIMIT_BYTES, LIMIT_TAGS
from bot.sources.page import read_page
from tests.looped import looped

from .conftest import Reader, saved
from .test_spellings import FLASH, JULY, TITLE, swapped

JUNE = "<title>（13）Major Export Commodities in Quantity and Value,6.2026</title>"
BOTH = "<td align=right>30</td><td align=right>129,303</td>"
CHANGES = "<td align=right>33.0</td><td align=right>20.4</td>"
ALUMINA_ROW = JULY[JULY.index("<tr><td>&nbsp;&nbsp;Alumina") : JULY.index("<tr><td>&nbsp;&nbsp;Unwrought")]


@looped(
    ("pair", "said"),
    [
        ((TITLE, "（13）Major Export Commodities in Quantity and Value"), "no title"),
        ((TITLE, "（2）Imports and Exports by Country,7.2026"), "no title"),
        ((TITLE, "（13）Major Export Commodities in Quantity and Value,2-7.2026"), "no title"),
        ((TITLE, "（13）Major Export Commodities in Quantity and Value,13.2026"), "no title"),
        ((TITLE, TITLE.replace("7.2026", "7.2027")), "when July 2027 was not over"),
        ((TITLE, TITLE.replace("7.2026", "6.2026")), "title says June 2026"),
        (("<title>", f"{JUNE}<title>"), "calls itself"),
        (("1to7", "1to6"), "title says July 2026"),
        (("1to7", "2to7"), "column headed '2to7'"),
        (("1to7", "1to7,2024"), "a column 2024"),
        (("1to7", "7"), "not clear"),
        (("1to7", "Same period of last year"), "column headed 'Same period of last year'"),
        (("Percentage<br>Change", "Rank"), "column headed 'Rank'"),
        (("<td rowspan=2>Unit</td>", "<td rowspan=2>HS Code</td>"), "HS Code"),
        (("<td rowspan=2>Unit</td>", ""), "Unit"),
        (("<td>Quantity</td>", "<td>Price</td>"), "no table with columns headed"),
        (("Unit:US$1,000", ""), "unit of its values is not clear"),
        (("Unit:US$1,000", "Unit:US$1,000 Unit:RMB 10,000"), "unit of its values is not clear"),
        (("10000T", "Sets"), "'Sets'"),
        ((">30<", ">3O<"), "'3O'"),
        ((">30<", ">30³<"), "'30³'"),
        ((">30<", ">30<sup>1</sup><"), "'30 1'"),
        ((">129,303<", ">129,30<"), "'129,30'"),
        ((">129,303<", ">129.303,0<"), "'129.303,0'"),
        ((">129,303<", ">-129,303<"), "'-129,303'"),
        ((">33.0<", ">-133.0<"), "'-133.0'"),
        ((">33.0<", ">33,0<"), "'33,0'"),
        ((BOTH, "<td align=right colspan=2>30</td>"), "cell of its own"),
        ((CHANGES, "<td align=right>33.0</td>"), "cell of its own"),
        (("Alumina", "Aluminum foil"), ""),
    ],
)  # fmt: skip
def test_an_unknown_layout_is_one_error(pair: tuple[str, str], said: str, reader: Reader) -> None:
    page = swapped(JULY, pair)
    if not said:  # another line of aluminium is told, and is no figure of ours
        assert "'Aluminum foil' is no series on record" in " ".join(reader(page).notes)
        return
    with pytest.raises(SourceError) as refused:
        reader(page)
    assert refused.value.page == "page.html"
    assert said in refused.value.missing


def test_a_line_that_stands_twice_with_other_numbers_is_refused(reader: Reader) -> None:
    twice = swapped(JULY, (ALUMINA_ROW, ALUMINA_ROW + ALUMINA_ROW.replace(">30<", ">31<")))
    with pytest.raises(SourceError, match="stands in it twice"):
        reader(twice)
    assert reader(swapped(JULY, (ALUMINA_ROW, ALUMINA_ROW * 2))).rows == reader(JULY).rows


def test_two_tables_of_the_same_lines_are_refused(reader: Reader) -> None:
    table = JULY[JULY.index("<table border") : JULY.rindex("</table>") + len("</table>")]
    with pytest.raises(SourceError, match="more than one of its tables"):
        reader(swapped(JULY, (table, table + table)))


def test_a_page_without_a_line_of_ours_is_refused_with_the_lines_wanted(reader: Reader) -> None:
    with pytest.raises(
        SourceError, match="no line 'Unwrought aluminium and aluminium products' or 'Alumina'"
    ):
        reader(swapped(JULY, ("Alumina", "Rice"), ("Unwrought Aluminium", "Wrought iron")))


def test_a_missing_line_is_told_and_the_others_are_taken(reader: Reader) -> None:
    page = reader(swapped(JULY, (ALUMINA_ROW, "")))
    assert "It has no line 'Alumina'." in page.notes
    assert len(page.rows) == 4


def test_without_a_date_a_month_that_is_not_over_is_refused(reader: Reader) -> None:
    with pytest.raises(SourceError, match="it has no date, and December 2026 is not over"):
        reader(
            swapped(
                JULY,
                ("2026/08/18", ""),
                ("7.2026", "12.2026"),
                ("1to7", "1to12"),
                ("colspan=2>7<", "colspan=2>12<"),
            )
        )


def test_a_label_as_long_as_a_page_is_not_repeated(reader: Reader) -> None:
    with pytest.raises(SourceError) as refused:
        reader(swapped(JULY, ("Percentage<br>Change", "year on " * 100_000)))
    assert len(str(refused.value)) < 600


def test_a_heading_that_neither_the_date_nor_the_record_contradicts_is_refused(record: Record) -> None:
    page = swapped(FLASH, (">5<", ">4<"), ("1-5", "1-4"), ("2026/06/10", "2026/09/10"))
    with pytest.raises(SourceError, match="its title says May 2026, its columns month 4"):
        read_page(page.encode(), "page.html", record.catalogue)


def test_a_heading_that_the_date_bears_out_is_refused(reader: Reader) -> None:
    """The page of May with April's title: the date and the columns say May."""
    with pytest.raises(SourceError, match="its title says April 2026, its columns month"):
        reader(swapped(FLASH, ("May 2026", "April 2026")))


def test_the_numbers_of_another_month_are_refused(reader: Reader) -> None:
    # June 2026 on record: alumina 27, in all 161 (in 10,000 t). July's page with June's name does not fit.
    page = swapped(
        JULY,
        ("7.2026", "6.2026"),
        ("1to7", "1to6"),
        ("colspan=2>7<", "colspan=2>6<"),
        ("2026/08/18", "2026/07/25"),
    )
    with pytest.raises(SourceError, match="do not fit those on record for June 2026"):
        reader(page)


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
)  # fmt: skip
def test_what_is_no_page_of_the_site_is_refused(content: bytes, said: str, record: Record) -> None:
    with pytest.raises(SourceError, match=said):
        read_page(content, "bomb.html", record.catalogue)


@looped("span", ["colspan=1000000", "rowspan=1000000", "colspan=0", "rowspan=0", "colspan=x", "rowspan=-1"])
def test_a_cell_of_any_reach_ends_in_rows_or_an_error(span: str, reader: Reader) -> None:
    for place in ("<td rowspan=2>Commodity", "<td>Quantity", "<td>&nbsp;&nbsp;Alumina"):
        assert place in JULY
        page = JULY.replace(place, f"<td {span}>" + place.split(">", 1)[1], 1)
        assert values_or_none(page, reader) <= {row.value for row in reader(JULY).rows}


def values_or_none(page: str, reader: Reader) -> set[float | None]:
    try:
        return {row.value for row in reader(page).rows}
    except SourceError:
        return set()


@looped("file", ["bulletin-export-2026-07.html", "flash-export-2026-05.html"])
def test_a_page_cut_inside_its_table_is_refused(file: str, reader: Reader) -> None:
    page = saved(file)
    for end in range(page.rindex(b"<td"), page.index(b"<td"), -97):
        with pytest.raises(SourceError, match=r"cut off|no title|no table"):
            reader(page[:end])


@looped(("today", "taken"), [("2026-08-16", False), ("2026-08-17", True)])
def test_a_page_of_a_day_that_has_not_come_is_refused(today: str, taken: bool, record: Record) -> None:
    # It is dated 2026/08/18: in the west it is still the 17th when Beijing has the 18th.
    known = record.as_of(date.fromisoformat(today))
    if taken:
        assert read_page(JULY.encode(), "page.html", record.catalogue, known).rows
        return
    with pytest.raises(SourceError, match="it is dated 2026-08-18, and today is 2026-08-16"):
        read_page(JULY.encode(), "page.html", record.catalogue, known)

"""The same table put together in other ways that mean the same."""

from tests.looped import looped

from .conftest import Reader, saved
from .test_spellings import JULY, rows, swapped

HEADER = JULY[JULY.index("<tr><td rowspan=2>Commodity") : JULY.index("<tr><td>Agricultural")]
PARTS = "<td>Quantity</td><td>Value</td>"
LABELS = ["7", "1to7", "Percentage Change"]


def over(*labels: str) -> str:
    return "".join(f"<td colspan=2>{label}</td>" for label in labels)


HEADERS = {
    "blank cells over Commodity and Unit": f"<tr><td></td><td></td>{over(*LABELS)}</tr>"
    f"<tr><td>Commodity</td><td>Unit</td>{PARTS * 3}</tr>",
    "cells of a head": HEADER.replace("<td", "<th").replace("</td", "</th"),
    "a head of its own": f"<thead>{HEADER}</thead><tbody>",
    "title and unit in the table": f"<tr><td colspan=8>Major Export Commodities</td></tr>"
    f"<tr><td></td><td colspan=7>Unit:US$1,000</td></tr>{HEADER}",
    "unit of values without a colon": f"<tr><td></td><td colspan=7>Unit US$1,000</td></tr>{HEADER}",
    "each label twice": "<tr><td rowspan=2>Commodity</td><td rowspan=2>Unit</td>"
    + "".join(f"<td>{label}</td>" * 2 for label in LABELS)
    + f"</tr><tr>{PARTS * 3}</tr>",
    "one row": "<tr><td>Commodity</td><td>Unit</td>"
    + "".join(f"<td>{label} {part}</td>" for label in LABELS for part in ("Quantity", "Value"))
    + "</tr>",
    "three rows": f"<tr><td rowspan=3>Commodity</td><td rowspan=3>Unit</td>{over(*LABELS)}</tr>"
    f"<tr>{PARTS * 3}</tr><tr>" + "<td></td>" * 6 + "</tr>",
}


@looped("header", HEADERS.values())
def test_a_header_that_says_the_same_changes_nothing(header: str, reader: Reader) -> None:
    assert rows(reader, swapped(JULY, (HEADER, header))) == rows(reader, JULY)


def test_names_may_stand_in_two_columns(reader: Reader) -> None:
    page = swapped(
        JULY,
        ("<td rowspan=2>Commodity</td>", "<td rowspan=2 colspan=2>Commodity</td>"),
        ("<td>Agricultural products*</td>", "<td colspan=2>Agricultural products*</td>"),
        ("<td>Mechanical and", "<td colspan=2>Mechanical and"),
        ("<td>&nbsp;&nbsp;", "<td></td><td>"),
    )
    assert rows(reader, page) == rows(reader, JULY)


def test_the_table_may_lie_in_other_tables(reader: Reader) -> None:
    table = JULY[JULY.index("<table border") : JULY.rindex("</table>") + len("</table>")]
    nested = f"<table><tr><td>Menu</td><td><table><tr><td>{table}</td></tr></table></td></tr></table>"
    assert rows(reader, swapped(JULY, (table, nested))) == rows(reader, JULY)


def test_changes_may_be_printed_of_both_periods(reader: Reader) -> None:
    # data/figures.csv has no change of the running totals of July 2026: a dash for each.
    start, end = JULY.index(HEADER), JULY.index("</table>\n<p>Note")
    more = JULY[start + len(HEADER) : end].replace("</tr>", "<td>-</td><td>-</td></tr>")
    header = swapped(
        HEADER,
        (over("Percentage<br>Change"), over("7 Percentage Change", "1to7 Percentage Change")),
        (PARTS * 3, PARTS * 4),
    )
    assert rows(reader, JULY[:start] + header + more + JULY[end:]) == rows(reader, JULY)


def test_a_flash_with_a_row_more_above_its_labels(reader: Reader) -> None:
    flash = saved("flash-export-2026-05.html").decode()
    labels = "<tr><td rowspan=2><p><span>"
    above = "<tr><td colspan=4></td><td colspan=6 align=right>Unit: USD1 Million</td></tr>"
    page = swapped(flash, (labels, above + labels))
    assert rows(reader, page) == rows(reader, flash)

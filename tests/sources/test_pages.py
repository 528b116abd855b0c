"""Pages as customs has published them, read to the figure, in every spelling of their heads."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from bot.dataset.calendar import Month, Period
from bot.errors import SourceError
from bot.sources.page import read_page
from tests.sources.conftest import FLASH, JULY, TABLE, printed, printed_rows, saved, swapped
from tests.sources.laid_out import page, sheets_of
from tests.tables import looped, tables

CASES = tables("sources/cases.yaml")


@looped(("file", "source"), CASES["copies"].items())
def test_a_page_gives_its_rows_on_record(file, source, reader, record):
    """And changes alone: the level can stand on record in a finer printing."""
    rows = reader(saved(file)).rows
    alone = (replace(row, value=None, step=None) for row in rows if row.yoy_pct is not None)
    assert {printed(row) for row in record.rows if row.source == source} <= set(map(printed, (*rows, *alone)))


@looped(("file", "of", "numbers"), CASES["printed"])
def test_a_page_gives_what_it_prints(file, of, numbers, reader):
    found = [
        (row.value, row.step, row.yoy_pct)
        for row in reader(saved(f"{file}.html")).rows
        if f"{row.series.commodity} {row.series.measure} {row.period.kind}" == of and row.status != "revised"
    ]
    assert found == [tuple(numbers)]


def test_a_page_says_what_it_is_and_when_it_came_out(reader):
    page = reader(JULY)
    source = "china-customs-bulletin-export-2026-07"
    assert ([*page.sources], len(page.rows)) == ([source], 8)
    assert {(row.status, row.published, row.source, row.period.end) for row in page.rows} == {
        ("bulletin", date(2026, 8, 18), source, Month(2026, 7))
    }
    page = reader(saved("bulletin-import-2026-07.html"))  # which period the percentages are of
    assert {row.note for row in page.rows if row.yoy_pct is not None} == {"yoy is of the month"}
    assert "yoy is of the month, by what is on record" in " ".join(page.notes)


def test_the_flash_brings_the_year_before_as_a_revised_vintage(reader):
    # china-customs-dad7de: 243.2 in 10,000 t and US$8,476.6 million for January to May 2025.
    rows = [row for row in reader(FLASH).rows if row.status == "revised"]
    may = Period.ytd(Month(2025, 5))
    assert {(row.period, row.value, row.step, row.yoy_pct) for row in rows} == {
        (may, 2_432_000, 1_000, None),
        (may, 8_476_600_000, 100_000, None),
    }


@looped(
    ("date_line", "witness"),
    [
        ("2025/07/14", "the date 2025-07-14"),
        # On record to May 2025: 2,430,000 t; and 489,000 t in June are the 291.8 (10,000 t) of the page.
        ("2025/09/19", "the record"),
        ("", "the record"),
    ],
)
def test_a_flash_headed_with_the_wrong_month_is_read_by_its_title_and_a_witness(
    date_line, witness, reader, record
):
    content = saved("flash-export-2025-06.html").replace(b"2025/07/14", date_line.encode())
    undated = record.as_of(date(2025, 7, 13)) if not date_line else None
    page = read_page(content, "page.html", undated) if undated else reader(content)
    assert max(row.period.end for row in page.rows) == Month(2025, 6)
    told = " ".join(page.notes)
    assert f"{witness} agrees with it: taken as June 2025" in told
    assert "unit printed as 1 t, the numbers are 10,000 t" in told


OF_MAY = [("48.9", "54.7"), ("1,666.9", "1,900.1"), ("291.8", "243.2"), ("10,137.0", "8,476.6")]


@looped(("pairs", "last"), [([], Month(2023, 12)), (OF_MAY, Month(2025, 5)), (OF_MAY, Month(2025, 6))])
def test_a_flash_headed_with_the_wrong_month_is_refused_where_nothing_bears_its_title_out(
    pairs, last, record
):
    """Of June 2025 with nothing on record near, or with the numbers of May, whatever is on record."""
    page = swapped(saved("flash-export-2025-06.html").decode(), ("2025/07/14", "2025/09/19"), *pairs)
    rows = tuple(row for row in record.rows if row.period.end <= last)
    known = replace(record, rows=rows, _newest=[]).as_of(date(2025, 9, 20))
    with pytest.raises(SourceError, match="its title says June 2025, its columns month 5"):
        read_page(page.encode(), "page.html", known)


@looped(
    ("file", "measures", "note"),
    [
        ("bulletin-export-2025-06.html", {"quantity", "value"}, "RMB 10,000, the numbers are US$1,000"),
        ("flash-export-2025-02-cny.html", {"quantity"}, "left out"),
    ],
)
def test_a_page_in_yuan_gives_its_dollars(file, measures, note, reader):
    page = reader(saved(file))
    assert {row.series.measure for row in page.rows} == measures
    assert note in " ".join(page.notes)


def test_without_a_record_what_a_page_leaves_open_is_left_out(nothing):
    page = read_page(JULY.encode(), "july.html", nothing)
    assert [row for row in page.rows if row.yoy_pct is not None] == []
    assert "left out" in " ".join(page.notes)


HEADER = JULY[JULY.index("<tr><td rowspan=2>Commodity") : JULY.index("<tr><td>Agricultural")]
BODY = JULY[JULY.index("<tr><td>Agricultural") : JULY.index("</table>\n<p>Note")]
PARTS = "<td>Quantity</td><td>Value</td>"
NO_UNITS = CASES["no_units"]


def over(*labels):
    return "".join(f"<td colspan=2>{label}</td>" for label in labels)


HEADERS = [each.format(header=HEADER, parts=PARTS * 3) for each in CASES["headers"]]
SPELLINGS = [
    *CASES["spellings"],
    (TABLE, f"<table><tr><td>Menu</td><td><table><tr><td>{TABLE}</td></tr></table></td></tr></table>"),
    (HEADER, HEADER.replace("<td", "<th").replace("</td", "</th")),
    *((HEADER, header) for header in HEADERS),
]
SEVERAL = [
    CASES["names_in_two_columns"],
    # changes of both periods; data/figures.csv has none of the running totals of July 2026: a dash for each
    [
        (BODY, BODY.replace("</tr>", "<td>-</td><td>-</td></tr>")),
        (over("Percentage<br>Change"), over("7 Percentage Change", "1to7 Percentage Change")),
        (PARTS * 3, PARTS * 4),
    ],
]


NONE_PRINTED = "unit printed as none, the numbers are 10,000 t by their size"
# A fall printed with a long dash is a fall.
LONG_DASHES = [("-22.0", "－22.0"), ("-4.6", "−4.6")]


@looped(
    ("pairs", "page"),
    [
        (LONG_DASHES, saved("bulletin-import-2026-07.html").decode()),
        *(([pair], JULY) for pair in SPELLINGS),
        *((pairs, JULY) for pairs in SEVERAL),
        *(([pair], FLASH) for pair in CASES["flash_spellings"]),
    ],
)
def test_a_spelling_changes_nothing(pairs, page, reader):
    assert printed_rows(reader(swapped(page, *pairs))) == printed_rows(reader(page))


@looped(
    ("page", "pairs", "notes"),
    [
        (FLASH, NO_UNITS, ["No line has a cell for its unit", NONE_PRINTED]),
        (FLASH, [("10,000 Tons", "KG")], ["unit printed as 0.001 t, the numbers are 10,000 t"]),
        *(
            (JULY, [(over("7"), over(blank))], ["Nothing stands over its first quantity and value"])
            for blank in ("", "&nbsp;", "<span></span>")
        ),
    ],
)
def test_a_slip_of_the_site_is_read_as_it_is_meant_and_told(page, pairs, notes, reader):
    found = reader(swapped(page, *pairs))
    assert printed_rows(found) == printed_rows(reader(page))
    assert [note in told for note, told in zip(notes, found.notes, strict=False)] == [True] * len(notes)


VARIANTS = 300
DECIDED_AT_LEAST = 0.6  # of the changes: for the others no year before is on record, or both readings fit


def test_a_page_gives_the_figures_that_it_prints_and_no_other(record, dataset):
    printed = taken = 0
    sheets = [*sheets_of(record)]
    for number in range(VARIANTS):
        draw, sheet = Random(number), sheets[number % len(sheets)]
        # In a backfill it is read beside everything on record, its own figures too.
        backfill = sheet.end.year < 2022 or draw.random() < 0.5
        lying = backfill and sheet.has_values and draw.random() < 0.5
        known = dataset if backfill else record.as_of(sheet.day - timedelta(days=1))
        rows = read_page(page(draw, sheet, lying=lying), "page.html", known).rows
        valued = [row for row in rows if row.value is not None]
        changes = {(row.series, row.period, row.yoy_pct) for row in rows if row.yoy_pct is not None}
        assert {
            (row.series, row.period, row.scope, row.value, row.step) for row in valued
        } == sheet.levels(), number
        assert changes <= sheet.changes(), number
        printed, taken = printed + len(sheet.changes()), taken + len(changes)
    assert taken >= DECIDED_AT_LEAST * printed

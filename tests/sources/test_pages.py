"""The fixture pages into rows: what the record holds of the same pages comes out of them."""

from dataclasses import replace
from datetime import date

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import Row, Series
from bot.sources.page import Page, read_page
from tests.looped import looped

from .conftest import TODAY, Reader, printed, saved

JULY = Month(2026, 7)

# Which source of data/sources.csv copies the page that a fixture follows.
COPIES = {
    "bulletin-export-2026-07.html": "china-customs-172b3d",
    "bulletin-import-2026-07.html": "china-customs-f86339",
    "bulletin-import-2026-01.html": "china-customs-27ab89",
    "bulletin-export-2022-01.html": "china-customs-4ae8cf",
    "flash-export-2026-05.html": "china-customs-dad7de",
    "flash-export-2025-02-cny.html": "china-customs-d8c107",
}


@looped(("file", "source"), COPIES.items())
def test_a_page_gives_the_rows_that_are_on_record_of_it(
    file: str, source: str, reader: Reader, record: Record
) -> None:
    on_record = {printed(row) for row in record.rows if row.source == source}
    assert on_record <= all_said(reader(saved(file)))


def all_said(page: Page) -> set[tuple[object, ...]]:
    """What a page prints, and its changes alone: the level can stand on record in a finer printing."""
    alone = (replace(row, value=None, step=None) for row in page.rows if row.yoy_pct is not None)
    return {printed(row) for row in (*page.rows, *alone)}


def values(page: Page, commodity: str, measure: str, kind: str) -> list[tuple[object, ...]]:
    return [
        (row.value, row.step, row.yoy_pct)
        for row in page.rows
        if (row.series.commodity, row.series.measure, row.period.kind) == (commodity, measure, kind)
    ]


def test_the_bulletin_prints_month_and_total_in_tonnes_and_dollars(reader: Reader) -> None:
    # data/figures.csv, china-customs-172b3d: 30 and 191 in 10000T, 129,303 and 794,127 in US$1,000.
    page = reader(saved("bulletin-export-2026-07.html"))
    assert values(page, "alumina", "quantity", "month") == [(300_000, 10_000, 33.0)]
    assert values(page, "alumina", "quantity", "ytd") == [(1_910_000, 10_000, None)]
    assert values(page, "alumina", "value", "month") == [(129_303_000, 1_000, 20.4)]
    assert values(page, "alumina", "value", "ytd") == [(794_127_000, 1_000, None)]
    assert len(page.rows) == 8


def test_a_page_says_what_it_is_and_when_it_came_out(reader: Reader) -> None:
    page = reader(saved("bulletin-export-2026-07.html"))
    assert (page.period, page.published) == (JULY, date(2026, 8, 18))
    assert page.source.id == "china-customs-bulletin-export-2026-07"
    assert {row.source for row in page.rows} == {page.source.id}
    assert {(row.status, row.published) for row in page.rows} == {("bulletin", date(2026, 8, 18))}


def test_which_period_the_percentages_are_of_is_told_on_their_rows(reader: Reader) -> None:
    page = reader(saved("bulletin-import-2026-07.html"))
    assert {row.note for row in page.rows if row.yoy_pct is not None} == {"yoy is of the month"}
    assert "yoy is of the month, by what is on record" in " ".join(page.notes)


def test_tonnes_keep_their_finer_step_beside_a_zero_of_ten_thousand(reader: Reader) -> None:
    # china-customs-4ae8cf: alumina 0 in 10000T is under 5,000 t, not none; unwrought 612,966 in T.
    page = reader(saved("bulletin-export-2022-01.html"))
    assert values(page, "alumina", "quantity", "month") == [(0, 10_000, -65.3)]
    assert values(page, "unwrought_aluminium", "quantity", "month") == [(612_966, 1, 30.7)]


def test_a_bulletin_headed_in_yuan_over_numbers_in_dollars_is_read_in_dollars(
    reader: Reader, record: Record
) -> None:
    page = reader(saved("bulletin-export-2025-06.html"))
    rows = {printed(row) for row in record.rows if row.source == "china-customs-b6454a"}
    assert rows <= all_said(page)
    assert "printed as RMB 10,000, the numbers are US$1,000" in " ".join(page.notes)


def test_the_flash_brings_the_year_before_as_a_revised_vintage(reader: Reader) -> None:
    # china-customs-dad7de: 243.2 in 10,000 t and US$8,476.6 million for January to May 2025.
    rows = [row for row in reader(saved("flash-export-2026-05.html")).rows if row.status == "revised"]
    may = Period.ytd(Month(2025, 5))
    assert {(row.period, row.value, row.step, row.yoy_pct) for row in rows} == {
        (may, 2_432_000, 1_000, None),
        (may, 8_476_600_000, 100_000, None),
    }


def test_the_flash_of_february_holds_january_and_february(reader: Reader) -> None:
    # china-customs-6415ec: 97.1 in 10,000 t, up 12.8 %; February alone 43.0.
    page = reader(saved("flash-export-2026-02.html"))
    assert page.period == Month(2026, 2)
    assert values(page, "unwrought_aluminium", "quantity", "month") == [(430_000, 1_000, None)]
    assert (971_000, 1_000, 12.8) in values(page, "unwrought_aluminium", "quantity", "ytd")


def test_a_flash_headed_with_the_wrong_month_and_unit_is_read_by_title_date_and_size(reader: Reader) -> None:
    # china-customs-56922f: the page of June 2025 heads its columns 5 and 1-5 and prints Ton.
    page = reader(saved("flash-export-2025-06.html"))
    assert page.period == Month(2025, 6)
    assert values(page, "unwrought_aluminium", "quantity", "month") == [(489_000, 1_000, None)]
    assert (2_918_000, 1_000, -8.0) in values(page, "unwrought_aluminium", "quantity", "ytd")
    assert "taken as June 2025" in page.notes[0]
    assert "unit printed as 1 t, the numbers are 10,000 t" in page.notes[1]


@looped("date_line", ["2025/09/19", ""])
def test_without_a_date_that_decides_the_running_total_shows_the_month(
    date_line: str, dataset: Dataset, record: Record
) -> None:
    # On record to May 2025: 2,430,000 t; and 489,000 t in June are the 291.8 (10,000 t) of the page.
    content = saved("flash-export-2025-06.html").replace(b"2025/07/14", date_line.encode())
    page = read_page(content, "page.html", record.catalogue, dataset)
    assert page.period == Month(2025, 6)
    assert "the running total on record agrees with it: taken as June 2025" in page.notes[0]


def test_of_a_page_in_yuan_the_tonnes_are_taken(reader: Reader) -> None:
    page = reader(saved("flash-export-2025-02-cny.html"))
    assert {row.series.measure for row in page.rows} == {"quantity"}


def test_a_page_saved_by_a_browser_keeps_its_address(record: Record) -> None:
    mark = b"<!-- saved from url=(0052)http://english.customs.gov.cn/Statics/a1.html -->\n"
    page = read_page(mark + saved("flash-export-2026-05.html"), "May.html", record.catalogue, retrieved=TODAY)
    assert page.source.url == "http://english.customs.gov.cn/Statics/a1.html"


def test_without_a_record_what_a_page_leaves_open_is_left_out(record: Record) -> None:
    page = read_page(saved("bulletin-export-2026-07.html"), "july.html", record.catalogue, retrieved=TODAY)
    assert [row for row in page.rows if row.yoy_pct is not None] == []
    assert "left out" in " ".join(page.notes)


def test_series_are_those_of_the_catalogue(reader: Reader) -> None:
    rows: tuple[Row, ...] = reader(saved("bulletin-import-2026-01.html")).rows
    assert {row.series for row in rows} == {
        Series(name, "import", measure=measure)
        for name in ("bauxite", "unwrought_aluminium")
        for measure in ("quantity", "value")
    }

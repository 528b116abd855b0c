"""Units, currencies and percentages that a page leaves open, settled by arithmetic on the record."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, Record
from bot.dataset.intake import take_in
from bot.dataset.model import Series
from bot.errors import SourceError
from bot.sources.baseline import OnRecord
from bot.sources.change_basis import span_of
from bot.sources.page import read_page
from bot.sources.page_reading import Change, Level
from bot.sources.printed_numbers import Printed
from tests.dataset.rows import row, small_dataset, total
from tests.looped import looped

from .conftest import TODAY, Reader, saved
from .test_spellings import FLASH, JULY, swapped

ALUMINA, SCOPE = Series("alumina", "export"), "HS 28182000"
LAST_YEAR = [row("2024-06", 100_000, 1), total("2024-06", 400_000, 1)]


def level(value: int, kind: str) -> Level:
    end = Month(2025, 6)
    period = Period.ytd(end) if kind == "ytd" else Period.month(end)
    return Level(ALUMINA, SCOPE, period, Printed(Decimal(value), Decimal(1)), revised=False)


# June 2025: 150,000 t, in all 500,000 t. On 100,000 and 400,000 t that is +50 % and +25 %.
JUNE = [level(150_000, "month"), level(500_000, "ytd")]


@looped(
    ("pct", "span"),
    [(50.0, "month"), (25.0, "ytd"), (49.1, "month"), (25.9, "ytd"), (37.0, None), (-50.0, None)],
)
def test_open_percentages_are_of_the_period_that_they_fit(pct: float, span: str | None) -> None:
    known = OnRecord(small_dataset(LAST_YEAR))
    assert span_of([Change(ALUMINA, SCOPE, None, pct)], JUNE, known) == span


def test_percentages_that_fit_both_periods_are_left_open() -> None:
    # 150,000 on 120,000 t and 500,000 on 400,000 t: +25 % both.
    known = OnRecord(small_dataset([row("2024-06", 120_000, 1), total("2024-06", 400_000, 1)]))
    assert span_of([Change(ALUMINA, SCOPE, None, 25.0)], JUNE, known) is None


def test_roundings_are_allowed_for_before_a_reading_is_refuted() -> None:
    # 14 and 10 in 10,000 t can be anything from +28.6 to +52.6 %: neither reading is refuted.
    rough = [level(140_000, "month"), level(500_000, "ytd")]
    rough = [
        Level(
            each.series, each.scope, each.period, Printed(each.number.value, Decimal(10_000)), revised=False
        )
        for each in rough
    ]
    known = OnRecord(small_dataset([row("2024-06", 100_000), total("2024-06", 370_000)]))
    assert span_of([Change(ALUMINA, SCOPE, None, 35.0)], rough, known) is None


def test_a_page_of_running_totals_alone_prints_their_changes() -> None:
    nothing = OnRecord(small_dataset([]))
    assert span_of([Change(ALUMINA, SCOPE, None, 25.0)], [level(500_000, "ytd")], nothing) == "ytd"


@looped(("pct", "held"), [("33.0", False), ("-33.0", True), ("330.0", True)])
def test_a_change_that_the_year_before_does_not_bear_out_counts_against_its_figure(
    pct: str, held: bool, reader: Reader, record: Record
) -> None:
    # Alumina in July 2025: 230 kt (data/figures.csv); 300 kt in July 2026 is about a third more.
    page = reader(swapped(JULY, (">33.0<", f">{pct}<")))
    before = replace(record, rows=[each for each in record.rows if each.period.end < Month(2026, 7)])
    intake = take_in(before.as_of(date(2026, 8, 18)), page.rows, {page.source.id: page.source})
    alumina = {slip.row.period for slip in intake.held if slip.row.series.commodity == "alumina"}
    assert (Period.month(Month(2026, 7)) in alumina) == held


def test_without_a_year_before_nothing_is_told() -> None:
    assert span_of([Change(ALUMINA, SCOPE, None, 25.0)], JUNE, OnRecord(small_dataset([]))) is None


def test_a_bulletin_whose_percentages_are_of_the_running_total(record: Record, dataset: Dataset) -> None:
    # data/figures.csv, August 2024, bauxite: 1,555 and in all 10,786 (10,000 t), the latter up by 11.8 %.
    page = swapped(
        saved("bulletin-import-2026-07.html").decode(),
        ("1-7.2026", "1-8.2024"),
        ("2026/08/18", "2024/09/18"),
        ("1to7", "1to8"),
        ("colspan=2>7<", "colspan=2>8<"),
    )
    start, end = page.index("<tr><td>&nbsp; Aluminum ores"), page.index("</table>\n<p>Note")
    cells = "".join(f"<td>{each}</td>" for each in ("10000T", "1,555", "-", "10,786", "-", "11.8", "-"))
    page = page[:start] + f"<tr><td>Aluminium ores and concentrates</td>{cells}</tr>" + page[end:]
    rows = read_page(page.encode(), "page.html", record.catalogue, dataset).rows
    assert {(each.period.kind, each.value, each.yoy_pct, each.note) for each in rows} == {
        ("month", 15_550_000, None, ""),
        ("ytd", 107_860_000, 11.8, "yoy is of the running total"),
    }


def test_numbers_in_yuan_are_not_taken_for_dollars(reader: Reader) -> None:
    """The dollars of July 2026 at 7.2 yuan, in RMB 10,000: 0.72 times the numbers in US$1,000."""
    yuan = swapped(
        JULY,
        ("129,303", "93,098"),
        ("794,127", "571,771"),
        ("2,659,501", "1,914,841"),
        ("16,169,170", "11,641,802"),
    )
    for headed in ("Unit:RMB 10,000", "Unit:US$1,000"):
        page = reader(swapped(yuan, ("Unit:US$1,000", headed)))
        assert {each.series.measure for each in page.rows} == {"quantity"}
        assert "left out" in " ".join(page.notes)


def test_dollars_headed_in_yuan_are_left_out_where_nothing_shows_them_to_be_dollars(record: Record) -> None:
    known = small_dataset([each for each in record.rows if each.series.measure == "quantity"])
    page = swapped(JULY, ("Unit:US$1,000", "Unit:RMB 10,000"))
    read = read_page(page.encode(), "page.html", record.catalogue, known)
    assert {each.series.measure for each in read.rows} == {"quantity"}
    assert "nothing on record shows them to be in dollars" in " ".join(read.notes)


@looped("unit", ["Ton", "T", "KG", "10,000 Tons"])
def test_the_flash_in_any_printed_unit_is_ten_thousand_tonnes(unit: str, reader: Reader) -> None:
    page = reader(swapped(FLASH, ("10,000 Tons", unit)))
    assert {row.value for row in page.rows if row.series.measure == "quantity"} == {
        632_000.0,
        2_685_000.0,
        2_432_000.0,
    }
    assert bool(page.notes) == (unit != "10,000 Tons")


def test_an_amount_that_no_unit_makes_plausible_is_refused(reader: Reader) -> None:
    far = swapped(FLASH, ("63.2", "63200000000"), ("268.5", "268500000000"), ("243.2", "243200000000"))
    with pytest.raises(SourceError, match="not borne out by its size"):
        reader(far)


def test_without_a_record_the_prices_show_the_unit(record: Record) -> None:
    # US$2,597.1 million for 632,000 t is 4,109 US$/t; for 63.2 t it would be 41 million.
    page = read_page(
        FLASH.replace("10,000 Tons", "Ton").encode(), "page.html", record.catalogue, retrieved=TODAY
    )
    assert {632_000.0} <= {row.value for row in page.rows}

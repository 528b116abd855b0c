"""Units, currencies and percentages that a page leaves open, settled by arithmetic on the record.

The values of `lines` are made up: of line n, n hundred million dollars a month, as on record of the month.
One value that is off is a slip, all of them off alike are another unit.
"""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from bot.dataset.calendar import Month
from bot.dataset.dataset import Record
from bot.dataset.intake import take_in
from bot.dataset.model import Series
from bot.dataset.releases import ReleaseCalendar
from bot.errors import SourceError
from bot.sources.markup import money_lines
from bot.sources.page import money_of, read_page, span_of
from bot.sources.printed_numbers import Number, Reading
from bot.sources.titles import Title
from tests.dataset.rows import row, rows_of, small_dataset
from tests.sources.conftest import FLASH, JULY, saved, swapped
from tests.tables import looped, tables

ALUMINA, SCOPE = Series("alumina", "export"), "HS 28182000"
JUNE = Month(2026, 6)
DOLLARS, YUAN = "Unit:US$1,000", "Unit:RMB 10,000"


def level(value, span, series=ALUMINA, step=1):
    return Number(series, SCOPE, span, JUNE, Decimal(value), Decimal(step))  # type: ignore[arg-type]


def change(pct, span, series=ALUMINA):
    number, step = Decimal(str(pct)), Decimal("0.1")
    return Number(series, SCOPE, span, JUNE, number, step, change=True)  # type: ignore[arg-type]


MONTH, TOTAL = level(150_000, "month"), level(500_000, "ytd")
ROUGH = [level(140_000, "month", step=10_000), level(500_000, "ytd", step=10_000)]
LEVELS = {"exact": [MONTH, TOTAL], "total": [TOTAL], "rough": ROUGH}


@looped(("pct", "span", "levels", "known"), tables("sources/cases.yaml")["percentages"])
def test_open_percentages_are_of_what_they_fit(pct, span, levels, known):
    before = small_dataset(rows_of(known) if known else [])
    assert span_of([change(pct, None)], LEVELS[levels], before) == span


def series(line):
    return Series(f"line_{line}", "export", measure="value")


def on_record(rows, record):
    alumina = record.catalogue["alumina"]
    catalogue = {row.series.commodity: replace(alumina, id=row.series.commodity) for row in rows}
    return Record(catalogue, {}, tuple(rows), ReleaseCalendar({})).as_of(date(2026, 11, 24))


def page(levels, unit):
    """A page of these levels, in the unit that it prints."""
    (money,) = money_lines(unit)
    return Reading(Title("bulletin", "export", JUNE), "", None, money, tuple(levels), ())


@looped("unit", [DOLLARS, YUAN])
@looped("lines", [2, 3, 5, 10])
def test_values_are_dollars_unless_all_of_them_are_off_alike(lines, unit, record):
    known = on_record(
        [row("2026-06", line * 1e8, 1_000, series=series(line)) for line in range(1, lines + 1)], record
    )

    def factor(times):
        levels = [level(line * 1e5 * each, "month", series(line)) for line, each in enumerate(times, 1)]
        return money_of(page(levels, unit), (), known).factor

    assert factor([1] * lines) == 1_000
    for slipped, power in product(range(lines), (-4, -2, -1, 1, 2, 4)):
        assert factor([10.0**power if at == slipped else 1 for at in range(lines)]) == 1_000
    for times in (0.72, 7.2, 0.1, 10, 1_000, 0.001):
        assert factor([times] * lines) is None
        if lines > 2:  # of three in another unit one may look right by a slip: the others do not
            assert factor([1, *[times] * (lines - 1)]) is None


@pytest.fixture(scope="module")
def before(record):
    """What was on record on the day before July's bulletin, and nothing else."""
    day = date(2026, 8, 17)
    out = tuple(row for row in record.rows if record.calendar.out_since(row) <= day)
    return replace(record, rows=out, _newest=[]).as_of(day)


def taken_in(text, known):
    page = read_page(text.encode(), "page.html", known)
    return page.rows, take_in(known, page.rows, {**known.record.sources, **page.sources})


# What has ten times its US$ in alumina is not among them: so dear was what came in by the tonne in 2025, and
# one sign alone holds nothing.
SLIPS = [
    (line, number, power)
    for line, numbers in (("alumina", "129,303 794,127"), ("unwrought_aluminium", "2,659,501 16,169,170"))
    for number in numbers.split()
    for power in (-4, -2, -1, 1, 2, 4)
    if (line, power) != ("alumina", 1)
]


@looped(("line", "number", "power"), SLIPS)
def test_one_slip_holds_its_line_and_no_other(line, number, power, before):
    # data/figures.csv, china-customs-172b3d: alumina and aluminium in July 2026, US$1,000.
    right = Decimal(number.replace(",", ""))
    rows, intake = taken_in(swapped(JULY, (f">{number}<", f">{right.scaleb(power):,f}<")), before)
    assert float(right.scaleb(power + 3)) in {row.value for row in rows}
    assert {slip.row.series.commodity for slip in intake.held} == {line}
    taken = {(row.series, row.period) for row in (*(each.row for each in intake.arrivals), *intake.known)}
    assert taken == {(row.series, row.period) for row in rows if row.series.commodity != line}


def test_a_price_that_rose_does_not_make_dollars_of_yuan(before):
    """The dollars of July 2026 at 7.2 yuan, in RMB 10,000; alumina, of no total on record, 1.5 times."""
    pairs = [("129,303", "139,647"), ("794,127", "857,657"), ("2,659,501", "1,914,841")]
    page = swapped(JULY, *pairs, ("16,169,170", "11,641,802"))
    assert {each.series.measure for each in taken_in(page, before)[0]} == {"quantity"}


@looped("unit", ["Ton", "10,000 Tons"])
def test_a_line_that_is_new_is_weighed_by_what_a_tonne_costs(unit, nothing):
    """US$2,597.1 million for 63.2 in 10,000 t are 4,109 US$/t; without dollars nothing weighs it."""
    text = swapped(FLASH, ("10,000 Tons", unit))
    assert 632_000.0 in {row.value for row in read_page(text.encode(), "page.html", nothing).rows}
    with pytest.raises(SourceError, match="not borne out by its size"):
        read_page(swapped(text, ("USD1 Million", "RMB 100 Million")).encode(), "page.html", nothing)


def test_one_amount_off_among_others_is_not_the_unit_of_its_line(before):
    # Bauxite in July 2026, 10,000 t (china-customs-f86339); ten thousand times as much in one cell alone.
    text = saved("bulletin-import-2026-07.html").decode()
    start = text.index("Aluminum ores")
    cell = text[start:].split("<td align=right>")[1].split("<")[0]
    slipped = f"{Decimal(cell.replace(',', '')).scaleb(4):,f}"
    _, intake = taken_in(text[:start] + text[start:].replace(f">{cell}<", f">{slipped}<", 1), before)
    assert {slip.row.series.commodity for slip in intake.held} == {"bauxite"}  # the whole line, and no other


def test_a_bulletin_whose_percentages_are_of_the_running_total(dataset):
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
    rows = read_page(page.encode(), "page.html", dataset).rows
    assert {(each.period.kind, each.value, each.yoy_pct, each.note) for each in rows} == {
        ("month", 15_550_000, None, ""),
        ("ytd", 107_860_000, 11.8, "yoy is of the running total"),
    }


def test_numbers_in_yuan_and_dollars_not_borne_out_are_left_out(reader, record):
    """The dollars of July 2026 at 7.2 yuan, in RMB 10,000: 0.72 times the numbers in US$1,000."""
    dollars, yuan = "129,303 794,127 2,659,501 16,169,170", "93,098 571,771 1,914,841 11,641,802"
    pairs = list(zip(dollars.split(), yuan.split(), strict=True))
    known = small_dataset([each for each in record.rows if each.series.measure == "quantity"])
    alone = read_page(swapped(JULY, (DOLLARS, YUAN)).encode(), "page.html", known)
    for found in (alone, *(reader(swapped(JULY, *pairs, (DOLLARS, headed))) for headed in (YUAN, DOLLARS))):
        assert {each.series.measure for each in found.rows} == {"quantity"}
        assert "left out: the record does not show them to be in dollars" in " ".join(found.notes)


@looped(
    ("pairs", "measures"),
    [((), {"quantity", "value"}), ((("2,659,501", "1,914,841"), ("129,303", "93,098")), {"quantity"})],
)
def test_dollars_of_a_first_month_are_weighed_by_its_prices(pairs, measures, record):
    """Of which nothing is on record but the months before it: as printed, and in yuan at 7.2."""
    cells = re.compile(r"(<td align=right>[^<]*</td>){2}((<td align=right>[^<]*</td>){2})(?=</tr>)")
    page = cells.sub(r"<td>-</td><td>-</td>\2", swapped(JULY, *pairs))
    found = read_page(page.encode(), "page.html", record.as_of(date(2026, 8, 17)))
    assert {each.series.measure for each in found.rows if each.value is not None} == measures


@looped("unit", ["Ton", "T", "KG", "10,000 Tons"])
def test_the_flash_in_any_unit_is_ten_thousand_tonnes(unit, reader):
    page = reader(swapped(FLASH, ("10,000 Tons", unit)))
    tonnes = {row.value for row in page.rows if row.series.measure == "quantity"}
    assert tonnes == {632_000.0, 2_685_000.0, 2_432_000.0}
    assert bool(page.notes) == (unit != "10,000 Tons")

"""The unit of a page's values: one value that is off is a slip, all of them off alike are another unit.

The values are made up: of line n, n hundred million dollars a month, as on record of the month before.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, Record
from bot.dataset.folder import data_folder
from bot.dataset.intake import Intake, take_in
from bot.dataset.load import load_catalogue
from bot.dataset.model import Row, Series
from bot.dataset.releases import ReleaseCalendar
from bot.sources.baseline import OnRecord
from bot.sources.currency import money_of
from bot.sources.page import read_page
from bot.sources.page_reading import Change, Level, Reading
from bot.sources.page_units import money_lines
from bot.sources.printed_numbers import Printed
from bot.sources.titles import Title
from tests.dataset.rows import row, total
from tests.looped import looped

from .conftest import saved
from .test_spellings import JULY, swapped

JUNE, SCOPE = Month(2026, 6), "HS 28182000"
DOLLARS, YUAN = "Unit:US$1,000", "Unit:RMB 10,000"
LINES = [2, 3, 5, 10]


def series(line: int) -> Series:
    return Series(f"line_{line}", "export", measure="value")


def known(lines: int) -> OnRecord:
    """What the page prints of June is on record, in dollars: each line bears witness once."""
    return on_record([row("2026-06", line * 1e8, 1_000, series=series(line)) for line in range(1, lines + 1)])


def on_record(rows: Sequence[Row]) -> OnRecord:
    alumina = load_catalogue(data_folder() / "commodities.toml")["alumina"]
    catalogue = {row.series.commodity: replace(alumina, id=row.series.commodity) for row in rows}
    return OnRecord(Record(catalogue, {}, tuple(rows), ReleaseCalendar({})).as_of(date(2026, 11, 24)))


def page(numbers: list[float], unit: str) -> Reading:
    """A page with the month of each line, in the unit that it prints."""
    levels = tuple(level(line, Period.month(JUNE), number) for line, number in enumerate(numbers, 1))
    (money,) = money_lines(unit)
    return Reading(Title("bulletin", "export", JUNE), "", None, money, {}, levels, (), (), None)


def level(line: int, period: Period, number: float) -> Level:
    return Level(series(line), SCOPE, period, Printed(Decimal(number), Decimal(1)), revised=False)


def in_thousands(lines: int) -> list[float]:
    return [line * 1e5 for line in range(1, lines + 1)]


def factor(numbers: list[float], unit: str) -> Decimal | None:
    return money_of(page(numbers, unit), (), (), known(len(numbers))).factor


@looped("unit", [DOLLARS, YUAN])
@looped("lines", LINES)
def test_values_as_on_record_are_dollars(lines: int, unit: str) -> None:
    assert factor(in_thousands(lines), unit) == 1_000


@looped("power", [-4, -2, -1, 1, 2, 4])
@looped("unit", [DOLLARS, YUAN])
@looped("lines", LINES)
def test_one_value_off_by_a_power_of_ten_leaves_the_unit_of_the_others(
    lines: int, unit: str, power: int
) -> None:
    for slipped in range(lines):
        numbers = in_thousands(lines)
        numbers[slipped] *= 10.0**power
        assert factor(numbers, unit) == 1_000


@looped("times", [0.72, 7.2, 0.1, 10, 1_000, 0.001])
@looped("unit", [DOLLARS, YUAN])
@looped("lines", LINES)
def test_values_that_are_all_off_alike_are_left_out(lines: int, unit: str, times: float) -> None:
    numbers = [number * times for number in in_thousands(lines)]
    assert factor(numbers, unit) is None
    if lines > 2:  # of three in another unit one may look right by a slip: the others do not
        numbers[0] /= times
        assert factor(numbers, unit) is None


def test_a_page_of_one_value_that_is_off_is_left_out() -> None:
    assert factor([1e6], DOLLARS) is None


@looped(("times", "told"), [(1, 1_000), (7.2, None)])
def test_a_running_total_is_borne_out_by_the_one_before_and_its_own_month(
    times: float, told: Decimal | None
) -> None:
    # US$500 million to May on record; the page prints 100 million of June and 600 million to June
    levels = (level(1, Period.month(JUNE), 1e5 * times), level(1, Period.ytd(JUNE), 6e5 * times))
    may = on_record([total("2026-05", 5e8, 1_000, series=series(1))])
    assert money_of(replace(page([], YUAN), levels=levels), (), (), may).factor == told


def test_a_year_before_without_trade_bears_no_witness() -> None:
    before = on_record([row("2025-06", 0, 1_000, series=series(1))])
    changes = [Change(series(1), SCOPE, "month", 10.0)]
    assert money_of(page([1e5], DOLLARS), (), changes, before).factor == 1_000
    assert money_of(page([1e5], YUAN), (), changes, before).factor is None


@pytest.fixture(scope="module")
def before(record: Record) -> Dataset:
    """What was on record on the day before July's bulletin, and nothing else."""
    day = date(2026, 8, 17)
    out = tuple(row for row in record.rows if record.calendar.out_since(row) <= day)
    return replace(record, rows=out, _newest=[]).as_of(day)


# What has ten times its US$ in alumina is not among them: so dear was what came in by the tonne in 2025, and
# one sign alone holds nothing.
SLIPS = [
    (number, power)
    for number in ("129,303", "794,127", "2,659,501", "16,169,170")
    for power in (-4, -2, -1, 1, 2, 4)
    if (len(number), power) != (7, 1)
]


@looped(("number", "power"), SLIPS)
def test_of_a_page_with_one_slipped_value_its_line_is_held_and_the_other_lines_are_taken(
    number: str, power: int, before: Dataset
) -> None:
    # data/figures.csv, china-customs-172b3d: alumina and aluminium in July 2026, US$1,000.
    right = Decimal(number.replace(",", ""))
    slipped = f"{right.scaleb(power):,f}"
    text = swapped(JULY, (f">{number}<", f">{slipped}<"))
    values = {each.value for each in read(JULY, before) if each.series.measure == "value"}
    assert {each.value for each in read(text, before) if each.series.measure == "value"} - values == {
        float(right.scaleb(power + 3))
    }
    intake = taken_in(text, before)
    assert float(right.scaleb(power + 3)) in [slip.row.value for slip in intake.held]
    (line,) = {slip.row.series.commodity for slip in intake.held}
    rows = {(each.series, each.period) for each in read(text, before)}
    taken = {(each.row.series, each.row.period) for each in intake.arrivals} | {
        (each.series, each.period) for each in intake.known
    }
    assert taken == {each for each in rows if each[0].commodity != line}


def read(text: str, known: Dataset) -> tuple[Row, ...]:
    return read_page(text.encode(), "page.html", known.catalogue, known).rows


def taken_in(text: str, known: Dataset) -> Intake:
    page = read_page(text.encode(), "page.html", known.catalogue, known)
    return take_in(known, page.rows, {**known.record.sources, page.source.id: page.source})


def test_one_amount_off_among_others_is_not_the_unit_of_its_line(before: Dataset) -> None:
    # Bauxite in July 2026, 10,000 t (china-customs-f86339); ten thousand times as much in one cell alone.
    text = saved("bulletin-import-2026-07.html").decode()
    start = text.index("Aluminum ores")
    cell = text[start:].split("<td align=right>")[1].split("<")[0]
    slipped = f"{Decimal(cell.replace(',', '')).scaleb(4):,f}"
    moved = text[:start] + text[start:].replace(f">{cell}<", f">{slipped}<", 1)
    held = taken_in(moved, before).held
    assert {slip.row.series.commodity for slip in held} == {"bauxite"}  # the whole line, and no other
    assert "10,000 times too much" in {slip.mend for slip in held}

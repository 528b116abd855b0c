"""Rank, highest and lowest since, twelve-month sums: over an unbroken run of months, or not at all."""

from dataclasses import replace

import pytest

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.derive import PrintedLine
from bot.dataset.model import Row, Series
from bot.dataset.standing import Standing
from tests.looped import looped

from .rows import ALUMINA, month, row, small_dataset, total


def months(first: str, *values: float | None, step: float = 1) -> list[Row]:
    """Printed months in a row; None leaves one out."""
    start = Month.from_text(first)
    return [row(str(start.plus(at)), value, step) for at, value in enumerate(values) if value is not None]


def standing(rows: list[Row], at: str) -> Standing:
    found = PrintedLine(rows).standing(Month.from_text(at))
    assert found
    return found


def test_the_highest_names_the_last_month_that_was_as_high() -> None:
    found = standing(months("2023-01", 9_000, 12_000, 8_000, 7_000, 10_000), "2023-05")
    assert (found.highest_since, found.rank) == (Month(2023, 2), 2)
    assert (found.run_start, found.months) == (Month(2023, 1), 5)


def test_the_lowest_names_the_last_month_that_was_as_low() -> None:
    found = standing(months("2023-01", 9_000, 5_000, 8_000, 7_000, 6_000), "2023-05")
    assert (found.lowest_since, found.rank) == (Month(2023, 2), 4)


def test_a_record_of_the_run_has_no_month_as_high_before_it() -> None:
    found = standing(months("2023-01", 9_000, 12_000, 13_000), "2023-03")
    assert (found.highest_since, found.rank, found.lowest_since) == (None, 1, Month(2023, 2))


def test_an_equal_month_is_as_high_and_as_low() -> None:
    found = standing(months("2023-01", 9_000, 12_000, 9_000), "2023-03")
    assert found.lowest_since == Month(2023, 1)
    assert standing(months("2023-01", 9_000, 8_000, 9_000), "2023-03").highest_since == Month(2023, 1)


def test_months_that_rounding_cannot_tell_apart_make_no_record() -> None:
    """140 and 150 thousand tonnes in steps of 10,000 may both be 145,000."""
    assert standing(months("2023-01", 140_000, 150_000, step=10_000), "2023-02").highest_since == Month(
        2023, 1
    )
    assert standing(months("2023-01", 140_000, 160_000, step=10_000), "2023-02").highest_since is None


def test_a_missing_month_begins_a_new_run() -> None:
    found = standing(months("2023-01", 20_000, None, 8_000, 7_000, 10_000), "2023-05")
    assert (found.run_start, found.months, found.highest_since, found.rank) == (Month(2023, 3), 3, None, 1)


def test_a_month_known_by_its_change_alone_is_a_gap() -> None:
    rows = [*months("2023-01", 20_000), row("2023-02", None, yoy_pct=4.0), *months("2023-03", 8_000)]
    assert standing(rows, "2023-03").run_start == Month(2023, 3)
    assert PrintedLine(rows).standing(Month(2023, 2)) is None


def test_january_and_february_as_one_figure_are_a_gap() -> None:
    rows = [*months("2022-12", 20_000), total("2023-02", 30_000, 1), *months("2023-03", 8_000)]
    assert standing(rows, "2023-03").run_start == Month(2023, 3)


def test_a_run_goes_on_over_the_turn_of_the_year() -> None:
    assert standing(months("2022-11", 5_000, 6_000, 7_000), "2023-01").run_start == Month(2022, 11)


def with_derived_april(value: float) -> list[Row]:
    """March printed with exactly 100,000 t; April follows from two running totals, all in whole tonnes."""
    return [
        *months("2023-01", 90_000, 90_000, 100_000),
        total("2023-03", 280_000, 1),
        total("2023-04", 280_000 + value, 1),
    ]


@looped(
    ("april", "record"),
    [(100_900, False), (101_100, True)],
)
def test_a_derived_month_within_one_percent_makes_no_record(april: float, record: bool) -> None:
    """A correction of up to 1 % can lie in it: of 100,900 it leaves 99,891, of 101,100 100,089."""
    found = standing(with_derived_april(april), "2023-04")
    assert (found.highest_since is None) == record
    assert standing(months("2023-03", 100_000, april), "2023-04").highest_since is None  # printed: it is one


def test_a_printed_month_within_one_percent_of_a_derived_one_makes_no_record() -> None:
    """April, derived, 110,000, may be 111,100 (and rounding): May with 111,000 is not surely above it."""
    rows = with_derived_april(110_000)
    assert standing([*rows, *months("2023-05", 111_000)], "2023-05").highest_since == Month(2023, 4)
    assert standing([*rows, *months("2023-05", 111_200)], "2023-05").highest_since is None


# Twelve months.


def test_twelve_months_are_summed_with_their_roundings() -> None:
    rows = months("2023-01", *[10_000.0 * number for number in range(1, 13)], step=10_000)
    found = standing(rows, "2023-12")
    assert found.twelve_months == 780_000  # 10,000 times 1 + 2 + … + 12 = 78
    assert found.twelve_months_range == (720_000, 840_000)


def test_the_twelve_months_end_with_the_month_itself() -> None:
    rows = months("2023-01", 99_000, *[1_000] * 11, 5_000)
    assert standing(rows, "2024-01").twelve_months == 11 * 1_000 + 5_000


def test_eleven_months_have_no_twelve_month_sum() -> None:
    found = standing(months("2023-01", *[1_000] * 11), "2023-11")
    assert (found.twelve_months, found.twelve_months_range) == (None, None)


def test_a_gap_leaves_no_twelve_month_sum() -> None:
    rows = months("2022-12", 1_000, None, *[1_000] * 11)
    assert standing(rows, "2023-12").twelve_months is None


def test_a_price_is_not_summed_over_months() -> None:
    """US$ per tonne of twelve months add up to nothing."""
    quantity = months("2023-01", *[1_000] * 12)
    value = [replace(item, series=replace(ALUMINA, measure="value"), value=400_000.0) for item in quantity]
    dataset = small_dataset([*quantity, *value])
    unit_value = dataset.figure(replace(ALUMINA, measure="unit_value"), month("2023-12"))
    assert unit_value is not None
    found = dataset.standing(unit_value)
    assert found is not None
    assert (unit_value.value, found.months) == (400, 12)
    assert (found.twelve_months, found.twelve_months_range) == (None, None)


# On the record, by hand.


def test_alumina_imports_of_april_2026_are_the_highest_of_the_run(dataset: Dataset) -> None:
    """In HS 28182000 every month from January 2025 is printed; none before reached 611,107 t."""
    figure = dataset.figure(Series("alumina", "import"), month("2026-04"))
    assert figure is not None
    found = dataset.standing(figure)
    assert found is not None
    assert (found.run_start, found.months, found.rank) == (Month(2025, 1), 16, 1)
    assert found.highest_since is None


def test_twelve_months_of_scrap_to_may_2026(dataset: Dataset) -> None:
    printed = [
        155616.269, 160494.606, 172610.37, 155414.4, 158360.01, 162756.17, 194102.07,  # June to December 2025
        192725.53, 136323.65, 197330.69, 170582.15, 152020.9,  # January to May 2026
    ]  # fmt: skip
    figure = dataset.figure(Series("aluminium_scrap", "import"), month("2026-05"))
    assert figure is not None
    found = dataset.standing(figure)
    assert found is not None
    assert found.twelve_months == pytest.approx(sum(printed))
    assert found.twelve_months_range == pytest.approx((sum(printed) - 6, sum(printed) + 6))


def test_only_months_have_a_standing(dataset: Dataset) -> None:
    figure = dataset.figure(Series("bauxite", "import"), month("2026-06"))
    total_figure = next(
        item
        for item in dataset.lines[Series("bauxite", "import")]["HS 2606"].values()
        if item.period.kind == "year"
    )
    assert figure is not None
    assert dataset.standing(figure) is not None
    assert dataset.standing(total_figure) is None

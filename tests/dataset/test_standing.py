"""Rank, highest and lowest since: over an unbroken run of months, or not at all."""

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.growth import Standing
from bot.dataset.model import Row, Series
from tests.looped import looped
from tests.tables import tables

from .rows import line_of, month, row, total

CASES = tables("dataset/derived.yaml")


def months(first: str, *values: float | None, step: float = 1) -> list[Row]:
    """Printed months in a row; None leaves one out."""
    start = Month.from_text(first)
    return [row(str(start.plus(at)), value, step) for at, value in enumerate(values) if value is not None]


def standing(rows: list[Row], at: str) -> Standing:
    found = line_of(*rows).standing(month(at))
    assert found
    return found


@looped(("values", "step", "high", "low", "rank"), CASES["runs"])
def test_the_last_month_that_was_as_high_or_as_low_is_named(
    values: list[float], step: float, high: int | None, low: int, rank: int
) -> None:
    found = standing(months("2023-01", *values, step=step), f"2023-{len(values):02d}")
    assert (found.run_start, found.months, found.rank) == (Month(2023, 1), len(values), rank)
    assert found.highest_since == (high and Month(2023, high))
    assert found.lowest_since == Month(2023, low)


@looped(
    ("rows", "begins"),
    [
        (months("2023-01", 20_000, None, 8_000), "2023-03"),
        ([*months("2023-01", 20_000), row("2023-02", None), *months("2023-03", 8_000)], "2023-03"),
        ([*months("2022-12", 20_000), total("2023-02", 30_000, 1), *months("2023-03", 8_000)], "2023-03"),
        (months("2022-11", 5_000, 6_000, 7_000, 7_000, 8_000), "2022-11"),  # over the turn of the year
    ],
)
def test_a_run_begins_after_the_last_month_without_a_value(rows: list[Row], begins: str) -> None:
    found = standing(rows, "2023-03")
    assert str(found.run_start) == begins
    assert found.highest_since is None
    assert found.highest_known == (begins == "2022-11")  # before the hole lie higher months
    assert line_of(*rows).standing(month("2023-04")) is None


def with_derived_april(value: float) -> list[Row]:
    """March printed with exactly 100,000 t; April follows from two running totals, all in whole tonnes."""
    totals = [total("2023-03", 280_000, 1), total("2023-04", 280_000 + value, 1)]
    return [*months("2023-01", 90_000, 90_000, 100_000), *totals]


def test_a_derived_month_within_one_percent_makes_no_record() -> None:
    """A correction of up to 1 % can lie in it: of 100,900 it leaves 99,891, of 101,100 100,089."""
    for april, record in ((100_900, False), (101_100, True)):
        found = standing(with_derived_april(april), "2023-04")
        assert (found.highest_since is None) == record
        printed = standing(months("2023-03", 100_000, april), "2023-04")
        assert printed.highest_since is None  # it is a record


def test_a_printed_month_within_one_percent_of_a_derived_one_makes_no_record() -> None:
    """April, derived, 110,000, may be 111,100 (and rounding): May with 111,000 is not surely above it."""
    rows = with_derived_april(110_000)
    assert standing([*rows, *months("2023-05", 111_000)], "2023-05").highest_since == Month(2023, 4)
    assert standing([*rows, *months("2023-05", 111_200)], "2023-05").highest_since is None


def test_only_months_have_a_standing(dataset: Dataset) -> None:
    bauxite = dataset.lines[Series("bauxite", "import")]["HS 2606"]
    assert {each.period.kind for each in bauxite.figures() if bauxite.standing(each.period)} == {"month"}

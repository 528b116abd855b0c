"""What came together and does not add up, by figures that are worked out beside each case."""

import pytest

from bot.dataset.model import Row
from bot.dataset.sums import contradictions

from .rows import row, small_dataset, total


def held(on_record: list[Row], *fresh: Row) -> list[tuple[str, float | None]]:
    """Kind and value of the rows that are to be held."""
    return [
        (slip.row.period.kind, slip.row.value) for slip in contradictions(small_dataset(on_record), fresh)
    ]


# 100,000 t a year before: 150,000 t are 50 % more; +51.5 % would be 151,500 t, 1 % off, +53.5 % 2.3 % off.
@pytest.mark.parametrize(
    ("pct", "fits"), [(50.0, True), (51.5, True), (48.5, True), (53.5, False), (-50.0, False)]
)
def test_a_change_leads_from_the_year_before_to_its_figure(pct: float, fits: bool) -> None:
    june = row("2026-06", 150_000, 1, yoy_pct=pct)
    assert held([row("2025-06", 100_000, 1)], june) == ([] if fits else [("month", 150_000)])


def test_what_rounding_hides_is_no_contradiction() -> None:
    # 140 and 100 kt, to 10 kt, are anything from 135/105 = +28.6 % to 145/95 = +52.6 %.
    on_record = [row("2025-06", 100_000)]
    assert held(on_record, row("2026-06", 140_000, yoy_pct=29.0)) == []
    assert held(on_record, row("2026-06", 140_000, yoy_pct=52.0)) == []
    assert held(on_record, row("2026-06", 140_000, yoy_pct=20.0)) == [("month", 140_000)]


def test_a_year_before_that_lies_between_two_totals_says_less() -> None:
    # June 2025 is 500,000 - 400,000 t. +53.5 % is 2.3 % off 150,000 t, +60 % is 6.3 % off.
    on_record = [total("2025-05", 400_000, 1), total("2025-06", 500_000, 1)]
    assert held(on_record, row("2026-06", 150_000, 1, yoy_pct=53.5)) == []
    assert held(on_record, row("2026-06", 150_000, 1, yoy_pct=60.0)) == [("month", 150_000)]


def test_the_year_before_on_the_page_itself_is_exact() -> None:
    # 1,000,000 t and 50.2 % are 1,502,000 t, 0.1 % off; 50.6 % are 0.4 % off: one of the three is wrong.
    before = total("2025-06", 1_000_000, 1, status="revised")
    assert held([], total("2026-06", 1_500_000, 1, yoy_pct=50.2), before) == []
    wrong = held([], total("2026-06", 1_500_000, 1, yoy_pct=50.6), before)
    assert wrong == [("ytd", 1_500_000), ("ytd", 1_000_000)]


# To May 500,000 t, and 100,000 t in June: 600,000 t; 602,000 t are within corrections, 610,000 t are not.
@pytest.mark.parametrize(("value", "fits"), [(600_000, True), (602_000, True), (610_000, False)])
def test_a_month_and_its_running_total_start_from_the_one_before(value: int, fits: bool) -> None:
    wrong = held([total("2026-05", 500_000, 1)], row("2026-06", 100_000, 1), total("2026-06", value, 1))
    assert wrong == ([] if fits else [("ytd", value), ("month", 100_000)])


def test_of_the_two_the_one_that_its_change_bears_out_is_served() -> None:
    # 80,000 t and a quarter are the 100,000 t of June.
    on_record = [total("2026-05", 500_000, 1), row("2025-06", 80_000, 1)]
    june = row("2026-06", 100_000, 1, yoy_pct=25.0)
    assert held(on_record, june, total("2026-06", 610_000, 1)) == [("ytd", 610_000)]


def test_numbers_of_two_sources_are_no_sum() -> None:
    on_record = [total("2026-05", 500_000, 1)]
    assert held(on_record, row("2026-06", 100_000, 1), total("2026-06", 610_000, 1, source="other")) == []


def test_without_what_came_before_nothing_is_held() -> None:
    assert held([], row("2026-06", 100_000, 1, yoy_pct=500.0), total("2026-06", 900_000, 1)) == []
    assert held([], row("2026-01", 100_000, 1), total("2026-01", 900_000, 1)) == []

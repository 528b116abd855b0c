"""Totals over stretches of months: by the one identity, in one scope, over no hole."""

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from tests.looped import looped

from .rows import ALUMINA, month, row, small_dataset, total


def span(first: str, last: str) -> Period:
    return Period.span(Month.from_text(first), Month.from_text(last))


def test_months_add_up_with_all_their_roundings() -> None:
    # 100 + 120 + 130 kt, each to 10 kt
    rows = [row("2024-11", 100_000), row("2024-12", 120_000), row("2025-01", 130_000)]
    figure = small_dataset(rows).total(ALUMINA, span("2024-11", "2025-01"))
    assert figure is not None
    assert (figure.value, figure.range, figure.derived) == (350_000, (335_000, 365_000), True)
    assert figure.period.label == "2024-11..2025-01"


def test_a_years_running_total_stands_in_for_months_that_are_not_on_record() -> None:
    # 2024 as one figure of 1,200 kt and the first two months of 2025 as one of 210 kt
    rows = [total("2024-12", 1_200_000), total("2025-02", 210_000)]
    figure = small_dataset(rows).total(ALUMINA, span("2024-01", "2025-02"))
    assert figure is not None
    assert (figure.value, figure.range) == (1_410_000, (1_400_000, 1_420_000))


def test_the_inside_of_a_year_is_the_difference_of_two_running_totals() -> None:
    # 500 kt to June less 200 kt to February
    rows = [total("2024-02", 200_000), total("2024-06", 500_000)]
    figure = small_dataset(rows).total(ALUMINA, span("2024-03", "2024-06"))
    assert figure is not None
    assert (figure.value, figure.range) == (300_000, (290_000, 310_000))


def test_there_is_no_total_over_a_hole_and_the_hole_is_named() -> None:
    data = small_dataset([row("2024-11", 100_000), row("2025-01", 130_000)])
    assert data.total(ALUMINA, span("2024-11", "2025-01")) is None
    assert data.holes(ALUMINA, span("2024-11", "2025-01"), "HS 28182000") == (Month(2024, 12),)


def test_first_printings_and_revised_ones_are_not_taken_from_each_other() -> None:
    rows = [total("2024-02", 200_000), total("2024-06", 500_000, status="revised")]
    assert small_dataset(rows).total(ALUMINA, span("2024-03", "2024-06")) is None


def test_a_total_stays_in_one_scope() -> None:
    rows = [row("2024-11", 100_000), row("2024-12", 120_000, scope="HS 2818")]
    assert small_dataset(rows).total(ALUMINA, span("2024-11", "2024-12")) is None


def test_the_same_months_under_another_name_have_the_same_figure(dataset: Dataset) -> None:
    for first, last, name in [
        ("2024-04", "2024-06", Period.quarter(2024, 2)),
        ("2025-07", "2025-12", Period.half(2025, 2)),
        ("2025-01", "2025-12", Period.whole_year(2025)),
        ("2026-07", "2026-07", month("2026-07")),
    ]:
        stretch, named = dataset.total(ALUMINA, span(first, last)), dataset.figure(ALUMINA, name)
        assert stretch is not None
        assert named is not None
        assert (stretch.value, stretch.range) == (named.value, named.range)
        assert stretch.growth.pct == named.growth.pct


def test_a_change_is_against_the_same_months_a_year_before() -> None:
    # 220 kt against 200 kt: +10 %
    rows = [
        row("2023-11", 90_000), row("2023-12", 110_000), row("2024-11", 100_000), row("2024-12", 120_000),
    ]  # fmt: skip
    figure = small_dataset(rows).total(ALUMINA, span("2024-11", "2024-12"))
    assert figure is not None
    assert figure.growth.pct == pytest.approx(10.0)


def test_a_stretch_longer_than_a_year_has_no_change_on_a_year_earlier(dataset: Dataset) -> None:
    figure = dataset.total(ALUMINA, span("2025-01", "2026-02"))
    assert figure is not None
    assert figure.growth.pct is None


def test_a_unit_value_over_a_stretch_is_all_dollars_by_all_tonnes() -> None:
    # (40 + 50) million US$ by (100 + 125) kt: US$400 a tonne
    rows = [
        row("2024-11", 100_000, 1), row("2024-12", 125_000, 1),
        row("2024-11", 40_000_000, 1, series=Series("alumina", "export", measure="value")),
        row("2024-12", 50_000_000, 1, series=Series("alumina", "export", measure="value")),
    ]  # fmt: skip
    figure = small_dataset(rows).total(
        Series("alumina", "export", measure="unit_value"), span("2024-11", "2024-12")
    )
    assert figure is not None
    assert figure.value == pytest.approx(400.0)


def test_net_over_a_stretch_is_all_exports_less_all_imports(dataset: Dataset) -> None:
    stretch = span("2025-01", "2025-12")
    net, exports, imports = (
        dataset.total(Series("alumina", flow), stretch) for flow in ("net", "export", "import")
    )
    assert net is not None
    assert exports is not None
    assert imports is not None
    assert net.value == pytest.approx((exports.value or 0) - (imports.value or 0))


@looped(("period", "days"), [("2024-02", 29), ("2026-02", 28), ("2024-07", 31)])
def test_a_month_has_its_calendar_days(period: str, days: int) -> None:
    assert month(period).days == days


def test_a_year_has_366_days_in_2024() -> None:
    assert Period.whole_year(2024).days == 366

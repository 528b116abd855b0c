"""Totals over stretches of months: by the one identity, in one scope, over no hole."""

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow, Series
from tests.looped import looped
from tests.tables import tables

from .rows import ALUMINA, month, row, rows_of, small_dataset, span

CASES = tables("dataset/derived.yaml")

FLOWS: tuple[Flow, ...] = ("net", "export", "import")


@looped(("printed", "first", "last", "value", "half"), CASES["stretches"])
def test_a_stretch_is_a_sum(printed: str, first: str, last: str, value: float | None, half: float) -> None:
    figure = small_dataset(rows_of(printed)).figure(ALUMINA, span(first, last))
    assert (figure is None) == (value is None)
    if figure and value:
        assert (figure.value, figure.period.label) == (value * 1_000, f"{first}..{last}")
        assert figure.range == ((value - half) * 1_000, (value + half) * 1_000)


def test_a_hole_is_named_and_a_total_stays_in_one_scope() -> None:
    data = small_dataset(rows_of("month 2024-11 100; month 2025-01 130"))
    assert data.line(ALUMINA, "HS 28182000").holes(span("2024-11", "2025-01")) == (Month(2024, 12),)
    rows = [row("2024-11", 100_000), row("2024-12", 120_000, scope="HS 2818")]
    assert small_dataset(rows).figure(ALUMINA, span("2024-11", "2024-12")) is None


def test_the_same_months_under_another_name_have_the_same_figure(dataset: Dataset) -> None:
    for first, last, name in [
        ("2024-04", "2024-06", Period.around(Month(2024, 6), "quarter")),
        ("2025-07", "2025-12", Period.around(Month(2025, 12), "half")),
        ("2025-01", "2025-12", Period.whole_year(2025)),
        ("2026-07", "2026-07", month("2026-07")),
    ]:
        stretch, named = dataset.figure(ALUMINA, span(first, last)), dataset.figure(ALUMINA, name)
        assert (stretch.value, stretch.range) == (named.value, named.range)
        assert stretch.growth.pct == named.growth.pct


def test_a_change_is_against_the_same_months_a_year_before_up_to_a_year(dataset: Dataset) -> None:
    # 220 kt against 200 kt: +10 %
    rows = rows_of("month 2023-11 90; month 2023-12 110; month 2024-11 100; month 2024-12 120")
    figure = small_dataset(rows).figure(ALUMINA, span("2024-11", "2024-12"))
    assert figure.growth.pct == pytest.approx(10.0)
    longer = dataset.figure(ALUMINA, span("2025-01", "2026-02"))
    assert longer.growth.pct is None


def test_a_unit_value_over_a_stretch_is_all_dollars_by_all_tonnes() -> None:
    # (40 + 50) million US$ by (100 + 125) kt: US$400 a tonne
    dollars = Series("alumina", "export", measure="value")
    values = [row("2024-11", 40_000_000, 1, series=dollars), row("2024-12", 50_000_000, 1, series=dollars)]
    data = small_dataset([*rows_of("month 2024-11 100; month 2024-12 125"), *values])
    figure = data.figure(Series("alumina", "export", measure="unit_value"), span("2024-11", "2024-12"))
    assert figure.value == pytest.approx(400.0)


def test_net_over_a_stretch_is_all_exports_less_all_imports(dataset: Dataset) -> None:
    found = [dataset.figure(Series("alumina", flow), span("2025-01", "2025-12")) for flow in FLOWS]
    net, exports, imports = (figure.value if figure else None for figure in found)
    assert exports is not None
    assert imports is not None
    assert net == pytest.approx(exports - imports)

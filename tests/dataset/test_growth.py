"""Printed change beside computed change, and what rounding can do to either."""

from datetime import date

import pytest

from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Growth, Series
from tests.looped import looped
from tests.tables import tables

from .rows import ALUMINA, derived, figure_of, month, row, rows_of, small_dataset, ytd

CASES = tables("dataset/derived.yaml")

THIS = "2024-05"


@looped(("printed", "pct", "origin", "computed", "disputed"), CASES["growth_on_the_year"])
def test_which_change_on_the_year_leads(
    printed: str, pct: float | None, origin: str | None, computed: float | None, disputed: bool
) -> None:
    found = derived(*rows_of(printed))[month(THIS)].growth
    assert (found.origin, found.disputed) == (origin, disputed)
    assert found.pct == (pct if pct is None else pytest.approx(pct, abs=0.001))
    assert found.computed_pct == (computed if computed is None else pytest.approx(computed, abs=0.001))
    assert (found.range is None) == (computed is None)


def test_a_computed_change_carries_the_range_of_both_roundings() -> None:
    """110/100 is +10 %; at worst 105/105 = 0 % and 115/95 = +21.05 %."""
    found = derived(*rows_of("month 2024-05 110; month 2023-05 100"))[month(THIS)].growth
    assert found.range == (pytest.approx(0, abs=1e-9), pytest.approx(21.05, abs=0.005))


def test_computed_growth_is_never_taken_across_scopes() -> None:
    imports = Series("alumina", "import")
    small = small_dataset(
        [
            row("2024-03", 309_109, 1, series=imports, scope="HS 2818"),
            row("2025-03", 11_169, 1, series=imports),
            row("2025-02", 41_690, 1, series=imports, scope="HS 2818"),
        ]
    )
    figure = figure_of(small, imports, month("2025-03"))
    assert (figure.growth, figure.move) == (Growth(None, None), None)


@looped(("series", "period", "pct", "computed", "disputed"), CASES["growth_on_record"])
def test_the_change_on_the_year_of_the_record(
    dataset: Dataset, series: str, period: str, pct: float, computed: float | None, disputed: bool
) -> None:
    found = figure_of(dataset, Series(*series.split("/")), Period.from_text(period)).growth
    assert (found.pct, found.disputed) == (pytest.approx(pct, abs=0.005), disputed)
    assert computed is None or found.computed_pct == pytest.approx(computed, abs=0.01)


def test_before_the_query_a_month_can_be_a_change_alone() -> None:
    """On 18 April the change was out, the tonnes and the finer change of the query (20 April) not yet."""
    rows = [
        row("2024-03", None, yoy_pct=-1.4, published=date(2024, 4, 18)),
        row("2024-03", 140_000, yoy_pct=-1.43, status="query", published=date(2024, 4, 20)),
    ]
    record = small_dataset(rows).record
    for day, level, pct in ((date(2024, 4, 18), None, -1.4), (date(2024, 4, 20), 140_000, -1.43)):
        figure = figure_of(record.as_of(day), ALUMINA, month("2024-03"))
        assert (figure.value, figure.growth.pct) == (level, pct)


@looped(("printed", "end", "pct", "mean"), CASES["growth_on_the_month"])
def test_a_month_is_measured_on_the_one_before(printed: str, end: str, pct: float | None, mean: bool) -> None:
    kind, when = end.split()
    move = derived(*rows_of(printed))[month(when) if kind == "month" else ytd(when)].move
    assert (move and move.pct) == (pct if pct is None else pytest.approx(pct))
    assert bool(move and move.base != "month") == mean


def test_a_change_on_a_mean_carries_the_range_of_both_roundings() -> None:
    """154 (±1) after 280 (±5) in two months: 154/140 is +10 %, from 153/142.5 to 155/137.5."""
    move = derived(*rows_of("ytd 2024-02 280; month 2024-03 154/2"))[month("2024-03")].move
    assert move.range == (pytest.approx(7.37, abs=0.005), pytest.approx(12.73, abs=0.005))


def test_the_unit_value_of_january_and_february_is_their_mean_already(dataset: Dataset) -> None:
    # 2025: January and February 3,002.9 million US$ and 861 kt as revised;
    # March 1,777.6 million and 505.882 kt
    figure = figure_of(
        dataset, Series("unwrought_aluminium", "export", measure="unit_value"), month("2025-03")
    )
    before, march = 3_002.9e6 / 861e3, (4_780.5e6 - 3_002.9e6) / 505_881.552
    assert figure.move.base == "mean of January and February"
    assert figure.move.pct == pytest.approx((march / before - 1) * 100, abs=0.01)

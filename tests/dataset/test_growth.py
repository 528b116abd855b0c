"""Printed change beside computed change, and what rounding can do to either."""

from datetime import date

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Growth, Row, Series
from tests.looped import looped

from .rows import ALUMINA, derived, month, row, small_dataset, total, ytd

THIS, LAST = "2024-05", "2023-05"


def growth(*rows: Row) -> Growth:
    return derived(*rows)[month(THIS)].growth


def look_up(dataset: Dataset, commodity: str, flow: str, period: str, kind: str = "month") -> Figure:
    series = Series(commodity, flow)  # type: ignore[arg-type]
    figure = dataset.figure(series, month(period) if kind == "month" else ytd(period))
    assert figure is not None
    return figure


# Year on year.


def test_a_computed_change_carries_the_range_of_both_roundings() -> None:
    """110/100 is +10 %; at worst 105/105 = 0 % and 115/95 = +21.05 %."""
    found = growth(row(THIS, 110_000), row(LAST, 100_000))
    assert (found.pct, found.origin) == (pytest.approx(10), "computed")
    assert found.range == (pytest.approx(0, abs=1e-9), pytest.approx(21.05, abs=0.005))
    assert found.printed_pct is None


def test_a_printed_change_leads_and_the_computed_one_stands_beside_it() -> None:
    found = growth(row(THIS, 110_000, yoy_pct=10.4, source="bulletin"), row(LAST, 100_000))
    assert (found.pct, found.origin, found.printed_source) == (10.4, "published", "bulletin")
    assert (found.computed_pct, found.disputed) == (pytest.approx(10), False)


@looped(
    ("printed", "disputed"),
    [(10.9, False), (9.1, False), (11.1, True), (8.9, True), (-10.0, True)],
)
def test_more_than_a_point_apart_is_disputed(printed: float, disputed: bool) -> None:
    found = growth(row(THIS, 110_000, yoy_pct=printed), row(LAST, 100_000))
    assert (found.pct, found.disputed) == (printed, disputed)


def test_a_difference_in_sign_is_disputed_however_small() -> None:
    """100.2/100 is +0.2 %, printed was -0.3 %: half a point apart."""
    assert growth(row(THIS, 100_200, 1, yoy_pct=-0.3), row(LAST, 100_000, 1)).disputed
    assert not growth(row(THIS, 100_200, 1, yoy_pct=0.0), row(LAST, 100_000, 1)).disputed


def test_without_a_year_before_there_is_no_computed_change() -> None:
    assert growth(row(THIS, 110_000)) == Growth(None, None)
    alone = growth(row(THIS, 110_000, yoy_pct=5.0))
    assert (alone.pct, alone.computed_pct, alone.range, alone.disputed) == (5.0, None, None, False)


def test_a_base_that_may_be_zero_gives_no_computed_change() -> None:
    """Printed as 0 in 10,000 t: anything up to 5,000 t, so no rate can be worked out."""
    assert growth(row(THIS, 110_000), row(LAST, 0)) == Growth(None, None)


def test_an_earlier_printings_change_is_shown_while_the_value_has_not_moved() -> None:
    """2,000 (±5) and 1,997 (±0.5) thousand tonnes may be one figure: the change printed first stands."""
    first = row(THIS, 2_000_000, 10_000, yoy_pct=8.8, source="first")
    found = growth(first, row(THIS, 1_997_000, 1_000, status="revised"), row(LAST, 1_840_000))
    assert (found.pct, found.origin, found.printed_source) == (8.8, "published", "first")


def test_once_the_value_has_moved_the_computed_change_leads() -> None:
    """861 is not 859 (±0.5 each): 861/965 leads with -10.8 %, the printed -11.0 % stands beside it."""
    found = growth(
        row(THIS, 859_000, 1_000, yoy_pct=-11.0, status="flash"),
        row(THIS, 861_000, 1_000, status="revised"),
        row(LAST, 965_000, 1_000),
    )
    assert (found.pct, found.origin) == (pytest.approx(-10.78, abs=0.005), "computed")
    assert found.printed_pct == -11.0


def test_a_moved_value_without_a_year_before_keeps_the_printed_change() -> None:
    found = growth(
        row(THIS, 859_000, 1_000, yoy_pct=-11.0, status="flash"), row(THIS, 900_000, 1_000, status="revised")
    )
    assert (found.pct, found.origin) == (-11.0, "published")


def test_a_change_printed_alone_joins_the_level_of_its_key() -> None:
    figure = derived(row(THIS, 110_000, source="level"), row(THIS, None, yoy_pct=7.4, source="article"))[
        month(THIS)
    ]
    assert (figure.value, figure.row.source) == (110_000, "level")
    assert (figure.growth.pct, figure.growth.printed_source) == (7.4, "article")


def test_a_change_in_the_figures_own_row_stands_before_one_printed_alone() -> None:
    found = growth(row(THIS, 110_000, yoy_pct=-1.43), row(THIS, None, yoy_pct=-1.4, status="revised"))
    assert found.pct == -1.43


def test_a_change_without_any_level_is_still_a_figure() -> None:
    figure = derived(row(THIS, None, yoy_pct=2.1, source="article"))[month(THIS)]
    assert (figure.value, figure.step, figure.range, figure.derived) == (None, None, None, False)
    assert (figure.growth.pct, figure.growth.origin, figure.row.source) == (2.1, "published", "article")


def test_a_change_printed_alone_joins_a_derived_level() -> None:
    rows = (total("2024-04", 500_000), total(THIS, 610_000), row(THIS, None, yoy_pct=2.1))
    figure = derived(*rows)[month(THIS)]
    assert (figure.value, figure.derived, figure.growth.pct) == (110_000, True, 2.1)


def test_the_years_change_is_that_of_decembers_running_total(dataset: Dataset) -> None:
    """December 2025 was printed with 6,134,000 t and -8.0 %."""
    figures = dataset.lines[Series("unwrought_aluminium", "export")][
        "unwrought aluminium and aluminium products"
    ]
    year = next(figure for period, figure in figures.items() if period.label == "2025")
    assert (year.value, year.growth.pct, year.growth.origin) == (6_134_000, -8.0, "published")


def test_computed_growth_is_never_taken_across_scopes() -> None:
    imports = Series("alumina", "import")
    small = small_dataset(
        [
            row("2024-03", 309_109, 1, series=imports, scope="HS 2818"),
            row("2025-03", 11_169, 1, series=imports),
            row("2025-02", 41_690, 1, series=imports, scope="HS 2818"),
        ]
    )
    figure = small.figure(imports, month("2025-03"))
    assert figure is not None
    assert (figure.growth, figure.move) == (Growth(None, None), None)


# On the record, by hand.


def test_exports_of_early_2025_were_revised_so_the_computed_change_leads(dataset: Dataset) -> None:
    """Printed: 859,000 t and -11.0 %; a year later 861,000 t. Base as revised: 965,000 t."""
    found = look_up(dataset, "unwrought_aluminium", "export", "2025-02", "ytd").growth
    assert (found.pct, found.origin) == (pytest.approx((861 / 965 - 1) * 100), "computed")
    assert (found.printed_pct, found.disputed) == (-11.0, False)


def test_april_2026_alumina_exports_are_disputed(dataset: Dataset) -> None:
    """Printed +96.6 %, but 520,000 t over 263,000 t is +97.7 %: 1.1 points apart."""
    found = look_up(dataset, "alumina", "export", "2026-04").growth
    assert (found.pct, found.origin, found.disputed) == (96.6, "published", True)
    assert found.computed_pct == pytest.approx(97.72, abs=0.005)


def test_bauxite_of_july_2026_is_within_a_point(dataset: Dataset) -> None:
    """Printed -4.6 %; 19.04 over 20.06 Mt is -5.1 % (the base was revised downward)."""
    found = look_up(dataset, "bauxite", "import", "2026-07").growth
    assert (found.pct, found.disputed) == (-4.6, False)
    assert found.computed_pct == pytest.approx(-5.08, abs=0.01)


def test_before_the_query_a_month_can_be_a_change_alone() -> None:
    """On 18 April the change was out, the tonnes and the finer change of the query (20 April) not yet."""
    rows = [
        row("2024-03", None, yoy_pct=-1.4, published=date(2024, 4, 18)),
        row("2024-03", 140_000, yoy_pct=-1.43, status="query", published=date(2024, 4, 20)),
    ]
    record = small_dataset(rows).record
    for day, level, pct in ((date(2024, 4, 18), None, -1.4), (date(2024, 4, 20), 140_000, -1.43)):
        figure = record.as_of(day).figure(ALUMINA, month("2024-03"))
        assert figure is not None
        assert (figure.value, figure.growth.pct) == (level, pct)


# Month on month.


def test_alumina_exports_of_march_2024_did_not_move_within_rounding(dataset: Dataset) -> None:
    """140 kt after 140 kt: 135/145 is -6.9 %, 145/135 is +7.4 %."""
    move = look_up(dataset, "alumina", "export", "2024-03").move
    assert move is not None
    assert (move.pct, move.base) == (0.0, "month")
    assert [round(end, 1) for end in move.range] == [-6.9, 7.4]


def test_january_is_measured_against_december() -> None:
    move = derived(row("2023-12", 160_000), row("2024-01", 140_000))[month("2024-01")].move
    assert move is not None
    assert move.pct == pytest.approx(-12.5)


def test_march_is_measured_against_the_mean_of_january_and_february() -> None:
    """154 (±1) after 280 (±5) in two months: 154/140 is +10 %, from 153/142.5 to 155/137.5."""
    move = derived(total("2024-02", 280_000), row("2024-03", 154_000, 2_000))[month("2024-03")].move
    assert move is not None
    assert (move.pct, move.base) == (pytest.approx(10), "mean of January and February")
    assert move.range == (pytest.approx(7.37, abs=0.005), pytest.approx(12.73, abs=0.005))


def test_march_is_measured_against_february_where_there_is_one() -> None:
    rows = (row("2024-02", 110_000), total("2024-02", 280_000), row("2024-03", 154_000))
    move = derived(*rows)[month("2024-03")].move
    assert move is not None
    assert (move.pct, move.base) == (pytest.approx(40), "month")


def test_a_february_known_by_its_change_alone_leaves_the_mean() -> None:
    rows = (row("2024-02", None, yoy_pct=3.0), total("2024-02", 280_000), row("2024-03", 154_000))
    move = derived(*rows)[month("2024-03")].move
    assert move is not None
    assert move.base == "mean of January and February"


def test_no_other_month_is_measured_against_a_mean() -> None:
    figures = derived(total("2024-02", 280_000), row("2024-04", 154_000))
    assert figures[month("2024-04")].move is None


def test_running_totals_and_changes_alone_have_no_month_before() -> None:
    figures = derived(row("2024-03", 140_000), row("2024-04", None, yoy_pct=2.0), total("2024-04", 500_000))
    assert figures[ytd("2024-04")].move is None
    assert derived(row("2024-03", 1), row("2024-04", None, yoy_pct=2.0))[month("2024-04")].move is None


def test_a_month_before_that_may_be_zero_gives_no_change() -> None:
    assert derived(row("2022-01", 0), row("2022-02", 20_000))[month("2022-02")].move is None


def test_the_first_quarter_takes_the_change_printed_for_january_to_march(dataset: Dataset) -> None:
    """Bauxite's +2.1 % of 2024 was printed alone; the tonnes stand in the bulletin's row."""
    figure = dataset.figure(Series("bauxite", "import"), Period.quarter(2024, 1))
    assert figure is not None
    assert (figure.value, figure.growth.pct, figure.growth.origin) == (36_320_000, 2.1, "published")


def test_what_was_printed_as_zero_has_no_change(dataset: Dataset) -> None:
    # January 2022 was printed as 0 in 10,000 t: under 5,000 t, after 3,969 t in December 2021
    figure = dataset.figure(Series("alumina", "export"), Period.month(Month(2022, 1)))
    assert figure is not None
    assert figure.move is None
    assert figure.growth.computed_pct is None


def test_the_unit_value_of_january_and_february_is_their_mean_already(dataset: Dataset) -> None:
    # 2025: January and February 3,002.9 million US$ and 861 kt as revised;
    # March 1,777.6 million and 505.882 kt
    figure = dataset.figure(Series("unwrought_aluminium", "export", measure="unit_value"), month("2025-03"))
    assert figure is not None
    assert figure.move is not None
    before, march = 3_002.9e6 / 861e3, (4_780.5e6 - 3_002.9e6) / 505_881.552
    assert figure.move.base == "mean of January and February"
    assert figure.move.pct == pytest.approx((march / before - 1) * 100, abs=0.01)

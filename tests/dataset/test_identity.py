"""What follows from ytd(m) = ytd(m-1) + month(m), on tables small enough to do by hand."""

from collections.abc import Sequence

from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Row, Series
from tests.looped import looped

from .rows import ALUMINA, derived, month, row, small_dataset, total, ytd


def roles(figure: Figure) -> set[tuple[str, str, float | None]]:
    return {(item.role, item.row.period.kind, item.row.value) for item in figure.inputs}


def test_a_month_is_the_difference_of_two_running_totals() -> None:
    figures = derived(total("2026-02", 330_000), total("2026-03", 540_000))
    march = figures[month("2026-03")]
    assert (march.value, march.range, march.derived) == (210_000, (200_000, 220_000), True)
    assert roles(march) == {("+", "ytd", 540_000), ("-", "ytd", 330_000)}


def test_a_running_total_grows_by_the_month() -> None:
    figures = derived(total("2024-02", 280_000), row("2024-03", 140_000, 2_000))
    march = figures[ytd("2024-03")]
    assert (march.value, march.range, march.derived) == (420_000, (414_000, 426_000), True)  # 5,000 + 1,000


def test_a_running_total_shrinks_by_the_month() -> None:
    figures = derived(total("2024-04", 550_000), row("2024-04", 130_000))
    assert figures[ytd("2024-03")].value == 420_000


def test_a_month_between_two_others() -> None:
    """ytd(April) - April - ytd(February) = 1,060 - 520 - 330 = 210 thousand tonnes."""
    figures = derived(total("2026-02", 330_000), row("2026-04", 520_000), total("2026-04", 1_060_000))
    march = figures[month("2026-03")]
    assert (march.value, march.range) == (210_000, (195_000, 225_000))
    assert roles(march) == {("+", "ytd", 1_060_000), ("-", "month", 520_000), ("-", "ytd", 330_000)}


def test_months_alone_give_the_running_totals_from_january() -> None:
    figures = derived(row("2024-01", 140_000), row("2024-02", 130_000), row("2024-03", 120_000))
    assert figures[ytd("2024-03")].value == 390_000
    assert figures[ytd("2024-03")].range == (375_000, 405_000)


def test_the_identity_goes_on_until_nothing_new_follows() -> None:
    """June's total less the months of April to June leaves March's, and that less February's leaves March."""
    figures = derived(
        total("2024-02", 280_000), total("2024-06", 800_000), row("2024-04", 130_000),
        row("2024-05", 120_000), row("2024-06", 150_000),
    )  # fmt: skip
    assert figures[month("2024-03")].value == 800_000 - 150_000 - 120_000 - 130_000 - 280_000 == 120_000
    assert figures[month("2024-03")].range == (95_000, 145_000)  # five roundings of 5,000


def test_january_is_its_own_running_total() -> None:
    from_month = derived(row("2024-01", 140_000))[ytd("2024-01")]
    from_total = derived(total("2024-01", 140_000))[month("2024-01")]
    assert (
        (from_month.value, from_month.derived) == (from_total.value, from_total.derived) == (140_000, False)
    )


def test_the_identity_does_not_reach_over_the_turn_of_the_year() -> None:
    figures = derived(total("2023-12", 1_800_000), row("2024-01", 140_000), row("2023-12", 160_000))
    assert figures[ytd("2024-01")].value == 140_000
    assert figures[ytd("2023-11")].value == 1_640_000


def test_february_alone_does_not_follow_from_january_and_february_together() -> None:
    figures = derived(total("2024-02", 280_000), row("2024-03", 140_000))
    assert month("2024-01") not in figures
    assert month("2024-02") not in figures


def test_what_is_printed_is_never_replaced() -> None:
    """250 - 100 is 150, but 140 was printed, even if more coarsely."""
    figures = derived(
        total("2024-02", 100_000, 1), total("2024-03", 250_000, 1), row("2024-03", 140_000, 100_000)
    )
    march = figures[month("2024-03")]
    assert (march.value, march.derived, march.range) == (140_000, False, (90_000, 190_000))


def test_the_way_with_the_narrowest_range_wins() -> None:
    """March's total: 280 + 140 (±10 thousand) from below, 421.0 - 0 (±1) from above."""
    figures = derived(
        total("2024-02", 280_000, 10_000), row("2024-03", 140_000, 10_000),
        total("2024-04", 561_000, 1_000), row("2024-04", 140_000, 1_000),
    )  # fmt: skip
    assert figures[ytd("2024-03")].value == 421_000
    assert figures[ytd("2024-03")].range == (420_000, 422_000)


def test_first_printings_and_revised_ones_are_kept_apart() -> None:
    """A revised total of March and a first total of February give no March between them."""
    figures = derived(
        total("2025-02", 859_000, status="flash"), total("2025-03", 1_367_000, status="revised")
    )
    assert month("2025-03") not in figures


def test_a_revised_pair_is_preferred_to_a_first_pair() -> None:
    figures = derived(
        total("2025-02", 859_000, 1_000, status="flash"),
        total("2025-03", 1_364_000, 1_000, status="flash"),
        total("2025-02", 861_000, 1_000, status="revised"),
        total("2025-03", 1_367_000, 1_000, status="revised"),
    )
    assert figures[month("2025-03")].value == 506_000
    assert figures[month("2025-03")].status == "revised"


def test_a_printed_month_stands_before_one_that_revised_totals_give() -> None:
    figures = derived(
        total("2024-07", 3_757_167, 1, status="revised"), total("2024-08", 4_351_338, 1, status="revised"),
        row("2024-08", 594_000, 1_000),
    )  # fmt: skip
    assert (figures[month("2024-08")].value, figures[month("2024-08")].derived) == (594_000, False)


def test_flash_bulletin_and_query_are_first_printings_of_one_kind() -> None:
    figures = derived(
        total("2025-02", 400_000, status="query"), row("2025-04", 260_000, status="bulletin"),
        total("2025-04", 960_000, status="flash"),
    )  # fmt: skip
    assert figures[month("2025-03")].value == 300_000
    assert figures[month("2025-03")].status is None  # of no one stage


def test_scopes_are_kept_apart() -> None:
    imports = Series("alumina", "import")
    dataset = small_dataset(
        [
            total("2024-02", 643_500, 100, series=imports),
            row("2024-03", 309_109, 1, series=imports, scope="HS 2818"),
        ]
    )
    assert dataset.figure(imports, ytd("2024-03")) is None


def test_partners_are_kept_apart() -> None:
    russia = Series("alumina", "export", "Russia")
    dataset = small_dataset([total("2024-02", 280_000), row("2024-03", 123_000, 1, series=russia)])
    assert dataset.figure(ALUMINA, ytd("2024-03")) is None
    assert dataset.figure(russia, ytd("2024-03")) is None


def test_measures_are_kept_apart() -> None:
    dollars = Series("alumina", "export", "", "value")
    dataset = small_dataset([total("2024-02", 280_000), row("2024-03", 60_000_000, series=dollars)])
    assert dataset.figure(ALUMINA, ytd("2024-03")) is None


def test_a_difference_below_zero_is_a_correction_and_no_figure() -> None:
    """A running total that was corrected downward by more than a small month: nothing was traded backward."""
    figures = derived(total("2023-09", 113_000, 1_000), total("2023-10", 111_000, 1_000))
    assert month("2023-10") not in figures


# Quarters, halves and years.


def test_quarters_are_differences_of_running_totals() -> None:
    figures = derived(
        total("2024-03", 420_000), total("2024-06", 810_000), total("2024-09", 1_240_000),
        total("2024-12", 1_790_000),
    )  # fmt: skip
    values = [figures[Period.quarter(2024, number)].value for number in range(1, 5)]
    assert values == [420_000, 390_000, 430_000, 550_000]
    assert figures[Period.quarter(2024, 2)].range == (380_000, 400_000)


def test_the_first_quarter_half_and_the_year_are_the_printed_totals() -> None:
    figures = derived(
        total("2024-03", 420_000, yoy_pct=5.5), total("2024-06", 810_000), total("2024-12", 1_790_000)
    )
    first, half, year = (
        figures[period] for period in (Period.quarter(2024, 1), Period.half(2024, 1), Period.whole_year(2024))
    )
    assert (first.value, half.value, year.value) == (420_000, 810_000, 1_790_000)
    assert (first.derived, half.derived, year.derived) == (False, False, False)
    assert first.growth.pct == 5.5  # the change of January-March is the quarter's
    assert figures[Period.half(2024, 2)].value == 980_000


def test_a_quarter_without_running_totals_is_the_sum_of_its_months() -> None:
    figures = derived(row("2024-04", 130_000), row("2024-05", 120_000), row("2024-06", 150_000))
    quarter = figures[Period.quarter(2024, 2)]
    assert (quarter.value, quarter.range, quarter.derived) == (400_000, (385_000, 415_000), True)
    assert ytd("2024-06") not in figures


def test_a_quarter_with_a_month_missing_is_none() -> None:
    figures = derived(row("2024-04", 130_000), row("2024-06", 150_000))
    assert Period.quarter(2024, 2) not in figures


def test_a_row_on_both_sides_of_a_difference_drops_out_with_its_rounding() -> None:
    """Q2 from April's total: the total cancels, three months remain, each with its own 5,000 t."""
    figures = derived(
        total("2024-04", 550_000, 100_000), row("2024-04", 130_000), row("2024-05", 120_000),
        row("2024-06", 150_000),
    )  # fmt: skip
    quarter = figures[Period.quarter(2024, 2)]
    assert (quarter.value, quarter.range) == (400_000, (385_000, 415_000))
    assert {item.role for item in quarter.inputs} == {"+"}


def test_a_quarter_takes_first_printings_with_first_ones_only() -> None:
    figures = derived(
        total("2025-03", 1_364_690, 1, status="flash"), total("2025-03", 1_367_000, 1_000, status="revised"),
        total("2025-06", 2_918_000, 1_000, status="flash"),
    )  # fmt: skip
    assert figures[Period.quarter(2025, 2)].value == 2_918_000 - 1_364_690 == 1_553_310


def test_quarter_of_the_record_by_hand(dataset: Dataset) -> None:
    """Bauxite, Q2 2022: three months to 10,000 t are nearer than 65.20 Mt less what leads back to March."""
    figure = dataset.figure(Series("bauxite", "import"), Period.quarter(2022, 2))
    assert figure is not None
    assert figure.value == 11_130_000 + 11_970_000 + 9_420_000 == 32_520_000
    assert figure.range == (32_505_000, 32_535_000)  # three roundings of 5,000, not four


@looped("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_the_order_of_the_rows_does_not_matter(order: Sequence[int]) -> None:
    rows: list[Row] = [
        total("2024-02", 280_000), row("2024-03", 140_000), total("2024-04", 550_000), row("2024-04", 130_000)
    ]  # fmt: skip
    shuffled = derived(*(rows[place] for place in order))
    assert {period: (item.value, item.range) for period, item in shuffled.items()} == {
        period: (item.value, item.range) for period, item in derived(*rows).items()
    }


def test_a_quarter_between_revised_totals_is_preferred() -> None:
    figures = derived(
        total("2025-03", 1_364_000, 1_000, status="flash"),
        total("2025-06", 2_918_000, 1_000, status="flash"),
        total("2025-03", 1_367_000, 1_000, status="revised"),
        total("2025-06", 2_922_000, 1_000, status="revised"),
    )  # fmt: skip
    assert figures[Period.quarter(2025, 2)].value == 2_922_000 - 1_367_000 == 1_555_000

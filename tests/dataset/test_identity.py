"""What follows from ytd(m) = ytd(m-1) + month(m), on tables small enough to do by hand."""

from itertools import permutations

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from tests.looped import looped

from .rows import ALUMINA, derived, figure_of, month, period_of, row, rows_of, small_dataset, total, ytd

MARCH = "ytd 2025-03 1364/1 flash; ytd 2025-03 1367/1 revised; "
BOTH_TOTALS = "ytd 2025-02 859/1 flash; ytd 2025-02 861/1 revised; " + MARCH.strip("; ")
THREE_MONTHS = "month 2024-04 130; month 2024-05 120; month 2024-06 150"

# What is printed; a period, its value and how far rounding can carry it in kt, None where nothing follows.
CASES = [
    # A month is the difference of two running totals; these grow and shrink by the month.
    ("ytd 2026-02 330; ytd 2026-03 540", "month 2026-03", 210, 10),
    ("ytd 2024-02 280; month 2024-03 140/2", "ytd 2024-03", 420, 6),
    ("ytd 2024-04 550; month 2024-04 130", "ytd 2024-03", 420, 10),
    # A month between two others: 1,060 - 520 - 330.
    ("ytd 2026-02 330; month 2026-04 520; ytd 2026-04 1060", "month 2026-03", 210, 15),
    # Months alone give the running totals from January on.
    ("month 2024-01 140; month 2024-02 130; month 2024-03 120", "ytd 2024-03", 390, 15),
    # It goes on until nothing new follows: 800 - 150 - 120 - 130 - 280, with five roundings.
    ("ytd 2024-02 280; ytd 2024-06 800; " + THREE_MONTHS, "month 2024-03", 120, 25),
    # January is its own running total, and nothing reaches over the turn of the year.
    ("month 2024-01 140", "ytd 2024-01", 140, 5),
    ("ytd 2024-01 140", "month 2024-01", 140, 5),
    ("ytd 2023-12 1800; month 2024-01 140; month 2023-12 160", "ytd 2024-01", 140, 5),
    ("ytd 2023-12 1800; month 2024-01 140; month 2023-12 160", "ytd 2023-11", 1_640, 10),
    # February does not follow from January and February together.
    ("ytd 2024-02 280; month 2024-03 140", "month 2024-01", None, None),
    ("ytd 2024-02 280; month 2024-03 140", "month 2024-02", None, None),
    # What is printed is never replaced, even where it is coarser than what would follow.
    ("ytd 2024-02 100/0.001; ytd 2024-03 250/0.001; month 2024-03 140/100", "month 2024-03", 140, 50),
    ("ytd 2024-07 370/1 revised; ytd 2024-08 430/1 revised; month 2024-08 59/1", "month 2024-08", 59, 0.5),
    # The narrowest way wins: 280 + 140 (10) from below, 561 - 140 (1) from above.
    ("ytd 2024-02 280; month 2024-03 140; ytd 2024-04 561/1; month 2024-04 140/1", "ytd 2024-03", 421, 1),
    # First printings and revised ones stay apart; of two pairs the revised one; all stages but that are one.
    ("ytd 2025-02 859 flash; ytd 2025-03 1367 revised", "month 2025-03", None, None),
    (BOTH_TOTALS, "month 2025-03", 506, 1),
    ("ytd 2025-02 400 query; month 2025-04 260 bulletin; ytd 2025-04 960 flash", "month 2025-03", 300, 15),
    # Below zero: a correction of the running total, and no figure.
    ("ytd 2023-09 113/1; ytd 2023-10 111/1", "month 2023-10", None, None),
    # Quarters, halves and years: differences of running totals, or those that are printed.
    ("ytd 2024-03 420; ytd 2024-06 810", "Q2 2024", 390, 10),
    ("ytd 2024-03 420", "Q1 2024", 420, 5),
    ("ytd 2024-06 810; ytd 2024-12 1790", "H1 2024", 810, 5),
    ("ytd 2024-06 810; ytd 2024-12 1790", "H2 2024", 980, 10),
    ("ytd 2024-12 1790", "year 2024", 1_790, 5),
    # Without running totals the sum of the months, of which none may be missing.
    (THREE_MONTHS, "Q2 2024", 400, 15),
    (THREE_MONTHS, "ytd 2024-06", None, None),
    ("month 2024-04 130; month 2024-06 150", "Q2 2024", None, None),
    # A row on both sides of a difference drops out with its rounding.
    ("ytd 2024-04 550/100; " + THREE_MONTHS, "Q2 2024", 400, 15),
    (MARCH + "ytd 2025-06 2918/1 flash", "Q2 2025", 1_554, 1),
    (MARCH + "ytd 2025-06 2918/1 flash; ytd 2025-06 2922/1 revised", "Q2 2025", 1_555, 1),
]  # fmt: skip


@looped(("printed", "period", "value", "half"), CASES)
def test_what_follows_and_how_far_rounding_carries_it(
    printed: str, period: str, value: float | None, half: float
) -> None:
    figure = derived(*rows_of(printed)).get(period_of(period))
    assert (figure is None) == (value is None)
    if figure and value is not None:
        assert (figure.value, figure.derived) == (round(value * 1_000, 3), len(figure.inputs) > 1)
        assert figure.range == (round((value - half) * 1_000, 3), round((value + half) * 1_000, 3))


def test_a_derived_figure_names_its_inputs_and_their_stage() -> None:
    figures = derived(*rows_of("ytd 2026-02 330 flash; month 2026-04 520 flash; ytd 2026-04 1060 flash"))
    march = figures[month("2026-03")]
    assert {(item.role, item.row.period, item.row.value) for item in march.inputs} == {
        ("+", ytd("2026-04"), 1_060_000), ("-", month("2026-04"), 520_000), ("-", ytd("2026-02"), 330_000),
    }  # fmt: skip
    assert march.status == "flash"
    mixed = derived(*rows_of("ytd 2025-02 400 query; month 2025-03 260 bulletin"))
    assert mixed[ytd("2025-03")].status is None  # of no one stage


def test_scopes_partners_and_measures_are_kept_apart() -> None:
    for other in (
        row("2024-03", 123_000, scope="HS 2818"),
        row("2024-03", 123_000, series=Series("alumina", "export", "Russia")),
        row("2024-03", 60_000_000, series=Series("alumina", "export", "", "value")),
    ):
        dataset = small_dataset([total("2024-02", 280_000), other])
        assert dataset.figure(ALUMINA, ytd("2024-03")) is None
        assert dataset.figure(other.series, ytd("2024-03")) is None


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = rows_of("ytd 2024-02 280; month 2024-03 140; ytd 2024-04 550; month 2024-04 130")
    orders = [derived(*shuffled).items() for shuffled in permutations(rows)]
    found = [{period: (each.value, each.range) for period, each in order} for order in orders]
    assert all(each == found[0] for each in found)


def test_quarter_of_the_record_by_hand(dataset: Dataset) -> None:
    """Bauxite, Q2 2022: three months to 10,000 t are nearer than 65.20 Mt less what leads back to March."""
    figure = figure_of(dataset, Series("bauxite", "import"), Period.around(Month(2022, 6), "quarter"))
    assert figure.value == 11_130_000 + 11_970_000 + 9_420_000 == 32_520_000
    assert figure.range == (32_505_000, 32_535_000)  # three roundings of 5,000, not four

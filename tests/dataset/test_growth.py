"""Changes, totals over stretches, and standing: in one scope, over no hole."""

from datetime import date

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Flow, Growth, Series
from tests.dataset.rows import ALUMINA, derived, figure_of, line_of, month, row, rows_of, small_dataset, span
from tests.tables import looped, tables

CASES = tables("dataset/derived.yaml")

THIS = "2024-05"


@looped(("printed", "pct", "origin", "computed", "disputed"), CASES["growth_on_the_year"])
def test_which_change_on_the_year_leads(printed, pct, origin, computed, disputed):
    found = derived(*rows_of(printed))[month(THIS)].growth
    assert (found.origin, found.disputed) == (origin, disputed)
    assert found.pct == (pct if pct is None else pytest.approx(pct, abs=0.001))
    assert found.computed_pct == (computed if computed is None else pytest.approx(computed, abs=0.001))
    assert (found.range is None) == (computed is None)


def test_a_computed_change_carries_the_range_of_both_roundings():
    """110/100 is +10 %; at worst 105/105 = 0 % and 115/95 = +21.05 %."""
    found = derived(*rows_of("month 2024-05 110; month 2023-05 100"))[month(THIS)].growth
    assert found.range == (pytest.approx(0, abs=1e-9), pytest.approx(21.05, abs=0.005))


def test_computed_growth_is_never_taken_across_scopes():
    imports = Series("alumina", "import")
    wider = [("2024-03", 309_109), ("2025-02", 41_690)]
    rows = [row(at, value, 1, series=imports, scope="HS 2818") for at, value in wider]
    small = small_dataset([*rows, row("2025-03", 11_169, 1, series=imports)])
    figure = figure_of(small, imports, month("2025-03"))
    assert (figure.growth, figure.move) == (Growth(None, None), None)


@looped(("series", "period", "pct", "computed", "disputed"), CASES["growth_on_record"])
def test_the_change_on_the_year_of_the_record(dataset, series, period, pct, computed, disputed):
    found = figure_of(dataset, Series(*series.split("/")), Period.from_text(period)).growth
    assert (found.pct, found.disputed) == (pytest.approx(pct, abs=0.005), disputed)
    assert computed is None or found.computed_pct == pytest.approx(computed, abs=0.01)


def test_before_the_query_a_month_can_be_a_change_alone():
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
def test_a_month_is_measured_on_the_one_before(printed, end, pct, mean):
    kind, when = end.split()
    move = derived(*rows_of(printed))[Period.from_text(when if kind == "month" else f"{when} ytd")].move
    assert (move and move.pct) == (pct if pct is None else pytest.approx(pct))
    assert bool(move and move.base != "month") == mean


def test_a_change_on_a_mean_carries_the_range_of_both_roundings():
    """154 (±1) after 280 (±5) in two months: 154/140 is +10 %, from 153/142.5 to 155/137.5."""
    move = derived(*rows_of("ytd 2024-02 280; month 2024-03 154/2"))[month("2024-03")].move
    assert move.range == (pytest.approx(7.37, abs=0.005), pytest.approx(12.73, abs=0.005))


def test_the_unit_value_of_january_and_february_is_their_mean_already(dataset):
    # 2025: January and February 3,002.9 million US$ and 861 kt as revised;
    # March 1,777.6 million and 505.882 kt
    figure = figure_of(
        dataset, Series("unwrought_aluminium", "export", measure="unit_value"), month("2025-03")
    )
    before, march = 3_002.9e6 / 861e3, (4_780.5e6 - 3_002.9e6) / 505_881.552
    assert figure.move.base == "mean of January and February"
    assert figure.move.pct == pytest.approx((march / before - 1) * 100, abs=0.01)


FLOWS: tuple[Flow, ...] = ("net", "export", "import")


@looped(("printed", "first", "last", "value", "half"), CASES["stretches"])
def test_a_stretch_is_a_sum(printed, first, last, value, half):
    figure = small_dataset(rows_of(printed)).figure(ALUMINA, span(first, last))
    assert (figure is None) == (value is None)
    if figure and value:
        assert (figure.value, figure.period.label) == (value * 1_000, f"{first}..{last}")
        assert figure.range == ((value - half) * 1_000, (value + half) * 1_000)


def test_a_hole_is_named_and_a_total_stays_in_one_scope():
    data = small_dataset(rows_of("month 2024-11 100; month 2025-01 130"))
    assert data.line(ALUMINA, "HS 28182000").holes(span("2024-11", "2025-01")) == (Month(2024, 12),)
    rows = [row("2024-11", 100_000), row("2024-12", 120_000, scope="HS 2818")]
    assert small_dataset(rows).figure(ALUMINA, span("2024-11", "2024-12")) is None


def test_the_same_months_under_another_name_have_the_same_figure(dataset):
    for first, last, name in [
        ("2024-04", "2024-06", Period.around(Month(2024, 6), "quarter")),
        ("2025-07", "2025-12", Period.around(Month(2025, 12), "half")),
        ("2025-01", "2025-12", Period.whole_year(2025)),
        ("2026-07", "2026-07", month("2026-07")),
    ]:
        stretch, named = dataset.figure(ALUMINA, span(first, last)), dataset.figure(ALUMINA, name)
        assert (stretch.value, stretch.range) == (named.value, named.range)
        assert stretch.growth.pct == named.growth.pct


def test_a_change_is_against_the_same_months_a_year_before_up_to_a_year(dataset):
    # 220 kt against 200 kt: +10 %
    rows = rows_of("month 2023-11 90; month 2023-12 110; month 2024-11 100; month 2024-12 120")
    figure = small_dataset(rows).figure(ALUMINA, span("2024-11", "2024-12"))
    assert figure.growth.pct == pytest.approx(10.0)
    longer = dataset.figure(ALUMINA, span("2025-01", "2026-02"))
    assert longer.growth.pct is None


def test_a_unit_value_over_a_stretch_is_all_dollars_by_all_tonnes():
    # (40 + 50) million US$ by (100 + 125) kt: US$400 a tonne
    dollars = Series("alumina", "export", measure="value")
    values = [row("2024-11", 40_000_000, 1, series=dollars), row("2024-12", 50_000_000, 1, series=dollars)]
    data = small_dataset([*rows_of("month 2024-11 100; month 2024-12 125"), *values])
    figure = data.figure(Series("alumina", "export", measure="unit_value"), span("2024-11", "2024-12"))
    assert figure.value == pytest.approx(400.0)


def test_net_over_a_stretch_is_all_exports_less_all_imports(dataset):
    found = [dataset.figure(Series("alumina", flow), span("2025-01", "2025-12")) for flow in FLOWS]
    net, exports, imports = (figure.value if figure else None for figure in found)
    assert exports is not None
    assert imports is not None
    assert net == pytest.approx(exports - imports)


def months(first, *values, step=1):
    """Printed months in a row; None leaves one out."""
    start = Month.from_text(first)
    return [row(str(start.plus(at)), value, step) for at, value in enumerate(values) if value is not None]


def standing(rows, at):
    found = line_of(*rows).standing(month(at))
    assert found
    return found


@looped(("values", "step", "high", "low", "rank"), CASES["runs"])
def test_the_last_month_that_was_as_high_or_as_low_is_named(values, step, high, low, rank):
    found = standing(months("2023-01", *values, step=step), f"2023-{len(values):02d}")
    assert (found.run_start, found.months, found.rank) == (Month(2023, 1), len(values), rank)
    assert found.highest_since == (high and Month(2023, high))
    assert found.lowest_since == Month(2023, low)


@looped(
    ("rows", "begins"),
    [
        (months("2023-01", 20_000, None, 8_000), "2023-03"),
        ([*months("2023-01", 20_000), row("2023-02", None), *months("2023-03", 8_000)], "2023-03"),
        (
            [*months("2022-12", 20_000), row("2023-02", 30_000, 1, kind="ytd"), *months("2023-03", 8_000)],
            "2023-03",
        ),
        (months("2022-11", 5_000, 6_000, 7_000, 7_000, 8_000), "2022-11"),  # over the turn of the year
    ],
)
def test_a_run_begins_after_the_last_month_without_a_value(rows, begins):
    found = standing(rows, "2023-03")
    assert str(found.run_start) == begins
    assert found.highest_since is None
    assert found.highest_known == (begins == "2022-11")  # before the hole lie higher months
    assert line_of(*rows).standing(month("2023-04")) is None


def with_derived_april(value):
    """March printed with exactly 100,000 t; April follows from two running totals, all in whole tonnes."""
    totals = [row("2023-03", 280_000, 1, kind="ytd"), row("2023-04", 280_000 + value, 1, kind="ytd")]
    return [*months("2023-01", 90_000, 90_000, 100_000), *totals]


def test_a_derived_month_within_one_percent_makes_no_record():
    """A correction of up to 1 % can lie in it: of 100,900 it leaves 99,891, of 101,100 100,089."""
    for april, record in ((100_900, False), (101_100, True)):
        found = standing(with_derived_april(april), "2023-04")
        assert (found.highest_since is None) == record
        printed = standing(months("2023-03", 100_000, april), "2023-04")
        assert printed.highest_since is None  # it is a record


def test_a_printed_month_within_one_percent_of_a_derived_one_makes_no_record():
    """April, derived, 110,000, may be 111,100 (and rounding): May with 111,000 is not surely above it."""
    rows = with_derived_april(110_000)
    assert standing([*rows, *months("2023-05", 111_000)], "2023-05").highest_since == Month(2023, 4)
    assert standing([*rows, *months("2023-05", 111_200)], "2023-05").highest_since is None


def test_only_months_have_a_standing(dataset):
    bauxite = dataset.lines[Series("bauxite", "import")]["HS 2606"]
    assert {each.period.kind for each in bauxite.figures() if bauxite.standing(each.period)} == {"month"}

"""Figures that readers rely on, copied by hand from what was printed (data/figures.csv names the pages)."""

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Series
from bot.dataset.releases import awaited
from tests.dataset.rows import figure_of, month, row, small_dataset, ytd
from tests.tables import looped, tables

CASES = tables("dataset/derived.yaml")

ARTICLE = "reference-article"


def look_up(dataset, commodity, flow, period, measure="quantity"):
    return figure_of(dataset, Series(commodity, flow, "", measure), period)


def test_the_articles_own_bauxite_change_is_kept_as_a_vintage(dataset):
    vintages = look_up(dataset, "bauxite", "import", month("2024-03")).vintages
    assert [(row.yoy_pct, row.source) for row in vintages if row.value is None] == [(-1.4, ARTICLE)]


# Months of which UN Comtrade estimated a part: 10,000 t to either side.


def test_an_estimated_month_is_served_as_one_and_carries_how_far_off_it_can_be(dataset):
    figure = look_up(dataset, "alumina", "import", month("2023-06"))
    assert (figure.value, figure.status, figure.estimated, figure.derived) == (
        48_245.468, "estimated", True, False
    )  # fmt: skip
    assert figure.range == pytest.approx((38_245.468, 58_245.468))
    reported = look_up(dataset, "alumina", "import", month("2023-05"))
    assert (reported.value, reported.status, reported.estimated) == (116_784.066, "query", False)
    # Twelve months of 2023, of which nine are estimated: 9 x 10,000 t to either side.
    year = look_up(dataset, "alumina", "import", Period.whole_year(2023))
    assert (year.value, year.estimated, year.derived, year.status) == (
        pytest.approx(1_880_346.188), True, True, None
    )  # fmt: skip
    assert year.range == pytest.approx((1_790_346.1865, 1_970_346.1895))


def test_alumina_imports_of_2026_have_no_unit_value(dataset):
    """Tonnes are printed in HS 28182000 only, US$ in HS 2818 only: no quotient may be made."""
    series = Series("alumina", "import", "", "unit_value")
    assert [dataset.figure(series, month(f"2026-{number:02d}")) for number in range(1, 8)] == [None] * 7
    assert dataset.lines.periods(series, "month", None)[-1] < month("2026-01")


def test_the_worlds_bauxite_never_stands_in_for_a_partners(dataset):
    assert dataset.figure(Series("bauxite", "import", "Jamaica", "value"), month("2026-06")) is None


@looped("line", CASES["published"])
def test_published_figure_is_served_as_printed(dataset, line):
    commodity, flow, kind, period, value, change, source, *of_change = line.split()
    figure = look_up(dataset, commodity, flow, ytd(period) if kind == "ytd" else month(period))  # type: ignore[arg-type]
    assert (figure.value, figure.derived, figure.row.source) == (float(value), False, source)
    growth, told = figure.growth, None if change == "-" else float(change)
    assert growth.printed_pct == told
    printed_by = growth.printed and growth.printed.source
    assert told is None or (growth.pct, printed_by) == (told, *(of_change or [source]))
    assert told is None or growth.origin == "published"


@looped(("series", "period", "dollars", "change"), CASES["dollars"])
def test_published_value_in_dollars_is_served_as_printed(dataset, series, period, dollars, change):
    figure = figure_of(dataset, Series(*series.split("/"), "value"), Period.from_text(period))
    assert (figure.value, figure.unit, figure.growth.printed_pct) == (dollars, "USD", change)


def test_unit_value_of_alumina_exports_in_july_2026(dataset):
    """129,303,000 US$ over 300,000 t is 431.01; over 305,000 t 423.94 and over 295,000 t 438.32."""
    figure = look_up(dataset, "alumina", "export", month("2026-07"), "unit_value")
    assert figure.range is not None
    assert (figure.value, figure.unit, figure.derived) == (pytest.approx(431.01, abs=0.005), "USD/t", True)
    assert figure.range == pytest.approx((423.94, 438.32), abs=0.01)
    assert [item.role for item in figure.inputs] == ["+", "÷"]


def test_a_printed_zero_is_a_figure_and_a_missing_month_is_none(dataset):
    zero = look_up(dataset, "alumina", "export", month("2022-01"))
    assert (zero.value, zero.range) == (0, (0, 5_000))  # printed as 0 in 10,000 t: under 5,000 t, not none
    assert dataset.figure(Series("alumina", "export"), month("2020-06")) is None


def test_every_month_from_january_2024_to_july_2026_is_there(dataset):
    for series in awaited():  # as the codebook promises
        assert dataset.months(series) >= {Month(2024, 1).plus(step) for step in range(31)}


def test_the_newest_march_and_the_newest_complete_month(dataset):
    everything = tuple(dataset.catalogue)
    assert dataset.newest(everything, ("export", "import"), number=3) == Month(2026, 3)
    assert dataset.newest(everything, ("export", "import")) == Month(2026, 7)
    assert dataset.newest(("unwrought_aluminium",), ("export",)) == Month(2026, 8)
    assert dataset.newest_complete() == Month(2026, 7)
    lacking = (series for series in awaited() if Month(2026, 8) not in dataset.months(series))
    missing = [(series.commodity, series.flow) for series in lacking]
    first = [("unwrought_aluminium", "import"), ("alumina", "export")]
    assert missing == [*first, ("bauxite", "import"), ("alumina", "import")]


def test_the_first_scope_is_served_and_a_later_one_only_where_the_first_is_missing(dataset):
    """June 2024 stands in both (37,700 t and 42,784.41 t), March 2024 in HS 2818 alone."""
    june, march = (look_up(dataset, "alumina", "import", month(text)) for text in ("2024-06", "2024-03"))
    assert (june.value, june.scope) == (37_700, "HS 28182000")
    assert (march.value, march.scope) == (309_109.374, "HS 2818")
    wider = figure_of(dataset, Series("alumina", "import"), month("2024-06"), "HS 2818")
    assert wider.value == 42_784.41


@looped(
    ("exports", "imports", "newest"),
    [("2025-06", "2025-06", "2025-06"), ("2025-08", "2025-06", "2025-05"), ("2025-09", "2025-06", "2025-09")],
)
def test_a_common_month_is_newest_unless_over_a_quarter_old(exports, imports, newest):
    both = (Series("alumina", "export"), Series("alumina", "import"))
    rows = [row("2025-05", 100_000, series=series) for series in both]
    rows += [row(end, 200_000, series=series) for series, end in zip(both, (exports, imports), strict=True)]
    assert str(small_dataset(rows).newest(("alumina",), ("export", "import"))) == newest

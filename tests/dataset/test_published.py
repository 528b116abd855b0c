"""Figures that readers rely on, copied by hand from what was printed (data/figures.csv names the pages)."""

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, awaited
from bot.dataset.model import Figure, Flow, Measure, Series
from tests.looped import looped

from .rows import figure_of, month, ytd

ARTICLE = "reference-article"


def look_up(
    dataset: Dataset, commodity: str, flow: Flow, period: Period, measure: Measure = "quantity"
) -> Figure:
    return figure_of(dataset, Series(commodity, flow, "", measure), period)


def test_the_articles_own_bauxite_change_is_kept_as_a_vintage(dataset: Dataset) -> None:
    vintages = look_up(dataset, "bauxite", "import", month("2024-03")).vintages
    assert [(row.yoy_pct, row.source) for row in vintages if row.value is None] == [(-1.4, ARTICLE)]


# Months of which UN Comtrade estimated a part: 10,000 t to either side.


def test_an_estimated_month_is_served_as_one_and_carries_how_far_off_it_can_be(dataset: Dataset) -> None:
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


def test_alumina_imports_of_2026_have_no_unit_value(dataset: Dataset) -> None:
    """Tonnes are printed in HS 28182000 only, US$ in HS 2818 only: no quotient may be made."""
    series = Series("alumina", "import", "", "unit_value")
    assert [dataset.figure(series, month(f"2026-{number:02d}")) for number in range(1, 8)] == [None] * 7
    assert dataset.periods(series, "month")[-1] < month("2026-01")


def test_guineas_bauxite_is_never_the_worlds(dataset: Dataset) -> None:
    world, guinea = (Series("bauxite", "import", partner, "value") for partner in ("", "Guinea"))
    nowhere = Series("bauxite", "import", "Jamaica", "value")
    assert dataset.figure(nowhere, month("2026-06")) is None  # not on record, and not taken from the world's
    for series, dollars in ((world, 1_305_975_961), (guinea, 1_048_503_702)):
        figure = figure_of(dataset, series, month("2026-06"))
        assert figure.value == dollars


# Some forty, a line each: what, kind, period, value, printed change, source; that of the change where it is
# another one. March 2024 is that of the industry article, the users' own reference.

PUBLISHED = """
unwrought_aluminium export month 2024-03 510000 3.1 reference-article
unwrought_aluminium export ytd 2024-03 1477015.089 7.4 china-customs-16e465 reference-article
unwrought_aluminium import month 2024-03 380000 89.8 reference-article
unwrought_aluminium import ytd 2024-03 1100000 92.3 china-customs-588435 reference-article
alumina export month 2024-03 140000 169.6 reference-article
bauxite import month 2024-03 11862900 -1.43 shanghai-metals-market-3edf92
bauxite import ytd 2024-03 36320000 2.1 china-customs-588435 reference-article
alumina export ytd 2018-12 1461500 - s-p-global-826192
alumina export month 2022-01 0 -65.3 china-customs-4ae8cf
alumina export month 2022-03 12955 180.0 reuters-33a535
alumina export ytd 2024-04 550000 46.1 zy-materials-net-1f95ba
alumina export month 2025-10 175680 3.21 shanghai-metals-market-c5a008
alumina export month 2026-04 520000 96.6 china-customs-250f7f
alumina export month 2026-07 300000 33.0 china-customs-172b3d
alumina import month 2023-06 48245.468 - un-comtrade-d29494
alumina import ytd 2025-05 167000 -85.4 shanghai-metals-market-7226de
alumina import month 2025-10 189325.98 2927.91 china-customs-005c44 shanghai-metals-market-c5a008
alumina import month 2026-07 366577.68 - china-customs-005c44
aluminium_scrap import ytd 2019-02 206200 -33.41 metalquote-a3cc8c
aluminium_scrap import month 2022-11 126601 -14.74 reuters-14ad89
aluminium_scrap import month 2026-05 152020.9 -4.81 shanghai-metals-market-4c8d6f
bauxite import month 2019-01 7890000 12.07 magnesium-supplier-com-1713fd
bauxite import ytd 2023-12 141380000 12.9 metaltorg-7ea126
primary_aluminium export month 2023-10 600 -4.67 shanghai-metals-market-aad292
primary_aluminium export month 2026-08 21859.32 -14.69 shanghai-metals-market-65752f
primary_aluminium import ytd 2020-07 347000 656.55 metaltorg-b4f203
primary_aluminium import month 2024-03 249396 245.9 aviationaluminum-com-73c5a5
unwrought_aluminium export month 2018-01 445000 14.3 alcircle-da3272
unwrought_aluminium export month 2022-05 676604.6 54.0 reuters-adcfe0 reuters-018b50
unwrought_aluminium export ytd 2025-12 6134000 -8.0 china-customs-899184
unwrought_aluminium export month 2026-02 430000 16.7 china-customs-6415ec china-customs-8993fb
unwrought_aluminium export month 2026-07 640000 18.7 china-customs-172b3d
unwrought_aluminium export ytd 2026-08 4665000 16.7 shanghai-metals-market-8eb200
unwrought_aluminium import ytd 2021-12 3200000 18.5 reuters-1b55bc yieh-b45fb1
unwrought_aluminium import ytd 2023-03 574829 7.8 reuters-e4d5bd
"""


@looped("line", PUBLISHED.strip().splitlines())
def test_published_figure_is_served_as_printed(dataset: Dataset, line: str) -> None:
    commodity, flow, kind, period, value, change, source, *of_change = line.split()
    figure = look_up(dataset, commodity, flow, ytd(period) if kind == "ytd" else month(period))  # type: ignore[arg-type]
    assert (figure.value, figure.derived, figure.row.source) == (float(value), False, source)
    growth, told = figure.growth, None if change == "-" else float(change)
    assert growth.printed_pct == told
    assert told is None or (growth.pct, growth.printed_source) == (told, *(of_change or [source]))
    assert told is None or growth.origin == "published"


@looped(
    ("commodity", "flow", "partner", "period", "dollars", "change"),
    [
        ("bauxite", "import", "", month("2026-07"), 1_223_517_236, -16.9),
        ("bauxite", "import", "Guinea", month("2024-06"), 645_782_102, None),
        ("unwrought_aluminium", "export", "", month("2025-06"), 1_666_880_000, -18.1),
        ("unwrought_aluminium", "import", "", ytd("2026-07"), 7_468_534_000, None),
        ("alumina", "export", "", month("2026-07"), 129_303_000, 20.4),
    ],
)
def test_published_value_in_dollars_is_served_as_printed(
    dataset: Dataset, commodity: str, flow: Flow, partner: str, period: Period, dollars: float,
    change: float | None,
) -> None:  # fmt: skip
    figure = figure_of(dataset, Series(commodity, flow, partner, "value"), period)
    assert (figure.value, figure.unit, figure.growth.printed_pct) == (dollars, "USD", change)


def test_unit_value_of_alumina_exports_in_july_2026(dataset: Dataset) -> None:
    """129,303,000 US$ over 300,000 t is 431.01; over 305,000 t 423.94 and over 295,000 t 438.32."""
    figure = look_up(dataset, "alumina", "export", month("2026-07"), "unit_value")
    assert figure.range is not None
    assert (figure.value, figure.unit, figure.derived) == (pytest.approx(431.01, abs=0.005), "USD/t", True)
    assert figure.range == pytest.approx((423.94, 438.32), abs=0.01)
    assert [item.role for item in figure.inputs] == ["+", "÷"]


def test_a_printed_zero_is_a_figure_and_a_missing_month_is_none(dataset: Dataset) -> None:
    zero = look_up(dataset, "alumina", "export", month("2022-01"))
    assert (zero.value, zero.range) == (0, (0, 5_000))  # printed as 0 in 10,000 t: under 5,000 t, not none
    assert dataset.figure(Series("alumina", "export"), month("2020-06")) is None


def test_every_month_from_january_2024_to_july_2026_is_there(dataset: Dataset) -> None:
    for series in awaited():  # as the codebook promises
        assert dataset.months(series) >= {Month(2024, 1).plus(step) for step in range(31)}


def test_the_newest_march_and_the_newest_complete_month(dataset: Dataset) -> None:
    everything = tuple(dataset.catalogue)
    assert dataset.newest(everything, ("export", "import"), number=3) == Month(2026, 3)
    assert dataset.newest(everything, ("export", "import")) == Month(2026, 7)
    assert dataset.newest(("unwrought_aluminium",), ("export",)) == Month(2026, 8)
    assert dataset.newest_complete() == Month(2026, 7)
    missing = [(series.commodity, series.flow) for series in dataset.missing_for_post(Month(2026, 8))]
    first = [("unwrought_aluminium", "import"), ("alumina", "export")]
    assert missing == [*first, ("bauxite", "import"), ("alumina", "import")]


def test_the_first_scope_is_served_and_a_later_one_only_where_the_first_is_missing(dataset: Dataset) -> None:
    """June 2024 stands in both (37,700 t and 42,784.41 t), March 2024 in HS 2818 alone."""
    june, march = (look_up(dataset, "alumina", "import", month(text)) for text in ("2024-06", "2024-03"))
    assert (june.value, june.scope) == (37_700, "HS 28182000")
    assert (march.value, march.scope) == (309_109.374, "HS 2818")
    wider = figure_of(dataset, Series("alumina", "import"), month("2024-06"), "HS 2818")
    assert wider.value == 42_784.41

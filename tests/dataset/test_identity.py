"""The identity of months and totals; trade by partner in one scope beside the world's figure."""

from itertools import permutations

from bot.dataset.calendar import Month, Period
from bot.dataset.coverage import by_partner
from bot.dataset.model import Series
from tests.dataset.rows import ALUMINA, derived, figure_of, month, period_of, row, rows_of, small_dataset, ytd
from tests.tables import looped, tables

CASES = tables("dataset/derived.yaml")


@looped(("printed", "period", "value", "half"), CASES["identity"])
def test_what_follows_and_its_rounding(printed, period, value, half):
    figure = derived(*rows_of(printed)).get(period_of(period))
    assert (figure is None) == (value is None)
    if figure and value is not None:
        assert (figure.value, figure.derived) == (round(value * 1_000, 3), len(figure.inputs) > 1)
        assert figure.range == (round((value - half) * 1_000, 3), round((value + half) * 1_000, 3))


def test_a_derived_figure_names_its_inputs_and_their_stage():
    figures = derived(*rows_of("ytd 2026-02 330 flash; month 2026-04 520 flash; ytd 2026-04 1060 flash"))
    march = figures[month("2026-03")]
    assert {(item.role, item.row.period, item.row.value) for item in march.inputs} == {
        ("+", ytd("2026-04"), 1_060_000), ("-", month("2026-04"), 520_000), ("-", ytd("2026-02"), 330_000),
    }  # fmt: skip
    assert march.status == "flash"
    mixed = derived(*rows_of("ytd 2025-02 400 query; month 2025-03 260 bulletin"))
    assert mixed[ytd("2025-03")].status is None  # of no one stage


def test_scopes_partners_and_measures_are_kept_apart():
    for other in (
        row("2024-03", 123_000, scope="HS 2818"),
        row("2024-03", 123_000, series=Series("alumina", "export", "Russia")),
        row("2024-03", 60_000_000, series=Series("alumina", "export", "", "value")),
    ):
        dataset = small_dataset([row("2024-02", 280_000, kind="ytd"), other])
        assert dataset.figure(ALUMINA, ytd("2024-03")) is None
        assert dataset.figure(other.series, ytd("2024-03")) is None


def test_the_order_of_the_rows_does_not_matter():
    rows = rows_of("ytd 2024-02 280; month 2024-03 140; ytd 2024-04 550; month 2024-04 130")
    orders = [derived(*shuffled).items() for shuffled in permutations(rows)]
    found = [{period: (each.value, each.range) for period, each in order} for order in orders]
    assert all(each == found[0] for each in found)


def test_quarter_of_the_record_by_hand(dataset):
    """Bauxite, Q2 2022: three months to 10,000 t are nearer than 65.20 Mt less what leads back to March."""
    figure = figure_of(dataset, Series("bauxite", "import"), Period.around(Month(2022, 6), "quarter"))
    assert figure.value == 11_130_000 + 11_970_000 + 9_420_000 == 32_520_000
    assert figure.range == (32_505_000, 32_535_000)  # three roundings of 5,000, not four


NET_ALUMINA = Series("alumina", "net")


def test_net_is_exports_less_imports_with_both_roundings(dataset):
    # July 2026: 300,000 t within 5,000 less 366,577.68 t within 0.5
    figure = figure_of(dataset, NET_ALUMINA, month("2026-07"))
    assert (figure.value, figure.range) == (-66_577.68, (-71_578.18, -61_577.18))
    assert (figure.derived, figure.growth.pct) == (True, None)  # no percentage crosses zero
    assert [item.role for item in figure.inputs] == ["+", "-"]


def test_there_is_none_of_two_scopes_nor_of_what_is_only_imported(dataset):
    # March 2024: exports count HS 28182000, imports are on record as HS 2818 alone
    assert dataset.figure(NET_ALUMINA, month("2024-03")) is None
    assert dataset.figure(NET_ALUMINA, Period.span(month("2024-03").end, month("2024-04").end)) is None
    assert dataset.flows("bauxite") == ("import",)
    assert dataset.newest(("bauxite",), ("net",)) is None


BAUXITE = Series("bauxite", "import")


def test_partners_are_ranked_and_the_worlds_figure_stands_beside():
    rows = [
        row("2024-03", value, 1_000, series=Series("bauxite", "import", partner), scope="HS 2606")
        for partner, value in (("Guinea", 800_000), ("Australia", 150_000), ("", 1_000_000))
    ]
    found = by_partner(small_dataset(rows), BAUXITE, month("2024-03"))
    ranked = [(each.series.partner, each.value) for each in found.partners]
    assert ranked == [("Guinea", 800_000), ("Australia", 150_000)]
    assert (found.scope, found.named, found.covered) == ("HS 2606", 950_000, 0.95)
    # Where none is on record there is nothing.
    assert by_partner(small_dataset([row("2024-03", 140_000)]), BAUXITE, month("2024-03")) is None


def test_all_origins_of_bauxite_in_november_2024_make_the_worlds_figure(dataset):
    # data/README.md: the whole of the world's figure in April and November 2024.
    for end in (Month(2024, 4), Month(2024, 11)):
        found = by_partner(dataset, BAUXITE, Period.month(end))
        assert found.partners[0].series.partner == "Guinea"
        assert 0.97 < (found.covered or 0) < 1.03

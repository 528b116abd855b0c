"""Net trade: exports less imports, in one scope only."""

from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series

from .rows import figure_of, month

NET_ALUMINA = Series("alumina", "net")


def test_net_is_exports_less_imports_with_both_roundings(dataset: Dataset) -> None:
    # July 2026: 300,000 t within 5,000 less 366,577.68 t within 0.5
    figure = figure_of(dataset, NET_ALUMINA, month("2026-07"))
    assert (figure.value, figure.range) == (-66_577.68, (-71_578.18, -61_577.18))
    assert (figure.derived, figure.growth.pct) == (True, None)  # no percentage crosses zero
    assert [item.role for item in figure.inputs] == ["+", "-"]


def test_there_is_none_of_two_scopes_nor_of_what_is_only_imported(dataset: Dataset) -> None:
    # March 2024: exports count HS 28182000, imports are on record as HS 2818 alone
    assert dataset.figure(NET_ALUMINA, month("2024-03")) is None
    assert dataset.figure(NET_ALUMINA, Period.span(month("2024-03").end, month("2024-04").end)) is None
    assert dataset.flows("bauxite") == ("import",)
    assert dataset.newest(("bauxite",), ("net",)) is None

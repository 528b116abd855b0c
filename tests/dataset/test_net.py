"""Net trade: exports less imports, in one scope only."""

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series

NET_ALUMINA = Series("alumina", "net")


def test_net_is_exports_less_imports_with_both_roundings(dataset: Dataset) -> None:
    # July 2026: 300,000 t within 5,000 less 366,577.68 t within 0.5
    figure = dataset.figure(NET_ALUMINA, Period.month(Month(2026, 7)))
    assert figure is not None
    assert figure.value == -66_577.68
    assert figure.range == (-71_578.18, -61_577.18)
    assert figure.derived
    assert [item.role for item in figure.inputs] == ["+", "-"]


def test_net_never_mixes_scopes(dataset: Dataset) -> None:
    # March 2024: exports count HS 28182000, imports are on record as HS 2818 alone
    assert dataset.figure(NET_ALUMINA, Period.month(Month(2024, 3))) is None


def test_no_percentage_crosses_zero(dataset: Dataset) -> None:
    figure = dataset.figure(NET_ALUMINA, Period.month(Month(2026, 3)))
    assert figure is not None
    assert figure.growth.pct is None


def test_what_is_only_imported_has_no_net(dataset: Dataset) -> None:
    assert dataset.flows("bauxite") == ("import",)
    assert dataset.newest(("bauxite",), ("net",)) is None

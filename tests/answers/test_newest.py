"""The newest month: common to all that was asked while nothing lags far behind, else the newest of any."""

from collections.abc import Mapping

from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from tests.looped import looped

from ..dataset.rows import row, small_dataset

EXPORT, IMPORT = Series("alumina", "export"), Series("alumina", "import")


def of_two(months: Mapping[Series, str]) -> Dataset:
    """Both series in May 2025, and each in one later month."""
    first = [row("2025-05", 100_000, series=series) for series in months]
    return small_dataset([*first, *(row(month, 200_000, series=series) for series, month in months.items())])


@looped(
    ("exports", "imports", "newest"),
    [("2025-06", "2025-06", "2025-06"), ("2025-08", "2025-06", "2025-05"), ("2025-09", "2025-06", "2025-09")],
)
def test_a_common_month_counts_unless_over_a_quarter_old(exports: str, imports: str, newest: str) -> None:
    dataset = of_two({EXPORT: exports, IMPORT: imports})
    assert str(dataset.newest(("alumina",), ("export", "import"))) == newest

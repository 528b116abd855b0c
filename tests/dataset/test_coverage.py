"""What is on record of each month of a series: printed in which stage, derived, or missing."""

from datetime import date

from bot.dataset.calendar import Month
from bot.dataset.coverage import counts, covered
from tests.dataset.rows import ALUMINA, row, small_dataset, total


def test_each_month_says_how_it_is_on_record() -> None:
    rows = [
        row("2024-03", 100_000),
        row("2024-04", 110_000, status="flash"),
        total("2024-05", 500_000, status="bulletin"),
        total("2024-06", 620_000, status="bulletin"),
        row("2024-08", 90_000, status="query"),
    ]
    cells = covered(ALUMINA, small_dataset(rows, date(2024, 10, 1))).cells
    assert list(map(str, cells)) == [f"2024-0{number}" for number in range(3, 9)]
    assert list(cells.values()) == ["printed", "flash", "missing", "derived", "missing", "query"]


def test_the_months_that_lack_are_counted_and_named() -> None:
    rows = [row("2019-01", 100_000), row("2019-02", 110_000, status="estimated"), total("2019-04", 500_000)]
    (found,) = counts(small_dataset([*rows, row("2019-03", 90_000), row("2019-06", 1)]), ["alumina"])
    # April is the total less three months
    assert found.count == {"printed": 3, "estimated": 1, "derived": 1, "missing": 1}
    assert found.cells[Month(2019, 5)] == "missing"

"""Several printings of one figure: which is true today, and which change belongs to it."""

from datetime import date
from functools import partial
from itertools import permutations
from typing import Any

from bot.dataset.dataset import Dataset, Record
from bot.dataset.growth import printed_change
from bot.dataset.releases import in_order
from tests.looped import looped
from tests.tables import tables

from .rows import derived, month, row, rows_of

CASES = tables("dataset/derived.yaml")

printing = partial(row, "2025-03", 500_000)


@looped(("older", "newer"), CASES["newer"])
def test_the_newer_printing_comes_last(older: dict[str, Any], newer: dict[str, Any]) -> None:
    first, second = printing(**older), printing(**newer)
    assert in_order([second, first]) == in_order([first, second]) == (first, second)


def test_the_order_of_several_does_not_hang_on_the_order_they_are_read_in() -> None:
    """Dates say query before bulletin, stages say the row without a date stands between: still one order."""
    rows = [
        printing(status="query", published=date(2025, 4, 20)),
        printing(status="bulletin", published=date(2025, 5, 2)),
        printing(1),
        printing(status="flash"),
    ]
    (order,) = {in_order(shuffled) for shuffled in permutations(rows)}
    assert [item.status for item in order if item.published] == ["query", "bulletin"]
    assert order[0].status == "flash"


def test_todays_figure_is_the_newest_printing_and_the_others_are_kept() -> None:
    first = row("2025-03", 859_000, 1_000, status="flash")
    revised = row("2025-03", 861_000, 1_000, status="revised")
    figure = derived(revised, first)[month("2025-03")]
    assert (figure.value, figure.row, figure.vintages) == (861_000, revised, (first, revised))


def test_a_newer_change_alone_does_not_hide_the_level() -> None:
    level, change = row("2025-03", 859_000), row("2025-03", None, yoy_pct=3.0, status="revised")
    figure = derived(level, change)[month("2025-03")]
    assert (figure.value, figure.row, figure.growth.printed) == (859_000, level, change)


@looped(("printed", "told", "moved"), CASES["moved"])
def test_the_newest_printed_change_and_whether_it_moved(printed: str, told: int | None, moved: bool) -> None:
    rows = rows_of(printed)
    assert printed_change(rows[-1], rows) == (None if told is None else rows[told], moved)
    assert printed_change(None, []) == (None, False)


def test_every_vintage_of_the_record_can_be_asked_for(dataset: Dataset, record: Record) -> None:
    kept = {
        vintage.line
        for series, lines in dataset.lines.items()
        for line in (lines.values() if series.measure != "unit_value" else ())
        for figure in line.figures()
        for vintage in figure.vintages
    }
    assert kept == {item.line for item in record.rows}


def test_a_later_coarser_printing_confirms_a_finer_one_within_its_rounding() -> None:
    coarse = row("2024-03", 140_000, 10_000, published=date(2024, 4, 18), yoy_pct=169.6)
    for value, confirmed in ((141_250, True), (148_000, False)):
        fine = row("2024-03", value, 1, published=date(2024, 4, 7))
        assert in_order([fine, coarse]) == ((coarse, fine) if confirmed else (fine, coarse))
        figure = derived(fine, coarse)[month("2024-03")]
        assert (figure.value, figure.growth.pct) == (value if confirmed else 140_000, 169.6)

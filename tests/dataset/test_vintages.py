"""Several printings of one figure: which is true today, and which change belongs to it."""

from datetime import date
from itertools import permutations

from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import Row, Series
from bot.dataset.vintage_order import in_order, printed_change
from tests.looped import looped

from .rows import derived, month, row, rows_of, ytd

EARLY, LATE = date(2025, 4, 14), date(2026, 4, 8)


def printing(name: str, step: float = 10_000, **overrides: object) -> Row:
    return row("2025-03", 500_000, step, source=name, **overrides)


def older(step: float = 10_000, **overrides: object) -> Row:
    return printing("older", step, **overrides)


def newer(step: float = 10_000, **overrides: object) -> Row:
    return printing("newer", step, **overrides)


PAIRS = [
    ("by date", older(published=EARLY), newer(published=LATE)),
    ("date before stage", older(published=EARLY, status="revised"), newer(published=LATE, status="flash")),
    ("flash before a stage not known", older(status="flash"), newer()),
    ("flash before bulletin", older(status="flash"), newer(status="bulletin")),
    ("a stage not known before the query", older(), newer(status="query")),
    ("bulletin before query", older(status="bulletin"), newer(status="query")),
    ("query before revised", older(status="query"), newer(status="revised")),
    ("stage where one has no date", older(published=LATE, status="flash"), newer(status="query")),
    ("stage where the other has none", older(status="flash"), newer(published=EARLY, status="bulletin")),
    ("stage on one day", older(published=EARLY, status="flash"), newer(published=EARLY, status="query")),
    ("the finer step, blank like bulletin", older(10_000), newer(1_000, status="bulletin")),
    ("the finer step", older(10_000, confirmed_by=6), newer(1)),
    ("more confirmations", older(confirmed_by=1), newer(confirmed_by=2)),
    ("the later row", older(line=700), newer(line=701)),
]  # fmt: skip


@looped(("first", "second"), [pair[1:] for pair in PAIRS])
def test_the_newer_printing_comes_last(first: Row, second: Row) -> None:
    assert in_order([second, first]) == in_order([first, second]) == (first, second)


def test_the_order_of_several_does_not_hang_on_the_order_they_are_read_in() -> None:
    """Dates say query before bulletin, stages say the row without a date stands between: still one order."""
    rows = [
        printing("query", status="query", published=date(2025, 4, 20)),
        printing("late bulletin", status="bulletin", published=date(2025, 5, 2)),
        printing("undated", 1),
        printing("flash", status="flash"),
    ]
    orders = {in_order(shuffled) for shuffled in permutations(rows)}
    assert len(orders) == 1
    (order,) = orders
    assert [item.source for item in order if item.published] == ["query", "late bulletin"]
    assert order[0].source == "flash"


def test_todays_figure_is_the_newest_printing_and_the_others_are_kept() -> None:
    first = row("2025-03", 859_000, 1_000, status="flash")
    revised = row("2025-03", 861_000, 1_000, status="revised")
    figure = derived(revised, first)[month("2025-03")]
    assert (figure.value, figure.row, figure.vintages) == (861_000, revised, (first, revised))


def test_a_newer_change_alone_does_not_hide_the_level() -> None:
    level, change = row("2025-03", 859_000), row("2025-03", None, yoy_pct=3.0, status="revised")
    figure = derived(level, change)[month("2025-03")]
    assert (figure.value, figure.row, figure.growth.printed) == (859_000, level, change)


@looped(
    ("printed", "told", "moved"),
    [
        ("month 2025-03 859", None, False),
        # Up to 1,000 t apart two numbers in steps of 1,000 t may be one figure.
        ("month 2025-03 859/1 flash -11%; month 2025-03 859/1 revised", 0, False),
        ("month 2025-03 859/1 flash -11%; month 2025-03 860/1 revised", 0, False),
        ("month 2025-03 859/1 flash -11%; month 2025-03 860.001/1 revised", 0, True),
        ("month 2025-03 859/1 flash -11%; month 2025-03 857/1 revised", 0, True),
        # The newest of several changes.
        (
            "month 2025-03 859 flash -11%; month 2025-03 859 bulletin -10.9%; month 2025-03 859 revised",
            1,
            False,
        ),
    ],
)
def test_the_newest_change_printed_of_it_and_whether_it_moved_since(
    printed: str, told: int | None, moved: bool
) -> None:
    rows = rows_of(printed)
    assert printed_change(rows[-1], rows) == (None if told is None else rows[told], moved)
    assert printed_change(None, []) == (None, False)


def test_every_vintage_of_the_record_can_be_asked_for(dataset: Dataset, record: Record) -> None:
    kept = {
        vintage.line
        for series, lines in dataset.lines.items()
        for line in (lines.values() if series.measure != "unit_value" else ())
        for figure in line.values()
        for vintage in figure.vintages
    }
    assert kept == {item.line for item in record.rows}


def test_running_total_of_april_2025_and_its_first_printing(dataset: Dataset) -> None:
    figure = dataset.figure(Series("unwrought_aluminium", "export"), ytd("2025-04"))
    assert figure is not None
    assert [(item.value, item.status) for item in figure.vintages] == [
        (1_883_000, "flash"),
        (1_885_000, "revised"),
    ]
    assert figure.value == 1_885_000


def test_a_later_coarser_printing_confirms_a_finer_one_within_its_rounding() -> None:
    coarse = row("2024-03", 140_000, 10_000, published=date(2024, 4, 18), yoy_pct=169.6)
    for value, confirmed in ((141_250, True), (148_000, False)):
        fine = row("2024-03", value, 1, published=date(2024, 4, 7))
        assert in_order([fine, coarse]) == ((coarse, fine) if confirmed else (fine, coarse))
        figure = derived(fine, coarse)[month("2024-03")]
        assert (figure.value, figure.growth.pct) == (value if confirmed else 140_000, 169.6)

"""When a month is out: the calendar on record, the usual days beyond it, and what was known on a day."""

from datetime import date

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import Series, Status
from bot.dataset.releases import Release, ReleaseCalendar, Stage, stage_of
from tests.looped import looped

from .rows import month, row, total, ytd

EXPORTS, IMPORTS = (Series("unwrought_aluminium", flow) for flow in ("export", "import"))


# The days. The codebook: flash about the 7th-14th, bulletin about the 18th-20th, the query after it.


@looped(
    ("text", "stage", "day"),
    [
        ("2026-10", "flash", date(2026, 11, 9)),
        ("2026-09", "flash", date(2026, 10, 15)),  # after a quarter's end the flash takes longer
        ("2026-10", "bulletin", date(2026, 11, 18)),
        ("2026-10", "query", date(2026, 11, 20)),
        ("2026-12", "bulletin", date(2027, 1, 18)),
        ("2027-01", "bulletin", date(2027, 3, 18)),  # January comes with February
        ("2027-02", "bulletin", date(2027, 3, 18)),
        ("2027-01", "query", date(2027, 3, 20)),
    ],
)
def test_beyond_the_record_the_usual_day_is_expected(text: str, stage: Stage, day: date) -> None:
    assert ReleaseCalendar().release(Month.from_text(text), stage) == Release(day, expected=True)
    assert ReleaseCalendar().comes_with_next(Month.from_text(text), stage) == text.endswith("-01")


@looped(
    ("reference", "stage", "release"),
    [
        (Month(2026, 5), "flash", Release(date(2026, 6, 10), expected=False)),
        (Month(2025, 8), "bulletin", Release(date(2025, 9, 18), expected=True)),  # planned
        # The release of 6 March 2026 held January and February; of January alone nothing is on record.
        (Month(2026, 2), "flash", Release(date(2026, 3, 6), expected=False)),
        (Month(2026, 1), "flash", Release(date(2026, 3, 6), expected=False)),
        (Month(2019, 1), "flash", Release(date(2019, 2, 14), expected=False)),  # it has its own
    ],
)
def test_a_recorded_day_goes_first(record: Record, reference: Month, stage: Stage, release: Release) -> None:
    assert record.calendar.release(reference, stage) == release


@looped(
    ("today", "stage", "expected"),
    [
        (date(2026, 11, 24), "bulletin", "2026-10"),
        (date(2026, 11, 24), "query", "2026-10"),
        (date(2026, 11, 8), "flash", "2026-09"),
        (date(2026, 11, 9), "flash", "2026-10"),
        (date(2026, 10, 17), "bulletin", "2026-08"),
        (date(2026, 10, 18), "bulletin", "2026-09"),
        (date(2027, 1, 17), "bulletin", "2026-11"),
        (date(2027, 1, 18), "bulletin", "2026-12"),
        (date(2027, 2, 28), "bulletin", "2026-12"),  # no January in February
        (date(2027, 3, 17), "bulletin", "2026-12"),
        (date(2027, 3, 18), "bulletin", "2027-02"),
    ],
)
def test_the_newest_month_that_should_be_out(today: date, stage: Stage, expected: str) -> None:
    assert ReleaseCalendar().newest_due(stage, today) == Month.from_text(expected)


def test_the_calendar_on_record_decides_what_is_due(record: Record) -> None:
    """May 2026's flash was seen on 10 June, a day after the usual one."""
    assert record.calendar.newest_due("flash", date(2026, 6, 9)) == Month(2026, 4)
    assert record.calendar.newest_due("flash", date(2026, 6, 10)) == Month(2026, 5)


def test_the_stage_that_first_holds_a_series() -> None:
    alumina = [stage_of(Series("alumina", flow)) for flow in ("export", "import", "net")]
    bauxite = [stage_of(Series("bauxite", "import", partner)) for partner in ("", "Guinea")]
    assert (stage_of(EXPORTS), stage_of(IMPORTS)) == ("flash", "bulletin")
    assert (alumina, bauxite) == (["bulletin", "query", "query"], ["bulletin", "query"])


# Since when a row could be read.


@looped(
    ("status", "day"),
    [
        ("flash", date(2025, 5, 9)),
        (None, date(2025, 5, 18)),
        ("bulletin", date(2025, 5, 18)),
        ("query", date(2025, 5, 20)),
        ("revised", date(2026, 5, 9)),  # beside the flash of a year later
    ],
)
def test_a_row_is_out_with_its_stage_but_where_a_day_is_printed(status: Status | None, day: date) -> None:
    assert ReleaseCalendar().out_since(total("2025-04", 1_885_000, status=status)) == day
    printed = row("2025-04", 1, status=status, published=date(2025, 6, 1))
    assert ReleaseCalendar().out_since(printed) == date(2025, 6, 1)


# The record as of a day.


@looped(
    ("series", "period", "day", "value", "derived"),
    [
        (EXPORTS, month("2025-03"), date(2025, 4, 13), None, False),
        (EXPORTS, month("2025-03"), date(2025, 4, 14), 505_881.552, False),
        # 859,000 t as printed on 2025-04-29; 861,000 t from 2026-03-06 on.
        (EXPORTS, ytd("2025-02"), date(2026, 3, 5), 859_000, False),
        (EXPORTS, ytd("2025-02"), date(2026, 3, 6), 861_000, False),
        # 527,000 t in January 2019 and 520,000 t from February on.
        (EXPORTS, month("2018-12"), date(2019, 1, 14), None, False),
        (EXPORTS, month("2018-12"), date(2019, 1, 15), 527_000, False),
        (EXPORTS, month("2018-12"), date(2019, 2, 13), 527_000, False),
        (EXPORTS, month("2018-12"), date(2019, 2, 14), 520_000, False),
        # August 2023 follows from September's bulletin, out on 19 October, and July's total by its parts:
        # 797,602 + 191,701 + 211,235 + 231,452 = 1,431,990 t, finer than 1.43 Mt.
        (IMPORTS, month("2023-08"), date(2023, 10, 18), None, False),
        (IMPORTS, month("2023-08"), date(2023, 10, 19), 2_040_000 - 332_000 - 1_431_990, True),
    ],
)
def test_a_figure_is_not_known_before_what_it_stands_on(
    record: Record, series: Series, period: object, day: date, value: float | None, derived: bool
) -> None:
    figure = record.as_of(day).figure(series, period)  # type: ignore[arg-type]
    assert (figure and figure.value) == value
    assert figure is None or figure.derived == derived


@looped("day", [date(2020, 6, 1), date(2024, 5, 19), date(2025, 12, 1), date(2026, 4, 8)])
def test_nothing_printed_later_stands_behind_any_figure(record: Record, day: date) -> None:
    rows = [
        used
        for lines in record.as_of(day).lines.values()
        for line in lines.values()
        for figure in line.figures()
        for used in (*figure.rows, *figure.vintages)
    ]
    assert len(rows) > 50
    assert [used for used in rows if record.calendar.out_since(used) > day] == []
    assert [used for used in rows if used.published and used.published > day] == []


def test_all_is_known_on_the_day_of_collection_nothing_before_it(record: Record, dataset: Dataset) -> None:
    assert [item for item in record.rows if record.calendar.out_since(item) > dataset.today] == []
    empty = record.as_of(date(2018, 1, 1))
    assert (empty.lines, empty.newest_complete()) == ({}, None)
    assert empty.newest(tuple(empty.catalogue), ("export", "import")) is None

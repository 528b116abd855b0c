"""When a month is out: the calendar on record, the usual days beyond it, and what was known on a day."""

from datetime import date

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import Series, Status
from bot.dataset.releases import Release, ReleaseCalendar, Stage, stage_of
from tests.looped import looped

from .rows import month, row, total, ytd

EMPTY = ReleaseCalendar({})


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
    assert EMPTY.release(Month.from_text(text), stage) == Release(day, expected=True)


def test_a_day_on_record_stands_before_the_usual_one(record: Record) -> None:
    calendar = record.calendar
    assert calendar.release(Month(2026, 5), "flash") == Release(date(2026, 6, 10), expected=False)
    assert calendar.release(Month(2025, 8), "bulletin") == Release(
        date(2025, 9, 18), expected=True
    )  # planned


def test_january_comes_on_the_day_of_february_that_is_on_record(record: Record) -> None:
    """The release of 6 March 2026 held January and February; of January alone nothing is on record."""
    assert record.calendar.release(Month(2026, 2), "flash").day == date(2026, 3, 6)
    assert record.calendar.release(Month(2026, 1), "flash").day == date(2026, 3, 6)
    assert record.calendar.release(Month(2019, 1), "flash").day == date(2019, 2, 14)  # it has its own


def test_only_a_january_without_a_day_of_its_own_comes_with_the_next_month(record: Record) -> None:
    assert EMPTY.comes_with_next(Month(2027, 1), "query")
    assert not EMPTY.comes_with_next(Month(2027, 2), "query")
    assert not record.calendar.comes_with_next(Month(2019, 1), "flash")  # out on 14 February 2019


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
    assert EMPTY.newest_due(stage, today) == Month.from_text(expected)


def test_the_calendar_on_record_decides_what_is_due(record: Record) -> None:
    """May 2026's flash was seen on 10 June, a day after the usual one."""
    assert record.calendar.newest_due("flash", date(2026, 6, 9)) == Month(2026, 4)
    assert record.calendar.newest_due("flash", date(2026, 6, 10)) == Month(2026, 5)


@looped(
    ("commodity", "flow", "stage"),
    [
        ("unwrought_aluminium", "export", "flash"),
        ("unwrought_aluminium", "import", "bulletin"),
        ("alumina", "export", "bulletin"),
        ("alumina", "import", "query"),
        ("bauxite", "import", "bulletin"),
        ("aluminium_scrap", "import", "query"),
        ("primary_aluminium", "export", "query"),
    ],
)
def test_the_stage_that_first_holds_a_series(commodity: str, flow: str, stage: Stage) -> None:
    assert stage_of(Series(commodity, flow)) == stage  # type: ignore[arg-type]


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
def test_a_row_without_a_date_is_out_with_its_stage(status: Status | None, day: date) -> None:
    assert EMPTY.out_since(total("2025-04", 1_885_000, status=status)) == day


def test_a_printed_date_stands_before_the_stage() -> None:
    assert EMPTY.out_since(row("2025-04", 1, status="flash", published=date(2025, 6, 1))) == date(2025, 6, 1)


# The record as of a day.


@looped(("day", "value"), [(date(2025, 4, 13), None), (date(2025, 4, 14), 505_881.552)])
def test_a_figure_is_not_known_before_it_was_published(
    record: Record, day: date, value: float | None
) -> None:
    figure = record.as_of(day).figure(Series("unwrought_aluminium", "export"), month("2025-03"))
    assert (figure and figure.value) == value


def test_a_revision_is_not_known_before_it_was_published(record: Record) -> None:
    """859,000 t and -11.0 % as printed on 2025-04-29; 861,000 t from 2026-03-06 on."""
    exports = Series("unwrought_aluminium", "export")
    before, after = (
        record.as_of(day).figure(exports, ytd("2025-02")) for day in (date(2026, 3, 5), date(2026, 3, 6))
    )
    assert before is not None
    assert after is not None
    assert (before.value, before.growth.pct, before.growth.origin) == (859_000, -11.0, "published")
    assert (after.value, after.growth.origin) == (861_000, "computed")


def test_a_derived_figure_is_not_known_before_its_inputs(record: Record) -> None:
    """Unwrought imports of August 2023 follow from September's bulletin, out on 19 October.

    July's total by its parts: 797,602 + 191,701 + 211,235 + 231,452 = 1,431,990 t, finer than 1.43 Mt.
    """
    imports = Series("unwrought_aluminium", "import")
    assert record.as_of(date(2023, 10, 18)).figure(imports, month("2023-08")) is None
    figure = record.as_of(date(2023, 10, 19)).figure(imports, month("2023-08"))
    assert figure is not None
    assert (figure.value, figure.derived) == (2_040_000 - 332_000 - 1_431_990, True)


@looped("day", [date(2020, 6, 1), date(2024, 5, 19), date(2025, 12, 1), date(2026, 4, 8)])
def test_nothing_printed_later_stands_behind_any_figure(record: Record, day: date) -> None:
    rows = [
        used
        for lines in record.as_of(day).lines.values()
        for line in lines.values()
        for figure in line.values()
        for used in (*figure.rows, *figure.vintages)
    ]
    assert len(rows) > 50
    assert [used for used in rows if record.calendar.out_since(used) > day] == []
    assert [used for used in rows if used.published and used.published > day] == []


def test_on_the_day_of_collection_everything_is_known(record: Record, dataset: Dataset) -> None:
    assert [item for item in record.rows if record.calendar.out_since(item) > dataset.today] == []


def test_before_the_first_row_nothing_is_known(record: Record) -> None:
    empty = record.as_of(date(2018, 1, 1))
    assert empty.figure(Series("alumina", "export"), month("2018-06")) is None
    assert (empty.lines, empty.newest_complete()) == ({}, None)
    assert empty.newest(tuple(empty.catalogue), ("export", "import")) is None

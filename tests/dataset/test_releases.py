"""When a month is out: the calendar on record, the usual days beyond it, and what was known on a day."""

from datetime import date

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import Flow, Series, Status
from bot.dataset.releases import Release, ReleaseCalendar, Stage, stage_of
from tests.looped import looped
from tests.tables import tables

from .rows import row, total

CASES = tables("dataset/days.yaml")


@looped(("text", "stage", "day"), CASES["usual"])
def test_beyond_the_record_the_usual_day_is_expected(text: str, stage: Stage, day: date) -> None:
    assert ReleaseCalendar().release(Month.from_text(text), stage) == Release(day, expected=True)
    assert ReleaseCalendar().comes_with_next(Month.from_text(text), stage) == text.endswith("-01")


@looped(("text", "stage", "day", "expected"), CASES["recorded"])
def test_a_recorded_day_goes_first(
    record: Record, text: str, stage: Stage, day: date, expected: bool
) -> None:
    assert record.calendar.release(Month.from_text(text), stage) == Release(day, expected)


@looped(("today", "stage", "expected"), CASES["due"])
def test_the_newest_month_that_should_be_out(today: date, stage: Stage, expected: str) -> None:
    assert ReleaseCalendar().newest_due(stage, today) == Month.from_text(expected)


def test_the_calendar_on_record_decides_what_is_due(record: Record) -> None:
    """May 2026's flash was seen on 10 June, a day after the usual one."""
    assert record.calendar.newest_due("flash", date(2026, 6, 9)) == Month(2026, 4)
    assert record.calendar.newest_due("flash", date(2026, 6, 10)) == Month(2026, 5)


def test_the_stage_that_first_holds_a_series() -> None:
    alumina = [stage_of(Series("alumina", flow)) for flow in ("export", "import", "net")]
    bauxite = [stage_of(Series("bauxite", "import", partner)) for partner in ("", "Guinea")]
    aluminium = [stage_of(Series("unwrought_aluminium", flow)) for flow in ("export", "import")]
    assert (aluminium, bauxite) == (["flash", "bulletin"], ["bulletin", "query"])
    assert alumina == ["bulletin", "query", "query"]


@looped(("status", "day"), CASES["stages"])
def test_a_row_is_out_with_its_stage_but_where_a_day_is_printed(status: Status | None, day: date) -> None:
    assert ReleaseCalendar().out_since(total("2025-04", 1_885_000, status=status)) == day
    printed = row("2025-04", 1, status=status, published=date(2025, 6, 1))
    assert ReleaseCalendar().out_since(printed) == date(2025, 6, 1)


@looped(("flow", "period", "day", "value", "derived"), CASES["known"])
def test_a_figure_is_not_known_before_what_it_stands_on(
    record: Record, flow: Flow, period: str, day: date, value: float | None, derived: bool
) -> None:
    figure = record.as_of(day).figure(Series("unwrought_aluminium", flow), Period.from_text(period))
    assert (figure and figure.value) == value
    assert figure is None or figure.derived == derived


@looped("day", [date(2020, 6, 1), date(2024, 5, 19), date(2025, 12, 1), date(2026, 4, 8)])
def test_nothing_printed_later_stands_behind_any_figure(record: Record, day: date) -> None:
    lines = [line for lines in record.as_of(day).lines.values() for line in lines.values()]
    rows = [used for line in lines for figure in line.figures() for used in (*figure.rows, *figure.vintages)]
    assert len(rows) > 50
    assert [used for used in rows if record.calendar.out_since(used) > day] == []
    assert [used for used in rows if used.published and used.published > day] == []


def test_all_is_known_on_the_day_of_collection_nothing_before_it(record: Record, dataset: Dataset) -> None:
    assert [item for item in record.rows if record.calendar.out_since(item) > dataset.today] == []
    empty = record.as_of(date(2018, 1, 1))
    assert (empty.lines, empty.newest_complete()) == ({}, None)
    assert empty.newest(tuple(empty.catalogue), ("export", "import")) is None

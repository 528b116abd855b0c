"""Months and periods, when a month is out, and what is on record of each."""

from datetime import date

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.coverage import counts, covered
from bot.dataset.model import Series
from bot.dataset.releases import Release, ReleaseCalendar, stage_of
from bot.errors import UsageError
from tests.dataset.rows import ALUMINA, row, rows_of, small_dataset, total
from tests.tables import looped, tables

CASES = tables("dataset/days.yaml")


@looped("text", CASES["no_month"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(UsageError):
        Month.from_text(text)


def test_months_count_over_the_turn_of_the_year():
    december = Month.from_text("2023-12")
    assert (december.plus(1), december.plus(-12)) == (Month(2024, 1), Month(2022, 12))
    assert (december.until(Month(2024, 3)), Month(2024, 3).until(december)) == (3, -3)
    assert Month(2023, 12) < Month(2024, 1)


@looped(("kind", "start", "end"), CASES["broken"])
def test_a_period_has_the_months_of_its_kind(kind, start, end):
    with pytest.raises(UsageError):
        Period(kind, Month.from_text(start), Month.from_text(end))


@looped(("text", "kind", "first", "last", "label"), CASES["labels"])
def test_a_period_is_read_from_its_label(text, kind, first, last, label):
    start, end = Month.from_text(first), Month.from_text(last)
    period = Period.from_text(text)
    assert (period, period.label, period.length) == (Period(kind, start, end), label, start.until(end) + 1)
    assert (period.year_before.start, period.year_before.kind) == (start.plus(-12), kind)


def test_each_kind_of_period_is_made_from_its_last_month():
    made = [Period.month(Month(2024, 6)), Period.ytd(Month(2024, 6)), Period.whole_year(2024)]
    made += [Period.around(Month(2024, 5), "quarter"), Period.around(Month(2024, 7), "half")]
    made += [Period.span(Month(2023, 6), Month(2024, 5))]
    written = ("2024-06", "2024-06 ytd", "2024", "2024-Q2", "2024-H2", "2023-06..2024-05")
    assert made == [*map(Period.from_text, written)]


def test_a_period_has_its_calendar_days():
    months = (Month(2024, 2), Month(2026, 2), Month(2024, 7))
    assert [Period.month(each).days for each in months] == [29, 28, 31]
    assert Period.whole_year(2024).days == 366


@looped("text", CASES["no_period"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(UsageError):
        Period.from_text(text)


@looped(("text", "stage", "day"), CASES["usual"])
def test_beyond_the_record_the_usual_day_is_expected(text, stage, day):
    assert ReleaseCalendar().release(Month.from_text(text), stage) == Release(day, expected=True)
    assert ReleaseCalendar().comes_with_next(Month.from_text(text), stage) == text.endswith("-01")


@looped(("text", "stage", "day", "expected"), CASES["recorded"])
def test_a_recorded_day_is_first(record, text, stage, day, expected):
    assert record.calendar.release(Month.from_text(text), stage) == Release(day, expected)


@looped(("today", "stage", "expected"), CASES["due"])
def test_the_newest_month_that_should_be_out(today, stage, expected):
    assert ReleaseCalendar().newest_due(stage, today) == Month.from_text(expected)


def test_the_calendar_on_record_decides_what_is_due(record):
    """May 2026's flash was seen on 10 June, a day after the usual one."""
    assert record.calendar.newest_due("flash", date(2026, 6, 9)) == Month(2026, 4)
    assert record.calendar.newest_due("flash", date(2026, 6, 10)) == Month(2026, 5)


def test_the_stage_that_first_holds_a_series():
    alumina = [stage_of(Series("alumina", flow)) for flow in ("export", "import", "net")]
    bauxite = [stage_of(Series("bauxite", "import", partner)) for partner in ("", "Guinea")]
    aluminium = [stage_of(Series("unwrought_aluminium", flow)) for flow in ("export", "import")]
    assert (aluminium, bauxite) == (["flash", "bulletin"], ["bulletin", "query"])
    assert alumina == ["bulletin", "query", "query"]


@looped(("status", "day"), CASES["stages"])
def test_a_row_is_out_with_its_stage_but_where_a_day_is_printed(status, day):
    assert ReleaseCalendar().out_since(total("2025-04", 1_885_000, status=status)) == day
    printed = row("2025-04", 1, status=status, published=date(2025, 6, 1))
    assert ReleaseCalendar().out_since(printed) == date(2025, 6, 1)


@looped(("flow", "period", "day", "value", "derived"), CASES["known"])
def test_a_figure_is_not_known_before_what_it_stands_on(record, flow, period, day, value, derived):
    figure = record.as_of(day).figure(Series("unwrought_aluminium", flow), Period.from_text(period))
    assert (figure and figure.value) == value
    assert figure is None or figure.derived == derived


@looped("day", [date(2020, 6, 1), date(2024, 5, 19), date(2025, 12, 1), date(2026, 4, 8)])
def test_nothing_printed_later_stands_behind_any_figure(record, day):
    lines = [line for lines in record.as_of(day).lines.values() for line in lines.values()]
    rows = [used for line in lines for figure in line.figures() for used in (*figure.rows, *figure.vintages)]
    assert len(rows) > 50
    assert [used for used in rows if record.calendar.out_since(used) > day] == []
    assert [used for used in rows if used.published and used.published > day] == []


def test_all_is_known_on_the_day_of_collection_nothing_before_it(record, dataset):
    assert [item for item in record.rows if record.calendar.out_since(item) > dataset.today] == []
    empty = record.as_of(date(2018, 1, 1))
    assert (empty.lines, empty.newest_complete()) == ({}, None)
    assert empty.newest(tuple(empty.catalogue), ("export", "import")) is None


def test_each_month_says_how_it_is_on_record():
    printed = "month 2024-03 100; month 2024-04 110 flash; ytd 2024-05 500 bulletin"
    rows = rows_of(f"{printed}; ytd 2024-06 620 bulletin; month 2024-08 90 query")
    cells = covered(ALUMINA, small_dataset(rows, date(2024, 10, 1))).cells
    assert list(map(str, cells)) == [f"2024-0{number}" for number in range(3, 9)]
    assert list(cells.values()) == ["printed", "flash", "missing", "derived", "missing", "query"]


def test_the_months_that_lack_are_counted_and_named():
    rows = [row("2019-01", 100_000), row("2019-02", 110_000, status="estimated"), total("2019-04", 500_000)]
    (found,) = counts(small_dataset([*rows, row("2019-03", 90_000), row("2019-06", 1)]), ["alumina"])
    # April is the total less three months
    assert found.count == {"printed": 3, "estimated": 1, "derived": 1, "missing": 1}
    assert found.cells[Month(2019, 5)] == "missing"

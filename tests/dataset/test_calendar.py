"""Months and periods check themselves, and know their names and neighbours."""

import pytest

from bot.dataset.calendar import Kind, Month, Period
from bot.errors import UsageError
from tests.looped import looped
from tests.tables import tables

CASES = tables("dataset/days.yaml")


@looped("text", CASES["no_month"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Month.from_text(text)


def test_months_count_over_the_turn_of_the_year() -> None:
    december = Month.from_text("2023-12")
    assert (december.plus(1), december.plus(-12)) == (Month(2024, 1), Month(2022, 12))
    assert (december.until(Month(2024, 3)), Month(2024, 3).until(december)) == (3, -3)
    assert Month(2023, 12) < Month(2024, 1)


@looped(("kind", "start", "end"), CASES["broken"])
def test_a_period_has_the_months_of_its_kind(kind: Kind, start: str, end: str) -> None:
    with pytest.raises(UsageError):
        Period(kind, Month.from_text(start), Month.from_text(end))


@looped(("text", "kind", "first", "last", "label"), CASES["labels"])
def test_a_period_is_read_from_its_label(text: str, kind: Kind, first: str, last: str, label: str) -> None:
    start, end = Month.from_text(first), Month.from_text(last)
    period = Period.from_text(text)
    assert (period, period.label, period.length) == (Period(kind, start, end), label, start.until(end) + 1)
    assert (period.year_before.start, period.year_before.kind) == (start.plus(-12), kind)


def test_each_kind_of_period_is_made_from_its_last_month() -> None:
    made = [Period.month(Month(2024, 6)), Period.ytd(Month(2024, 6)), Period.whole_year(2024)]
    made += [Period.around(Month(2024, 5), "quarter"), Period.around(Month(2024, 7), "half")]
    made += [Period.span(Month(2023, 6), Month(2024, 5))]
    written = ("2024-06", "2024-06 ytd", "2024", "2024-Q2", "2024-H2", "2023-06..2024-05")
    assert made == [*map(Period.from_text, written)]


def test_a_period_has_its_calendar_days() -> None:
    months = (Month(2024, 2), Month(2026, 2), Month(2024, 7))
    assert [Period.month(each).days for each in months] == [29, 28, 31]
    assert Period.whole_year(2024).days == 366


@looped("text", CASES["no_period"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Period.from_text(text)

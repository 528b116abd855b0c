"""Months and periods check themselves, and know their names and neighbours."""

import pytest

from bot.dataset.calendar import Kind, Month, Period
from bot.errors import UsageError
from tests.looped import looped


@looped("text", ["2024-13", "2024-00", "2024-3", "24-03", "2024/03", "march", "", "1899-12"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Month.from_text(text)


def test_months_count_over_the_turn_of_the_year() -> None:
    december = Month.from_text("2023-12")
    assert (december.plus(1), december.plus(-12)) == (Month(2024, 1), Month(2022, 12))
    assert (december.until(Month(2024, 3)), Month(2024, 3).until(december)) == (3, -3)
    assert Month(2023, 12) < Month(2024, 1)


@looped(
    ("kind", "start", "end"),
    [
        ("month", Month(2024, 1), Month(2024, 2)),
        ("ytd", Month(2024, 2), Month(2024, 3)),
        ("ytd", Month(2023, 1), Month(2024, 1)),
        ("quarter", Month(2024, 2), Month(2024, 4)),
        ("half", Month(2024, 4), Month(2024, 9)),
        ("year", Month(2024, 1), Month(2024, 11)),
        ("range", Month(2024, 2), Month(2024, 1)),
        ("decade", Month(2024, 1), Month(2024, 1)),
    ],
)
def test_a_period_has_the_months_of_its_kind(kind: Kind, start: Month, end: Month) -> None:
    with pytest.raises(UsageError):
        Period(kind, start, end)


@looped(
    ("period", "label", "length"),
    [
        (Period.month(Month(2024, 3)), "2024-03", 1),
        (Period.ytd(Month(2024, 3)), "2024-03", 3),
        (Period.ytd(Month(2024, 1)), "2024-01", 1),
        (Period.around(Month(2024, 6), "quarter"), "2024-Q2", 3),
        (Period.around(Month(2024, 12), "half"), "2024-H2", 6),
        (Period.whole_year(2024), "2024", 12),
        (Period.span(Month(2023, 12), Month(2024, 1)), "2023-12..2024-01", 2),
    ],
)
def test_a_period_says_what_it_is(period: Period, label: str, length: int) -> None:
    assert (period.label, period.length) == (label, length)
    assert period.year_before.start == period.start.plus(-12)
    assert period.year_before.kind == period.kind


def test_a_period_has_its_calendar_days() -> None:
    months = (Month(2024, 2), Month(2026, 2), Month(2024, 7))
    assert [Period.month(each).days for each in months] == [29, 28, 31]
    assert Period.whole_year(2024).days == 366


@looped(
    ("text", "period"),
    [
        ("2024-03", Period.month(Month(2024, 3))),
        ("2024-03 ytd", Period.ytd(Month(2024, 3))),
        ("2024-Q2", Period("quarter", Month(2024, 4), Month(2024, 6))),
        ("2024-H2", Period("half", Month(2024, 7), Month(2024, 12))),
        ("2024", Period.whole_year(2024)),
        ("2023-06..2024-05", Period.span(Month(2023, 6), Month(2024, 5))),
    ],
)
def test_a_period_is_read_from_its_label(text: str, period: Period) -> None:
    assert Period.from_text(text) == period


@looped(
    "text",
    ["", "24", "2024-Q5", "2024-H3", "2024-13", "2024-05..2024-03", "2024-Q1 ytd", "２０２４", "march"],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Period.from_text(text)

"""The record as it stood on a day: what comes out later is not known before."""

from datetime import date

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Record
from bot.dataset.model import Series

JULY = Period.month(Month(2026, 7))
UNWROUGHT, ALUMINA = Series("unwrought_aluminium", "export"), Series("alumina", "export")


def test_a_month_comes_stage_by_stage(record: Record) -> None:
    august = Period.month(Month(2026, 8))
    before, flash, bulletin = (record.as_of(date(2026, 9, day)) for day in (8, 9, 25))
    assert [day.figure(UNWROUGHT, august) is None for day in (before, flash, bulletin)] == [
        True,
        False,
        False,
    ]
    assert [day.figure(ALUMINA, JULY) is None for day in (before, flash)] == [False, False]
    assert bulletin.figure(ALUMINA, august) is None  # its bulletin is not on record


def test_another_day_shows_what_has_come_since(record: Record) -> None:
    early = record.as_of(date(2026, 8, 5))
    assert early.figure(ALUMINA, JULY) is None
    assert early.on(date(2026, 8, 25)).figure(ALUMINA, JULY) is not None
    assert early.on(date(2026, 8, 25)).today == date(2026, 8, 25)


def test_the_same_day_is_the_same_object_and_a_day_without_news_the_same_figures(record: Record) -> None:
    first, next_day = record.as_of(date(2026, 11, 2)), record.as_of(date(2026, 11, 3))
    assert record.as_of(date(2026, 11, 2)) is first
    assert next_day.lines is first.lines
    assert next_day.today == date(2026, 11, 3)

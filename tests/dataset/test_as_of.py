"""The record as it stood on a day: what comes out later is not known before."""

from dataclasses import replace
from datetime import date

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Record
from bot.dataset.model import Series

JULY = Period.month(Month(2026, 7))
UNWROUGHT, ALUMINA = Series("unwrought_aluminium", "export"), Series("alumina", "export")


def test_a_month_comes_stage_by_stage(record: Record) -> None:
    august = Period.month(Month(2026, 8))
    before, flash, bulletin = (record.as_of(date(2026, 9, day)) for day in (8, 9, 25))
    known = [day.figure(UNWROUGHT, august) is not None for day in (before, flash, bulletin)]
    assert known == [False, True, True]
    assert [day.figure(ALUMINA, JULY) is None for day in (before, flash)] == [False, False]
    assert bulletin.figure(ALUMINA, august) is None  # its bulletin is not on record


def test_another_day_shows_what_has_come_since(record: Record) -> None:
    early = record.as_of(date(2026, 8, 5))
    assert early.figure(ALUMINA, JULY) is None
    assert early.on(date(2026, 8, 25)).figure(ALUMINA, JULY) is not None


def test_a_day_without_news_has_the_same_figures_derived_once(record: Record) -> None:
    first, next_day = record.as_of(date(2026, 11, 2)), record.as_of(date(2026, 11, 3))
    assert next_day.lines is first.lines
    assert next_day.today == date(2026, 11, 3)
    told = [
        each.record.as_of(each.today, first=True).figure(ALUMINA, JULY)
        for each in (first, first, first.on(next_day.today))
    ]
    assert told[0]
    assert all(each is told[0] for each in told)


def test_a_day_gone_by_is_as_if_nothing_had_come_since(record: Record) -> None:
    then = record.as_of(date(2025, 5, 3))
    alone = replace(record, rows=[row for row in record.rows if record.calendar.out_since(row) <= then.today])
    for series, lines in alone.as_of(then.today).lines.items():
        assert dict(lines) == dict(then.lines[series])

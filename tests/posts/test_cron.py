"""Crontabs as people write them: weekdays count from Sunday, and a mistake is told in words."""

import datetime as dt

import pytest

from bot.errors import UsageError
from bot.posts.cron import crontab

SUNDAY = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def weekdays(field: str) -> str:
    """The days of the week from Sunday 22 November 2026 on at which a crontab fires at noon."""
    trigger, found = crontab(f"0 12 * * {field}", "UTC"), ""
    for day in range(7):
        start = SUNDAY + dt.timedelta(days=day)
        fires = trigger.get_next_fire_time(None, start)
        found += "SMTWTFS"[day] if fires == start + dt.timedelta(hours=12) else "-"
    return found


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("*", "SMTWTFS"),
        ("0", "S------"),
        ("7", "S------"),
        ("1", "-M-----"),
        ("sun", "S------"),
        ("MON", "-M-----"),
        ("1-5", "-MTWTF-"),
        ("mon-fri", "-MTWTF-"),
        ("0-6", "SMTWTFS"),
        ("0-4", "SMTWT--"),
        ("sun-thu", "SMTWT--"),
        ("5-7", "S----FS"),
        ("fri-mon", "SM---FS"),
        ("1,3,5", "-M-W-F-"),
        ("mon,wed-fri", "-M-WTF-"),
        ("*/2", "S-T-T-S"),
        ("1-5/2", "-M-W-F-"),
    ],
)
def test_weekdays(field: str, days: str) -> None:
    assert weekdays(field) == days


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "five fields"),
        ("0 9 * *", "five fields"),
        ("0 0 9 * * *", "five fields"),
        ("@daily", "five fields"),
        ("0 9 1 * mon", "and \\* for the other"),
        ("60 9 * * *", "is not a cron"),
        ("0 24 * * *", "is not a cron"),
        ("0 9 * 13 *", "is not a cron"),
        ("0 9 * * 8", "is not a cron"),
        ("0 9 * * -1", "is not a cron"),
        ("0 9 * * monday", "is not a cron"),
        ("0 9 * * 1-", "is not a cron"),
        ("0 9 * * */0", "is not a cron"),
        ("0 9 * * */x", "is not a cron"),
        ("a b c d e", "for the other"),
    ],
)
def test_a_mistake_is_told_with_an_example(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        crontab(text, "UTC")
    assert "0 9 * * mon" in str(caught.value)

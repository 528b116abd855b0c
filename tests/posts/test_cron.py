"""Crontabs as people write them: weekdays count from Sunday, and a mistake is told in words."""

import datetime as dt

import pytest

from bot.errors import UsageError
from bot.posts.cron import crontab
from tests.looped import looped

SUNDAY = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
WEEKDAYS = {
    "*": "SMTWTFS", "0": "S------", "7": "S------", "1": "-M-----", "sun": "S------", "MON": "-M-----",
    "1-5": "-MTWTF-", "mon-fri": "-MTWTF-", "0-6": "SMTWTFS", "0-4": "SMTWT--", "sun-thu": "SMTWT--",
    "5-7": "S----FS", "fri-mon": "SM---FS", "1,3,5": "-M-W-F-", "mon,wed-fri": "-M-WTF-",
    "*/2": "S-T-T-S", "1-5/2": "-M-W-F-",
}  # fmt: skip
MISTAKES = {
    "five fields": ["", "0 9 * *", "0 0 9 * * *", "@daily"],
    "for the other": ["0 9 1 * mon", "a b c d e"],
    "is not a cron": [
        "60 9 * * *", "0 24 * * *", "0 9 * 13 *", "0 9 * * 8", "0 9 * * -1", "0 9 * * monday", "0 9 * * 1-",
        "0 9 * * */0", "0 9 * * */x",
    ],
}  # fmt: skip


@looped(("field", "days"), WEEKDAYS.items())
def test_weekdays(field: str, days: str) -> None:
    """The days of the week from Sunday 22 November 2026 on at which it fires at noon."""
    trigger, found = crontab(f"0 12 * * {field}", "UTC"), ""
    for day in range(7):
        start = SUNDAY + dt.timedelta(days=day)
        fires = trigger.get_next_fire_time(None, start) == start + dt.timedelta(hours=12)
        found += "SMTWTFS"[day] if fires else "-"
    assert found == days


@looped(("told", "text"), [(told, text) for told, texts in MISTAKES.items() for text in texts])
def test_a_mistake_is_told_with_an_example(told: str, text: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        crontab(text, "UTC")
    assert "0 9 * * mon" in str(caught.value)

"""The crontabs that people write: a setting, or the times of an order."""

from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]

from bot.errors import UsageError
from bot.words import say

DAYS = 7
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def crontab(text: str, zone: str) -> CronTrigger:
    """The trigger of a crontab in that zone; UsageError says what is wrong with it.

    The library counts weekdays from Monday and wants day and weekday both; people count from Sunday and mean
    either, so that one of the two has to be left open.
    """
    fields = text.split()
    if len(fields) != 5:
        raise UsageError(say("cron.five_fields", example=say("cron.example")))
    if fields[2] != "*" and fields[4] != "*":
        raise UsageError(say("cron.one_day", example=say("cron.example")))
    try:
        weekday = _named(fields[4])
        return CronTrigger.from_crontab(" ".join([*fields[:4], weekday]), timezone=zone)
    except ValueError as problem:
        told = say("cron.no_cron", text=text, problem=problem, example=say("cron.example"))
        raise UsageError(told) from problem


def _named(weekdays: str) -> str:
    """The weekday field as a list of names, as the library reads it right; * where it is left open."""
    if weekdays == "*":
        return weekdays
    try:
        numbers = {number for part in weekdays.lower().split(",") for number in _span(part)}
    except (ValueError, IndexError) as problem:
        raise ValueError(say("cron.no_weekdays", weekdays=weekdays)) from problem
    return ",".join(WEEKDAYS[number] for number in sorted(numbers))


def _span(part: str) -> list[int]:
    """The days of mon, 1-5, sun-thu, fri-mon, */2 or 1-5/2, from Sunday on; else a ValueError."""
    days, _, step = part.partition("/")
    first, dash, last = ("0-6" if days == "*" else days).partition("-")
    start, end = _number(first), _number(last if dash else first)
    length = end - start if end >= start else end - start + DAYS
    return [(start + offset) % DAYS for offset in range(0, length + 1, int(step or 1))]


def _number(day: str) -> int:
    """0 to 7, of which both ends are Sunday."""
    return WEEKDAYS.index(day) if day in WEEKDAYS else range(DAYS + 1)[int(day)]

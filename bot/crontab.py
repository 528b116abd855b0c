"""The crontabs that people write: a setting, or the times of an order."""

import re

from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]

from bot.errors import UsageError
from bot.words import say

DAY = "(?:mon|tue|wed|thu|fri|sat|sun)"
WEEKDAYS = re.compile(rf"\*|{DAY}(?:-{DAY})?(?:,{DAY}(?:-{DAY})?)*", re.IGNORECASE)


def crontab(text: str, zone: str) -> CronTrigger:
    """The trigger of a crontab in that zone; UsageError says what is wrong with it.

    The library wants day and weekday both, and people mean either: one of the two has to be left open.
    Weekdays are names, as it counts them from Monday, and people from Sunday.
    """
    fields = text.split()
    if len(fields) != 5:
        raise UsageError(say("cron.five_fields", example=say("cron.example")))
    if fields[2] != "*" and fields[4] != "*":
        raise UsageError(say("cron.one_day", example=say("cron.example")))
    try:
        if not WEEKDAYS.fullmatch(fields[4]):
            raise ValueError(say("cron.no_weekdays", weekdays=fields[4]))
        return CronTrigger.from_crontab(" ".join(fields), timezone=zone)
    except ValueError as problem:
        told = say("cron.no_cron", text=text, problem=problem, example=say("cron.example"))
        raise UsageError(told) from problem

"""A crontab's five fields as people write them: 0 and 7 are Sunday."""

import re

from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]

from bot.errors import UsageError

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
EXAMPLE = "write one such as 0 9 * * mon (Mondays at 09:00)"


def crontab(text: str, zone: str) -> CronTrigger:
    """The trigger of a crontab in that zone; UsageError says what is wrong with it.

    The library counts weekdays from Monday and wants day and weekday both; people count from Sunday and mean
    either, so that one of the two has to be left open.
    """
    fields = text.split()
    if len(fields) != 5:
        raise UsageError(f"A cron has five fields (minute, hour, day, month, weekday): {EXAMPLE}.")
    if fields[2] != "*" and fields[4] != "*":
        raise UsageError(f"Give a day of the month or a weekday, and * for the other: {EXAMPLE}.")
    weekday = _named(fields[4])
    try:
        return CronTrigger.from_crontab(" ".join([*fields[:4], weekday]), timezone=zone)
    except (ValueError, IndexError) as problem:
        raise UsageError(f"{text} is not a cron ({problem}): {EXAMPLE}.") from problem


def _named(weekdays: str) -> str:
    """The weekday field with names for its numbers; a step such as */2 stays a number."""
    return re.sub(r"(?<![/\d])[0-7](?!\d)", lambda found: WEEKDAYS[int(found[0])], weekdays)

"""Moments on a clock, and how long something took. Pure."""

import datetime as dt
from zoneinfo import ZoneInfo

from bot.questions.named import day_name
from bot.words import say, say_count, say_or


def zone_name(zone: str) -> str:
    """The city of a zone: New York; UTC as it is."""
    city = zone.rsplit("/", 1)[-1]
    return say_or(city.replace("_", " "), f"moments.zone_{city}")


def moment_told(moment: dt.datetime, zone: str) -> str:
    """Friday 20 November 2026, 09:00 (New York)."""
    local = moment.astimezone(ZoneInfo(zone))
    weekday, time = say(f"moments.weekday_{local.weekday()}"), f"{local:%H:%M}"
    return say("moments.moment", weekday=weekday, day=day_name(local.date()), time=time, zone=zone_name(zone))


def short_moment(moment: dt.datetime, zone: str) -> str:
    """20 November 2026, 09:00."""
    local = moment.astimezone(ZoneInfo(zone))
    return say("moments.short_moment", day=day_name(local.date()), time=f"{local:%H:%M}")


def span_told(span: dt.timedelta) -> str:
    """5 days 3 h."""
    days, hours = say_count("moments.days", span.days), span.seconds // 3600
    return say("moments.hours", days=days, hours=hours) if hours else days


def is_zone(name: str) -> bool:
    """Whether it is the name of a time zone."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True

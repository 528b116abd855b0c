"""What is said of an order: what is told, when, and what comes next. Pure."""

import datetime as dt
from zoneinfo import ZoneInfo

from bot.dataset.calendar import Month
from bot.messages.blocks import escape
from bot.messages.conditions import condition_name
from bot.messages.names import Names, lower_first, month_list, short_name
from bot.messages.safe import quoted
from bot.posts.order import FORGOTTEN, Monthly, Order
from bot.posts.schedule import Coming, Outlook
from bot.questions import words
from bot.questions.condition import Condition
from bot.questions.named import day_name, named
from bot.questions.question import Question
from bot.words import language, say, say_or, speaking
from bot.words.joints import comma, enumeration

# Slack's own names of what we have words for too: both are told.
SLACKS = ("not_in_channel", "channel_not_found", "is_archived")


def why_told(why: str) -> str:
    """Why a post could not be delivered and what to do, by the name that is stored; what else Slack says as
    it says it.
    """
    told = say_or(why, f"troubles.{why}")
    return f"{told} ({why})" if why in SLACKS else told


def order_name(order: Order, names: Names) -> str:
    """Alumina exports above 200 kt, every time; monthly post: everything, once a month is complete, …"""
    match order.what:
        case None:
            return say("wording.unread")
        case Condition() as condition:
            told = quoted(condition_name(condition, names))
            return say(f"wording.often_{order.often}", condition=told)
        case Question() as question:
            with speaking(question.language):
                asked = words(question, names)
            told = say("wording.asked", question=quoted(asked))
        case Monthly():
            told = say("wording.monthly", series=_series_told(order, names))
    parts = [told, _when_told(order), *([say("wording.only_notable")] if order.only_notable else [])]
    if order.language != language():
        parts.append(say(f"wording.in_{order.language}"))
    return comma(parts)


def _series_told(order: Order, names: Names) -> str:
    wanted = [lower_first(short_name(names[each])) for each in order.commodities if each in names]
    return enumeration(wanted) if wanted else say("wording.everything")


def _when_told(order: Order) -> str:
    """Once a month is complete, not before 09:00 (Shanghai)."""
    cron, time, place = escape(order.cron), f"{order.time:%H:%M}", zone_name(order.zone)
    return say(f"wording.at_{order.at}", cron=cron, time=time, place=place)


def place_name(channel: str) -> str:
    """The channel as Slack shows it to whoever can see it; a conversation with the bot has no name."""
    return say("wording.this_conversation") if channel.startswith("D") else f"<#{channel}>"


def who(user: str) -> str:
    """A person as Slack shows them; a blank one is the setting ALUMINA_CHANNEL or the bot."""
    if user == FORGOTTEN:
        return say("wording.someone")
    return f"<@{user}>" if user else "Alumina"


def zone_name(zone: str) -> str:
    """The city of a zone: New York; UTC as it is."""
    city = zone.rsplit("/", 1)[-1]
    return say_or(city.replace("_", " "), f"wording.zone_{city}")


def moment_told(moment: dt.datetime, zone: str) -> str:
    """Friday 20 November 2026, 09:00 (New York)."""
    local = moment.astimezone(ZoneInfo(zone))
    weekday, time = say(f"wording.weekday_{local.weekday()}"), f"{local:%H:%M}"
    return say("wording.moment", weekday=weekday, day=day_name(local.date()), time=time, zone=zone_name(zone))


def short_moment(moment: dt.datetime, zone: str) -> str:
    """20 November 2026, 09:00."""
    local = moment.astimezone(ZoneInfo(zone))
    return say("wording.short_moment", day=day_name(local.date()), time=f"{local:%H:%M}")


def edition_name(month: Month) -> str:
    """July 2026; January and February 2026, which come together."""
    return month_list([month.plus(-1), month]) if month.number == 2 else named(month)


def coming_told(coming: Coming, moment: str) -> str:
    """December 2026: Wednesday 20 January 2027, 09:00 (Shanghai), expected."""
    month = edition_name(coming.month)
    if coming.on_record:
        when = say("wording.at_once") if coming.at_once else moment
        return say("wording.coming_held", month=month, moment=when)
    return say("wording.coming_expected" if coming.expected else "wording.coming", month=month, moment=moment)


def overdue_told(outlook: Outlook) -> list[str]:
    """A line on what should be on record and is not; none where there is nothing of that."""
    if not outlook.overdue:
        return []
    how = "several" if len(outlook.overdue) > 1 else "one"
    return [say(f"wording.overdue_{how}", months=month_list(outlook.overdue))]

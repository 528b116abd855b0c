"""What is said of a subscription: which series, when, and what comes next. Pure."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.dataset.calendar import Month
from bot.messages.blocks import escape
from bot.messages.speech import Names, day, enumeration, lower_first, month_list
from bot.posts.calendar import Coming, Outlook
from bot.posts.subscription import FORGOTTEN, Subscription

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NEWS = {
    "flash": "from the flash on, growing with the bulletin and the query",
    "complete": "once a month is complete",
    "cron": "once a month is complete",
}


def series_told(commodities: Sequence[str], names: Names) -> str:
    """Everything; alumina and bauxite."""
    told = [lower_first(names[each].short_en) for each in commodities if each in names]
    return enumeration(told) if told else "everything"


def when_told(subscription: Subscription) -> str:
    """Once a month is complete, not before 09:00 (Shanghai)."""
    place = zone_name(subscription.zone)
    if subscription.at == "cron":
        return f"{NEWS['cron']}, at the next time of `{escape(subscription.cron)}` ({place})"
    return f"{NEWS[subscription.at]}, not before {subscription.time:%H:%M} ({place})"


def told(subscription: Subscription, names: Names) -> str:
    """Everything, once a month is complete, not before 09:00 (Shanghai)."""
    return f"{series_told(subscription.commodities, names)}, {when_told(subscription)}"


def place_name(channel: str) -> str:
    """The channel as Slack shows it to whoever can see it; a conversation with the bot has no name."""
    return "this conversation" if channel.startswith("D") else f"<#{channel}>"


def who(user: str) -> str:
    """A person as Slack shows them; a blank one is the setting ALUMINA_CHANNEL or the bot."""
    if user == FORGOTTEN:
        return "someone"
    return f"<@{user}>" if user else "Alumina"


def zone_name(zone: str) -> str:
    """The city of a zone: New York; UTC as it is."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def moment_told(moment: dt.datetime, zone: str) -> str:
    """Friday 20 November 2026, 09:00 (New York)."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{WEEKDAYS[local.weekday()]} {day(local.date())}, {local:%H:%M} ({zone_name(zone)})"


def for_reader(moment: dt.datetime, zone: str) -> str:
    """A moment that Slack shows on the reader's own clock; in the zone where it cannot."""
    return f"<!date^{int(moment.timestamp())}^{{date_long}}, {{time}}|{moment_told(moment, zone)}>"


def edition_name(month: Month) -> str:
    """July 2026; January and February 2026, which come together."""
    return f"January and {month.name}" if month.number == 2 else month.name


def coming_told(coming: Coming, moment: str) -> str:
    """December 2026: Wednesday 20 January 2027, 09:00 (Shanghai), expected."""
    if coming.on_record:
        return f"{edition_name(coming.month)}, on record already: {'at once' if coming.at_once else moment}"
    return f"{edition_name(coming.month)}: {moment}{', expected' if coming.expected else ''}"


def overdue_told(outlook: Outlook) -> str:
    """What should be on record and is not; '' where there is nothing of that."""
    if not outlook.overdue:
        return ""
    several = len(outlook.overdue) > 1
    verb = "are" if several else "is"
    which = "the newest of them" if several else "it"
    return (
        f"{month_list(outlook.overdue)} {verb} due already and not on record: "
        f"{which} is posted once the figures are here."
    )


def ahead_told(outlook: Outlook, subscription: Subscription) -> list[str]:
    """A line for each edition to come on the channel's clock, and one for what is overdue."""
    lines = [coming_told(each, moment_told(each.at, subscription.zone)) for each in outlook.coming]
    late = overdue_told(outlook)
    return [*lines, late] if late else lines

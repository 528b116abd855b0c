"""The alerts of a channel and a person, with their buttons; and what is said of a changed one. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.messages.blocks import TEXT, escape, fitting, section
from bot.messages.message import Block, Message
from bot.messages.safe import quoted
from bot.posts.alerts.alert import Alert
from bot.posts.alerts.alert_buttons import button, ending, row
from bot.posts.alerts.alert_wording import alert_name
from bot.posts.rows import Entry, Post
from bot.posts.troubles import why_told
from bot.posts.wording import for_reader, place_name, who
from bot.questions.named import named
from bot.words import say, say_count, speaking

AT_ONCE = 20  # two blocks each, of 50
ON_HOME = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """An alert with its name, and the newest month that it told and when."""

    alert: Alert
    name: str
    last: tuple[str, dt.datetime] | None = None


def listed_with(alerts: Iterable[Alert], entries: Mapping[Post, Entry], dataset: Dataset) -> list[Listed]:
    """The alerts with their names and with what their channels' ledger says of them."""
    told: dict[str, tuple[str, dt.datetime]] = {}
    for post, entry in entries.items():
        if entry.state == "posted" and entry.sent_at:
            told[post.kind] = max((post.edition, entry.sent_at), told.get(post.kind, ("", entry.sent_at)))
    return [Listed(each, alert_name(each, dataset), told.get(each.id)) for each in alerts]


def listing(listed: Sequence[Listed], here: str, first: int = 0) -> Message:
    """The alerts from the `first` on, as many as fit, with their buttons."""
    lines: list[str] = []
    if not any(each.alert.channel == here for each in listed):
        lines.append(say("alert_desk.none", place=place_name(here)))
    blocks = [section(line) for line in lines]
    shown = listed[first : first + AT_ONCE]
    for number, each in enumerate(shown):
        line = told_line(each)
        lines.append(line)
        blocks += [section(line), row(_offered(each.alert, number))]
    if rest := len(listed) - first - len(shown):
        more = say("alert_desk.more", count=rest)
        lines.append(more)
        blocks.append(row([button("more", more, str(first + AT_ONCE))]))
    return Message("\n".join(fitting(lines, TEXT, "lines")), tuple(blocks))


def told_line(listed: Listed) -> str:
    """Where and what; whether it waits, and when it was told last."""
    return "\n".join([_what(listed), _how(listed)])


def _what(listed: Listed) -> str:
    alert, condition = listed.alert, quoted(listed.name)
    if alert.is_own:
        return say("alert_desk.line_own", condition=condition)
    place = place_name(alert.channel)
    return say("alert_desk.line", place=place, condition=condition, who=who(alert.created_by))


def _how(listed: Listed) -> str:
    alert = listed.alert
    match alert.state:
        case "paused":
            return say("alert_desk.paused", who=who(alert.changed_by))
        case "parked" if alert.condition is None:
            return say("alert_desk.set_anew", why=escape(why_told(alert.why.rstrip("."))))
        case "parked":
            return say("alert_desk.parked", why=escape(why_told(alert.why.rstrip("."))))
        case "done":
            return f"{say('alert_desk.done')} {_last(listed)}"
    return _last(listed)


def _last(listed: Listed) -> str:
    if listed.last is None:
        return say("alert_desk.never")
    edition, moment = listed.last
    month = named(Month.from_text(edition[:7]))
    return say("alert_desk.last", month=month, moment=for_reader(moment, "UTC"))


def _offered(alert: Alert, number: int) -> Iterator[Block]:
    if alert.state == "active":
        yield button(f"pause_{number}", say("alert_desk.pause"), alert.id)
    elif alert.state != "done" and alert.condition:
        yield button(f"resume_{number}", say("alert_desk.resume"), alert.id, "primary")
    yield ending(number, alert.id)


def announced(verb: str, alert: Alert, by: str, dataset: Dataset) -> Message:
    """The line in the channel that says who set, paused, resumed or ended an alert there."""
    with speaking(alert.language):
        place, name = place_name(alert.channel), quoted(alert_name(alert, dataset))
        line = say(f"alert_desk.was_{verb}", who=who(by), place=place, condition=name)
        return Message(line, (section(line),))


def on_home(listed: Sequence[Listed], in_channels: int) -> Iterator[str]:
    """A line for each of a person's own alerts, and one for how many their channels have."""
    if not listed:
        yield say("alert_desk.home_none")
    for each in listed[:ON_HOME]:
        yield told_line(each)
    if len(listed) > ON_HOME:
        yield say("alert_desk.more", count=len(listed) - ON_HOME)
    if in_channels:
        yield say_count("alert_desk.home_channels", in_channels)

"""Messages about subscriptions: the list with its buttons, a channel's history, what is due when. Pure."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.dataset.calendar import Month
from bot.messages.blocks import TEXT, context, escape, fitting, section, table_block
from bot.messages.message import Block, Message
from bot.messages.modal import plain
from bot.messages.speech import Names
from bot.messages.tables import Table
from bot.posts.calendar import Outlook
from bot.posts.due import MONTHLY, late_by
from bot.posts.ledger import Entry, Post
from bot.posts.subscription import Subscription
from bot.posts.subscriptions import Change
from bot.posts.wording import (
    coming_told,
    edition_name,
    for_reader,
    moment_told,
    overdue_told,
    place_name,
    told,
    zone_name,
)

BUTTON = re.compile(r"^subscription_(edit|pause|resume|now|history|delete|new)_\d+$")
MOST = 20  # subscriptions in a list: two blocks each, of 50
ROWS = 24  # posts in a history
CHANGES = 8
WHY = 200  # characters of a reason in a table
NONE_HERE = "No subscription in {place} yet: `/alumina subscribe` makes one."
KINDS = {MONTHLY: "monthly post", "bulletin": "bulletin", "query": "query by HS code"}
WAITING = {"due": "waiting", "claimed": "being sent", "told": "told by the monthly post"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A subscription, and what comes next of it."""

    subscription: Subscription
    ahead: Outlook


def listing(listed: Sequence[Listed], here: str, names: Names) -> Message:
    """The subscriptions with their buttons, that of the channel `here` first, or how to make one there."""
    first = sorted(listed, key=lambda each: (each.subscription.channel != here, each.subscription.channel))
    lines: list[str] = []
    blocks: list[Block] = []
    if not any(each.subscription.channel == here for each in first):
        lines.append(NONE_HERE.format(place=place_name(here)))
        blocks += [section(lines[0]), _buttons([("new", "Subscribe", "primary")], here, 0)]
    for number, each in enumerate(first[:MOST]):
        line = _line(each, names)
        lines.append(line)
        blocks += [
            section(line),
            _buttons(_offered(each.subscription), each.subscription.channel, number + 1),
        ]
    if len(first) > MOST:
        lines.append(f"{len(first) - MOST} more channels.")
        blocks.append(context(lines[-1]))
    return Message("\n".join(fitting(lines, TEXT, "lines")), tuple(blocks))


def _line(listed: Listed, names: Names) -> str:
    subscription = listed.subscription
    line = f"*{place_name(subscription.channel)}*: {told(subscription, names)}."
    if subscription.state == "paused":
        return f"{line}\nPaused by {who(subscription.changed_by)}."
    if subscription.state == "parked":
        return f"{line}\nOn hold: {escape(subscription.why.rstrip('.'))}. Resume it once that is mended."
    upcoming = [coming_told(each, for_reader(each.at, subscription.zone)) for each in listed.ahead.coming[:1]]
    return "\n".join([line, *(f"Next post, {each}." for each in upcoming)])


def who(user: str) -> str:
    """A person as Slack shows them; a blank one is the setting ALUMINA_CHANNEL or the bot."""
    return f"<@{user}>" if user else "Alumina"


def _offered(subscription: Subscription) -> list[tuple[str, str, str]]:
    active = subscription.state == "active"
    turn = [("pause", "Pause", ""), ("now", "Send now", "")] if active else [("resume", "Resume", "primary")]
    return [("edit", "Edit", ""), *turn, ("history", "History", ""), ("delete", "Delete", "danger")]


def _buttons(offered: Sequence[tuple[str, str, str]], channel: str, number: int) -> Block:
    elements = []
    for verb, name, style in offered:
        button = {
            "type": "button",
            "action_id": f"subscription_{verb}_{number}",
            "text": plain(name),
            "value": channel,
        }
        button |= {"style": style} if style else {}
        elements.append(button | ({"confirm": _confirm()} if verb == "delete" else {}))
    return {"type": "actions", "elements": elements}


def _confirm() -> Block:
    return {
        "title": plain("Delete the subscription?"),
        "text": plain("The channel gets no more monthly posts. What was posted stays."),
        "confirm": plain("Delete"),
        "deny": plain("Keep"),
        "style": "danger",
    }


def pressed(action_id: str) -> str:
    """What a button asks for: edit, pause, resume, now, history, delete, new; '' where it is another."""
    found = BUTTON.match(action_id)
    return found[1] if found else ""


# The history.


def history(
    subscription: Subscription | None,
    channel: str,
    entries: Mapping[Post, Entry],
    changes: Sequence[Change],
    ahead: Outlook | None,
) -> Message:
    """When each post was due, when it was sent, how late, and why not; then who changed what."""
    zone = subscription.zone if subscription else "UTC"
    rows = [*_waiting(ahead), *_rows(entries, zone)][:ROWS]
    head = f"*{place_name(channel)}*: posts, on the clock of {zone_name(zone)}."
    blocks: list[Block] = [section(head if rows else f"*{place_name(channel)}*: nothing was posted yet.")]
    if rows:
        header = ("Month", "What", "Due", "Sent", "Late by", "Why not")
        blocks.append(table_block(Table("", header, tuple(rows))))
    changed = [_changed(each, zone) for each in changes[:CHANGES]]
    if changed:
        blocks.append(context("\n".join(changed)))
    spoken = ["; ".join(cell for cell in row if cell != "-") for row in rows]
    return Message("\n".join(fitting([head, *spoken, *changed], TEXT, "lines")), tuple(blocks))


def _waiting(ahead: Outlook | None) -> Iterator[tuple[str, ...]]:
    for month in reversed(ahead.overdue if ahead else ()):
        yield edition_name(month), KINDS[MONTHLY], "-", "-", "-", "its figures are not on record"


def _rows(entries: Mapping[Post, Entry], zone: str) -> Iterator[tuple[str, ...]]:
    for post, entry in entries.items():
        if entry.state == "told":
            continue
        late = late_by(entry.due_at, entry.sent_at) if entry.due_at and entry.sent_at else None
        yield (
            edition_name(Month.from_text(post.edition)),
            KINDS.get(post.kind, post.kind),
            short_moment(entry.due_at, zone),
            short_moment(entry.sent_at, zone),
            span_told(late) if late else "-",
            "-" if entry.state == "posted" else _why(entry),
        )


def _why(entry: Entry) -> str:
    if entry.state in WAITING:
        return f"{WAITING[entry.state]}: {entry.why[:WHY]}" if entry.why else WAITING[entry.state]
    return entry.why[:WHY] or entry.state


def short_moment(moment: dt.datetime | None, zone: str) -> str:
    """20 August 2026, 09:00; - where there is none."""
    return moment_told(moment, zone).partition(" ")[2].rpartition(" (")[0] if moment else "-"


def span_told(span: dt.timedelta) -> str:
    """5 days 3 h."""
    hours = span.seconds // 3600
    days = f"{span.days} day{'s' if span.days != 1 else ''}"
    return f"{days} {hours} h" if hours else days


def _changed(change: Change, zone: str) -> str:
    detail = f" ({escape(change.detail)})" if change.detail else ""
    words = "put it on hold" if change.what == "parked" else f"{change.what} it"
    if change.what == "subscribed":
        words = "subscribed the channel"
    return f"{short_moment(change.at, zone)}: {who(change.by)} {words}{detail}"


# What a person has done, for all to read; and what is due when.


def announced(subscription: Subscription, ahead: Outlook, names: Names, *, edited: bool) -> Message:
    """The line in the channel that says who subscribed it, or changed that, and what comes next."""
    done = "changed the monthly posts of" if edited else "subscribed"
    by, place = who(subscription.changed_by), place_name(subscription.channel)
    line = f"{by} {done} {place}: {told(subscription, names)}."
    coming = [coming_told(each, for_reader(each.at, subscription.zone)) for each in ahead.coming[:1]]
    after = "Change it with `/alumina subscribe`; pause or stop it with `/alumina subscriptions`."
    lines = [line, *(f"Next post, {each}." for each in coming), after]
    return Message("\n".join(lines), (section("\n".join(lines[:-1])), context(after)))


TURNED = {
    "pause": "paused the monthly posts here. `/alumina subscriptions` resumes them.",
    "resume": "resumed the monthly posts here.",
    "delete": "ended the monthly posts here. `/alumina subscribe` brings them back.",
}


def turned(verb: str, by: str) -> Message:
    """The line in the channel after somebody paused, resumed or deleted its subscription."""
    line = f"<@{by}> {TURNED[verb]}"
    return Message(line, (section(line),))


def agenda(releases: Message, listed: Listed | None, here: str, names: Names) -> Message:
    """What customs publish next, and when this channel hears of it on the reader's own clock."""
    if listed is None or listed.subscription.state != "active":
        lines = [_line(listed, names) if listed else NONE_HERE.format(place=place_name(here))]
    else:
        subscription, ahead = listed.subscription, listed.ahead
        coming = [coming_told(each, for_reader(each.at, subscription.zone)) for each in ahead.coming]
        late = overdue_told(ahead)
        head = f"*{place_name(here)}* gets {told(subscription, names)}:"
        lines = [head, *(f"• {each}" for each in coming), *([late] if late else [])]
    blocks = [block for block in releases.blocks if block["type"] != "actions"]
    return Message(
        "\n".join([releases.text, *lines]), (*blocks, {"type": "divider"}, section("\n".join(lines)))
    )

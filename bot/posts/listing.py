"""Messages about subscriptions: the list with its buttons, what was done to one, what is due when. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.blocks import TEXT, context, escape, fitting, section
from bot.messages.message import Block, Message
from bot.messages.modal import plain, sure
from bot.messages.names import Names
from bot.posts.schedule import Outlook
from bot.posts.subscription import Subscription
from bot.posts.troubles import why_told
from bot.posts.wording import (
    coming_told,
    for_reader,
    overdue_told,
    place_name,
    told,
    who,
)
from bot.words import say, say_count, speaking

BUTTON = re.compile(r"^subscription_(edit|pause|resume|now|history|delete|new)_\d+$")
MOST = 20  # subscriptions in a list: two blocks each, of 50


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
        lines.append(say("listing.none_here", place=place_name(here)))
        blocks += [section(lines[0]), _buttons([("new", say("listing.subscribe"), "primary")], here, 0)]
    for number, each in enumerate(first[:MOST]):
        line = told_line(each, names)
        lines.append(line)
        blocks += [
            section(line),
            _buttons(_offered(each.subscription), each.subscription.channel, number + 1),
        ]
    if len(first) > MOST:
        lines.append(say_count("listing.more", len(first) - MOST))
        blocks.append(context(lines[-1]))
    return Message("\n".join(fitting(lines, TEXT, "lines")), tuple(blocks))


def told_line(listed: Listed, names: Names) -> str:
    """Where, what and when; and when it comes next, or why it does not."""
    subscription = listed.subscription
    line = say("listing.line", place=place_name(subscription.channel), told=told(subscription, names))
    if subscription.state == "paused":
        return f"{line}\n{say('listing.paused', who=who(subscription.changed_by))}"
    if subscription.state == "parked":
        why = escape(why_told(subscription.why.rstrip(".")))
        return f"{line}\n{say('listing.parked', why=why)}"
    return "\n".join([line, *_next_post(listed)])


def _next_post(listed: Listed) -> list[str]:
    """The line that names the next one, if one comes."""
    zone = listed.subscription.zone
    upcoming = [coming_told(each, for_reader(each.at, zone)) for each in listed.ahead.coming[:1]]
    return [say("listing.next_post", coming=each) for each in upcoming]


def _offered(subscription: Subscription) -> list[tuple[str, str, str]]:
    turn = [("resume", say("listing.resume"), "primary")]
    if subscription.state == "active":
        turn = [("pause", say("listing.pause"), ""), ("now", say("listing.send_now"), "")]
    ending = [("history", say("listing.history"), ""), ("delete", say("listing.delete"), "danger")]
    return [("edit", say("listing.edit"), ""), *turn, *ending]


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
    return sure(
        say("listing.sure"), say("listing.no_more"), yes=say("listing.delete"), no=say("listing.keep")
    )


def pressed(action_id: str) -> str:
    """What a button asks for: edit, pause, resume, now, history, delete, new; '' where it is another."""
    found = BUTTON.match(action_id)
    return found[1] if found else ""


# What a person has done, for all to read; and what is due when.


def announced(subscription: Subscription, ahead: Outlook, names: Names, *, edited: bool) -> Message:
    """The line in the channel that says who subscribed it, or changed that, and what comes next: in the
    language of its posts.
    """
    with speaking(subscription.language):
        by, place, what = (
            who(subscription.changed_by),
            place_name(subscription.channel),
            told(subscription, names),
        )
        line = say("listing.edited" if edited else "listing.subscribed", who=by, place=place, told=what)
        after = say("listing.after")
        lines = [line, *_next_post(Listed(subscription, ahead)), after]
    return Message("\n".join(lines), (section("\n".join(lines[:-1])), context(after)))


def turned(verb: str, by: str, resumed: Listed | None = None) -> Message:
    """The line in the channel after somebody paused, resumed or deleted its subscription; of one that was
    resumed what comes next.
    """
    line = "\n".join([say(f"listing.turned_{verb}", who=who(by)), *(_next_post(resumed) if resumed else [])])
    return Message(line, (section(line),))


def agenda(releases: Message, listed: Listed | None, here: str, names: Names) -> Message:
    """What customs publish next, and when this channel hears of it on the reader's own clock."""
    if listed is None or listed.subscription.state != "active":
        lines = [told_line(listed, names) if listed else say("listing.none_here", place=place_name(here))]
    else:
        subscription, ahead = listed.subscription, listed.ahead
        coming = [coming_told(each, for_reader(each.at, subscription.zone)) for each in ahead.coming]
        late = overdue_told(ahead)
        head = say("listing.gets", place=place_name(here), told=told(subscription, names))
        lines = [head, *(f"• {each}" for each in coming), *([late] if late else [])]
    blocks = [block for block in releases.blocks if block["type"] != "actions"]
    return Message(
        "\n".join([releases.text, *lines]), (*blocks, {"type": "divider"}, section("\n".join(lines)))
    )

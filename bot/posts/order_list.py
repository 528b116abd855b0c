"""The list of orders with their buttons, what was done to one, and what comes next. Pure.

A press's value came through Slack's client: it may be anybody's.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.dataset.calendar import Month
from bot.messages.blocks import TEXT, bullets, context, escape, fitting, section
from bot.messages.buttons import LABEL, ask_button
from bot.messages.message import Block, Message
from bot.messages.modal import sure
from bot.messages.names import Names
from bot.posts.order import Order
from bot.posts.schedule import Outlook
from bot.posts.wording import (
    coming_told,
    edition_name,
    moment_told,
    order_name,
    overdue_told,
    place_name,
    who,
    why_told,
)
from bot.words import say, speaking

ORDER_BUTTON = re.compile(
    r"^order_(edit|pause|resume|now|history|delete|new|more|silence|move|elsewhere)(?:_\d+)?$"
)
PROPOSAL_BUTTON = re.compile(r"^alert_(here|own|other|options|elsewhere|read|discard|new)(?:_\d+)?$")
STYLES = {"new": "primary", "resume": "primary", "delete": "danger"}
AT_ONCE = 20  # two blocks each, of 50


@dataclass(frozen=True, slots=True)
class Told:
    """The month that an order told last, and when."""

    month: Month
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """An order, what comes next of it, and what it told last; without an outlook where it cannot be told."""

    order: Order
    ahead: Outlook | None
    last: Told | None = None


def pressed(action_id: str) -> str:
    """What a button asks for; '' where it is another."""
    found = ORDER_BUTTON.match(action_id) or PROPOSAL_BUTTON.match(action_id)
    return found[1] if found else ""


def button(action_id: str, label: str, value: str, style: str = "") -> Block:
    """One button."""
    shown = label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
    return ask_button(action_id, shown, value) | ({"style": style} if style else {})


def row(elements: Iterable[Block]) -> Block:
    """Buttons side by side."""
    return {"type": "actions", "elements": list(elements)}


def listing(listed: Sequence[Listed], here: str, names: Names, first: int = 0) -> Message:
    """The orders from the `first` on, as many as fit, those of the channel `here` before the others; or how
    to make one there.
    """
    ordered = sorted(listed, key=lambda each: (each.order.channel != here, each.order.channel))
    lines: list[str] = []
    blocks: list[Block] = []
    if not any(each.order.channel == here for each in ordered):
        lines.append(say("listing.none_here", place=place_name(here)))
        blocks += [section(lines[0]), buttons(["new"], here, "_0")]
    shown = ordered[first : first + AT_ONCE]
    for number, each in enumerate(shown, start=1):
        lines.append(told_line(each, names))
        blocks += [section(lines[-1]), buttons(_verbs(each.order), each.order.id, f"_{number}")]
    if rest := len(ordered) - first - len(shown):
        lines.append(say("listing.more", count=rest))
        blocks.append(row([button("order_more", lines[-1], str(first + AT_ONCE))]))
    return Message("\n".join(fitting(lines, TEXT, "lines")), tuple(blocks))


def _verbs(order: Order) -> Iterator[str]:
    if order.what is not None and order.state != "done":
        yield "edit"
        yield "pause" if order.state == "active" else "resume"
        if order.state == "active" and order.kind != "alert":
            yield "now"
    yield "history"
    yield "delete"


def mending(workspace: str, channel: str, verbs: Iterable[str], value: str) -> Block:
    """What goes on with an order, or elsewhere; and the channel, where we can be invited."""
    url = f"https://slack.com/app_redirect?{urlencode({'team': workspace, 'channel': channel})}"
    opened = button("open_channel", say("listing.button_open"), channel) | {"url": url}
    return row([*buttons(verbs, value)["elements"], opened])


def buttons(verbs: Iterable[str], value: str, place: str = "") -> Block:
    """What can be done with an order, side by side; the button that ends it asks first. `place`: of many."""
    shown: list[Block] = []
    for verb in verbs:
        made = button(f"order_{verb}{place}", say(f"listing.button_{verb}"), value, STYLES.get(verb, ""))
        if verb == "delete":
            yes, no = say("listing.button_delete"), say("listing.keep")
            made["confirm"] = sure(say("listing.sure"), say("listing.no_more"), yes=yes, no=no)
        shown.append(made)
    return row(shown)


def told_line(listed: Listed, names: Names) -> str:
    """Where, what and when; and when it comes next, is overdue, or why it does not come."""
    order = listed.order
    told, by = order_name(order, names), who(order.created_by or order.changed_by)
    line = say("listing.line", place=place_name(order.channel), told=told, who=by)
    line = say("listing.line_own", told=told) if order.is_own else line
    return "\n".join([line, *_standing(listed)])


def _standing(listed: Listed) -> list[str]:
    """Who has paused it, why it is on hold, or what comes next and what is overdue."""
    order = listed.order
    why = escape(why_told(order.why.rstrip(".")))
    match order.state:
        case "paused":
            return [say("listing.paused", who=who(order.changed_by))]
        case "parked":
            return [say("listing.parked" if order.what else "listing.set_anew", why=why)]
        case "done":
            return [say("listing.done"), _last(listed)]
    if order.kind == "alert":
        return [_last(listed)]
    return [*_next_post(listed), *(overdue_told(listed.ahead) if listed.ahead else [])]


def _last(listed: Listed) -> str:
    if listed.last is None:
        return say("listing.never")
    moment = moment_told(listed.last.at, listed.order.zone)
    return say("listing.last", month=edition_name(listed.last.month), moment=moment)


def _next_post(listed: Listed) -> list[str]:
    """The line that names the next one, if one comes."""
    return [say("listing.next_post", coming=each) for each in coming(listed)[:1]]


def coming(listed: Listed) -> list[str]:
    """The next editions, each with its moment on the order's clock."""
    ahead = listed.ahead.coming if listed.ahead else ()
    return [coming_told(each, moment_told(each.at, listed.order.zone)) for each in ahead]


def announced(verb: str, listed: Listed, by: str, names: Names) -> Message:
    """Says in the channel, as its posts speak, who made, changed, paused, resumed or deleted an order, and
    what comes next of it.
    """
    order = listed.order
    with speaking(order.language):
        told, place = order_name(order, names), place_name(order.channel)
        lines = [say(f"listing.turned_{verb}", who=who(by), place=place, told=told)]
        if verb in ("made", "edited", "resume") and order.kind != "alert":
            lines += _next_post(listed)
        after = [say("listing.after")] if verb in ("made", "edited") else []
    return Message("\n".join([*lines, *after]), (section("\n".join(lines)), *map(context, after)))


def agenda(releases: Message, listed: Sequence[Listed], here: str, names: Names) -> Message:
    """What customs publish next, and when this channel hears of it."""
    lines = [line for each in listed for line in _agenda_of(each, names)]
    lines = lines or [say("listing.none_here", place=place_name(here))]
    blocks = [block for block in releases.blocks if block["type"] != "actions"]
    shown = (*blocks, {"type": "divider"}, section("\n".join(fitting(lines, TEXT, "lines"))))
    return Message("\n".join([releases.text, *lines]), shown)


def _agenda_of(listed: Listed, names: Names) -> list[str]:
    order = listed.order
    if order.state != "active" or listed.ahead is None or order.kind == "alert":
        return [told_line(listed, names)]
    head = say("listing.gets", place=place_name(order.channel), told=order_name(order, names))
    return [head, *bullets(coming(listed)), *overdue_told(listed.ahead)]

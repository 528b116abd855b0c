"""What the lists of subscriptions and of alerts share: the state of an order, and its buttons. Pure.

A press's value came through Slack's client: it may be anybody's.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from bot.messages.blocks import escape
from bot.messages.buttons import LABEL, ask_button
from bot.messages.message import Block
from bot.messages.modal import sure
from bot.posts.order import Order
from bot.posts.troubles import why_told
from bot.posts.wording import who
from bot.words import say

SUBSCRIPTION_BUTTON = re.compile(r"^subscription_(edit|pause|resume|now|history|delete|new)_\d+$")
ALERT_BUTTON = re.compile(
    r"^alert_(here|own|other|read|discard|pause|resume|delete|more|new|silence)(?:_\d+)?$"
)
STYLES = {"new": "primary", "resume": "primary", "delete": "danger"}
Words = Literal["listing", "alert_desk"]  # in whose words
KINDS: Mapping[Words, str] = {"listing": "subscription", "alert_desk": "alert"}


def pressed(action_id: str) -> str:
    """What a button asks for; '' where it is another."""
    found = SUBSCRIPTION_BUTTON.match(action_id) or ALERT_BUTTON.match(action_id)
    return found[1] if found else ""


def button(action_id: str, label: str, value: str, style: str = "") -> Block:
    """One button."""
    shown = label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
    return ask_button(action_id, shown, value) | ({"style": style} if style else {})


def verb_buttons(words: Words, number: int, verbs: Iterable[str], value: str) -> Block:
    """What can be done with an order, side by side; the button that ends it asks first."""
    shown: dict[str, Block] = {}
    for verb in verbs:
        label, name = say(f"{words}.button_{verb}"), f"{KINDS[words]}_{verb}_{number}"
        shown[verb] = button(name, label, value, STYLES.get(verb, ""))
    if "delete" in shown:
        delete, keep = say(f"{words}.button_delete"), say(f"{words}.keep")
        shown["delete"]["confirm"] = sure(say(f"{words}.sure"), say(f"{words}.no_more"), yes=delete, no=keep)
    return row(shown.values())


def row(elements: Iterable[Block]) -> Block:
    """Buttons side by side."""
    return {"type": "actions", "elements": list(elements)}


def waits(order: Order, words: Words) -> str:
    """Who has paused it, or why it is on hold; '' where it is neither."""
    if order.state == "paused":
        return say(f"{words}.paused", who=who(order.changed_by))
    if order.state == "parked":
        return say(f"{words}.parked", why=escape(why_told(order.why.rstrip("."))))
    return ""

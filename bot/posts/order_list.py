"""What the lists of subscriptions and of alerts share: the state of an order, and its buttons. Pure.

A press's value came through Slack's client: it may be anybody's.
"""

import re
from collections.abc import Iterable
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
Words = Literal["listing", "alert_desk"]  # in whose words


def pressed(action_id: str) -> str:
    """What a button asks for; '' where it is another."""
    found = SUBSCRIPTION_BUTTON.match(action_id) or ALERT_BUTTON.match(action_id)
    return found[1] if found else ""


def button(action_id: str, label: str, value: str, style: str = "") -> Block:
    """One button."""
    shown = label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
    return ask_button(action_id, shown, value) | ({"style": style} if style else {})


def deletion(action_id: str, value: str, words: Words) -> Block:
    """The button that ends an order, which asks first."""
    delete = say(f"{words}.delete")
    confirm = sure(say(f"{words}.sure"), say(f"{words}.no_more"), yes=delete, no=say(f"{words}.keep"))
    return button(action_id, delete, value, "danger") | {"confirm": confirm}


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

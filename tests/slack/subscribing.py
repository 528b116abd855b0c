"""The modal of a channel's monthly post, opened, read, filled in and sent; the list of subscriptions."""

from typing import Any

from bot.playground.limits import problems, view_problems
from bot.playground.views import OpenView
from bot.playground.workspace import Message
from tests.gear.slack import LocalSlack
from tests.slack.events import settled

STATES = "SELECT channel, state FROM orders ORDER BY channel"


async def opened(slack: LocalSlack, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> OpenView:
    reply = await settled(slack, slack.command("subscribe", channel=channel, user=user))
    assert (reply.status, reply.body, reply.failure) == (200, "", "")
    return shown(slack, user)


def shown(slack: LocalSlack, user: str = "U_ANA") -> OpenView:
    view = slack.modals.shown(user)
    assert view_problems(view.view) == []
    return view


def held(view: OpenView, name: str) -> Any:
    """What a field holds."""
    return view.values[f"subscription_{name}"][f"subscription_{name}"]


def zone(view: OpenView) -> str:
    """The chosen time zone."""
    return str(held(view, "zone")["selected_option"]["value"])


def preview(view: OpenView) -> str:
    """What stands between the fields and below them: the next dates, or why there are none; the message."""
    shown = [block for block in view.view["blocks"] if block["type"] != "input"]
    return "\n".join(str(block) for block in shown)


async def fill(slack: LocalSlack, user: str = "U_ANA", **fields: Any) -> OpenView:
    for name, value in fields.items():
        await settled(slack, slack.modals.fill(f"subscription_{name}", value, user=user))
    return shown(slack, user)


async def submit(slack: LocalSlack, user: str = "U_ANA") -> None:
    reply = await settled(slack, slack.modals.submit(user=user))
    assert (reply.status, reply.failure) == (200, "")


async def subscribed(slack: LocalSlack, channel: str = "C_ALUMINIUM", **fields: Any) -> None:
    """Ana subscribes a channel in the modal."""
    await opened(slack, channel)
    await fill(slack, **fields)
    await submit(slack)
    assert slack.modals.shown() is None


async def listed(slack: LocalSlack, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> Message:
    await settled(slack, slack.command("subscriptions", channel=channel, user=user))
    message = slack.ephemerals(user)[-1]
    assert problems(message.text, message.blocks) == []
    return message

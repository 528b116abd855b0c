"""What people ask and press, as Slack's client tells of it; forged presses too."""

from typing import Any

from bot.playground.limits import problems
from bot.playground.payloads import action_payload
from bot.playground.presses import Press
from bot.playground.workspace import Message
from tests.gear.slack import LocalSlack
from tests.slack.events import settled


def elements(message: Message) -> list[dict[str, Any]]:
    """All that can be pressed or chosen in a message."""
    return [one for block in message.blocks for one in block.get("elements") or () if "action_id" in one]


def element(message: Message, action_id: str) -> dict[str, Any]:
    """An element of a message."""
    return next(each for each in elements(message) if each["action_id"] == action_id)


def action_ids(message: Message) -> set[str]:
    return {str(each["action_id"]) for each in elements(message)}


async def forge(
    slack: LocalSlack, message: Message, action_id: str, *, user: str = "U_BEN", **action: Any
) -> None:
    """A press whose action says what no client would say."""
    told = {"type": "button", "action_id": action_id, "block_id": "b", **action}
    _, url = slack._permit(message.channel, user, message.ts)
    payload = action_payload(
        slack.workspace, message, Press(told, {"values": {}}), user=user, response_url=url
    )
    reply = await slack.interact(payload)
    assert (reply.status, reply.failure) == (200, "")
    await slack.settle()


async def press(
    slack: LocalSlack, message: Message, action_id: str, value: str | None = None, user: str = "U_BEN"
) -> None:
    """A press of an element as it stands in the message."""
    reply = await slack.press(message.channel, message.ts, action_id, user=user, value=value)
    assert (reply.status, reply.failure) == (200, "")
    await slack.settle()


async def told(slack: LocalSlack, text: str, user: str = "U_ANA") -> Message:
    """What only the asker sees after a command."""
    before = len(slack.ephemerals(user))
    await slack.command(text, user=user)
    await settled(slack, slack.wait_for(lambda: len(slack.ephemerals(user)) > before))
    message = slack.ephemerals(user)[-1]
    assert problems(message.text, message.blocks) == []
    return message


async def asked(slack: LocalSlack, text: str, user: str = "U_ANA") -> Message:
    """The answer to a command."""
    before = len(slack.messages())
    await slack.command(text, user=user)
    await settled(slack, slack.wait_for(lambda: len(slack.messages()) > before))
    return slack.messages()[-1]


async def mentioned(slack: LocalSlack, text: str) -> Message:
    """The answer to a mention, in its thread."""
    ts = await slack.say(f"<@U0ALUMINA> {text}")
    await settled(slack, slack.wait_for(lambda: slack.messages("C_ALUMINIUM", ts)))
    return slack.messages("C_ALUMINIUM", ts)[-1]

"""The buttons under an answer: each holds a whole question, and pressing it asks that question."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond

from bot.messages.buttons import is_private
from handlers.ask import Desk
from handlers.openly import Asker, answer_asker


async def answer_press(
    ack: AsyncAck,
    body: Mapping[str, Any],
    action: Mapping[str, Any],
    context: AsyncBoltContext,
    respond: AsyncRespond,
    desk: Desk,
) -> None:
    """A pressed button. Its value came through Slack's client and is read like anything that is typed."""
    await ack()
    asker = asker_of(body, action, context.team_id or desk.identity.team_id)
    button = f"{body['container']['message_ts']}/{action['action_id']}"
    if not await desk.inbox.pressed(asker.team, asker.channel, button):
        return None
    private = is_private(action["action_id"])
    return await answer_asker(desk.answer(asker.text), asker, respond, desk, private=private)


def asker_of(body: Mapping[str, Any], action: Mapping[str, Any], team: str) -> Asker:
    """Who pressed, and where the answer goes: into the thread the message stands in, else into the channel.

    An ephemeral message has no `message` in the body, only its place.
    """
    container, message = body["container"], body.get("message") or {}
    thread_ts = container.get("thread_ts") or message.get("thread_ts")
    return Asker(
        team=team,
        channel=body["channel"]["id"],
        channel_name=body["channel"].get("name", ""),
        user=body["user"]["id"],
        text=str(action.get("value", "")),
        thread_ts=thread_ts if thread_ts != container["message_ts"] else None,
    )

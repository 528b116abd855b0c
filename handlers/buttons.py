"""The buttons under an answer: each holds a whole question, and pressing it asks that question."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext, AsyncRespond

from bot.messages.buttons import is_private
from handlers.ask import Desk
from handlers.openly import answer_asker, by_response
from handlers.presses import press_of


async def answer_press(
    body: Mapping[str, Any],
    action: Mapping[str, Any],
    context: AsyncBoltContext,
    respond: AsyncRespond,
    desk: Desk,
) -> None:
    """A pressed button. Its value came through Slack's client and is read like anything that is typed."""
    press = press_of(body, action, desk.team_of(context))
    if not await desk.inbox.pressed(press.team, press.channel, f"{press.ts}/{press.action_id}"):
        return None
    asker, private = press.asker, is_private(press.action_id)
    tell = by_response(respond, asker, desk)
    return await answer_asker(await desk.answer(press.value), asker, tell, desk, private=private)

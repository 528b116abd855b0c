"""The buttons under an answer: each holds a whole question, and pressing it asks that question."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond

from bot.messages.buttons import is_private
from handlers.answering import pressed_question
from handlers.delivery import answer_asker, by_response
from handlers.desk import Desk
from handlers.presses import press_of, words_of


async def answer_press(
    ack: AsyncAck,
    body: Mapping[str, Any],
    action: Mapping[str, Any],
    context: AsyncBoltContext,
    respond: AsyncRespond,
    desk: Desk,
) -> None:
    """Answers the question of a pressed button, under its words."""
    await ack()
    press = press_of(body, action, desk.team_of(context))
    if not await desk.is_first_press(press.channel, f"{press.ts}/{press.action_id}"):
        return None
    question = pressed_question(press.value, desk.record)
    asker, private = press.asking(words_of(question, desk)), is_private(press.action_id)
    tell, reply = by_response(respond, asker, desk), await desk.answer_question(question, press.user)
    return await answer_asker(reply, asker, tell, desk, private=private)

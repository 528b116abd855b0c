"""What stands below an answer beside the next questions: its details, its deletion."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.errors import SlackApiError

from bot.answers.behind import behind
from bot.messages.actions import DELETE
from bot.messages.details import details_view
from bot.messages.message import Message
from bot.slack.errors import error_of
from bot.slack.once import retry
from bot.slack.sending import open_modal
from bot.words import say
from handlers.answering import pressed_question
from handlers.desk import Desk
from handlers.presses import Press, press_of, values_in

Json = Mapping[str, Any]


async def show_how(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, respond: AsyncRespond, desk: Desk
) -> None:
    """How this was computed: a modal with formula, inputs, sources, rounding and all printings."""
    await ack()
    press = press_of(body, action, desk.team_of(context))
    explain = partial(behind, pressed_question(press.value, desk.record), desk.record)
    found = await desk.worker.run(press.user, explain)
    if not found.answer.figures:
        return await desk.whisper(respond, Message(say("replies.stale"), ()), thread_ts=press.thread_ts)
    await open_modal(desk.client, press.trigger_id, details_view(found))
    return None


async def delete_answer(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, respond: AsyncRespond, desk: Desk
) -> None:
    """The asker takes an answer of ours away. Who asked is read from the message and not from the press."""
    await ack()
    press = press_of(body, action, desk.team_of(context))
    said = await press.standing(desk)
    asker = next(iter(values_in(said, DELETE)), "") if said else ""
    if said is None or not asker:
        return await desk.whisper(respond, Message(say("replies.gone"), ()), thread_ts=press.thread_ts)
    if press.user != asker or press.value != asker:
        note = say("replies.alone_can_delete", asker=asker)
        return await desk.whisper(respond, Message(note, ()), thread_ts=press.thread_ts)
    return await _delete(press, desk)


async def _delete(press: Press, desk: Desk) -> None:
    desk.threads.forget(press.thread)  # it may be gone though Slack's word of that is lost
    try:
        await retry(partial(desk.client.chat_delete, channel=press.channel, ts=press.ts))
    except SlackApiError as refusal:
        if error_of(refusal) != "message_not_found":  # pressed twice
            raise

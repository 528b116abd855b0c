"""What stands below an answer beside the next questions: another unit, how it was computed, its deletion."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.errors import SlackApiError

from bot.answers.behind import behind
from bot.messages.actions import DELETE
from bot.messages.buttons import offers_units, stored_id
from bot.messages.controls import with_controls
from bot.messages.how import how_view
from bot.messages.message import Message
from bot.questions.question import WEIGHTS
from bot.slack.errors import SlackTrouble, error_of
from bot.slack.once import retry
from bot.slack.sending import open_modal, revise
from bot.slack.transcript import Said, is_answer, question_of, with_question
from bot.words import say
from handlers.answering import Reply, pressed_question
from handlers.delivery import alone, answer_asker, by_response
from handlers.desk import Desk
from handlers.notes import asked_line, under_line
from handlers.presses import Press, press_of, values_in, words_of

Json = Mapping[str, Any]


async def change_unit(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, respond: AsyncRespond, desk: Desk
) -> None:
    """A unit was chosen: the answer in that unit takes the message's place."""
    await ack()
    press = press_of(body, action, desk.team_of(context))
    said = await press.standing(desk)
    stored = await _stored(press, said, desk)
    asked = pressed_question(stored, desk.record) if stored else None
    unit = next((each for each in WEIGHTS if each == press.value), None)
    if asked is None or unit is None or not offers_units(asked):
        return await desk.whisper(respond, Message(say("replies.stale"), ()), thread_ts=press.thread_ts)
    question = replace(asked, unit=unit)
    reply = await desk.answer_question(question, press.user)
    if said is None:
        message = await alone(reply, press.asking(""), desk, private=True)
        return await desk.whisper(respond, message, instead=True)
    if is_answer(said):
        return await _replace(said, reply, press, desk)
    # A monthly post is found again by what it is and grows with its stages: it stays as it is.
    asker = replace(press.asking(words_of(question, desk)), thread_ts=press.thread.ts)
    return await answer_asker(reply, asker, by_response(respond, asker, desk), desk)


async def _stored(press: Press, said: Said | None, desk: Desk) -> str:
    """The question of the answer that a unit was chosen for, as JSON; '' where it is not known."""
    if answer_id := stored_id(press.action_id):
        return await desk.private.question(press.team, answer_id)
    return (question_of(said) if said else "") or ""


async def _replace(said: Said, told: Reply, press: Press, desk: Desk) -> None:
    asker = next(iter(values_in(said, DELETE)), None)
    new = with_controls(under_line(told.message, asked_line(said)), asker)
    metadata = with_question(said, told.kept)
    try:
        await retry(partial(revise, desk.client, press.channel, press.ts, new, metadata=metadata))
    except SlackTrouble:  # it may stand in the new form though Slack's word of that is lost
        desk.threads.forget(press.thread)
        raise
    desk.threads.revised(press.thread, {**said, "metadata": metadata})


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
    await open_modal(desk.client, press.trigger_id, how_view(found))
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

"""The menu below an answer: another unit, a file, a post after each release, what else to ask."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond

from bot.messages import buttons
from bot.messages.actions import DELETE, UNITS
from bot.messages.asks import next_asks
from bot.messages.blocks import section
from bot.messages.buttons import with_controls
from bot.messages.message import Message
from bot.messages.modal import units_view, value_of
from bot.questions.question import WEIGHTS, Question
from bot.slack.errors import SlackTrouble
from bot.slack.once import retry
from bot.slack.sending import open_modal, revise
from bot.slack.transcript import Said, is_answer, question_of, with_question
from bot.words import say
from handlers.answering import Reply, pressed_question
from handlers.delivery import alone, answer_asker, by_response
from handlers.desk import Desk
from handlers.form import open_form
from handlers.notes import asked_line, under_line
from handlers.presses import Press, press_of, values_in, words_of

Json = Mapping[str, Any]


async def choose_in_menu(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, respond: AsyncRespond, desk: Desk
) -> None:
    """An entry of the menu was chosen."""
    await ack()
    press = press_of(body, action, desk.team_of(context))
    stored = await _stored(press, await press.standing(desk), desk)
    if not stored:
        return await desk.whisper(respond, Message(say("replies.stale"), ()), thread_ts=press.thread_ts)
    question = pressed_question(stored, desk.record)
    match press.value:
        case buttons.UNITS if buttons.offers_units(question):
            memo = json.dumps(
                {**asdict(replace(press, shown={})), "stored": stored, "url": str(respond.response_url)}
            )
            return await open_modal(desk.client, press.trigger_id, units_view(question.unit, memo))
        case buttons.CSV:
            return await _answer(replace(question.plain, view="export", against=None), press, respond, desk)
        case buttons.POST:
            return await open_form(press.trigger_id, press.channel, press.user, desk)
        case buttons.MORE:
            return await _offer(question, press, respond, desk)
        case _:
            return await desk.whisper(respond, Message(say("replies.stale"), ()), thread_ts=press.thread_ts)


async def _answer(question: Question, press: Press, respond: AsyncRespond, desk: Desk) -> None:
    asker = replace(press.asking(words_of(question, desk)), thread_ts=press.thread.posted_in)
    reply = await desk.answer_question(question, press.user)
    return await answer_asker(reply, asker, by_response(respond, asker, desk), desk, private=press.alone)


async def _offer(question: Question, press: Press, respond: AsyncRespond, desk: Desk) -> None:
    """All next questions, in full, for the presser alone."""
    reply = await desk.answer_question(question, press.user)
    told = say("buttons.more")
    asks = [
        ask._replace(label=buttons.label(words_of(ask.question, desk), buttons.LABEL))
        for ask in next_asks(reply.answer)
    ]
    blocks = [section(told), *buttons.offered(asks)]
    await desk.whisper(respond, Message(told, tuple(blocks)), thread_ts=press.thread_ts)


async def change_unit(ack: AsyncAck, body: Json, view: Json, desk: Desk) -> None:
    """A unit was chosen: the answer in that unit takes the message's place."""
    await ack()
    memo = json.loads(view["private_metadata"])
    stored, respond = memo.pop("stored"), AsyncRespond(response_url=memo.pop("url"))
    press = Press(**memo)
    unit = next((each for each in WEIGHTS if each == value_of(view["state"]["values"], UNITS)), None)
    asked = pressed_question(stored, desk.record)
    if unit is None or not buttons.offers_units(asked):
        return await desk.whisper(respond, Message(say("replies.stale"), ()), thread_ts=press.thread_ts)
    question = replace(asked, unit=unit)
    said, reply = await press.standing(desk), await desk.answer_question(question, press.user)
    if said is None:
        message = await alone(reply, press.asking(""), desk, private=True)
        return await desk.whisper(respond, message, instead=True)
    if is_answer(said):
        return await _replace(said, reply, press, desk)
    # A monthly post is found again by what it is and grows with its stages: it stays as it is.
    return await _answer(question, press, respond, desk)


async def _stored(press: Press, said: Said | None, desk: Desk) -> str:
    """The question of the answer that the menu stands below, as JSON; '' where it is not known."""
    if answer_id := buttons.stored_id(press.action_id):
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

"""What stands below an answer: the next questions, the menu, its details, whether it helped, its deletion."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.answers.behind import behind
from bot.feedback import Place
from bot.messages import buttons
from bot.messages.actions import DELETE, DOWN, HOW, UNITS, UP
from bot.messages.asks import next_asks
from bot.messages.blocks import section
from bot.messages.buttons import with_controls
from bot.messages.details import details_view
from bot.messages.message import Message
from bot.messages.modal import REASON, error_beside, reason_view, typed_in, units_view, value_of
from bot.questions.question import WEIGHTS, Question
from bot.slack.errors import SlackTrouble, error_of
from bot.slack.once import retry
from bot.slack.sending import open_modal, revise
from bot.slack.transcript import Said, is_answer, question_of, with_question
from bot.words import say
from handlers.answering import Reply, pressed_question
from handlers.asker import Press, value_in, words_of
from handlers.delivery import alone, answer_asker
from handlers.desk import Desk
from handlers.notes import asked_line, under_line
from handlers.private_replies import tell
from handlers.subscription_form import open_form

Json = Mapping[str, Any]


async def answer_press(press: Press, desk: Desk) -> None:
    """Answers the question of a pressed button, under its words."""
    if not await desk.is_first_press(press.channel, f"{press.ts}/{press.action_id}"):
        return
    question = pressed_question(press.value, desk.record)
    await _answer(question, press, desk, private=buttons.is_private(press.action_id))


async def _answer(question: Question, press: Press, desk: Desk, *, private: bool) -> None:
    asker = replace(press, text=words_of(question, desk))
    reply = await desk.answer_question(question, press.user)
    await answer_asker(reply, asker, desk, private=private)


async def choose_in_menu(press: Press, desk: Desk) -> None:
    """An entry of the menu was chosen: another unit, a file, a post after each release, what else to ask."""
    if answer_id := buttons.stored_id(press.action_id):
        stored = await desk.private.question(press.team, answer_id)
    else:
        said = await press.standing(desk)
        stored = (question_of(said) if said else "") or ""
    if not stored:
        return await tell(press, say("replies.stale"), desk)
    question = pressed_question(stored, desk.record)
    match press.value:
        case buttons.UNITS if buttons.offers_units(question):
            kept = {name: value for name, value in asdict(replace(press, shown={})).items() if value}
            memo = json.dumps({"stored": stored, **kept})
            return await open_modal(desk.client, press.trigger_id, units_view(question.unit, memo))
        case buttons.CSV:
            table = replace(question.plain, view="export", against=None)
            return await _answer(table, _below(press), desk, private=press.alone)
        case buttons.POST:
            return await open_form(press, press.channel, desk)
        case buttons.MORE:
            return await _offer(question, press, desk)
        case _:
            return await tell(press, say("replies.stale"), desk)


def _below(press: Press) -> Press:
    """The same, answered in the thread that the message may begin itself."""
    return replace(press, thread_ts=press.thread.posted_in)


async def _offer(question: Question, press: Press, desk: Desk) -> None:
    """All next questions, in full, for the presser alone."""
    reply = await desk.answer_question(question, press.user)
    told = say("buttons.more")
    asks = [
        ask._replace(label=buttons.label(words_of(ask.question, desk), buttons.LABEL))
        for ask in next_asks(reply.answer)
    ]
    await tell(press, Message(told, (section(told), *buttons.offered(asks))), desk)


async def change_unit(ack: AsyncAck, view: Json, desk: Desk) -> None:
    """A unit was chosen: the answer in that unit takes the message's place."""
    await ack()
    memo = json.loads(view["private_metadata"])
    asked, press = pressed_question(memo.pop("stored"), desk.record), Press(**memo)
    unit = next((each for each in WEIGHTS if each == value_of(view["state"]["values"], UNITS)), None)
    if unit is None or not buttons.offers_units(asked):
        return await tell(press, say("replies.stale"), desk)
    question = replace(asked, unit=unit)
    said, reply = await press.standing(desk), await desk.answer_question(question, press.user)
    if said is None:
        return await tell(press, await alone(reply, press, desk, private=True), desk, instead=True)
    if is_answer(said):
        return await _replace(said, reply, press, desk)
    # A monthly post is found again by what it is and grows with its stages: it stays as it is.
    return await _answer(question, _below(press), desk, private=press.alone)


async def _replace(said: Said, reply: Reply, press: Press, desk: Desk) -> None:
    new = with_controls(under_line(reply.message, asked_line(said)), value_in(said, DELETE) or None)
    metadata = with_question(said, reply.kept)
    try:
        await retry(partial(revise, desk.client, press.channel, press.ts, new, metadata=metadata))
    except SlackTrouble:  # it may stand in the new form though Slack's word of that is lost
        desk.contexts.drop(press.thread)
        raise
    desk.contexts.revised(press.thread, {**said, "metadata": metadata})


async def show_how(press: Press, desk: Desk) -> None:
    """How this was computed: a modal with formula, inputs, sources, rounding and all printings."""
    explain = partial(behind, pressed_question(press.value, desk.record), desk.record)
    found = await desk.worker.run(press.user, explain)
    if not found.answer.figures:
        return await tell(press, say("replies.stale"), desk)
    return await open_modal(desk.client, press.trigger_id, details_view(found))


async def delete_answer(press: Press, desk: Desk) -> None:
    """The asker takes an answer of ours away. Who asked is read from the message and not from the press."""
    said = await press.standing(desk)
    asker = value_in(said, DELETE) if said else ""
    if not asker:
        return await tell(press, say("replies.gone"), desk)
    if press.user != asker or press.value != asker:
        return await tell(press, say("replies.alone_can_delete", asker=asker), desk)
    desk.contexts.drop(press.thread)  # it may be gone though Slack's word of that is lost
    try:
        await retry(partial(desk.client.chat_delete, channel=press.channel, ts=press.ts))
    except SlackApiError as refusal:
        if error_of(refusal) != "message_not_found":  # pressed twice
            raise


async def take_verdict(press: Press, desk: Desk) -> None:
    """Helpful or not, one verdict a person and message; where not, a modal asks why."""
    # What only one person sees comes without its text; nobody else's message has such a button.
    is_ours = press.alone or press.shown.get("user") == desk.identity.user_id
    if press.value not in (UP, DOWN) or not is_ours:
        return await tell(press, say("replies.stale"), desk)
    place = Place(press.team, press.channel, press.ts, press.user)
    await desk.feedback.give(place, press.value, value_in(press.shown, HOW))
    if press.value == UP:
        return await tell(press, say("replies.thanks"), desk)
    memo = json.dumps({"channel": press.channel, "ts": press.ts})
    return await open_modal(desk.client, press.trigger_id, reason_view(memo))


async def take_reason(ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, desk: Desk) -> None:
    """Why an answer did not help: kept with the verdict, if that still stands."""
    place = Place(desk.team_of(context), user=body["user"]["id"], **json.loads(view["private_metadata"]))
    if await desk.feedback.explain(place, DOWN, typed_in(view, REASON)):
        await ack()
    else:
        await ack(response_action="errors", errors=error_beside(REASON, say("replies.verdict_gone")))

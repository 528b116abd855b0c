"""The message shortcut "Ask Alumina about this": a message that somebody wrote, taken as a question."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.messages.actions import HOW
from bot.messages.modal import QUESTION, error_beside, question_view, typed_in
from bot.questions.commands import command_in
from bot.questions.gist import gist
from bot.slack.sending import open_modal
from bot.slack.transcript import thread_of
from bot.words import say
from handlers.answering import Reply, pressed_question
from handlers.asker import Asker, asker_of, value_in, words_of
from handlers.delivery import answer_asker
from handlers.desk import Desk
from handlers.messages import without_mention

Json = Mapping[str, Any]


async def ask_about(shortcut: Json, context: AsyncBoltContext, desk: Desk) -> None:
    """Answers in the message's thread; what is no question goes into a modal first, to be corrected."""
    message, asker = shortcut["message"], asker_of(shortcut, desk.team_of(context))
    place = thread_of(asker.team, asker.channel, message["ts"], message.get("thread_ts")).posted_in
    text = without_mention(str(message.get("text") or ""), desk)
    asker = replace(asker, text=text, thread_ts=place, strange=True)
    memo = json.dumps(asdict(replace(asker, text="", url="", trigger_id="")))
    if message.get("user") == desk.identity.user_id:
        value = value_in(message, HOW)  # the question that a message of ours answers
        view = question_view(words_of(pressed_question(value, desk.record), desk) if value else "", "", memo)
    elif _is_question(reply := await desk.answer(text, asker.user)):
        return await answer_asker(reply, asker, desk)
    else:
        # Where a slip was seen what may be meant, else the words that we know.
        meant = next(iter(reply.answer.suggestions), None)
        understood = words_of(meant, desk) if meant else gist(text, desk.record)
        view = question_view(understood, _why_not(reply, text), memo)
    return await open_modal(desk.client, asker.trigger_id, view)


async def answer_corrected(ack: AsyncAck, body: Json, view: Json, desk: Desk) -> None:
    """The modal was sent: answered in the message's thread, or what to mend stands beside the field."""
    text = typed_in(view, QUESTION)
    asker = Asker(**json.loads(view["private_metadata"]) | {"user": body["user"]["id"], "text": text})
    reply = await desk.answer(text, asker.user)
    if not _is_question(reply):
        await ack(response_action="errors", errors=error_beside(QUESTION, _why_not(reply, text)))
        return
    await ack()
    await answer_asker(reply, asker, desk)


def _is_question(reply: Reply) -> bool:
    return reply.answer.outcome in ("answered", "no_figure") and reply.is_for_all


def _why_not(reply: Reply, text: str) -> str:
    """Why a text is not answered here; of a command where in Slack it is served."""
    command = command_in(text)
    return say(f"commands.{command}") if command and command != "next" else reply.message.text

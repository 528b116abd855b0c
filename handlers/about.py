"""The message shortcut "Ask Alumina about this": a message that somebody wrote, taken as a question."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond

from bot.messages.actions import HOW
from bot.messages.modal import QUESTION, error_beside, question_view, typed_in
from bot.questions.commands import command_in
from bot.questions.gist import gist
from bot.slack.sending import open_modal
from bot.slack.transcript import thread_of
from bot.words import say
from handlers.answering import Reply, pressed_question
from handlers.delivery import Asker, answer_asker, by_message, by_response
from handlers.desk import Desk
from handlers.messages import without_mention
from handlers.presses import values_in, words_of

Json = Mapping[str, Any]

ANSWERED = ("answered", "no_figure")


async def ask_about(
    ack: AsyncAck, shortcut: Json, context: AsyncBoltContext, respond: AsyncRespond, desk: Desk
) -> None:
    """Answers in the message's thread; what is no question goes into a modal first, to be corrected."""
    await ack()
    asker = _asker(shortcut, desk.team_of(context), desk)
    if shortcut["message"].get("user") == desk.identity.user_id:
        view = question_view(_answered(shortcut["message"], desk), "", _memo(asker))
    elif _is_question(told := await desk.answer(asker.text, asker.user)):
        return await answer_asker(told, asker, by_response(respond, asker, desk), desk)
    else:
        view = question_view(_understood(told, asker, desk), _why_not(told, asker.text), _memo(asker))
    await open_modal(desk.client, shortcut["trigger_id"], view)
    return None


async def answer_corrected(ack: AsyncAck, body: Json, view: Json, desk: Desk) -> None:
    """The modal was sent: answered in the message's thread, or what to mend stands beside the field."""
    text, memo = typed_in(view, QUESTION), json.loads(view["private_metadata"])
    told = await desk.answer(text, body["user"]["id"])
    if not _is_question(told):
        await ack(response_action="errors", errors=error_beside(QUESTION, _why_not(told, text)))
        return
    await ack()
    asker = Asker(**memo | {"user": body["user"]["id"], "text": text})
    await answer_asker(told, asker, by_message(asker, desk), desk)


def _asker(shortcut: Json, team: str, desk: Desk) -> Asker:
    message, place = shortcut["message"], shortcut["channel"]
    return Asker(
        team=team,
        channel=place["id"],
        channel_name=place.get("name", ""),
        user=shortcut["user"]["id"],
        text=without_mention(str(message.get("text") or ""), desk),
        thread_ts=thread_of(team, place["id"], message["ts"], message.get("thread_ts")).posted_in,
        strange=True,
    )


def _is_question(told: Reply) -> bool:
    return told.answer.outcome in ANSWERED and not told.is_help


def _why_not(told: Reply, text: str) -> str:
    """Why a text is not answered here; of a command where in Slack it is served."""
    command = command_in(text)
    return say(f"commands.{command}") if command and command != "next" else told.message.text


def _understood(told: Reply, asker: Asker, desk: Desk) -> str:
    """What the field holds at first: where a slip was seen what may be meant, else the words that we know."""
    suggested = next(iter(told.answer.suggestions), None)
    return words_of(suggested, desk) if suggested else gist(asker.text, desk.record)


def _answered(message: Json, desk: Desk) -> str:
    """The words of the question that a message of ours answers; '' where it answers none."""
    value = next(iter(values_in(message, HOW)), "")
    return words_of(pressed_question(value, desk.record), desk) if value else ""


def _memo(asker: Asker) -> str:
    """Where the answer goes; who asks, and in which words, the modal says when it comes back."""
    return json.dumps(asdict(asker) | {"text": "", "user": ""})

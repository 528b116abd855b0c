"""Delivers an answer: in public under the asker's name, else to the asker alone."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from slack_bolt.async_app import AsyncRespond
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.messages.blocks import noted
from bot.messages.buttons import kept_private, stored_as
from bot.messages.controls import with_controls
from bot.messages.message import Message
from bot.questions.question import Question
from bot.sending import Sent, attach, send
from bot.slack_errors import error_of
from bot.threads.context import Thread, question_metadata
from handlers.answering import Reply
from handlers.ask import Desk
from handlers.notes import NO_ENTRY, asked_by, why_private, why_refused
from handlers.retry import post_once

log = logging.getLogger(__name__)

# The way to the asker alone: by a response_url, or in their conversation with us.
Tell = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked, where, and in which words. `thread_ts`: the thread that the answer goes into, if any.

    `strange`: nobody has spoken to us in that thread before.
    """

    team: str
    channel: str
    channel_name: str
    user: str
    text: str
    thread_ts: str | None = None
    strange: bool = False


def by_response(respond: AsyncRespond, asker: Asker, desk: Desk) -> Tell:
    """To the asker alone, beside what they have pressed or typed."""
    return partial(desk.whisper, respond, thread_ts=asker.thread_ts)


def by_message(asker: Asker, desk: Desk) -> Tell:
    """To the asker alone, in their conversation with us: for where Slack gives no response_url."""

    async def tell(message: Message) -> None:
        shown = asked_by(message, asker.user, asker.text)
        sent = await send(desk.client, asker.user, shown)
        if message.file:
            await attach(desk.client, sent.channel, sent.ts, message.file)

    return tell


async def answer_asker(reply: Reply, asker: Asker, tell: Tell, desk: Desk, *, private: bool = False) -> None:
    """To the asker alone where that was asked for, or where there is nothing that others would read."""
    if private or not reply.understood or reply.is_help:
        return await tell(await alone(reply, asker, desk, private=private))
    return await _answer_publicly(reply, asker, tell, desk)


async def _answer_publicly(reply: Reply, asker: Asker, tell: Tell, desk: Desk) -> None:
    """Posts the answer. Where the channel is shared with another company, or closed to us, only the asker
    gets it, with the reason; a thread that we have spoken in is open as it is.
    """
    asks_first = asker.thread_ts is None or asker.strange
    if asks_first and (note := why_private(await desk.sharing.reach(asker.channel))):
        return await tell(await alone(reply, asker, desk, note))
    try:
        return await _post(reply, asker, desk)
    except SlackApiError as refusal:
        error = error_of(refusal)
        if error not in NO_ENTRY:
            raise
        note = why_refused(error, asker.channel_name, desk.identity.name)
        return await tell(await alone(reply, asker, desk, note))


async def _stored(question: Question, asker: Asker, desk: Desk) -> str:
    """The id of the stored question; '' where the database is away, which keeps nobody from the answer."""
    try:
        return await desk.private.keep(asker.team, question.to_json())
    except SQLAlchemyError as problem:
        log.warning("private_answer_not_stored", exc_info=problem)
        return ""


async def alone(reply: Reply, asker: Asker, desk: Desk, note: str = "", *, private: bool = False) -> Message:
    """The message for the asker alone; its question is stored, since nobody can read it there again.

    `private`: what is pressed below it is answered to the asker alone too.
    """
    message = noted(reply.message, note) if note else reply.message
    message = kept_private(message) if private else message
    if reply.answer.question and reply.answer.figures:
        message = stored_as(message, await _stored(reply.answer.question, asker, desk))
    return with_controls(message, None)


async def _standing(asker: Asker, mark: str, desk: Desk) -> Sent | None:
    """Where the answer of that mark stands, if it does."""
    if asker.thread_ts:
        said = await desk.threads.read(Thread(asker.team, asker.channel, asker.thread_ts))
    else:
        said = await desk.threads.newest(asker.channel)
    found = said.marked(mark)
    return Sent(asker.channel, str(found["ts"])) if found else None


def is_person(channel: str) -> bool:
    """Whether it is a person's id, by which Slack posts in their conversation with us and reads nothing."""
    return channel.startswith(("U", "W"))


async def _post(reply: Reply, asker: Asker, desk: Desk) -> None:
    message = with_controls(asked_by(reply.message, asker.user, asker.text), asker.user)
    mark = secrets.token_hex(8)
    metadata = question_metadata(reply.kept, mark=mark)
    post = partial(send, desk.client, asker.channel, message, thread_ts=asker.thread_ts, metadata=metadata)
    if asker.thread_ts:  # nobody's message stands in the inbox to show that the table will be behind
        await desk.threads.forgotten(Thread(asker.team, asker.channel, asker.thread_ts))
    sent = await (
        post() if is_person(asker.channel) else post_once(post, partial(_standing, asker, mark, desk))
    )
    thread = Thread(asker.team, sent.channel, asker.thread_ts or sent.ts)
    desk.threads.remember(thread, reply.kept, sent.ts)
    if message.file:
        await attach(desk.client, sent.channel, thread.ts, message.file)

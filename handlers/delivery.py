"""Delivers an answer: in public under the asker's name, else to the asker alone."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from slack_bolt.async_app import AsyncRespond
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.messages.blocks import noted
from bot.messages.buttons import kept_private, stored_as, with_controls
from bot.messages.message import Message
from bot.questions.question import Question
from bot.slack.errors import error_of
from bot.slack.once import post_once, retry
from bot.slack.sending import Sent, attach, send
from bot.slack.transcript import Thread, question_metadata, thread_of
from bot.store.clock import utc_now
from handlers.answering import Reply
from handlers.desk import Desk
from handlers.notes import NO_ENTRY, asked_by, why_private, why_refused

log = logging.getLogger(__name__)

CLOCKS_APART = timedelta(minutes=5)

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
        await desk.inbox.unseen(desk.asked)
        sent = await retry(partial(send, desk.client, asker.user, shown), unsure=False)
        await attach(desk.client, sent, shown)

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
    if asks_first and (note := why_private(await desk.sharing.patient_reach(asker.channel))):
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


def is_person(channel: str) -> bool:
    """Whether it is a person's id, by which Slack posts in their conversation with us and reads nothing."""
    return channel.startswith(("U", "W"))


async def _post(reply: Reply, asker: Asker, desk: Desk) -> None:
    message = with_controls(asked_by(reply.message, asker.user, asker.text), asker.user)
    metadata = question_metadata(reply.kept, mark=desk.asked.mark)
    post = partial(send, desk.client, asker.channel, message, thread_ts=asker.thread_ts, metadata=metadata)
    if asker.thread_ts:  # where Slack is slow the table would be behind what stands there
        await desk.threads.forgotten(Thread(asker.team, asker.channel, asker.thread_ts))
    if is_person(asker.channel):
        await desk.inbox.unseen(desk.asked)
        sent = await retry(post, unsure=False)
    else:
        sent = await post_once(post, partial(_standing, asker, desk), desk.inbox.lease, left=desk.asked.left)
    thread = thread_of(asker.team, sent.channel, sent.ts, asker.thread_ts)
    desk.threads.remember(thread, reply.kept, sent.ts)
    await attach(desk.client, sent, message, thread.posted_in, metadata)


async def _standing(asker: Asker, desk: Desk) -> Sent | None:
    """Where the answer stands, if it does: told by its mark."""
    if asker.thread_ts:
        said = await desk.threads.read(Thread(asker.team, asker.channel, asker.thread_ts))
    else:
        said = await desk.threads.channel_since(asker.channel, _before(desk.asked.taken_at))
    found = said.marked(desk.asked.mark)
    return Sent(asker.channel, str(found["ts"])) if found else None


def _before(moment: datetime | None) -> str:
    """A ts from well before a request was taken, by whichever clock."""
    return str(((moment or utc_now()) - CLOCKS_APART).timestamp())

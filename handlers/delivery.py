"""Delivers an answer: in public under the asker's name, else to the asker alone."""

import logging
from datetime import timedelta
from functools import partial

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.messages.blocks import noted
from bot.messages.buttons import kept_private, stored_as, with_controls
from bot.messages.message import Message
from bot.slack.errors import error_of
from bot.slack.once import post_once, retry
from bot.slack.sending import Sent, attach, revise, send
from bot.slack.transcript import UNREAD, Said, Thread, Transcript, question_metadata, thread_of
from bot.store.clock import utc_now
from bot.words import say
from handlers.answering import Reply
from handlers.asker import Asker
from handlers.desk import Desk
from handlers.notes import NO_ENTRY, asked_by, why_refused
from handlers.private_replies import tell

CLOCKS_APART = timedelta(minutes=5)  # whichever clock a request was taken by

log = logging.getLogger(__name__)


async def answer_asker(reply: Reply, asker: Asker, desk: Desk, *, private: bool = False) -> None:
    """Answers a command, a press or a shortcut: the asker alone where they wish so, where there is nothing
    that others would read, and, with the reason, where others may not read it. A thread that we have spoken
    in is open as it is.
    """
    if private or not reply.is_for_all:
        return await _tell_alone(reply, asker, desk, private=private)
    if (asker.thread_ts is None or asker.strange) and (note := await _why_private(asker, desk)):
        return await _tell_alone(reply, asker, desk, note)
    try:
        return await _post(reply, asker, desk)
    except SlackApiError as refusal:
        error = error_of(refusal)
        if error not in NO_ENTRY:
            raise
        note = why_refused(error, asker.channel_name, desk.identity.name)
        return await _tell_alone(reply, asker, desk, note)


async def _why_private(asker: Asker, desk: Desk) -> str:
    match await desk.places.reach(asker.channel, patient=True):
        case "unknown":
            return say("replies.unsure")
        case "shared":
            return say("replies.shared")
        case _:
            return ""


async def _tell_alone(
    reply: Reply, asker: Asker, desk: Desk, note: str = "", *, private: bool = False
) -> None:
    message = await alone(reply, asker, desk, note, private=private)
    await tell(asker, message if asker.url else asked_by(message, asker.user, asker.text), desk)


async def alone(reply: Reply, asker: Asker, desk: Desk, note: str = "", *, private: bool = False) -> Message:
    """The message for the asker alone; its question is stored, since nobody can read it there again.

    `private`: what is pressed below it is answered to the asker alone too.
    """
    message = noted(reply.message, note) if note else reply.message
    message = kept_private(message) if private else message
    if reply.answer.question and reply.answer.figures:
        try:
            stored = await desk.contexts.keep_private(asker.team, reply.answer.question.to_json())
        except SQLAlchemyError as problem:  # the database is away, which keeps nobody from the answer
            log.warning("private_answer_not_stored", exc_info=problem)
            stored = ""
        message = stored_as(message, stored)
    return with_controls(message, None)


async def _post(reply: Reply, asker: Asker, desk: Desk) -> None:
    message = with_controls(asked_by(reply.message, asker.user, asker.text), asker.user)
    metadata = question_metadata(reply.kept, mark=desk.asked.mark)
    post = partial(send, desk.client, asker.channel, message, thread_ts=asker.thread_ts, metadata=metadata)
    if asker.thread_ts:  # where Slack is slow the table would be behind what stands there
        await desk.contexts.drop(Thread(asker.team, asker.channel, asker.thread_ts))
    if asker.channel.startswith(("U", "W")):  # a person's id: Slack posts there and reads nothing
        await desk.inbox.unseen(desk.asked)
        sent = await retry(post, unsure=False)
    else:
        sent = await post_once(post, partial(_standing, asker, desk), desk.inbox.lease, left=desk.asked.left)
    desk.contexts.put(thread_of(asker.team, sent.channel, sent.ts, asker.thread_ts), reply.kept, sent.ts)
    await attach(desk.client, sent, message, asker.thread_ts, metadata)


async def put(
    asker: Asker, shown: Message, question: str | None, desk: Desk, thread: Transcript = UNREAD
) -> None:
    """Posts what a message is answered with in its thread, in the place of its answer where one stands in the
    thread as it was read; to its writer alone where the channel is closed to us.
    """
    asked = desk.asked
    if old := thread.answer_to(asked.ts):
        return await put_instead(old, shown, question, desk, thread)
    metadata = question_metadata(question, asked.ts, thread.edit_of(asked.ts))
    # Before it is sent: what comes next in the thread may come sooner than Slack's answer.
    desk.contexts.put(asked.thread, question, asked.ts)
    place = asked.thread.posted_in
    post = partial(send, desk.client, asked.channel, shown, thread_ts=place, metadata=metadata)
    # A thread that was read just now needs no second look.
    left = asked.left and not thread.messages
    try:
        sent = await post_once(post, partial(_standing, asker, desk), desk.inbox.lease, left=left)
    except SlackApiError as refusal:
        await desk.contexts.drop(asked.thread)
        if (error := error_of(refusal)) not in NO_ENTRY:
            raise
        return await tell(asker, noted(shown, why_refused(error, "", desk.identity.name)), desk)
    return await attach(desk.client, sent, shown, place, metadata)


async def _standing(asker: Asker, desk: Desk) -> Sent | None:
    """Where the answer stands, if it does: to a message by its ts, to what nobody wrote by its mark."""
    asked = desk.asked
    if asked.thread_ts:
        found = (await desk.threads.read(asked.thread, asked.ts)).answer_to(asked.ts)
    else:
        since = str(((asked.taken_at or utc_now()) - CLOCKS_APART).timestamp())
        place = Thread(asker.team, asker.channel, asker.thread_ts or asker.channel)
        found = (await desk.threads.read(place, since)).marked(asked.mark)
    return Sent(asker.channel, str(found["ts"])) if found else None


async def put_instead(
    old: Said, shown: Message, question: str | None, desk: Desk, thread: Transcript
) -> None:
    """Puts a new answer to an edited message in the place of the old one."""
    asked = desk.asked
    metadata = question_metadata(question, asked.ts, thread.edit_of(asked.ts))
    await retry(partial(revise, desk.client, asked.channel, old["ts"], shown, metadata=metadata))
    desk.contexts.put(asked.thread, question, asked.ts)
    await attach(desk.client, Sent(asked.channel, old["ts"]), shown, asked.thread.posted_in, metadata)

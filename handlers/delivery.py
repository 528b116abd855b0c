"""Delivers an answer, and what stands around it: in public under the asker's name, or to the asker alone."""

import html
import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.messages.blocks import Message, context, fitted, noted, quoted, section, visible
from bot.messages.buttons import kept_private, stored_as, with_controls
from bot.reply import Reply
from bot.slack.retry import PAUSES_SECONDS, post_once, retry
from bot.slack.sending import Sent, attach, respond_alone, revise, send, show_home, whisper
from bot.slack.transcript import UNREAD, Said, Thread, Transcript, question_metadata, thread_of
from bot.slack.trouble import NO_ENTRY, PASSING, error_of
from bot.store.clock import utc_now
from bot.words import say
from handlers.desk import Asker, Body, Desk, asker_of, is_persons, message_request

RESPONSE_PAUSES_SECONDS = (1.0, 15.0, 120.0)  # of the five times that a response_url may be used
CLOCKS_APART = timedelta(minutes=5)  # whichever clock a request was taken by
ECHO = 150
TWO_PEOPLE = ("D", "U", "W")  # their conversation's id, or the id of one of them
ASKED = re.compile(r"<@\w+>")  # in every language who asked stands first

log = logging.getLogger(__name__)


def asked_by(message: Message, user: str, text: str) -> Message:
    """The answer under a line that names the asker and repeats the question, which can notify nobody."""
    return under_line(message, say("replies.asked", user=user, question=echo(text)))


def under_line(message: Message, line: str) -> Message:
    """The message under one more line; as it is where the line is blank."""
    above = (context(line), *message.blocks)
    return replace(message, text=f"{line}\n{message.text}", blocks=above) if line else message


def asked_line(message: Said) -> str:
    """The line above a message of ours that says who asked; blank where there is none."""
    first = (message.get("blocks") or [{}])[0]
    line = str(first["elements"][0].get("text", "")) if first.get("type") == "context" else ""
    return line if ASKED.match(line) else ""


def edited(old: Said) -> Message:
    """The answer as it stands, with the note below it that its question was edited, once."""
    shown, note = Message(str(old.get("text", "")), tuple(old.get("blocks") or ())), say("replies.edited")
    is_noted = shown.text.endswith(note) or note in str(shown.blocks)
    return shown if is_noted else noted(shown, note)


def echo(text: str) -> str:
    """What a person typed on one line, shortened and escaped. Slack may have escaped it once already."""
    return quoted(fitted(" ".join(visible(html.unescape(text)).split()), ECHO))


def closed_told(error: str, channel: str, name: str) -> str:
    """Why nothing can be posted in the channel, and what to do where something can be done."""
    if error not in ("not_in_channel", "channel_not_found"):
        return say("replies.refused")
    return say("replies.elsewhere") if channel.startswith(TWO_PEOPLE) else say("replies.invite", name=name)


async def answer_asker(reply: Reply, asker: Asker, desk: Desk, *, private: bool = False) -> None:
    """Answers a command, a press or a shortcut: the asker alone where they wish so, where there is nothing
    that others would read, and, with the reason, where others may not read it.
    """
    note, is_open = "", reply.is_for_all and not private
    if is_open and (asker.thread_ts is None or asker.strange):
        reach = await desk.places.reach(asker.channel, patient=True)
        note = say("replies.shared") if reach == "shared" else ""
    if is_open and not note:
        message = with_controls(asked_by(reply.message, asker.user, asker.text), asker.user)
        try:
            return await deliver(message, reply.kept, asker, desk)
        except SlackApiError as refusal:
            if (error := error_of(refusal)) not in NO_ENTRY:
                raise
            note = closed_told(error, asker.channel, desk.identity.name)
    message = await alone(reply, asker, desk, note, private=private)
    return await tell(asker, message if asker.url else asked_by(message, asker.user, asker.text), desk)


async def alone(reply: Reply, asker: Asker, desk: Desk, note: str = "", *, private: bool = False) -> Message:
    """The message for the asker alone, its question stored; what is pressed below a `private` one as well."""
    message = noted(reply.message, note) if note else reply.message
    message = kept_private(message) if private else message
    if reply.question and reply.has_figures:
        stored = ""
        with suppress(SQLAlchemyError):  # the database is away, which keeps nobody from the answer
            stored = await desk.contexts.keep_private(asker.team, reply.question)
        message = stored_as(message, stored)
    return with_controls(message, None)


async def deliver(
    message: Message, question: str | None, asker: Asker, desk: Desk, thread: Transcript = UNREAD
) -> None:
    """Posts an answer once where it was asked for, or revises the one in `thread`; keeps its question."""
    asked, contexts = desk.asked, desk.contexts
    metadata = question_metadata(question, edited=thread.edit_of(asked.ts), **asked.known_by)
    post = partial(send, desk.client, asker.channel, message, thread_ts=asker.thread_ts, metadata=metadata)
    if old := thread.answer_to(asked.ts):
        sent = Sent(asker.channel, str(old["ts"]))
        await retry(partial(revise, desk.client, sent.channel, sent.ts, message, metadata=metadata))
        contexts.put(asked.thread, question, asked.ts)
    elif asked.thread_ts:
        # Before it is sent: what comes next in the thread may come sooner than Slack's answer.
        contexts.put(asked.thread, question, asked.ts)
        # A thread that was read just now needs no second look.
        sent = await _post_once(post, asker, desk, left=asked.left and not thread.messages)
    else:
        if asker.thread_ts:  # where Slack is slow the table would be behind what stands there
            await contexts.drop(Thread(asker.team, asker.channel, asker.thread_ts))
        sent = await _post_once(post, asker, desk, left=asked.left)
        contexts.put(thread_of(asker.team, sent.channel, sent.ts, asker.thread_ts), question, sent.ts)
    await attach(desk.client, sent, message, asker.thread_ts, metadata)


async def _post_once(post: Callable[[], Awaitable[Sent]], asker: Asker, desk: Desk, *, left: bool) -> Sent:
    asked = desk.asked
    if asker.channel.startswith(("U", "W")):  # a person's id: Slack posts there and reads nothing
        await desk.inbox.unseen(asked)
        return await retry(post, unsure=False)
    taken = (asked.taken_at or utc_now()) - CLOCKS_APART
    since = asked.ts if asked.thread_ts else str(taken.timestamp())
    place = Thread(asker.team, asker.channel, asker.thread_ts or asker.channel)

    async def find() -> Sent | None:
        found = (await desk.threads.read(place, since)).answer(asked.known_by)
        return Sent(asker.channel, str(found["ts"])) if found else None

    return await post_once(post, find, desk.inbox.lease, left=left)


async def tell(
    asker: Asker, told: Message | str | None, desk: Desk, *, instead: bool = False, once: bool = False
) -> None:
    """Shows something, if anything, to the asker: by the response_url; beside their message; or in their
    conversation with us. `instead`: in the place of what was pressed; `once`: trouble is raised at once.
    """
    if told is None:
        return None
    message, asked = Message(told, ()) if isinstance(told, str) else told, desk.asked
    if asked.key:  # marked first: what one person alone is shown nobody can look for afterwards
        await desk.inbox.unseen(asked)
    if asker.url:
        return await _respond(asker, message, desk, instead=instead, once=once)
    pauses = () if once else PAUSES_SECONDS
    if asked.thread_ts:
        place = None if asked.ts == asked.thread_ts else asked.thread.posted_in
        show = partial(whisper, desk.client, asker.channel, asker.user, message, thread_ts=place)
        try:
            return await retry(show, pauses)
        except SlackApiError as refusal:
            if error_of(refusal) not in NO_ENTRY:
                raise
    sent = await retry(partial(send, desk.client, asker.user, message), pauses, unsure=False)
    return await attach(desk.client, sent, message)


async def _respond(asker: Asker, message: Message, desk: Desk, *, instead: bool, once: bool) -> None:
    """Where Slack gives no word of it, they are told to ask again if they lack it."""
    if message.file:
        message = noted(message, say("replies.file_elsewhere", name=message.file.name))
    thread_ts, respond = None if instead else asker.thread_ts, partial(respond_alone, desk.client, asker.url)
    try:
        show = partial(respond, message, thread_ts=thread_ts, instead=instead)
        await retry(show, () if once else RESPONSE_PAUSES_SECONDS, unsure=False)
    except (ClientError, TimeoutError):
        if once:
            raise
        await retry(partial(respond, Message(say("replies.if_no_answer"), ())))


async def tell_person(text: str, body: Body, desk: Desk, *, to_us: bool = False, once: bool = False) -> None:
    """Tells whoever a request comes from; in a channel where others talk only who spoke to the bot."""
    event = body.get("event") or {}
    said = event.get("message") or event
    try:
        if event.get("tab") == "home":
            await show_home(desk.client, event["user"], {"type": "home", "blocks": [section(text)]})
        elif not event:
            await tell(asker_of(body, desk.team), text, desk, once=once)
        elif to_us or is_to_us(event, desk):
            asked = message_request(said, event["channel"], desk.team)
            asker = Asker(desk.team, said["user"], event["channel"])
            await tell(asker, text, replace(desk, asked=asked), once=once)
    except PASSING as trouble:
        log.warning("not_told", exc_info=trouble)


def is_to_us(event: Said, desk: Desk) -> bool:
    """Whether it is a mention, a direct message, or that one of these was edited."""
    said, before = event.get("message") or event, event.get("previous_message") or {}
    edited = before and said.get("text") != before.get("text")
    mentioned = event["type"] == "app_mention" or (edited and desk.identity.mention in said.get("text", ""))
    return is_persons(said) and bool(mentioned or event.get("channel_type") == "im")

"""Mentions, replies, direct messages: written down before Slack is told, each answered once, where it stands.

The middlewares run before the listeners for mentions and messages. What they raise, a database that does
not write for one, is Slack's 500, after which the event comes again.

A mention in a channel arrives twice, as app_mention and as message. The mention is answered; a message with a
mention of the bot in it is left alone here, and so never takes the pair's row.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.messages.blocks import noted
from bot.messages.buttons import with_controls
from bot.messages.message import Message
from bot.slack.inbox import Request
from bot.slack.once import PASSING, retry
from bot.slack.transcript import UNREAD, Context, Transcript, is_direct, question_of, thread_of
from bot.words import say, speak
from handlers.asker import Asker
from handlers.commands import Serve, served
from handlers.delivery import put, put_instead
from handlers.desk import Desk, Next
from handlers.language import spoken_in
from handlers.notes import edited
from handlers.private_replies import SPOKEN, tell, tell_writer

AGAIN = "x-slack-retry-num"
# How long a reply waits for the mention that was written before it, and comes later.
EARLY_LOOK_SECONDS, EARLY_LOOKS = 0.25, 60
# An edit may come while its question is still being answered. Whoever dies over that leaves the message to
# the next, which reads it as it stands; until then it is waited.
EDIT_LOOK_SECONDS = 0.25

Event = Mapping[str, Any]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """A message to be answered. `early`: its thread is not known to be ours, which a mention that comes later
    may make it. `names_subject`: it is a question whoever spoke last. `addressed`: it mentions us, or is a
    direct message.
    """

    request: Request
    asker: Asker
    early: bool = False
    names_subject: bool = False
    addressed: bool = True


async def take_message(
    event: Event, context: AsyncBoltContext, req: AsyncBoltRequest, next: Next, desk: Desk
) -> BoltResponse | None:
    """Lets an event pass to its listener, with its `work`, if it is to be answered and nobody else does.

    What Slack sends again may have been edited meanwhile: then the text is read in the thread, as for what
    was left.
    """
    team = desk.team_of(context)
    work = await work_of(event, team, desk)
    if work is None:
        if event.get("thread_ts"):
            desk.contexts.heard(request_of(event, event["channel"], team).thread, event["ts"])
        return BoltResponse(status=200)
    took = await desk.inbox.take(work.request, early=work.early)
    if took == "not ours":
        return BoltResponse(status=200)
    left = took == "left" or AGAIN in req.headers
    if not (left or work.early) and await _is_too_fast(event, work.asker.user, desk):
        desk.contexts.put(work.request.thread, None, work.request.ts)
        await desk.inbox.answered(work.request)
        return BoltResponse(status=200)
    request = replace(work.request, left=left)
    context["work"], context["request"] = replace(work, request=request), request
    context["desk"] = replace(desk, request=request)
    return await next()


async def _is_too_fast(event: Event, user: str, desk: Desk) -> bool:
    note = desk.rate_limit.refusal(desk.team, user, event["channel"])
    if note:
        await tell_writer(note, event, desk)
    return note is not None


async def work_of(event: Event, team: str, desk: Desk) -> Work | None:
    """Returns what there is to answer: a mention, a direct message, or a follow-up in a thread."""
    if event.get("bot_id") or event.get("subtype") not in SPOKEN or not event.get("user"):
        return None
    request, text = request_of(event, event["channel"], team), str(event.get("text", ""))
    asker = Asker(team, event["user"], event["channel"], text=without_mention(text, desk))
    if event["type"] == "app_mention" or event.get("channel_type") == "im":
        return Work(request, asker)
    if not event.get("thread_ts") or desk.identity.mention in text:
        return None
    # People talk to each other in our threads too. What names a series or a period, in words that we know,
    # is a question; "and imports?" is one only right after something that we have said.
    heard = desk.overheard(text)
    if not heard.asks:
        return None
    known = await desk.contexts.read(request.thread, request.ts)
    ours = known.is_ours or event.get("parent_user_id") == desk.identity.user_id
    work = Work(request, replace(asker, alert=heard.alert), not ours, heard.subject, addressed=False)
    return work if work.early or _is_question(work, known) else None


def _is_question(work: Work, context: Context) -> bool:
    return work.names_subject or context.our_turn


def request_of(message: Event, channel: str, team: str) -> Request:
    """Returns where a message stands; what begins no thread yet is answered in the one that it begins."""
    thread = thread_of(team, channel, message["ts"], message.get("thread_ts"))
    return Request(team, channel, message["ts"], thread.ts)


def without_mention(text: str, desk: Desk) -> str:
    """Returns the text without the bot's name in it."""
    return text.replace(desk.identity.mention, " ").strip()


async def answer_message(work: Work, desk: Desk) -> None:
    """Answers a message that is written down as ours, and then what came before it of its thread."""
    if work.early and not await _is_ours_now(work, desk):
        return
    if work.request.left:
        await take_up(work.request, desk)
    else:
        last = "" if work.request.begins else await _question_before(work.request, desk)
        await _answer_or_serve(work.asker, last, desk, addressed=work.addressed)
    if not work.early:
        # What came early, so long ago that nobody waits for it any more.
        waited = timedelta(seconds=EARLY_LOOKS * EARLY_LOOK_SECONDS)
        for early in await desk.inbox.early_after(work.request.thread, work.request.ts, waited):
            await work_off(early, replace(desk, request=early), take_up)


async def _is_ours_now(work: Work, desk: Desk) -> bool:
    """Whether the thread of a message that came early is ours after all; then the message is claimed.

    The tables are asked for some seconds, then Slack once, since they may have been lost.
    """
    thread, ts = work.request.thread, work.request.ts
    for _ in range(EARLY_LOOKS):
        if (context := await desk.contexts.read(thread, ts)).is_ours:
            break
        await asyncio.sleep(EARLY_LOOK_SECONDS)
    else:
        context = await desk.threads.look(thread, ts)
    if not context.is_ours or not _is_question(work, context):
        return False
    return await desk.inbox.claim(work.request)


async def work_off(request: Request, desk: Desk, work: Callable[[Request, Desk], Awaitable[None]]) -> None:
    """Works on a request that no listener closes: what passes is left for later, a fault closes it."""
    desk.inbox.held.add(request)
    try:
        await work(request, desk)
    except PASSING as trouble:
        log.warning("left_for_later", exc_info=trouble)
    except Exception:
        log.exception("take_up_failed")
        await desk.inbox.answered(request)
    else:
        await desk.inbox.answered(request)
    finally:
        desk.inbox.held.discard(request)


async def _question_before(request: Request, desk: Desk) -> str:
    """In a thread of a direct message that has none of its own, that of the conversation."""
    last = await retry(partial(desk.threads.question_before, request.thread, request.ts))
    conversation = thread_of(request.team, request.channel, request.ts)
    if last or request.thread == conversation or not conversation.is_conversation:
        return last
    return await retry(partial(desk.threads.question_before, conversation, request.ts))


async def take_up(request: Request, desk: Desk, *, edited: bool = False) -> None:
    """Answers a message as it stands in its thread, unless it is gone or has the answer to its text.

    So of two edits the later one wins; what of an edited one does not resolve is noted under the old answer.
    """
    thread = await retry(partial(desk.threads.read, request.thread, "" if edited else request.ts))
    message, answer = thread.message(request.ts), thread.answer_to(request.ts)
    if message is None or (not edited and thread.is_settled(request.ts)):
        return None
    text = str(message.get("text", ""))
    asker = Asker(
        request.team, str(message.get("user", "")), request.channel, text=without_mention(text, desk)
    )
    if request.unseen:
        return await tell(asker, say("replies.if_no_answer"), desk)
    if answer and not edited:
        return await take_up(request, desk, edited=True)
    addressed = is_direct(request.channel) or desk.identity.mention in text
    if not edited:
        last = await _question_before(request, desk)
        return await _answer_or_serve(asker, last, desk, thread, addressed=addressed)
    if not (addressed or answer):  # as for a command that its writer alone saw served
        heard = desk.overheard(text)
        if not heard.subject:
            return None
        asker = replace(asker, alert=heard.alert)
    last = thread.as_of(request.ts).question or ""
    return await _answer_or_serve(asker, last, desk, thread, addressed=addressed)


async def _answer_or_serve(
    asker: Asker, last: str, desk: Desk, thread: Transcript = UNREAD, *, addressed: bool = True
) -> None:
    """Answers a question in its thread, which keeps `last`, or serves a command typed as a message."""
    before, unreadable = desk.recalled(last)
    if serve := served(asker.text):
        return await _serve(serve, replace(asker, last=before.question), desk, thread)
    reply = await desk.answer(asker.text, asker.user, before, addressed=addressed)
    if reply.answer.outcome == "silent" or (thread.answer_to(desk.asked.ts) and not reply.is_for_all):
        return await _keep(desk, thread)
    message, question = reply.message, reply.kept
    if reply.starts_over:
        message, question = Message(say("replies.started_over"), ()), ""
    message = noted(message, unreadable) if unreadable else message
    return await put(asker, with_controls(message, asker.user), question, desk, thread)


async def _serve(serve: Serve, asker: Asker, desk: Desk, thread: Transcript) -> None:
    spoken = spoken_in(asker.text)
    speak(spoken or await desk.people.language(asker.team, asker.user))
    told = await serve(replace(asker, spoken=spoken is not None), desk)
    if told is None:
        return
    # In their conversation with us nobody else reads; there it stays, and is found again.
    if is_direct(asker.channel):
        await put(asker, told, None, desk, thread)
    else:
        await tell(asker, told, desk)
        await _keep(desk, thread)


async def _keep(desk: Desk, thread: Transcript) -> None:
    """Notes below an answer whose message was edited that the text now has none for the thread; where there
    is no answer, keeps that nothing was asked.
    """
    if old := thread.answer_to(desk.asked.ts):
        await put_instead(old, edited(old), question_of(old), desk, thread)
    else:
        desk.contexts.put(desk.asked.thread, None, desk.asked.ts)


async def take_edit(
    event: Event, context: AsyncBoltContext, req: AsyncBoltRequest, next: Next, desk: Desk
) -> BoltResponse | None:
    """Writes down that a message is open again, before Slack is told that we have the edit."""
    asked = edited_question(event, desk.team_of(context))
    if asked is None or await desk.inbox.state(asked) in ("unknown", "early"):
        return BoltResponse(status=200)
    user = str(event["message"].get("user") or "")
    if AGAIN not in req.headers and await _is_too_fast(event, user, desk):
        return BoltResponse(status=200)
    context["desk"], context["reopened"] = replace(desk, request=asked), await desk.inbox.reopen(asked)
    if context["reopened"]:
        context["request"] = asked
    return await next()


def edited_question(event: Event, team: str) -> Request | None:
    """Returns the message whose text a person changed; None where a link was unfurled or a thread begun."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if message.get("bot_id") or message.get("subtype") not in SPOKEN:
        return None
    return request_of(message, event["channel"], team) if message.get("text") != before.get("text") else None


async def follow_edit(context: AsyncBoltContext, reopened: bool, desk: Desk) -> None:
    """Has the answer follow its edited question, once nobody else has the message in hand."""
    if not reopened:
        for _ in range(int(2 * desk.inbox.lease.total_seconds() / EDIT_LOOK_SECONDS)):
            if await desk.inbox.reopen(desk.asked):
                break
            await asyncio.sleep(EDIT_LOOK_SECONDS)
        else:
            return
        desk.inbox.held.add(desk.asked)
        context["request"] = desk.asked  # closed when this listener ends
    await take_up(desk.asked, desk, edited=True)

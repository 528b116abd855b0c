"""Mentions, replies, direct messages: written down before Slack is told, each answered once, where it stands.

These middlewares run before the listeners for mentions and messages. What they raise, a database that does
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

from bot.messages.message import Message
from bot.questions.condition_reading import ParsedCondition
from bot.slack.contexts import Context
from bot.slack.inbox import Request
from bot.slack.once import PASSING, retry
from bot.slack.transcript import UNREAD, Transcript, is_direct, thread_of
from bot.words import say, speak
from handlers.desk import Desk, Next
from handlers.entrance import set_aside, too_fast
from handlers.language import spoken_in
from handlers.subscriptions import served
from handlers.visitors import Visitor

# A reply that is also shown in the channel, or carries a file, is a reply all the same.
SPOKEN = (None, "thread_broadcast", "file_share")
AGAIN = "x-slack-retry-num"
# How long a reply waits for the mention that was written before it, and comes later.
EARLY_LOOK_SECONDS, EARLY_LOOKS = 0.25, 60

Event = Mapping[str, Any]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """A message to be answered. `early`: its thread is not known to be ours, which a mention that comes later
    may make it. `names_subject`: it is a question whoever spoke last. `addressed`: it mentions us, or is a
    direct message. `alert`: the words of the alert that it asks for, where they are read already.
    """

    request: Request
    user: str
    text: str
    early: bool = False
    names_subject: bool = False
    addressed: bool = True
    alert: ParsedCondition | None = None


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
            desk.threads.heard(request_of(event, event["channel"], team).thread, event["ts"])
        return BoltResponse(status=200)
    took = await desk.inbox.take(work.request, early=work.early)
    if took == "not ours":
        return BoltResponse(status=200)
    left = took == "left" or AGAIN in req.headers
    if not (left or work.early) and (note := too_fast(work.user, event["channel"], desk)) is not None:
        await set_aside(work.request, work.user, note, desk)
        return BoltResponse(status=200)
    request = replace(work.request, left=left)
    context["work"], context["request"] = replace(work, request=request), request
    context["desk"] = replace(desk, request=request)
    await next()
    return None


async def work_of(event: Event, team: str, desk: Desk) -> Work | None:
    """Returns what there is to answer: a mention, a direct message, or a follow-up in a thread."""
    if event.get("bot_id") or event.get("subtype") not in SPOKEN or not event.get("user"):
        return None
    request, text = request_of(event, event["channel"], team), str(event.get("text", ""))
    if event["type"] == "app_mention" or event.get("channel_type") == "im":
        return Work(request, event["user"], without_mention(text, desk))
    if not event.get("thread_ts") or desk.identity.mention in text:
        return None
    return await _follow_up(event, request, text, desk)


async def _follow_up(event: Event, request: Request, text: str, desk: Desk) -> Work | None:
    """People talk to each other in our threads too. What names a series or a period, in words that we know,
    is a question; "and imports?" is one only right after something that we have said.
    """
    heard = desk.overheard(text)
    if not heard.asks:
        return None
    context = await desk.threads.context(request.thread, request.ts)
    ours = context.is_ours or event.get("parent_user_id") == desk.identity.user_id
    work = Work(request, event["user"], text, not ours, heard.subject, addressed=False, alert=heard.alert)
    return work if work.early or _is_question(work, context) else None


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
        await answer_or_serve(work.user, work.text, last, desk, addressed=work.addressed, alert=work.alert)
    if not work.early:
        await _answer_early(work.request, desk)


async def _is_ours_now(work: Work, desk: Desk) -> bool:
    """Whether the thread of a message that came early is ours after all; then the message is claimed.

    The tables are asked for some seconds, then Slack once, since they may have been lost.
    """
    thread, ts = work.request.thread, work.request.ts
    for _ in range(EARLY_LOOKS):
        if (context := await desk.threads.context(thread, ts)).is_ours:
            break
        await asyncio.sleep(EARLY_LOOK_SECONDS)
    else:
        context = await desk.threads.look(thread, ts)
    if not context.is_ours or not _is_question(work, context):
        return False
    return await desk.inbox.claim(work.request)


async def _answer_early(request: Request, desk: Desk) -> None:
    """Answers what came early in the thread of a message, so long ago that nobody waits for it any more."""
    waited = timedelta(seconds=EARLY_LOOKS * EARLY_LOOK_SECONDS)
    for early in await desk.inbox.early_after(request.thread, request.ts, waited):
        await work_off(early, replace(desk, request=early), take_up)


async def work_off(request: Request, desk: Desk, work: Callable[[Request, Desk], Awaitable[None]]) -> None:
    """Works on a request that no listener closes. Trouble in passing leaves it to a later round; a fault of
    ours closes it.
    """
    desk.inbox.hold(request)
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
        desk.inbox.let_go(request)


async def _question_before(request: Request, desk: Desk) -> str:
    """In a thread of a direct message that has none of its own, that of the conversation."""
    last = await retry(partial(desk.threads.question_before, request.thread, request.ts))
    conversation = thread_of(request.team, request.channel, request.ts)
    if last or request.thread == conversation or not conversation.is_conversation:
        return last
    return await retry(partial(desk.threads.question_before, conversation, request.ts))


async def take_up(request: Request, desk: Desk) -> None:
    """Answers a message as it stands in its thread, unless it is gone or has the answer to its text."""
    thread = await retry(partial(desk.threads.read, request.thread, request.ts))
    message = thread.message(request.ts)
    if message is None or thread.is_settled(request.ts):
        return None
    user = str(message.get("user", ""))
    if request.unseen:
        return await desk.tell(user, Message(say("replies.if_no_answer"), ()))
    if thread.answer_to(request.ts):
        return await revise_answer(desk)
    last = await _question_before(request, desk)
    text = without_mention(str(message.get("text", "")), desk)
    to_us = _is_addressed(str(message.get("text", "")), desk)
    return await answer_or_serve(user, text, last, desk, thread, addressed=to_us)


async def revise_answer(desk: Desk) -> None:
    """Answers the question as it stands now, in place; what does not resolve is noted under the old answer.

    The text is read from the thread and not from the event, so that of two edits the later one wins.
    """
    asked = desk.asked
    thread = await retry(partial(desk.threads.read, asked.thread))
    message = thread.message(asked.ts) or {}
    text, last = str(message.get("text", "")), thread.question_before(asked.ts)
    if not message:
        return
    to_us, alert = _is_addressed(text, desk), None
    # Where no answer stands, as for a command that its writer alone saw served, or one that was deleted.
    if not (to_us or thread.answer_to(asked.ts)):
        heard = desk.overheard(text)
        if not heard.subject:
            return
        alert = heard.alert
    user, text = str(message.get("user", "")), without_mention(text, desk)
    await answer_or_serve(user, text, last, desk, thread, addressed=to_us, alert=alert)


def _is_addressed(text: str, desk: Desk) -> bool:
    """Whether it mentions us, or stands in a conversation with us alone."""
    return is_direct(desk.asked.channel) or desk.identity.mention in text


async def answer_or_serve(
    user: str,
    text: str,
    last: str,
    desk: Desk,
    thread: Transcript = UNREAD,
    *,
    addressed: bool = True,
    alert: ParsedCondition | None = None,
) -> None:
    """Answers a question, or serves a command that is typed as a message; `thread` and `alert`: as read."""
    serve, spoken = served(text), spoken_in(text)
    if serve is None:
        return await desk.reply(user, text, last, thread, addressed=addressed)
    asked = desk.asked
    speak(spoken or await desk.people.language(asked.team, user))
    before, _ = desk.recalled(last)
    visitor = Visitor(
        user, asked.channel, "", text=text, last=before.question, alert=alert, spoken=spoken is not None
    )
    message = await serve(visitor, desk)
    if message is None:
        return None
    # In their conversation with us nobody else reads; there it stays, and is found again.
    if is_direct(asked.channel):
        return await desk.put(message, user, None, thread)
    await desk.tell(user, message)
    return await desk.keep(thread)

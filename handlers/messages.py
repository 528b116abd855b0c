"""Mentions, replies, direct messages: written down before Slack is told, each answered once, where it stands.

A mention in a channel arrives as app_mention and as message; the latter is left alone, and takes no row.
"""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.messages.blocks import Message, noted
from bot.messages.buttons import with_controls
from bot.questions.overheard import overheard
from bot.slack.inbox import Request
from bot.slack.retry import retry
from bot.slack.transcript import UNREAD, Said, Transcript, is_direct, question_of
from bot.slack.trouble import NO_ENTRY, error_of
from bot.words import say, speak
from handlers import access, typed_commands
from handlers.delivery import closed_told, deliver, edited, is_to_us, tell, tell_person
from handlers.desk import Asker, Desk, Next, is_persons, message_request, writer_of

AGAIN = "x-slack-retry-num"
LOOK_SECONDS = 0.25  # between two looks: whether a thread is ours now, an edited question answered
EARLY_LOOKS = 60  # of a reply, for the mention that was written before it, and comes later


async def take_message(
    event: Said, context: AsyncBoltContext, req: AsyncBoltRequest, next: Next, desk: Desk
) -> BoltResponse | None:
    """Lets an event pass to its listener, with its `asker`, if it is to be answered and nobody else does."""
    request = message_request(event, event["channel"], desk.team_of(context))
    asker = await _to_be_answered(event, request, desk)
    if asker is None and event.get("thread_ts"):
        desk.contexts.heard(request.thread, request.ts)
    if asker is None or (took := await desk.inbox.take(request, early=asker.strange)) == "not ours":
        return BoltResponse(status=200)
    # What Slack sends again may have been edited meanwhile: it is read in the thread, as what was left.
    request = replace(request, left=took == "left" or AGAIN in req.headers)
    if not (request.left or asker.strange) and _is_too_fast(event, asker.user, context, desk):
        desk.contexts.put(request.thread, None, request.ts)
        await desk.inbox.answered(request)
        return BoltResponse(status=200)
    context.update(asker=asker, request=request, desk=replace(desk, asked=request))
    return await next()


def _is_too_fast(event: Said, user: str, context: AsyncBoltContext, desk: Desk) -> bool:
    if note := desk.rate_limit.refusal(desk.team, user, event["channel"]):
        context["app"].beside(tell_person(note, {"event": event}, desk, to_us=True, once=True))
    return note is not None


async def _to_be_answered(event: Said, request: Request, desk: Desk) -> Asker | None:
    """Who wrote a mention, a direct message, or a follow-up in a thread, which may become ours later."""
    if not is_persons(event):
        return None
    asker = writer_of(event, request, desk)
    if is_to_us(event, desk):
        return replace(asker, addressed=True)
    if asker.addressed or not event.get("thread_ts"):
        return None
    # People talk to each other in our threads too. What names a series or a period, in words that we know,
    # is a question; "and imports?" is one only right after something that we have said.
    heard = overheard(asker.text, desk.record)
    if not heard.asks:
        return None
    known = await desk.contexts.read(request.thread, request.ts)
    if known.is_ours or event.get("parent_user_id") == desk.identity.user_id:
        return asker if heard.subject or known.our_turn else None
    return replace(asker, strange=True)


async def answer_message(asker: Asker, context: AsyncBoltContext, desk: Desk) -> None:
    """Answers a message that is written down as ours; what came before it of its thread is taken up then."""
    request = desk.asked
    if asker.strange and not await _is_ours_now(asker, desk):
        context["left"] = True  # whoever answers the mention may have it in hand by now
        return
    if request.left:
        await take_up(desk)
    else:
        await _answer(asker, await _question_before(request, desk), desk)
    waited = timedelta(seconds=EARLY_LOOKS * LOOK_SECONDS)  # after that nobody waits for what came early
    await desk.inbox.early_after(request.thread, request.ts, waited)


async def _is_ours_now(asker: Asker, desk: Desk) -> bool:
    """Whether the thread of a message that came early is ours after all; then the message is claimed."""
    request = desk.asked
    for _ in range(EARLY_LOOKS):
        if (context := await desk.contexts.read(request.thread, request.ts)).is_ours:
            break
        await asyncio.sleep(LOOK_SECONDS)
    else:
        context = await desk.threads.look(request.thread, request.ts)
    asks = context.our_turn or overheard(asker.text, desk.record).subject
    return context.is_ours and asks and await desk.inbox.claim(request)


async def _question_before(request: Request, desk: Desk) -> str:
    """In a thread of a direct message that has none of its own, that of the conversation."""
    thread, last = request.thread, ""
    if thread.ts != request.ts:  # which would begin it, and nothing was asked before it there
        last = await retry(partial(desk.threads.question_before, thread, request.ts))
    if last or thread.is_conversation or not is_direct(request.channel):
        return last
    return await _question_before(replace(request, thread_ts=request.channel), desk)


async def take_up(desk: Desk, *, is_edit: bool = False) -> None:
    """Answers a message as it stands in its thread, unless it is gone or has the answer to its text."""
    request = desk.asked
    thread = await retry(partial(desk.threads.read, request.thread, "" if is_edit else request.ts))
    message, answer = thread.message(request.ts), thread.answer_to(request.ts)
    if message is None or (not is_edit and thread.is_settled(request.ts)):
        return
    asker = writer_of(message, request, desk)
    if request.unseen:
        await tell(asker, say("replies.if_no_answer"), desk)
    elif answer and not is_edit:
        await take_up(desk, is_edit=True)
    elif not is_edit:
        await _answer(asker, await _question_before(request, desk), desk, thread)
    # Of a command its writer alone may have seen what was served: what it is edited to may be said to others.
    elif asker.addressed or answer or overheard(asker.text, desk.record).subject:
        await _answer(asker, thread.as_of(request.ts).question or "", desk, thread)


async def _answer(asker: Asker, last: str, desk: Desk, thread: Transcript = UNREAD) -> None:
    """Answers a text after the question `last`; in the place of its old answer, or with a note below that."""
    asked, old = desk.asked, thread.answer_to(desk.asked.ts)
    shown, question = await _worked_out(asker, last, desk, answered=old is not None)
    if shown is None and old:
        shown, question = edited(old), question_of(old)
    if shown is None:
        return desk.contexts.put(asked.thread, None, asked.ts)
    try:
        await deliver(shown, question, asker, desk, thread)
    except SlackApiError as refusal:
        await desk.contexts.drop(asked.thread)
        if (error := error_of(refusal)) not in NO_ENTRY:
            raise
        await tell(asker, noted(shown, closed_told(error, asker.channel, desk.identity.name)), desk)


async def _worked_out(
    asker: Asker, last: str, desk: Desk, *, answered: bool
) -> tuple[Message | None, str | None]:
    """What is to stand in the thread, if anything, and the question that the thread keeps of it."""
    before, unreadable = desk.recalled(last)
    if command := typed_commands.asked_for(asker, desk):
        speak(access.spoken_in(asker.text) or desk.settings.alumina_language)
        told = await typed_commands.SERVES[command](replace(asker, last=before.question), desk)
        # In their conversation with us nobody else reads; there it stays, and is found again.
        if told and not is_direct(asker.channel):
            await tell(asker, told, desk)
            told = None
        return told, None
    reply = await desk.answer(asker.text, asker.user, before, addressed=asker.addressed)
    if reply.outcome == "silent" or (answered and not reply.is_for_all):
        return None, None
    message = replace(reply.message, blocks=()) if reply.kept == "" else reply.message  # nothing to rate
    message = noted(message, unreadable) if unreadable else message
    return with_controls(message, asker.user), reply.kept


async def take_edit(
    event: Said, context: AsyncBoltContext, req: AsyncBoltRequest, next: Next, desk: Desk
) -> BoltResponse | None:
    """Writes down that a message is open again, before Slack is told that we have the edit."""
    said, before = event.get("message") or {}, event.get("previous_message") or {}
    # The text stays where a link was unfurled or a thread begun.
    if not is_persons(said) or said.get("text") == before.get("text"):
        return BoltResponse(status=200)
    asked = message_request(said, event["channel"], desk.team_of(context))
    unasked = await desk.inbox.state(asked) in ("unknown", "early")
    if unasked or (AGAIN not in req.headers and _is_too_fast(event, said["user"], context, desk)):
        return BoltResponse(status=200)
    context["desk"] = replace(desk, asked=asked)
    if await desk.inbox.reopen(asked):
        context["request"] = asked
    return await next()


async def follow_edit(context: AsyncBoltContext, desk: Desk) -> None:
    """Has the answer follow its edited question, once nobody else has the message in hand."""
    if "request" not in context:
        for _ in range(int(2 * desk.inbox.lease.total_seconds() / LOOK_SECONDS)):
            if await desk.inbox.reopen(desk.asked):
                break
            await asyncio.sleep(LOOK_SECONDS)
        else:
            return
        desk.inbox.in_hand.add(desk.asked)
        context["request"] = desk.asked  # closed when this listener ends
    await take_up(desk, is_edit=True)

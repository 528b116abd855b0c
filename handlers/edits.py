"""When the asker edits a question, its answer is edited too."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.messages.blocks import noted
from bot.messages.controls import with_controls
from bot.messages.message import Message
from bot.sending import attach, revise
from bot.threads.context import Transcript, question_metadata, with_edit
from bot.threads.inbox import LEASE, Asked
from bot.words import say
from handlers.alone import served_alone
from handlers.ask import Desk
from handlers.entrance import tell_beside, too_fast
from handlers.intake import AGAIN, SPOKEN, Event, asked_of, without_mention

# An edit may come while its question is still being answered. Whoever dies over that leaves the message to
# the next, which reads it as it stands; until then it is waited.
LOOK_SECONDS = 0.25
LOOKS = int(LEASE.total_seconds() / LOOK_SECONDS)


async def take_edit(
    event: Event,
    context: AsyncBoltContext,
    request: AsyncBoltRequest,
    next_: Callable[[], Awaitable[None]],
    desk: Desk,
) -> BoltResponse | None:
    """Before Slack is told that we have an edit: that its message is open again is written down."""
    asked = edited_question(event, desk.team_of(context))
    if asked is None or await desk.inbox.state(asked) == "unknown":
        return BoltResponse(status=200)
    user = str(event["message"].get("user") or "")
    if AGAIN not in request.headers and (note := too_fast(user, asked.channel, desk)) is not None:
        await tell_beside(asked, user, note, desk)
        return BoltResponse(status=200)
    context["asked"], context["reopened"] = asked, await desk.inbox.reopen(asked)
    await next_()
    return None


def edited_question(event: Event, team: str) -> Asked | None:
    """The message whose text a person changed; None where a link was unfurled or a thread has begun."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if message.get("bot_id") or message.get("subtype") not in SPOKEN:
        return None
    return asked_of(message, event["channel"], team) if message.get("text") != before.get("text") else None


async def follow_edit(asked: Asked, reopened: bool, desk: Desk) -> None:
    """The answer follows its edited question, once nobody else has the message in hand."""
    if reopened or await _free(asked, desk):
        async with desk.inbox.held(asked):
            await revise_answer(asked, desk)


async def _free(asked: Asked, desk: Desk) -> bool:
    for _ in range(LOOKS):
        if await desk.inbox.reopen(asked):
            return True
        await asyncio.sleep(LOOK_SECONDS)
    return False


async def revise_answer(asked: Asked, desk: Desk) -> None:
    """Answers the question as it stands now, in place; what does not resolve is noted under the old answer.

    The text is read from the thread and not from the event, so that of two edits the later one wins.
    """
    thread = await desk.threads.read(asked.thread)
    message, last = thread.message(asked.ts) or {}, thread.question_before(asked.ts)
    if await served_alone(asked, str(message.get("user", "")), _text(message, desk), last, desk):
        return
    if message and (old := thread.answer_to(asked.ts)):
        new, metadata = await revised(asked, thread, old, desk)
        await revise(desk.client, asked.channel, old["ts"], new, metadata=metadata)
        await desk.threads.revised(asked.thread, {**old, "metadata": metadata})
        if new.file:
            await attach(desk.client, asked.channel, asked.thread_ts, new.file)
    await desk.inbox.answered(asked)


async def revised(
    asked: Asked, thread: Transcript, old: Mapping[str, Any], desk: Desk
) -> tuple[Message, dict[str, Any]]:
    """The answer to the text as it stands, with its metadata."""
    message, edit = thread.message(asked.ts) or {}, thread.edit_of(asked.ts)
    told = await desk.answer(_text(message, desk), thread.question_before(asked.ts))
    if told.understood and not told.is_help:
        shown = with_controls(told.message, str(message.get("user", "")))
        return shown, question_metadata(told.question, asked.ts, edit)
    return edited(old), with_edit(old, edit)


def _text(message: Mapping[str, Any], desk: Desk) -> str:
    return without_mention(str(message.get("text", "")), desk)


def edited(old: Mapping[str, Any]) -> Message:
    """The message as it stands, with the note below it, once."""
    shown = Message(str(old.get("text", "")), tuple(old.get("blocks") or ()))
    note = say("replies.edited")
    is_noted = shown.text.endswith(note) or note in str(shown.blocks[-1:])
    return shown if is_noted else noted(shown, note)

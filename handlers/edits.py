"""When the asker edits a question, its answer is edited too."""

import asyncio
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.threads.inbox import LEASE, Asked
from handlers.ask import Desk
from handlers.entrance import tell_beside, too_fast
from handlers.intake import AGAIN, SPOKEN, Event, asked_of, without_mention
from handlers.typed_commands import answer_or_serve

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
    message = thread.message(asked.ts) or {}
    text, last = str(message.get("text", "")), thread.question_before(asked.ts)
    if not message or not (thread.answer_to(asked.ts) or _is_to_us(asked, text, desk)):
        return await desk.inbox.answered(asked)
    user = str(message.get("user", ""))
    return await answer_or_serve(asked, user, without_mention(text, desk), last, desk, thread)


def _is_to_us(asked: Asked, text: str, desk: Desk) -> bool:
    """Where no answer stands, as for a command that its writer alone saw served, or one that was deleted."""
    return asked.channel.startswith("D") or desk.identity.mention in text or desk.overheard(text).subject

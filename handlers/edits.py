"""When the asker edits a question, its answer is edited too."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.messages.message import Message
from bot.slack import revise
from bot.threads.context import question_metadata
from bot.threads.inbox import Asked
from handlers.ask import Desk
from handlers.intake import SPOKEN, asked_of, without_mention
from handlers.notes import EDITED, noted

# An edit may come while its question is still being answered.
LOOKS, LOOK_SECONDS = 40, 0.25


async def follow_edit(event: Mapping[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """A message was changed: its answer follows where the text is another. One that is deleted keeps it."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if message.get("bot_id") or message.get("subtype") not in SPOKEN:
        return
    if message.get("text") == before.get("text"):
        return  # a link was unfurled, a thread has begun
    asked = asked_of(message, event["channel"], context.team_id or desk.identity.team_id)
    if await _is_answered(asked, desk):
        await revise_answer(asked, desk)


async def _is_answered(asked: Asked, desk: Desk) -> bool:
    for _ in range(LOOKS):
        if (state := await desk.inbox.state(asked)) != "taken":
            return state == "answered"
        await asyncio.sleep(LOOK_SECONDS)
    return False


async def revise_answer(asked: Asked, desk: Desk) -> None:
    """Answers the question as it stands now, in place; what does not resolve is noted under the old answer.

    The text is read from the thread and not from the event, so that of two edits the later one wins.
    """
    thread = await desk.threads.read(asked.thread)
    message, old = thread.message(asked.ts), thread.answer_to(asked.ts)
    if message is None or old is None:
        return
    text = without_mention(str(message.get("text", "")), desk)
    told = desk.answer(text, thread.question_before(asked.ts))
    if told.understood and not told.is_help:
        new, metadata = told.message, question_metadata(told.question, asked.ts)
    else:
        new, metadata = edited(old), old["metadata"]
    await revise(desk.client, asked.channel, old["ts"], new, metadata=metadata)
    desk.threads.forget(asked.thread)


def edited(old: Mapping[str, Any]) -> Message:
    """The message as it stands, with the note below it, once."""
    shown = Message(str(old.get("text", "")), tuple(old.get("blocks") or ()))
    is_noted = shown.text.endswith(EDITED) or EDITED in str(shown.blocks[-1:])
    return shown if is_noted else noted(shown, EDITED)

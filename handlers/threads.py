"""Mentions, replies, direct messages: each answered once, in its thread; and what a crash left unanswered."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from bot.slack import SlackTrouble
from bot.store.tables import Ours
from bot.threads.inbox import Asked, Inbox
from handlers.ask import Desk, DeskOf
from handlers.edits import revise_answer
from handlers.intake import Work, without_mention

# How often it is looked for messages that a process has left unanswered.
ROUND_SECONDS = 60.0

log = logging.getLogger(__name__)


async def answer_message(work: Work, desk: Desk) -> None:
    """A message that is written down as ours to answer."""
    try:
        if work.left:
            await take_up(work.asked, desk)
        else:
            await desk.reply(work.asked, work.user, work.text, await _last(work, desk))
    except Exception:
        # The asker is told to ask again, so nobody shall come back to this message later.
        desk.threads.forget(work.asked.thread)
        await desk.inbox.answered(work.asked)
        raise


async def _last(work: Work, desk: Desk) -> str:
    if work.last is not None:
        return work.last
    return (await desk.threads.standing(work.asked.thread, work.asked.ts)).question


async def take_up(asked: Asked, desk: Desk) -> None:
    """Answers a message that was left, if it still stands and its thread lacks the answer to its text."""
    thread = await desk.threads.read(asked.thread)
    message = thread.message(asked.ts)
    if message is None or thread.is_settled(asked.ts):
        return await desk.inbox.answered(asked)
    if thread.answer_to(asked.ts):
        return await revise_answer(asked, desk)
    text = without_mention(str(message.get("text", "")), desk)
    last, edit = thread.question_before(asked.ts), thread.edit_of(asked.ts)
    return await desk.reply(asked, str(message.get("user", "")), text, last, edit)


@asynccontextmanager
async def taking_up(inbox: Inbox, ours: Ours, desk_of: DeskOf) -> AsyncIterator[None]:
    """Looks at the start, and every minute, for messages of our workspaces that a process has left."""
    rounds = asyncio.create_task(_rounds(inbox, ours, desk_of))
    try:
        yield
    finally:
        rounds.cancel()
        with suppress(asyncio.CancelledError):
            await rounds


async def _rounds(inbox: Inbox, ours: Ours, desk_of: DeskOf) -> None:
    while True:
        try:
            await inbox.forget_old()
            async for asked in inbox.left(ours):
                await _try_to_take_up(asked, desk_of)
        except SQLAlchemyError as problem:
            log.error("inbox_not_read", exc_info=problem)
        await asyncio.sleep(ROUND_SECONDS)


async def _try_to_take_up(asked: Asked, desk_of: DeskOf) -> None:
    """Trouble with Slack leaves the message to a later round; a fault of ours closes it."""
    try:
        desk = await desk_of(asked.team)
    except (*SlackTrouble, LookupError) as trouble:
        return log.warning("left_for_later", exc_info=trouble)
    try:
        await take_up(asked, desk)
    except SlackTrouble as trouble:
        log.warning("left_for_later", exc_info=trouble)
    except Exception:
        log.exception("take_up_failed")
        await desk.inbox.answered(asked)

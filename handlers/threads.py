"""Mentions, replies, direct messages: each answered once, in its thread; and what a crash left unanswered."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot.posts.tick import ticking
from bot.slack_errors import SlackTrouble
from bot.store.tables import Ours
from bot.supply.watch import Tell
from bot.threads.inbox import Asked, Inbox
from bot.words import say, speak
from handlers.ask import Desk, DeskOf
from handlers.edits import revise_answer
from handlers.intake import Work, without_mention
from handlers.retry import is_passing, retry
from handlers.typed_commands import answer_or_serve

# How often it is looked for messages that a process has left unanswered.
ROUND_SECONDS = 60.0
LAST_SECONDS = 0.5

log = logging.getLogger(__name__)


async def answer_message(work: Work, desk: Desk) -> None:
    """A message that is written down as ours to answer; what does not pass here is left to a later round."""
    try:
        async with desk.inbox.held(work.asked):
            await _answer(work, desk)
    except Exception as trouble:
        if is_passing(trouble):
            return log.warning("left_for_later", exc_info=trouble)
        # The asker is told to ask again, so nobody shall come back to this message later.
        desk.threads.forget(work.asked.thread)
        await desk.inbox.answered(work.asked)
        raise


async def _answer(work: Work, desk: Desk) -> None:
    if work.left:
        return await take_up(work.asked, desk)
    last = "" if work.asked.begins else await _last(work.asked, desk)
    if last is not None:
        await answer_or_serve(work.asked, work.user, work.text, last, desk)
    return None


async def _last(asked: Asked, desk: Desk) -> str | None:
    """The question before it; None where Slack does not say: then a later round answers the message.

    It is read once the message is written down: what was written down before it is waited for.
    """
    try:
        return await retry(partial(desk.threads.question_before, asked.thread, asked.ts))
    except SlackTrouble as trouble:
        log.warning("left_for_later", exc_info=trouble)
        return None


async def take_up(asked: Asked, desk: Desk) -> None:
    """Answers a message that was left, if it still stands and its thread lacks the answer to its text."""
    thread = await retry(partial(desk.threads.read, asked.thread, asked.ts))
    message = thread.message(asked.ts)
    if message is None or thread.is_settled(asked.ts):
        return await desk.inbox.answered(asked)
    if thread.answer_to(asked.ts):
        return await revise_answer(asked, desk)
    text, user = without_mention(str(message.get("text", "")), desk), str(message.get("user", ""))
    last = await retry(partial(desk.threads.question_before, asked.thread, asked.ts))
    return await answer_or_serve(asked, user, text, last, desk, thread)


@asynccontextmanager
async def taking_up(
    inbox: Inbox, ours: Ours, desk_of: DeskOf, tell: Tell | None = None
) -> AsyncIterator[None]:
    """Looks at the start, and every minute, for messages of our workspaces that a process has left."""

    async def job() -> None:
        try:
            await _give_up(inbox, ours, tell)
            async for asked in inbox.left(ours):
                await _try_to_take_up(asked, desk_of)
        except SQLAlchemyError as problem:
            log.error("inbox_not_read", exc_info=problem)

    # What it is amid of then is left to the next process; the database gets the moment that it needs.
    async with ticking(job, ROUND_SECONDS, LAST_SECONDS):
        yield


async def _try_to_take_up(asked: Asked, desk_of: DeskOf) -> None:
    """Trouble with Slack leaves the message to a later round; a fault of ours closes it."""
    try:
        desk = await desk_of(asked.team)
    except (*SlackTrouble, LookupError) as trouble:
        return log.warning("left_for_later", exc_info=trouble)
    speak(desk.settings.alumina_language)  # and not that of the message before
    try:
        async with desk.inbox.held(asked):
            await take_up(asked, desk)
    except (*SlackTrouble, SQLAlchemyError) as trouble:
        log.warning("left_for_later", exc_info=trouble)
    except Exception:
        log.exception("take_up_failed")
        await desk.inbox.answered(asked)


async def _give_up(inbox: Inbox, ours: Ours, tell: Tell | None) -> None:
    """What could not be answered for long is closed; the log and the owner hear of each message once."""
    for asked in await inbox.give_up(ours):
        log.error("given_up", extra={"team": asked.team, "channel": asked.channel, "ts": asked.ts})
        if tell:
            said = datetime.fromtimestamp(float(asked.ts), UTC)
            when = f"{said.day} {said:%B %Y, %H:%M} UTC"
            await tell(say("replies.given_up", channel=asked.channel, when=when))

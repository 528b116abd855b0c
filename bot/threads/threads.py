"""What a thread is to us: known from the tables, and where they cannot say, read in Slack."""

import asyncio
import logging
from collections.abc import AsyncIterator

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.threads.cache import Cache
from bot.threads.context import (
    STRANGE,
    Said,
    Standing,
    Thread,
    Transcript,
    asked_in,
    is_gone,
    is_too_soon,
    question_of,
    standing_after,
)
from bot.threads.contexts import BATCH_SECONDS, Context, Contexts, Known

SIZE = 5_000
# A thread that is not ours becomes ours when the bot is mentioned there; the inbox knows that at once.
STRANGE_SECONDS = 300.0
# What Slack gets to say of a thread before it is told that we have an event; later the event comes again.
QUICK_SECONDS = 2.0
# How often it is looked whether another process has written down what it has just answered.
LOOKS = 5
PAGE = 200  # messages; Slack may give fewer
# Far more than are said in a channel while an answer is on its way.
NEWEST = 50
NEVER = "0"  # when a question was asked that there is not

log = logging.getLogger(__name__)


class Threads:
    """What is known of threads; asks Slack only where the tables cannot say.

    `client` waits where Slack is asked too often, `hasty` does not: there is no time for it before Slack is
    told that we have an event, nor in a thread of which the tables know nothing.
    """

    def __init__(
        self, client: AsyncWebClient, hasty: AsyncWebClient, bot_user_id: str, contexts: Contexts
    ) -> None:
        self._client, self._hasty = client, hasty
        self._bot, self._contexts = bot_user_id, contexts
        self._strange: Cache[Thread, bool] = Cache(SIZE, STRANGE_SECONDS)

    def remember(self, thread: Thread, question: str | None, asked: str, *, edited: bool = False) -> None:
        """The bot answers the message of that ts, `edited` as it stands by now. None leaves the thread's last
        question, '' clears it.
        """
        if question is None:
            begun = "" if thread.ts == asked else None
            self._contexts.put(thread, Context(begun, upto=asked))
        else:
            self._contexts.put(thread, Context(question, asked, upto=asked, edited=edited))

    def forget(self, thread: Thread) -> None:
        """The thread's last question is read anew the next time."""
        self._contexts.drop(thread)

    async def revised(self, thread: Thread, answer: Said) -> None:
        """An answer now is to another question, as its metadata says; known to every process on return."""
        question = question_of(answer)
        if question is None:
            self.forget(thread)
        else:
            self.remember(thread, question, asked_in(answer), edited=True)
        await self._contexts.write()

    async def forgotten(self, thread: Thread) -> None:
        """The thread's last question is read anew the next time, by whichever process."""
        self.forget(thread)
        await self._contexts.write()

    def heard(self, thread: Thread, ts: str) -> None:
        """Somebody spoke there to others."""
        self._contexts.heard(thread, ts)

    async def known(self, thread: Thread, before: str) -> Known:
        """What the thread is to us when the message of that ts comes."""
        known = await self._contexts.read(thread, before)
        if known.is_ours or self._strange.get(thread):
            return known
        async with asyncio.timeout(QUICK_SECONDS):
            found = await self._hasty_look(thread, before, known)
        if found is None:
            return known
        if found.ours:
            context = _context(found, known)
            self._contexts.put(thread, context)
            return Known(before, context)
        self._strange.put(thread, True)
        return known

    async def question_before(self, thread: Thread, before: str) -> str:
        """The last question when the message of that ts was written, as JSON; '' for none.

        What a process is just writing down is waited for; what it did not live to write is read in Slack.
        """
        for _ in range(LOOKS):
            known = await self._contexts.read(thread, before)
            if (question := known.question) is not None:
                return question
            if not known.is_awaited:
                break
            await asyncio.sleep(BATCH_SECONDS)
        look = self._look if known.is_ours else self._hasty_look
        if (found := await look(thread, before, known)) is None:
            return ""
        self._contexts.put(thread, _context(found, known))
        # Of what was asked meanwhile the answer need not have stood there yet.
        newer = (await self._contexts.read(thread, before)).context
        if newer and newer.question is not None and found.asked < newer.asked < before:
            return newer.question
        return found.question

    async def message(self, thread: Thread, ts: str) -> Said | None:
        """One message of the thread as it stands now; None where it is gone."""
        try:
            found = await self._client.conversations_replies(
                channel=thread.channel,
                ts=thread.ts,
                oldest=ts,
                latest=ts,
                inclusive=True,
                limit=2,  # Slack may send the thread's first message along
                include_all_metadata=True,
            )
        except SlackApiError as refusal:
            if is_gone(refusal):
                return None
            raise
        return next((said for said in found.get("messages") or () if said.get("ts") == ts), None)

    async def read(self, thread: Thread, since: str = "") -> Transcript:
        """The thread as it stands now: its first message, and those from that ts on."""
        said = [message async for message in self._said(thread, since, self._client)]
        return Transcript(tuple(said), self._bot)

    async def _hasty_look(self, thread: Thread, before: str, known: Known) -> Standing | None:
        """None where Slack may not be asked so soon: an app outside its Marketplace may read once a minute.

        Then a thread of which the tables know nothing stays one of others: only where they were lost, or the
        thread is very old, might it be ours.
        """
        try:
            return await self._look(thread, before, known, self._hasty)
        except SlackApiError as refusal:
            if not is_too_soon(refusal):
                raise
        log.info("thread_not_read", extra={"team": thread.team, "channel": thread.channel})
        return None

    async def newest(self, channel: str) -> Transcript:
        """What was said last in the channel itself."""
        found = await self._client.conversations_history(
            channel=channel, limit=NEWEST, include_all_metadata=True
        )
        return Transcript(tuple(reversed(found.get("messages") or ())), self._bot)

    async def _look(
        self, thread: Thread, before: str, known: Known, client: AsyncWebClient | None = None
    ) -> Standing:
        """The thread as Slack has it; of a known one only what came after its last question is read."""
        context, start = known.context, STRANGE
        if context and context.question is not None and context.asked < before:
            start = Standing(True, context.question, context.asked, upto=context.asked)
        said = [message async for message in self._said(thread, start.upto, client or self._client)]
        return standing_after(said, self._bot, start, before)

    async def _said(self, thread: Thread, since: str, client: AsyncWebClient) -> AsyncIterator[Said]:
        """The thread's messages from that ts on, oldest first; its first one comes in any case."""
        try:
            pages = await client.conversations_replies(
                channel=thread.channel,
                ts=thread.ts,
                oldest=since or None,
                inclusive=True,
                limit=PAGE,
                include_all_metadata=True,
            )
            async for page in pages:
                for message in page.get("messages") or ():
                    yield message
        except SlackApiError as refusal:
            if not is_gone(refusal):
                raise


def _context(found: Standing, known: Known) -> Context:
    """What was read, as it is kept."""
    last = found.upto if found.our_turn else found.asked
    spoken = "" if found.our_turn else found.upto
    return Context(found.question, found.asked or NEVER, max(known.newest, last), spoken)

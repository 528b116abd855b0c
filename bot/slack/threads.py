"""What a thread is to us: known from the tables, and where they cannot say, read in Slack."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cache import Cache
from bot.slack.client import once_only
from bot.slack.contexts import Context, Contexts
from bot.slack.errors import RATE_LIMITED, error_of
from bot.slack.transcript import (
    STRANGE,
    Said,
    Standing,
    Thread,
    Transcript,
    standing_after,
)

SIZE = 5_000
# A thread that is not ours becomes ours when the bot is mentioned there; the inbox knows that at once.
STRANGE_SECONDS = 300.0
# How long a follow-up waits for the question before it, which another process may have in hand.
LOOK_SECONDS, LOOKS = 0.2, 50
PAGE = 200  # messages; Slack may give fewer
NEVER = "0"  # when a question was asked that there is not

log = logging.getLogger(__name__)


class Threads:
    """What is known of threads; asks Slack only where the tables cannot say.

    `client` waits where Slack is asked too often, `hasty` does not: a thread of which the tables know nothing
    is worth no wait.
    """

    def __init__(self, client: AsyncWebClient, bot_user_id: str, contexts: Contexts) -> None:
        self._client, self._hasty = client, once_only(client)
        self._bot, self._contexts = bot_user_id, contexts
        self._strange: Cache[Thread, bool] = Cache(SIZE, STRANGE_SECONDS)

    async def look(self, thread: Thread, before: str) -> Context:
        """Returns the thread as of the message of that ts: where the tables do not know it, read in Slack."""
        context = await self._contexts.read(thread, before)
        if context.is_ours or self._strange.get(thread):
            return context
        found = await self._hasty_look(thread, context)
        if found and found.ours:
            return self._kept(thread, found, context)
        self._strange.put(thread, True)
        return context

    async def question_before(self, thread: Thread, before: str) -> str:
        """Returns the last question when the message of that ts was written, as JSON; '' for none.

        What is in hand is waited for; what nobody lived to keep is read in Slack.
        """
        for _ in range(LOOKS):
            context = await self._contexts.read(thread, before)
            if not context.in_hand:
                break
            await asyncio.sleep(LOOK_SECONDS)
        if context.last_question is not None:
            return context.last_question
        if context.is_ours:
            found: Standing | None = await self._look(thread, context, self._client)
        else:
            found = await self._hasty_look(thread, context)
        if found is None:
            return ""
        self._kept(thread, found, context)
        # Of what was asked meanwhile the answer need not have stood there yet.
        return (await self._contexts.read(thread, before)).last_question or found.question

    async def message(self, thread: Thread, ts: str) -> Said | None:
        """Returns one message of the thread as it stands now; None where it is gone."""
        first = thread.posted_in or ts  # Slack may send the thread's first message along
        pages = self._replies(self._client, first, thread.channel, oldest=ts, latest=ts, limit=2)
        async for said in pages:
            if said.get("ts") == ts:
                return said
        return None

    async def read(self, thread: Thread, since: str = "") -> Transcript:
        """Returns the thread as it stands now: its first message, and those from that ts on.

        Of a conversation without a `since` the newest messages are enough.
        """
        return Transcript(tuple(await self._said(thread, since, self._client)), self._bot)

    async def channel_since(self, channel: str, oldest: str) -> Transcript:
        """Returns what was said in the channel itself since then."""
        return Transcript(tuple(await self._in_channel(channel, oldest, self._client)), self._bot)

    async def is_empty(self, channel: str) -> bool:
        """Whether nothing was said in the channel yet; no where Slack may not be asked so soon."""
        try:
            page = await self._hasty.conversations_history(channel=channel, limit=1)
        except SlackApiError as refusal:
            if error_of(refusal) not in RATE_LIMITED:
                raise
            return False
        return not page.get("messages")

    def _kept(self, thread: Thread, found: Standing, context: Context) -> Context:
        last = found.upto if found.our_turn else found.asked
        new = replace(
            context,
            question=found.question,
            asked=found.asked or NEVER,
            upto=max(context.newest, last),
            spoken="" if found.our_turn else found.upto,
        )
        self._contexts.put(thread, new.question, new.asked, upto=new.upto, spoken=new.spoken)
        return new

    async def _hasty_look(self, thread: Thread, context: Context) -> Standing | None:
        """None where Slack may not be asked so soon: an app outside its Marketplace may read once a minute.

        Then a thread of which the tables know nothing stays one of others: only where they were lost, or the
        thread is very old, might it be ours.
        """
        try:
            return await self._look(thread, context, self._hasty)
        except SlackApiError as refusal:
            if error_of(refusal) not in RATE_LIMITED:
                raise
        log.info("thread_not_read", extra={"team": thread.team, "channel": thread.channel})
        return None

    async def _look(self, thread: Thread, context: Context, client: AsyncWebClient) -> Standing:
        """The thread as Slack has it; of a known one only what came after its last question is read."""
        start = STRANGE
        if context.question is not None and context.asked < context.before:
            start = Standing(True, context.question, context.asked, upto=context.asked)
        said = await self._said(thread, start.upto, client)
        return standing_after(said, self._bot, start, context.before)

    async def _said(self, thread: Thread, since: str, client: AsyncWebClient) -> list[Said]:
        """The thread's messages from that ts on, oldest first; its first one comes in any case."""
        if thread.is_conversation:
            return await self._in_channel(thread.channel, since, client)
        pages = self._replies(client, thread.ts, thread.channel, oldest=since or None, limit=PAGE)
        return [message async for message in pages]

    async def _replies(
        self, client: AsyncWebClient, ts: str, channel: str, **which: Any
    ) -> AsyncIterator[Said]:
        """None where the thread's first message was deleted."""
        try:
            pages = await client.conversations_replies(
                channel=channel, ts=ts, inclusive=True, include_all_metadata=True, **which
            )
            async for page in pages:
                for message in page.get("messages") or ():
                    yield message
        except SlackApiError as refusal:
            if error_of(refusal) != "thread_not_found":
                raise

    async def _in_channel(self, channel: str, since: str, client: AsyncWebClient) -> list[Said]:
        """What stands in the channel itself from that ts on, oldest first; without one its newest page."""
        found: list[Said] = []
        pages = await client.conversations_history(
            channel=channel, oldest=since or None, inclusive=True, limit=PAGE, include_all_metadata=True
        )
        async for page in pages:
            found += page.get("messages") or ()
            if not since:
                break
        return found[::-1]

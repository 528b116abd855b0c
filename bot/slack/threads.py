"""What a thread is to us: known from the tables, and where they cannot say, read in Slack."""

import asyncio
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cache import Cache
from bot.slack.client import once_only
from bot.slack.contexts import Contexts
from bot.slack.errors import RATE_LIMITED, error_of
from bot.slack.transcript import Context, Said, Thread, Transcript

SIZE = 5_000
# A thread that is not ours becomes ours when the bot is mentioned there; the inbox knows that at once.
STRANGE_SECONDS = 300.0
# How long a follow-up waits for the question before it, which another process may have in hand.
LOOK_SECONDS, LOOKS = 0.2, 50
PAGE = 200  # messages; Slack may give fewer
NEVER = "0"  # when was asked what nobody has asked


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
        found = await self._hasty_read(thread)
        if found and (there := found.as_of(before)).is_ours:
            self._keep(thread, there, before)
            return there
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
        if context.question is not None:
            return context.question
        found = await (self.read(thread) if context.is_ours else self._hasty_read(thread))
        if found is None:
            return ""
        there = found.as_of(before)
        self._keep(thread, replace(there, upto=max(context.upto, there.upto)), before)
        # Of what was asked meanwhile the answer need not have stood there yet.
        return (await self._contexts.read(thread, before)).question or there.question or ""

    async def message(self, thread: Thread, ts: str) -> Said | None:
        """Returns one message of the thread as it stands now; None where it is gone."""
        first = replace(thread, ts=thread.posted_in or ts)  # Slack may send the thread's first message along
        said = await self._said(first, self._client, since=ts, until=ts, limit=2)
        return Transcript(said, self._bot).message(ts)

    async def read(self, thread: Thread, since: str = "") -> Transcript:
        """Returns the thread as it stands now: its first message, and those from that ts on.

        Of a conversation, or of a channel itself, those alone; without a `since` the newest are enough.
        """
        return Transcript(await self._said(thread, self._client, since), self._bot)

    async def is_empty(self, channel: str) -> bool:
        """Whether nothing was said in the channel yet; no where Slack may not be asked so soon."""
        found = await self._hasty_read(Thread("", channel, channel), limit=1)
        return found is not None and not found.messages

    def _keep(self, thread: Thread, found: Context, before: str) -> None:
        self._contexts.put(thread, found.question, found.upto or NEVER)
        if not found.our_turn:
            self._contexts.heard(thread, before)

    async def _hasty_read(self, thread: Thread, limit: int = PAGE) -> Transcript | None:
        """None where Slack may not be asked so soon: an app outside its Marketplace may read once a minute.

        Then a thread of which the tables know nothing stays one of others: only where they were lost, or the
        thread is very old, might it be ours.
        """
        try:
            return Transcript(await self._said(thread, self._hasty, limit=limit), self._bot)
        except SlackApiError as refusal:
            if error_of(refusal) not in RATE_LIMITED:
                raise
        return None

    async def _said(
        self, thread: Thread, client: AsyncWebClient, since: str = "", until: str = "", limit: int = PAGE
    ) -> list[Said]:
        """What stands there between both, oldest first; nothing where a thread's first message is gone."""
        which: dict[str, Any] = {"channel": thread.channel, "limit": limit, "include_all_metadata": True}
        which |= {"oldest": since or None, "latest": until or None, "inclusive": True}
        found: list[Said] = []
        try:
            if thread.is_conversation:
                pages = await client.conversations_history(**which)
            else:
                pages = await client.conversations_replies(ts=thread.ts, **which)
            async for page in pages:
                found += page.get("messages") or ()
                if thread.is_conversation and not since:
                    break
        except SlackApiError as refusal:
            if error_of(refusal) != "thread_not_found":
                raise
        return found[::-1] if thread.is_conversation else found

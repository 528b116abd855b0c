"""A thread's last question: in memory, else read back from the metadata of the bot's own messages.

The metadata makes Slack itself the memory, so a restart or a lost database costs nothing but one request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.threads.cache import Cache

SIZE = 5_000
# A thread that is not ours becomes ours when the bot is mentioned there, perhaps through another process.
STRANGE_SECONDS = 300.0
PAGE = 200
PAGES = 25

QUESTION_EVENT = "alumina_question"


@dataclass(frozen=True, slots=True)
class Thread:
    """One thread of one channel; `ts` is that of its first message."""

    team: str
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the bot has spoken in a thread, and the last question there, in words ('' is none)."""

    ours: bool
    question: str = ""


STRANGE = Standing(ours=False)


def question_metadata(question: str) -> dict[str, Any]:
    """The metadata of an answer: the question in words, for follow-ups."""
    return {"event_type": QUESTION_EVENT, "event_payload": {"question": question}}


class Threads:
    """What is known of threads; asks Slack only about those it has not seen of late."""

    def __init__(self, client: AsyncWebClient, bot_user_id: str, size: int = SIZE) -> None:
        self._client, self._bot = client, bot_user_id
        self._ours: Cache[Thread, Standing] = Cache(size)
        self._strange: Cache[Thread, Standing] = Cache(size, STRANGE_SECONDS)

    def remember(self, thread: Thread, question: str | None) -> None:
        """The bot has answered in the thread; without a question the last one stays."""
        known = self._ours.get(thread)
        if question is not None or known is None:
            self._ours.put(thread, Standing(True, question or ""))

    async def standing(self, thread: Thread) -> Standing:
        """What the thread is to us."""
        known = self._ours.get(thread) or self._strange.get(thread)
        if known is not None:
            return known
        found = await self._read(thread)
        (self._ours if found.ours else self._strange).put(thread, found)
        return found

    async def _read(self, thread: Thread) -> Standing:
        standing, pages = STRANGE, 0
        try:
            first = await self._client.conversations_replies(
                channel=thread.channel, ts=thread.ts, limit=PAGE, include_all_metadata=True
            )
            async for page in first:
                standing = self._after(page.get("messages") or (), standing)
                pages += 1
                if pages == PAGES:
                    break
        except SlackApiError as refusal:
            if not is_gone(refusal):
                raise
        return standing

    def _after(self, messages: Any, standing: Standing) -> Standing:
        """The standing once these further messages of the thread are read, oldest first."""
        for message in messages:
            if message.get("user") == self._bot:
                standing = Standing(True, question_of(message) or standing.question)
        return standing


def is_gone(refusal: SlackApiError) -> bool:
    """Whether the thread's first message was deleted; other refusals say nothing about the thread."""
    answer = refusal.response
    return isinstance(answer, AsyncSlackResponse) and answer.get("error") == "thread_not_found"


def question_of(message: Mapping[str, Any]) -> str:
    """The question in a message's metadata; '' where there is none."""
    metadata = message.get("metadata") or {}
    return str((metadata.get("event_payload") or {}).get("question") or "")

"""A thread's last question: in memory, and read from the metadata of the bot's own messages.

The metadata makes Slack itself the memory, so a restart or a lost database costs nothing. What is kept here
only shortens the reading: of a known thread no more is read than what was said since, which is also how one
process learns of what another has answered there.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.threads.cache import Cache

SIZE = 5_000
# A thread that is not ours becomes ours when the bot is mentioned there.
STRANGE_SECONDS = 300.0
PAGE = 200
PAGES = 25

QUESTION_EVENT = "alumina_question"

Said = Mapping[str, Any]  # a message as Slack shows it


@dataclass(frozen=True, slots=True)
class Thread:
    """One thread of one channel; `ts` is that of its first message."""

    team: str
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the bot has spoken in a thread, and the last question there, in words ('' is none).

    `asked` is the ts of the message that asked it: a later question wins, whenever its answer came.
    `upto` is how far the thread was read, `our_turn` whether the last message so far was the bot's.
    """

    ours: bool
    question: str = ""
    asked: str = ""
    upto: str = ""
    our_turn: bool = False

    def asks(self, question: str | None, asked: str) -> "Standing":
        """The standing once the bot took up a question; None leaves the last one, '' clears it."""
        if question is None or asked < self.asked:
            return replace(self, ours=True)
        return replace(self, ours=True, question=question, asked=asked)


STRANGE = Standing(ours=False)


def question_metadata(question: str | None, asked: str = "", edited: str = "") -> dict[str, Any]:
    """The metadata of an answer: the question in words, for follow-ups, and the ts of what asked it.

    Without words the message leaves the thread's last question as it was; '' clears it. `edited` is the ts of
    the last edit of the message that the answer has taken in.
    """
    payload = {"question": question} if question else {"start_over": True} if question == "" else {}
    where = {"asked": asked, "edited": edited}
    return {"event_type": QUESTION_EVENT, "event_payload": payload | {k: ts for k, ts in where.items() if ts}}


def is_answer(message: Said) -> bool:
    """Whether it is an answer to a question, and not a monthly post."""
    return (message.get("metadata") or {}).get("event_type") == QUESTION_EVENT


def with_question(message: Said, question: str | None) -> dict[str, Any]:
    """The metadata of an answer that now is to another question, in words; the rest of it stays."""
    metadata = dict(message.get("metadata") or {})
    return metadata | {"event_payload": {**_payload(message), **({"question": question} if question else {})}}


def with_edit(message: Said, edited: str) -> dict[str, Any]:
    """The metadata of an answer that stays as it is, with the edit that it has taken in."""
    metadata = dict(message.get("metadata") or {})
    return metadata | {"event_payload": {**_payload(message), "edited": edited}}


class Threads:
    """What is known of threads; asks Slack only for what was said in them since."""

    def __init__(self, client: AsyncWebClient, bot_user_id: str, size: int = SIZE) -> None:
        self._client, self._bot = client, bot_user_id
        self._ours: Cache[Thread, Standing] = Cache(size)
        self._strange: Cache[Thread, Standing] = Cache(size, STRANGE_SECONDS)

    def remember(self, thread: Thread, question: str | None, asked: str) -> None:
        """The bot answers in the thread; see `Standing.asks`."""
        self._ours.put(thread, (self._ours.get(thread) or STRANGE).asks(question, asked))

    def forget(self, thread: Thread) -> None:
        """The thread is read anew the next time."""
        self._ours.drop(thread)
        self._strange.drop(thread)

    def is_strange(self, thread: Thread) -> bool:
        """Whether the bot was not in that thread a while ago."""
        return self._ours.get(thread) is None and self._strange.get(thread) is not None

    async def standing(self, thread: Thread, before: str) -> Standing:
        """What the thread is to us when the message of that ts comes."""
        if self.is_strange(thread):
            return STRANGE
        known = self._ours.get(thread) or STRANGE
        said = [message async for message in self._said(thread, known.upto)]
        # Another question may have been taken up while Slack was asked.
        found = standing_after(said, self._bot, self._ours.get(thread) or STRANGE, before)
        (self._ours if found.ours else self._strange).put(thread, found)
        return found

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

    async def read(self, thread: Thread) -> "Transcript":
        """The whole thread as it stands now."""
        return Transcript(tuple([message async for message in self._said(thread, "")]), self._bot)

    async def _said(self, thread: Thread, since: str) -> AsyncIterator[Said]:
        """The thread's messages, oldest first; its first one comes whatever `since` says."""
        try:
            first = await self._client.conversations_replies(
                channel=thread.channel,
                ts=thread.ts,
                oldest=since or None,
                limit=PAGE,
                include_all_metadata=True,
            )
            pages = 0
            async for page in first:
                for message in page.get("messages") or ():
                    yield message
                pages += 1
                if pages == PAGES:
                    return
        except SlackApiError as refusal:
            if not is_gone(refusal):
                raise


@dataclass(frozen=True, slots=True)
class Transcript:
    """A thread as it was read, oldest message first."""

    messages: tuple[Said, ...]
    bot: str

    def message(self, ts: str) -> Said | None:
        """The message of that ts, if it still stands."""
        return next((said for said in self.messages if said.get("ts") == ts), None)

    def answer_to(self, ts: str) -> Said | None:
        """The bot's answer to the message of that ts."""
        ours = (said for said in self.messages if said.get("user") == self.bot)
        return next((said for said in ours if _payload(said).get("asked") == ts), None)

    def edit_of(self, ts: str) -> str:
        """The ts of the last edit of the message of that ts; '' where it stands as it was written."""
        message = self.message(ts) or {}
        return str((message.get("edited") or {}).get("ts") or "")

    def is_settled(self, ts: str) -> bool:
        """Whether the message has its answer, to its text as it stands now."""
        answer = self.answer_to(ts)
        return answer is not None and str(_payload(answer).get("edited") or "") == self.edit_of(ts)

    def question_before(self, ts: str) -> str:
        """The last question when the message of that ts was written, in words."""
        return standing_after(self.messages, self.bot, STRANGE, ts).question


def standing_after(messages: Iterable[Said], bot: str, known: Standing, before: str) -> Standing:
    """What is known once these messages are read, oldest first, of what was said and asked before that ts."""
    for message in messages:
        ts, ours = str(message.get("ts", "")), message.get("user") == bot
        if ts <= known.upto:
            continue
        if ts < before:
            known = replace(known, upto=ts, our_turn=ours)
        # An answer may come after a message and yet be to one that was written before it.
        asked = str(_payload(message).get("asked") or ts)
        if ours and asked < before:
            known = known.asks(question_of(message), asked)
    return known


def is_gone(refusal: SlackApiError) -> bool:
    """Whether the thread's first message was deleted; other refusals say nothing about the thread."""
    answer = refusal.response
    return isinstance(answer, AsyncSlackResponse) and answer.get("error") == "thread_not_found"


def question_of(message: Said) -> str | None:
    """The question in a message's metadata; '' where it starts over, None where it says nothing of one."""
    payload = _payload(message)
    return "" if payload.get("start_over") else str(payload.get("question") or "") or None


def _payload(message: Said) -> Mapping[str, Any]:
    return (message.get("metadata") or {}).get("event_payload") or {}

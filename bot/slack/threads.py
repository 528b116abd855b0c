"""What a thread is to us: known from a table, and where that cannot say, read in Slack.

The table says what the metadata of the answers says, so that a lost database costs nothing but the reading;
by it each process goes on where another has answered.
"""

import asyncio
from contextlib import suppress
from dataclasses import replace
from secrets import token_hex
from typing import Any

from cachetools import TTLCache
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import BindParameter, Column, ColumnElement, ScalarSelect, bindparam, select, update
from sqlalchemy.exc import DBAPIError

from bot.slack.inbox import IS_OPEN, THREAD, same
from bot.slack.transcript import Context, Said, Thread, Transcript
from bot.slack.trouble import RATE_LIMITED, error_of
from bot.slack.web_client import once_only
from bot.store.clock import Clock, utc_now
from bot.store.engine import insert_into
from bot.store.group_commit import GroupCommit
from bot.store.tables import contexts, inbox

SIZE = 5_000
# A thread that is not ours becomes ours when the bot is mentioned there; the inbox knows that at once.
STRANGE_SECONDS = 300.0
# How long a follow-up waits for the question before it, which another process may have in hand.
LOOK_SECONDS, LOOKS = 0.2, 50
PAGE = 200  # messages; Slack may give fewer
UNKNOWN = "?"  # in the place of a question that has to be read in the thread
SETTLED_SECONDS = 1.0  # an answer waits no longer for a database that is away


class Contexts:
    """The table of contexts, one upsert an answer."""

    def __init__(self, writer: GroupCommit, clock: Clock = utc_now) -> None:
        self._writer, self._clock = writer, clock
        self._statements = {name: writer.prepare(each) for name, each in _statements(writer).items()}

    def put(self, thread: Thread, question: str | None, asked: str) -> None:
        """Keeps what the message of that ts asked: a question, '' to start over, None for nothing."""
        question = "" if question is None and thread.ts == asked else question  # what begins a thread
        self._writer.write(self._statements["put"], **self._row(thread, question, asked))

    async def drop(self, thread: Thread) -> None:
        """The last question has to be read in the thread; waits, a moment at most, until that is written."""
        self._writer.write(self._statements["drop"], **_named(thread))
        with suppress(TimeoutError, DBAPIError):
            async with asyncio.timeout(SETTLED_SECONDS):
                await self._writer.settled()

    def heard(self, thread: Thread, ts: str) -> None:
        """Notes that somebody spoke in the thread, perhaps one of ours, and not to us."""
        self._writer.write(self._statements["heard"], **_named(thread), ts=ts)

    async def read(self, thread: Thread, before: str) -> Context:
        """The thread as of the message of that ts."""
        [(question, *row)] = await self._writer.run(self._statements["read"], **_named(thread), before=before)
        asked, spoken, taken, in_hand = (ts or "" for ts in row)
        upto = max(asked, taken)  # where it is the latter, nobody has lived to keep what that asked
        is_known = upto == asked and question != UNKNOWN
        return Context(upto > "", question if is_known else None, upto >= spoken, upto, in_hand > "")

    async def keep_private(self, team: str, question: str) -> str:
        """Stores the question of an answer that one person alone sees; returns its id, for a menu."""
        own = Thread(team, "", token_hex(8))
        await self._writer.run(self._statements["put"], **self._row(own, question, ""))
        return own.ts

    async def private_question(self, team: str, answer_id: str) -> str:
        """Returns the question of that id; '' where there is none, or none any more."""
        return (await self.read(Thread(team, "", answer_id), answer_id)).question or ""

    def _row(self, thread: Thread, question: str | None, asked: str) -> dict[str, Any]:
        said = {"question": question, "asked": asked, "spoken": "", "changed_at": self._clock()}
        return _named(thread) | said


def _statements(writer: GroupCommit) -> dict[str, Any]:
    """All that is done to rows, by name; so are its values. What is read is one row, known thread or not."""
    insert, key = insert_into(writer.dialect, contexts), list(contexts.primary_key)
    ts: BindParameter[str] = bindparam("ts")
    new = {name: insert.excluded[name] for name in ("question", "changed_at")}
    change = update(contexts).where(same(contexts, *THREAD))
    asked, question, spoken = contexts.c.asked, contexts.c.question, contexts.c.spoken
    known = _last(asked, question, question.is_not(None)), _last(asked, asked), _last(asked, spoken)
    taken = inbox.c.key
    return {
        "put": insert.on_conflict_do_update(index_elements=key, set_=new),
        "drop": change.values(question=UNKNOWN),
        "heard": change.where(asked < ts, spoken < ts).values(spoken=ts),
        "read": select(*known, _last(taken, taken, inbox.c.state != "early"), _last(taken, taken, IS_OPEN)),
    }


def _last(ts: Column[str], what: Column[Any], *which: ColumnElement[bool]) -> ScalarSelect[Any]:
    """What the newest row says, of those of the thread from before that message."""
    rows = select(what).where(same(ts.table, *THREAD), ts < bindparam("before"), *which)
    return rows.order_by(ts.desc()).limit(1).scalar_subquery()


def _named(thread: Thread) -> dict[str, Any]:
    return {"team": thread.team, "channel": thread.channel, "thread_ts": thread.ts}


class Threads:
    """What is known of threads; asks Slack only where the tables cannot say.

    `client` waits where Slack is asked too often, `hasty` does not: a thread of which the tables know nothing
    is worth no wait.
    """

    def __init__(self, client: AsyncWebClient, bot_user_id: str, contexts: Contexts) -> None:
        self._client, self._hasty = client, once_only(client)
        self._bot, self._contexts = bot_user_id, contexts
        self._strange: TTLCache[Thread, bool, float] = TTLCache(SIZE, STRANGE_SECONDS)

    async def look(self, thread: Thread, before: str) -> Context:
        """Returns the thread as of the message of that ts: where the tables do not know it, read in Slack."""
        context = await self._contexts.read(thread, before)
        if context.is_ours or self._strange.get(thread):
            return context
        found = await self._hasty_read(thread)
        if found and (there := found.as_of(before)).is_ours:
            self._keep(thread, there, before)
            return there
        self._strange[thread] = True
        return context

    async def question_before(self, thread: Thread, before: str) -> str:
        """Returns the last question before that ts, as JSON; '' for none; what is in hand is waited for."""
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
        """Returns the thread as it stands: its first message, and all from that ts on; of a channel these."""
        return Transcript(await self._said(thread, self._client, since), self._bot)

    async def is_empty(self, channel: str) -> bool:
        """Whether nothing was said in the channel yet; no where Slack may not be asked so soon."""
        found = await self._hasty_read(Thread("", channel, channel), limit=1)
        return found is not None and not found.messages

    def _keep(self, thread: Thread, found: Context, before: str) -> None:
        self._contexts.put(thread, found.question, found.upto or "0")  # when nobody has asked anything
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
        """What stands there between both, oldest first; nothing of a thread that is gone."""
        which: dict[str, Any] = {"channel": thread.channel, "limit": limit, "include_all_metadata": True}
        which |= {"oldest": since or None, "latest": until or None}
        ask = client.conversations_history if thread.is_conversation else client.conversations_replies
        which |= {} if thread.is_conversation else {"ts": thread.ts}
        found: list[Said] = []
        try:
            async for page in await ask(inclusive=True, **which):
                found += page.get("messages") or ()
                if thread.is_conversation and not since:
                    break
        except SlackApiError as refusal:
            if error_of(refusal) != "thread_not_found":
                raise
        return found[::-1] if thread.is_conversation else found

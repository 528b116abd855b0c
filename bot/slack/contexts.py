"""What threads are about, in a table: each process goes on where another has answered, and none has to read.

It says what the metadata of the answers says, so that a lost database costs nothing but the reading.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, ScalarSelect, bindparam, select, update
from sqlalchemy.exc import DBAPIError

from bot.slack.inbox import IS_OPEN, THREAD, same
from bot.slack.transcript import Context, Thread
from bot.store.clock import utc_now
from bot.store.engine import insert_into
from bot.store.group_commit import GroupCommit
from bot.store.tables import contexts, inbox

UNKNOWN = "?"  # in the place of a question that has to be read in the thread
SETTLED_SECONDS = 1.0  # an answer waits no longer for a database that is away


class Contexts:
    """The table of contexts, one upsert an answer."""

    def __init__(self, writer: GroupCommit, clock: Callable[[], datetime] = utc_now) -> None:
        self._writer, self._clock = writer, clock
        self._statements = {name: writer.prepare(each) for name, each in _statements(writer).items()}

    def put(self, thread: Thread, question: str | None, asked: str) -> None:
        """Keeps what the message of that ts asked: a question, '' to start over, None for nothing."""
        question = "" if question is None and thread.ts == asked else question  # what begins a thread
        self._writer.write(self._statements["put"], **self._row(thread, question, asked))

    async def drop(self, thread: Thread) -> None:
        """The last question has to be read in the thread: an answer is gone, or on its way there.

        Returns once that is in the table, or the database has had its time.
        """
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
        """Stores the question of an answer that one person alone sees, which Slack does not show us again;
        returns its id, which fits into a menu.
        """
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

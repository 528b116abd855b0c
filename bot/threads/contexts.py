"""What threads are about, in a table, so that each process can go on where another has answered.

It is written in batches a moment after the answers: in their path a write would cost more than an answer.
Until then the inbox shows that something is missing: each message stands there before its answer.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.clock import utc_now
from bot.store.engine import changing, insert_into
from bot.store.tables import contexts, inbox
from bot.threads.context import Thread

BATCH_SECONDS = 0.2
PAUSE_SECONDS = 5.0  # after a write that failed
# Where the database is away for long, what is beyond these is read in its thread later.
MOST_WAITING = 10_000

KEY = ("team", "channel", "thread_ts")
SAID = ("question", "asked", "upto", "spoken")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a thread of ours; all but the question is the ts of a message, '' for none.

    `question`: the last one, as JSON, '' where there is none; None where it has to be read in the thread.
    `asked` asked it. `upto` is the last message that was taken up, `spoken` the last that was not for us.
    `edited`: it takes the place of what the same message asked before, whoever writes first.
    """

    question: str | None = None
    asked: str = ""
    upto: str = ""
    spoken: str = ""
    edited: bool = field(default=False, compare=False)

    def then(self, later: "Context") -> "Context":
        """Both together; a question that was asked later wins, and of one that was edited the new form."""
        asks = later if later._is_over(self) else self
        upto, spoken = max(self.upto, later.upto), max(self.spoken, later.spoken)
        return Context(asks.question, asks.asked, upto, spoken, asks.edited)

    def _is_over(self, other: "Context") -> bool:
        if not self.asked or self.asked != other.asked:
            return self.asked > other.asked
        return self.edited or not other.edited


@dataclass(frozen=True, slots=True)
class Known:
    """What table and inbox say of a thread when the message of the ts `before` comes.

    `newest`: the last one before it in the inbox; `in_hand`: one of these is being answered, or its answer
    edited, at this moment.
    """

    before: str
    context: Context | None = None
    newest: str = ""
    in_hand: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether the bot is known to have answered or posted in the thread before."""
        return bool(self.newest) or (self.context is not None and self.context.upto < self.before)

    @property
    def is_awaited(self) -> bool:
        """Whether the table is about to be told more."""
        return self.in_hand or self.newest > (self.context or Context()).upto

    @property
    def our_turn(self) -> bool:
        """Whether nobody has spoken to others in the thread since our last word there."""
        known = self.context or Context()
        return max(known.upto, self.newest) >= known.spoken

    @property
    def question(self) -> str | None:
        """The last question when the message was written; None where the table cannot say yet."""
        known = self.context or Context()
        return None if self.is_awaited or known.asked >= self.before else known.question


@dataclass(slots=True)
class _Batch:
    """What is to be written: first what has to be read anew, then what is known, then who has spoken."""

    dropped: dict[Thread, None]
    known: dict[Thread, Context]
    spoken: dict[Thread, str]

    def over(self, thread: Thread, context: Context | None) -> Context | None:
        """What the table will say of the thread."""
        if context and thread in self.dropped:
            context = replace(context, question=None, asked="")
        if known := self.known.get(thread):
            context = context.then(known) if context else known
        spoken = self.spoken.get(thread, "")
        return context and replace(context, spoken=max(context.spoken, spoken))

    def __len__(self) -> int:
        return len(self.dropped) + len(self.known) + len(self.spoken)


def _nothing() -> _Batch:
    return _Batch({}, {}, {})


def _bound() -> tuple[ColumnElement[bool], ...]:
    return tuple(contexts.c[name] == bindparam(f"of_{name}") for name in KEY)


# Made once, as making a statement costs more than running it.
EMPTIED = update(contexts).where(*_bound()).values(question=None, asked="", changed_at=bindparam("now"))
SPOKE = (
    update(contexts)
    .where(*_bound(), contexts.c.spoken < bindparam("of_ts"))
    .values(spoken=bindparam("of_ts"))
)


class Contexts:
    """The table of contexts, and what waits to be written into it."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine, self._clock = engine, clock
        self._upserts = {edited: self._upsert(edited=edited) for edited in (False, True)}
        self._waiting, self._written = _nothing(), _nothing()
        self._turn, self._ended = asyncio.Lock(), 0  # how many writes have
        self.wanted = asyncio.Event()

    def put(self, thread: Thread, context: Context) -> None:
        """One more thing that is known of the thread."""
        if len(self._waiting) < MOST_WAITING:
            before = self._waiting.known.get(thread)
            self._waiting.known[thread] = before.then(context) if before else context
            self.wanted.set()

    def drop(self, thread: Thread) -> None:
        """The last question has to be read in the thread, since its answer is gone or is to another one."""
        self._waiting.known.pop(thread, None)
        self._waiting.dropped[thread] = None
        self.wanted.set()

    def heard(self, thread: Thread, ts: str) -> None:
        """Somebody spoke in the thread, perhaps one of ours, and not to us."""
        if len(self._waiting) < MOST_WAITING:
            self._waiting.spoken[thread] = max(ts, self._waiting.spoken.get(thread, ""))
            self.wanted.set()

    async def read(self, thread: Thread, before: str) -> Known:
        """What is known of the thread when the message of that ts comes."""
        row = select(contexts).where(*_is(thread))
        taken = select(func.max(inbox.c.ts), func.max(inbox.c.ts).filter(inbox.c.state == "taken")).where(
            inbox.c.team == thread.team,
            inbox.c.channel == thread.channel,
            inbox.c.thread_ts == thread.ts,
            inbox.c.ts < before,
        )
        async with self._engine.connect() as connection:
            ended = self._ended
            # In this order: of what the inbox says is done, the table was told before.
            newest, in_hand = (await connection.execute(taken)).one()
            found = (await connection.execute(row)).mappings().one_or_none()
        if self._ended != ended:  # what was written meanwhile waits no longer, and may be missing here
            return await self.read(thread, before)
        # What stands there may be the new form of what this process has answered and not written yet.
        kept = Context(**{name: found[name] for name in SAID}, edited=True) if found else None
        context = self._waiting.over(thread, self._written.over(thread, kept))
        return Known(before, context, newest or "", in_hand is not None)

    async def write(self) -> bool:
        """Writes what is waiting. False where that failed: it waits on, and twice is as good as once."""
        async with self._turn:
            return await self._write_waiting()

    async def _write_waiting(self) -> bool:
        self._written, self._waiting = self._waiting, _nothing()
        self.wanted.clear()
        done = False
        try:
            await self._write(self._written)
            done = True
        except SQLAlchemyError as problem:
            log.warning("contexts_not_written", exc_info=problem)
        finally:
            if not done:
                self._put_back()
            self._written = _nothing()
            self._ended += 1
        return done

    def _put_back(self) -> None:
        newer, self._waiting = self._waiting, self._written
        for thread in newer.dropped:
            self.drop(thread)
        for thread, context in newer.known.items():
            self.put(thread, context)
        for thread, ts in newer.spoken.items():
            self.heard(thread, ts)
        self.wanted.set()

    async def _write(self, batch: _Batch) -> None:
        """Each kind in a transaction of its own and in order, so that two processes never lock each other."""
        now = self._clock()
        known = sorted(batch.known.items(), key=_first)
        heard = [_names(thread) | {"of_ts": ts} for thread, ts in sorted(batch.spoken.items(), key=_first)]
        await self._run(EMPTIED, [_names(thread) | {"now": now} for thread in sorted(batch.dropped)])
        for edited in (False, True):
            rows = [_row(*each, now) for each in known if each[1].edited == edited]
            await self._run(self._upserts[edited], rows)
        await self._run(SPOKE, heard)

    async def _run(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            async with changing(self._engine) as connection:
                await connection.execute(statement, rows)

    def _upsert(self, *, edited: bool) -> Any:
        """As `Context.then`."""
        statement, old = insert_into(self._engine, contexts), contexts.c
        new = statement.excluded
        asks = and_(new.asked != "", new.asked >= old.asked if edited else new.asked > old.asked)
        merged: dict[str, ColumnElement[Any]]
        merged = {name: case((asks, new[name]), else_=old[name]) for name in ("question", "asked")}
        merged |= {name: _later(new[name], old[name]) for name in ("upto", "spoken")}
        changed = merged | {"changed_at": new.changed_at}
        return statement.on_conflict_do_update(index_elements=list(contexts.primary_key), set_=changed)


@asynccontextmanager
async def written_behind(kept: Contexts, seconds: float = BATCH_SECONDS) -> AsyncIterator[Contexts]:
    """The contexts, written a moment after they were put, and at the end."""
    writing_on = asyncio.create_task(_write_on(kept, seconds))
    try:
        yield kept
    finally:
        writing_on.cancel()
        with suppress(asyncio.CancelledError):
            await writing_on
        await kept.write()


async def _write_on(kept: Contexts, seconds: float) -> None:
    while True:
        await kept.wanted.wait()
        await asyncio.sleep(seconds)
        if not await kept.write():
            await asyncio.sleep(PAUSE_SECONDS)


def _first(item: tuple[Thread, Any]) -> Thread:
    return item[0]


def _is(thread: Thread) -> tuple[ColumnElement[bool], ...]:
    there = {"team": thread.team, "channel": thread.channel, "thread_ts": thread.ts}
    return tuple(contexts.c[name] == value for name, value in there.items())


def _names(thread: Thread) -> dict[str, Any]:
    return {"of_team": thread.team, "of_channel": thread.channel, "of_thread_ts": thread.ts}


def _row(thread: Thread, context: Context, now: datetime) -> dict[str, Any]:
    said = {name: getattr(context, name) for name in SAID}
    return {"team": thread.team, "channel": thread.channel, "thread_ts": thread.ts, "changed_at": now} | said


def _later(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one > other, one), else_=other)

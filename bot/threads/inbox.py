"""Each message is answered once, however often Slack tells of it, whoever hears it, whatever crashes.

A row goes taken → answered; an edit of the message takes it once more. A taken row has a lease, so that a
process that died does not hold it for ever; whoever takes such a row over looks in the thread first, since
the answer may stand there already. Each time the lease is twice as long, and after some times it is given up.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.clock import utc_now
from bot.store.engine import changing
from bot.store.tables import Ours, inbox
from bot.threads.context import Thread

# Longer than an answer takes, the waits that Slack asks for included.
LEASE = timedelta(minutes=2)
RENEW_SECONDS = LEASE.total_seconds() / 2
# After 2, 4, 8 … minutes, the last time eight and a half hours after the message; then it is given up.
MOST_TRIES = 8
# Slack sends an event again for a day at most; an edit is followed as long as the row is there.
KEEP = timedelta(days=5)
# Within that time a second press of a button is the same press.
ONE_PRESS = timedelta(seconds=10)

Take = Literal["new", "left", "not ours"]
State = Literal["unknown", "taken", "answered", "given up"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a message stands that leads to an answer. `thread_ts` is its own ts where it begins a thread."""

    team: str
    channel: str
    ts: str
    thread_ts: str

    @property
    def thread(self) -> Thread:
        """The thread that the answer goes into."""
        return Thread(self.team, self.channel, self.thread_ts)

    @property
    def begins(self) -> bool:
        """Whether it begins that thread, and nothing was asked before it there."""
        return self.ts == self.thread_ts


class Inbox:
    """The table of messages, by workspace, channel and ts.

    The key is the message's and not the delivery's: a mention in a channel arrives as two events with two
    ids, and a redelivery of either must find the same row.
    """

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime] = utc_now) -> None:
        # Each of its transactions is one statement, which begins and ends one by itself: on PostgreSQL two
        # round trips in the place of four, and there is one of these before every acknowledgement.
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock

    async def take(self, asked: Asked) -> Take:
        """new: nobody had it; left: whoever had it left it unanswered; not ours: answered, or in hand."""
        now = self._clock()
        if await self._insert(asked, state="taken", lease_until=now + LEASE, taken_at=now):
            return "new"
        return "left" if await self._take_over(asked, now) else "not ours"

    async def answered(self, asked: Asked) -> None:
        """The answer stands. Where that cannot be written down, the answer is found in its thread later."""
        try:
            await self._update(asked, inbox.c.state == "taken", state="answered", lease_until=None)
        except SQLAlchemyError as problem:
            log.error("answer_not_written_down", exc_info=problem)

    async def reopen(self, asked: Asked) -> bool:
        """Takes an answered message again: its text was edited. False where it is in hand, or unknown."""
        lease, closed = self._clock() + LEASE, inbox.c.state.in_(["answered", "given up"])
        return await self._update(asked, closed, state="taken", lease_until=lease, tries=0)

    @asynccontextmanager
    async def held(self, asked: Asked) -> AsyncIterator[None]:
        """The message stays ours while the block lasts, however long Slack makes us wait in it."""
        renewing = asyncio.create_task(self._renew(asked))
        try:
            yield
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing

    async def state(self, asked: Asked) -> State:
        """What is known of a message."""
        async with self._engine.connect() as connection:
            found = (await connection.execute(select(inbox.c.state).where(_is(asked)))).scalar()
        return found or "unknown"

    async def left(self, ours: Ours) -> AsyncIterator[Asked]:
        """The messages in our workspaces that were left without an answer, the oldest first.

        Each is ours from the moment that it comes: of many the last would else be held beyond its lease.
        """
        open_now = _open_at(self._clock())
        open_rows = select(inbox).where(ours(inbox.c.team), open_now).order_by(inbox.c.taken_at)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(open_rows)).all()
        for row in rows:
            asked = _asked(row)
            if await self._take_over(asked, self._clock()):
                yield asked

    async def give_up(self, ours: Ours) -> list[Asked]:
        """Closes what nobody could answer, and returns it: each message to one process, once."""
        tried_enough = and_(_open_at(self._clock()), inbox.c.tries >= MOST_TRIES)
        closing = update(inbox).where(ours(inbox.c.team), tried_enough)
        async with changing(self._engine) as connection:
            closed = await connection.execute(
                closing.values(state="given up", lease_until=None).returning(inbox)
            )
            return [_asked(row) for row in closed.all()]

    async def pressed(self, team: str, channel: str, button: str) -> bool:
        """True for a press of a button, false for one that comes right after it."""
        now, press = self._clock(), Asked(team, channel, button, button)
        if await self._insert(press, state="answered", lease_until=None, taken_at=now):
            return True
        return await self._update(press, inbox.c.taken_at <= now - ONE_PRESS, taken_at=now)

    async def _take_over(self, asked: Asked, now: datetime) -> bool:
        """Gives a row that was left a lease twice as long as its last one: the wait for its next try."""
        async with self._engine.connect() as connection:
            tries = await connection.scalar(select(inbox.c.tries).where(_is(asked), _open_at(now)))
        if tries is None or tries >= MOST_TRIES:
            return False
        still = and_(_open_at(now), inbox.c.tries == tries)
        until = now + LEASE * (1 if tries + 1 == MOST_TRIES else 1 << (tries + 1))
        return await self._update(asked, still, lease_until=until, tries=tries + 1)

    async def _renew(self, asked: Asked) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            until = self._clock() + LEASE
            shorter = and_(inbox.c.state == "taken", inbox.c.lease_until < until)
            try:
                await self._update(asked, shorter, lease_until=until)
            except SQLAlchemyError as problem:
                log.warning("lease_not_renewed", exc_info=problem)

    async def _insert(self, asked: Asked, **values: object) -> bool:
        try:
            async with changing(self._engine) as connection:
                await connection.execute(
                    insert(inbox).values(
                        team=asked.team,
                        channel=asked.channel,
                        ts=asked.ts,
                        thread_ts=asked.thread_ts,
                        **values,
                    )
                )
        except IntegrityError:
            return False
        return True

    async def _update(self, asked: Asked, where: ColumnElement[bool], **values: object) -> bool:
        async with changing(self._engine) as connection:
            result = await connection.execute(update(inbox).where(_is(asked), where).values(**values))
        return result.rowcount == 1


def _is(asked: Asked) -> ColumnElement[bool]:
    return and_(inbox.c.team == asked.team, inbox.c.channel == asked.channel, inbox.c.ts == asked.ts)


def _asked(row: Row[Any]) -> Asked:
    return Asked(row.team, row.channel, row.ts, row.thread_ts)


def _open_at(now: datetime) -> ColumnElement[bool]:
    return and_(inbox.c.state == "taken", inbox.c.lease_until <= now)

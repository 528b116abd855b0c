"""Each signed request is taken once: the same one a second time is a replay, whichever process hears it.

A signature holds for five minutes, so that is how long it has to be known. Those that come while a batch is
being written, and a moment after, make up the next one: under load the database is asked once for many.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.clock import utc_now
from bot.store.engine import changing, insert_into
from bot.store.tables import seen_requests

# A signature is good for five minutes before and after the moment that is signed.
KEEP = timedelta(minutes=11)
SIZE = 10_000  # signatures in a generation
# Of the three that the acknowledgement of a modal may take; those of commands and presses do not wait.
SECONDS = 2.0
# Between two batches; the first after a quiet time is written at once.
GATHER_SECONDS = 0.05
# Rows in one statement. A connection keeps each length of it that it has met, prepared.
MOST_ROWS = 16

log = logging.getLogger(__name__)


class Seen:
    """What was seen for at least `seconds`, or while fewer than SIZE came after it.

    As 64 bits each, in two generations, the younger of which becomes the older in one step: less than half
    the memory of a cache that knows each one's age.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._young: set[int] = set()
        self._old: set[int] = set()
        self._since = clock()

    def add(self, name: str) -> bool:
        """True the first time."""
        bits = hash(name)
        if bits in self._young or bits in self._old:
            return False
        if len(self._young) >= SIZE or self._clock() - self._since > self._seconds:
            self._young, self._old, self._since = set(), self._young, self._clock()
        self._young.add(bits)
        return True


class Replays:
    """The signatures seen: this process's own in memory, those of all processes in the table."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine, self._clock = engine, clock
        statement = insert_into(engine, seen_requests).on_conflict_do_nothing()
        self._statement = statement.returning(seen_requests.c.signature).execution_options(
            insertmanyvalues_page_size=MOST_ROWS
        )
        self._own = Seen(KEEP.total_seconds())
        self._waiting: dict[str, asyncio.Future[bool]] = {}
        self._writer: asyncio.Task[None] | None = None

    async def is_new(self, signature: str) -> bool:
        """True once for each signature, in one process of all.

        Where the database has no word in time, what this process knows counts: people are answered.
        """
        if not self._own.add(signature):
            return False
        try:
            return await asyncio.wait_for(self._written(signature), SECONDS)
        except TimeoutError:
            log.warning("replay_not_ruled_out")
            return True

    def _written(self, signature: str) -> asyncio.Future[bool]:
        future = self._waiting[signature] = asyncio.get_running_loop().create_future()
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        return future

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, {}
            new = await self._try_to_insert(batch)
            for signature, future in batch.items():
                if not future.done():  # nobody waits any longer
                    future.set_result(signature in new)
            await asyncio.sleep(GATHER_SECONDS)

    async def _try_to_insert(self, signatures: Iterable[str]) -> set[str]:
        try:
            return await self._insert(signatures)
        except SQLAlchemyError as problem:
            log.error("replays_not_written", exc_info=problem)
            return set(signatures)

    async def _insert(self, signatures: Iterable[str]) -> set[str]:
        """Those of them that were not in the table."""
        rows = [{"signature": signature, "seen_at": self._clock()} for signature in signatures]
        async with changing(self._engine) as connection:
            return set(await connection.scalars(self._statement, rows))

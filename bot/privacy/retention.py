"""What is kept for how long; what is older goes a few rows at a time, so that nobody waits for it.

The ledger of posts is not touched: that a post is sent once depends on its rows, and no person is in them.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, delete, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.slack.inbox import KEEP as REQUESTS_KEPT
from bot.store import tables
from bot.store.clock import utc_now
from bot.store.engine import writing
from bot.store.tables import FORGOTTEN
from bot.ticking import ticking

EVERY_SECONDS = 600.0
BATCH = 500  # rows; on SQLite others wait while one is written
PAUSE_SECONDS = 0.05
ALL = true()

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """Rows whose `moment` is longer ago than `kept` are deleted; where `name` is given, only that goes."""

    moment: Column[Any]
    kept: timedelta
    name: Column[Any] | None = None
    which: ColumnElement[bool] = ALL  # it is about these rows alone


def limits(days: int) -> tuple[Limit, ...]:
    """Every limit; `days` is what ALUMINA_RETENTION_DAYS says. That somebody has changed an order
    stays known, since the environment's own never overrides that; who it was does not.
    """
    chosen = timedelta(days=days)
    orders, changes, words = tables.orders.c, tables.order_changes.c, tables.taught_words.c
    return (
        Limit(tables.inbox.c.taken_at, REQUESTS_KEPT),
        Limit(tables.contexts.c.changed_at, chosen),
        Limit(tables.feedback.c.given_at, chosen),
        Limit(tables.people_languages.c.used_at, chosen),
        Limit(changes.at, chosen, name=changes.by),
        Limit(words.taught_at, chosen, name=words.taught_by),
        Limit(orders.changed_at, chosen, which=orders.state == "done"),
    )


async def drop_old(
    engine: AsyncEngine, days: int, clock: Callable[[], datetime] = utc_now
) -> Mapping[str, int]:
    """Takes away what is older than its limit; by table how many rows that were."""
    dropped = {limit.moment.table.name: await _drop(engine, limit, clock()) for limit in limits(days)}
    return {name: count for name, count in dropped.items() if count}


async def _drop(engine: AsyncEngine, limit: Limit, now: datetime) -> int:
    """Each row is locked by one process, and what another has in hand is left to that one."""
    table, name, dropped = limit.moment.table, limit.name, 0
    key, named = list(table.primary_key), ALL if name is None else name.not_in(("", FORGOTTEN))
    change = delete(table) if name is None else update(table).values({name: FORGOTTEN})
    old = and_(limit.moment < now - limit.kept, limit.which, named)
    some = select(*key).where(old).limit(BATCH).with_for_update(skip_locked=True)
    while True:
        async with writing(engine) as connection:
            count = (await connection.execute(change.where(tuple_(*key).in_(some)))).rowcount
        dropped += count
        if count < BATCH:
            return dropped
        await asyncio.sleep(PAUSE_SECONDS)


@asynccontextmanager
async def retaining(engine: AsyncEngine, days: int) -> AsyncIterator[None]:
    """Takes away what is old, at the start and every few minutes."""

    async def job() -> None:
        if dropped := await drop_old(engine, days):
            log.info("old_rows_dropped", extra=dict(dropped))

    async with ticking(job, EVERY_SECONDS):
        yield

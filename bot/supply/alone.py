"""One refresh at a time: among all processes of a database, and freed by whatever ends them."""

import fcntl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from bot.store.engine import database_url, is_sqlite

REFRESH_LOCK = 5_326_014  # any fixed number: which lock of PostgreSQL's it is


@asynccontextmanager
async def alone(settings: Settings, engine: AsyncEngine) -> AsyncIterator[bool]:
    """Whether no other refresh was under way; none begins while the block lasts."""
    if not is_sqlite(settings):
        async with engine.connect() as connection:
            lock = text(f"SELECT pg_try_advisory_lock({REFRESH_LOCK})")
            try:
                yield bool((await connection.execute(lock)).scalar())
            finally:
                await connection.invalidate()  # the lock goes with its connection
        return
    with _locked(Path(f"{database_url(settings).database}.refresh")) as first:
        yield first


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True

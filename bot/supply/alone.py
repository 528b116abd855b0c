"""One refresh at a time: among all processes of a database, and freed by whatever ends them."""

import fcntl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from bot.store.engine import database_url, is_sqlite

REFRESH_LOCK = 5_326_014  # any fixed number: which lock of PostgreSQL's it is
_LOCK, _UNLOCK = (
    text(f"SELECT pg_{verb}({REFRESH_LOCK})") for verb in ("try_advisory_lock", "advisory_unlock")
)


@asynccontextmanager
async def alone(settings: Settings, engine: AsyncEngine) -> AsyncIterator[bool]:
    """Whether no other refresh was under way; none begins while the block lasts, the next may at its end."""
    if is_sqlite(settings):
        with _locked(Path(f"{database_url(settings).database}.refresh")) as first:
            yield first
        return
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")  # no transaction for so long
        first = bool((await connection.execute(_LOCK)).scalar())
        try:
            yield first
        finally:
            if first:
                # Not left to the connection's end, which the server may notice after the next one has begun.
                try:
                    await connection.execute(_UNLOCK)
                except DBAPIError:
                    await connection.invalidate()  # a connection that is gone holds nothing


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True

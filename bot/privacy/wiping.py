"""After rows were deleted: what they held goes from the files of the database too."""

import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.tables import metadata

# Somebody who reads at that moment keeps the log of changes from being emptied.
TRIES, PAUSE_SECONDS = 20, 0.25


async def wiped(engine: AsyncEngine) -> bool:
    """Rewrites what was deleted from, beside a bot that goes on; false where others did not let it end.

    SQLite: the whole file anew, and its log emptied. PostgreSQL: VACUUM, which gives the space to be used
    again; its own log and copies of the database are for whoever runs it.
    """
    async with engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
        if engine.dialect.name == "sqlite":
            await connection.execute(text("VACUUM"))
            return await _emptied(connection)
        for table in metadata.sorted_tables:
            await connection.execute(text(f"VACUUM {table.name}"))
    return True


async def _emptied(connection: AsyncConnection) -> bool:
    for _ in range(TRIES):
        busy, *_ = (await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))).one()
        if not busy:
            return True
        await asyncio.sleep(PAUSE_SECONDS)
    return False

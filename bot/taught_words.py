"""The words that the people of a workspace have taught for series: kept, listed, taken away."""

import datetime as dt
import logging
from dataclasses import dataclass

from cachetools import TTLCache
from sqlalchemy import and_, delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dataset.dataset import Taught
from bot.store.clock import Clock, utc_now
from bot.store.engine import changing, insert_into, writing
from bot.store.tables import taught_words as table

MOST = 40  # of a workspace: a list of them is one message
KEPT, KEPT_SECONDS = 1_000, 5.0  # after that long every process reads what another has taught

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TaughtWord:
    """A word as texts are read and as it was typed, the id of its series, and who taught it when."""

    word: str
    written: str
    series: str
    by: str
    at: dt.datetime


class TaughtWords:
    """The table of words."""

    def __init__(self, engine: AsyncEngine, clock: Clock = utc_now) -> None:
        self._engine, self._clock = engine, clock
        self._known: TTLCache[str, Taught, float] = TTLCache(KEPT, KEPT_SECONDS)

    async def of(self, workspace: str) -> Taught:
        """The words of a workspace and their series; none for some seconds where the database is away."""
        if (known := self._known.get(workspace)) is None:
            try:
                known = tuple((each.word, each.series) for each in await self.all(workspace))
            except SQLAlchemyError as problem:
                log.warning("words_not_read", exc_info=problem)
                known = ()
            self._known[workspace] = known
        return known

    async def all(self, workspace: str) -> list[TaughtWord]:
        """The words of a workspace in their order."""
        kept = select(table).where(table.c.workspace == workspace).order_by(table.c.word)
        async with self._engine.connect() as connection:
            return [TaughtWord(*row[1:]) for row in await connection.execute(kept)]

    async def teach(self, workspace: str, word: str, written: str, series: str, by: str) -> bool:
        """Keeps a word that is not there yet; false where there are as many as there may be."""
        row = {"written": written, "series": series, "taught_by": by, "taught_at": self._clock()}
        insert = insert_into(self._engine, table).values(workspace=workspace, word=word, **row)
        count = select(func.count()).where(table.c.workspace == workspace)
        async with writing(self._engine) as connection:
            if (await connection.scalar(count) or 0) >= MOST:
                return False
            await connection.execute(insert.on_conflict_do_nothing())
        self._known.pop(workspace, None)
        return True

    async def forget(self, workspace: str, word: str) -> str:
        """Takes a word away and returns it as it was typed; '' where it is not there."""
        this = and_(table.c.workspace == workspace, table.c.word == word)
        async with changing(self._engine) as connection:
            gone = await connection.scalar(delete(table).where(this).returning(table.c.written))
        self._known.pop(workspace, None)
        return gone or ""

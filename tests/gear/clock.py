"""A clock that tests put forward, and that goes forward by itself where posts only wait for their time."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.settings import Settings
from bot.store.clock import in_utc, utc_now
from bot.store.engine import open_engine
from bot.store.tables import posts

LOOK_SECONDS = 0.05
WAITING = select(func.max(posts.c.not_before)).where(posts.c.state == "due")
SENDING = select(posts.c.kind).where(posts.c.state == "claimed")


@dataclass
class SetClock:
    """Stands until it is put on."""

    now: Any

    def __call__(self):
        return self.now


class MovableClock:
    """Runs like any other, and can be put forward."""

    def __init__(self):
        self._ahead = timedelta()

    def __call__(self):
        return utc_now() + self._ahead

    def forward(self, by):
        self._ahead += by

    @asynccontextmanager
    async def hurrying(self, database):
        """While the block lasts it goes on to the time of what is queued, unless a post is being sent."""
        over = asyncio.Event()
        task = asyncio.create_task(self._hurry(database, over))
        try:
            yield
        finally:
            over.set()  # and not cancelled: that would leave a connection open which is just being made
            await task

    async def _hurry(self, database, over):
        engine = open_engine(Settings.from_env({"DATABASE_URL": database}))
        try:
            while not over.is_set():
                async with engine.connect() as connection:
                    sending = (await connection.execute(SENDING)).first()
                    wanted = await connection.scalar(WAITING)
                if wanted and not sending:
                    self.forward(max(timedelta(), in_utc(wanted) - self()))
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            await engine.dispose()

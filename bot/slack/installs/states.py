"""The states of installations that have been begun: each holds for some minutes, and once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.clock import utc_now
from bot.store.engine import changing

KEEP = timedelta(minutes=10)
SWEEP_SECONDS = 60.0


class States(AsyncSQLAlchemyOAuthStateStore):
    """slack_sdk's store, but that two requests at once cannot use the same state both."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(expiration_seconds=int(KEEP.total_seconds()), engine=engine)
        self._clock, self._next_sweep = clock, clock()

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A new state; once a minute those that are over are forgotten, whoever asks how often."""
        if (now := self._clock()) >= self._next_sweep:
            self._next_sweep = now + SWEEP_SECONDS
            await self._sweep()
        return str(await super().async_issue(*args, **kwargs))

    async def async_consume(self, state: str) -> bool:
        """True once, while it holds."""
        column = self.oauth_states.c
        wanted = delete(self.oauth_states).where(column.state == state, column.expire_at > _now())
        async with changing(self.engine) as connection:
            return (await connection.execute(wanted)).rowcount > 0

    async def _sweep(self) -> None:
        async with changing(self.engine) as connection:
            over = self.oauth_states.c.expire_at < _now()
            await connection.execute(delete(self.oauth_states).where(over))


def _now() -> datetime:
    return utc_now().replace(tzinfo=None)  # as the table keeps it

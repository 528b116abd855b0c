"""The states of installations that have been begun: each holds for some minutes, and once."""

from datetime import datetime, timedelta

from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy import ColumnElement, delete
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.clock import utc_now
from bot.store.engine import changing

KEEP = timedelta(minutes=10)


class States(AsyncSQLAlchemyOAuthStateStore):
    """slack_sdk's store, but that two requests at once cannot use the same state both."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(expiration_seconds=int(KEEP.total_seconds()), engine=engine)

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """Issues a state; purges the expired ones."""
        await self._delete(self.oauth_states.c.expire_at < _now())
        return str(await super().async_issue(*args, **kwargs))

    async def async_consume(self, state: str) -> bool:
        """True once, while it holds."""
        column = self.oauth_states.c
        return await self._delete(column.state == state, column.expire_at > _now())

    async def _delete(self, *which: ColumnElement[bool]) -> bool:
        async with changing(self.engine) as connection:
            return (await connection.execute(delete(self.oauth_states).where(*which))).rowcount > 0


def _now() -> datetime:
    return utc_now().replace(tzinfo=None)  # as the table keeps it

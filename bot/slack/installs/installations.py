"""The installations: slack_sdk's store on our tables, its tokens closed; the newest of a workspace counts.

A workspace is found by its own id, which no other has, whatever organisation it is in: it may have joined one
since it was installed.
"""

from datetime import datetime

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.sqlalchemy import (
    AsyncSQLAlchemyInstallationStore,
    SQLAlchemyInstallationStore,
)
from sqlalchemy import ColumnElement, Table, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.slack.installs.keys import Keys, Sealed
from bot.store.clock import in_utc
from bot.store.engine import writing
from bot.store.tables import slack_bots

SECRETS = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url")


class Installations(AsyncSQLAlchemyInstallationStore):
    """Of one app, by its client id. WrongKeyError wherever a token is read that no key opens."""

    def __init__(self, client_id: str, engine: AsyncEngine, keys: Keys) -> None:
        super().__init__(client_id=client_id, engine=engine)
        for table in (self.bots, self.installations):
            for name in set(SECRETS) & set(table.c.keys()):
                table.c[name].type = Sealed(keys)

    async def async_save(self, installation: Installation) -> None:
        """In place of what the workspace had before."""
        await super().async_save(installation)
        async with writing(self.engine) as connection:
            for table in (self.bots, self.installations):
                own = self._of(table, installation.team_id)
                newest = select(func.max(table.c.installed_at)).where(own).scalar_subquery()
                await connection.execute(delete(table).where(own, table.c.installed_at < newest))

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None = None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """The workspace's own; None where it has none, and for an organisation, which cannot install us."""
        wanted = select(self.bots).where(self._of(self.bots, team_id), self.bots.c.bot_token.is_not(None))
        async with self.engine.connect() as connection:
            found = await connection.execute(wanted.order_by(self.bots.c.installed_at.desc()).limit(1))
            row = found.mappings().first()
        return SQLAlchemyInstallationStore.build_bot_entity(row) if row else None

    async def take_away(self, team_id: str) -> bool:
        """Whether there was one."""
        async with writing(self.engine) as connection:
            gone = [
                await connection.execute(delete(table).where(self._of(table, team_id)))
                for table in (self.bots, self.installations)
            ]
        return any(each.rowcount for each in gone)

    async def since(self, team_id: str) -> datetime | None:
        """When the workspace installed the app, the last time; None where it has not."""
        newest = select(func.max(self.bots.c.installed_at)).where(self._of(self.bots, team_id))
        async with self.engine.connect() as connection:
            found = await connection.scalar(newest)
        return found and in_utc(found)

    def theirs(self, workspace: ColumnElement[str]) -> ColumnElement[bool]:
        """Which rows are of a workspace that has installed the app, by the column that names it."""
        return workspace.in_(select(slack_bots.c.team_id).where(slack_bots.c.client_id == self.client_id))

    async def teams(self) -> list[str]:
        """Every workspace that has installed the app; each one's token was opened."""
        wanted = select(self.bots.c.team_id, self.bots.c.bot_token).where(
            self.bots.c.client_id == self.client_id
        )
        async with self.engine.connect() as connection:
            return sorted({row.team_id for row in await connection.execute(wanted)})

    async def close_anew(self) -> int:
        """Encrypts every token with the first key; of how many workspaces."""
        counts = []
        async with writing(self.engine) as connection:
            for table in (self.bots, self.installations):
                sealed = [column for column in table.c if column.name in SECRETS]
                wanted = select(table.c.id, *sealed).where(table.c.client_id == self.client_id)
                rows = (await connection.execute(wanted)).mappings().all()
                for row in rows:
                    values = {column.name: row[column.name] for column in sealed}
                    await connection.execute(update(table).where(table.c.id == row["id"]).values(**values))
                counts.append(len(rows))
        return max(counts)

    def _of(self, table: Table, team_id: str | None) -> ColumnElement[bool]:
        return and_(table.c.client_id == self.client_id, table.c.team_id == team_id)

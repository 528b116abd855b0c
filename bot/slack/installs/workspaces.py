"""The workspaces that have installed the bot: their tokens, encrypted at rest, and the way to each.

A workspace is found by its own id, which no other has, whatever organisation it is in: it may have joined one
since it was installed.
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from cachetools import LRUCache, TTLCache
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Column, ColumnElement, Table, and_, delete, func, or_, select, true, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.types import Text, TypeDecorator

from bot.errors import SettingError
from bot.slack.trouble import TOKEN_ERRORS, error_of
from bot.slack.web_client import OneWorkspace, Seat, once_only, who, with_token
from bot.store.clock import in_utc
from bot.store.engine import writing
from bot.store.tables import SECRETS

SIZE = 10_000
# Slack waits three seconds for its answer, in which the token is looked up and the request written.
TOKEN_SECONDS = 0.3
FRESH_SECONDS = 1.0  # how long a token is used without being looked up again


class NotInstalledError(LookupError):
    """The workspace has not installed the bot, or has taken it away."""


class WrongKeyError(SettingError):
    """What was kept was encrypted with another key, or was tampered with."""


class Keys(MultiFernet):
    """The keys that tokens are kept under; they do not print."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__([Fernet(each) for each in keys])


class Sealed(TypeDecorator[str]):
    """A column of secrets: encrypted on the way into the database, decrypted on the way out."""

    impl = Text
    cache_ok = True

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self.keys = keys

    def process_bind_param(self, value: str | None, dialect: object) -> str | None:
        """Encrypts with the first key."""
        return None if value is None else self.keys.encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: object) -> str | None:
        """Decrypts with any key; WrongKeyError where none fits."""
        try:
            return None if value is None else self.keys.decrypt(value.encode()).decode()
        except InvalidToken:
            raise WrongKeyError(
                "ALUMINA_KEY is wrong: none of its keys opens what the workspaces' tokens were kept under."
                " Put the former key behind the newest, with a comma between them."
            ) from None


def new_key() -> str:
    """A key, as ALUMINA_KEY takes it."""
    return Fernet.generate_key().decode()


class Workspaces(AsyncSQLAlchemyInstallationStore):
    """slack_sdk's store on our tables, of one app, tokens encrypted; WrongKeyError where no key opens one.

    A token is looked up again after a second, since another process may have heard that a workspace took us
    away or in again; Slack is asked once for each who we are there. `only`: what ALUMINA_TEAMS lists.
    """

    def __init__(
        self, client_id: str, engine: AsyncEngine, keys: Keys, client: AsyncWebClient, only: Collection[str]
    ) -> None:
        super().__init__(client_id=client_id, engine=engine)
        for column in (*self.bots.c, *self.installations.c):
            if column.name in SECRETS:
                column.type = Sealed(keys)
        self._client, self._only = client, only
        self._seats = LRUCache[str, Seat](SIZE)
        self._fresh: TTLCache[str, Seat, float] = TTLCache(SIZE, FRESH_SECONDS)

    async def async_save(self, installation: Installation) -> None:
        """From now on the bot is in that workspace, with this token in place of what it had before."""
        await super().async_save(installation)
        await self.take_away(str(installation.team_id), but_newest=True)

    async def take_away(self, workspace: str, *, but_newest: bool = False) -> None:
        """Deletes what is kept of a workspace, or all of it but the newest."""
        async with writing(self.engine) as connection:
            for table in (self.bots, self.installations):
                own = self._of(table, workspace)
                newest = select(func.max(table.c.installed_at)).where(own).scalar_subquery()
                which = table.c.installed_at < newest if but_newest else true()
                await connection.execute(delete(table).where(own, which))
        self._forget(workspace)

    async def seat_of(self, workspace: str) -> Seat:
        """The bot there; NotInstalledError where it is not; while the database is away, as it was."""
        if fresh := self._fresh.get(workspace):
            return fresh
        seat = self._seats.get(workspace)
        try:
            async with asyncio.timeout(TOKEN_SECONDS if seat else None):
                token = await self.token_of(workspace)
        except (SQLAlchemyError, TimeoutError):
            if seat:
                return seat
            raise
        if not seat or seat.client.token != token:
            seat = await self._taken_in(workspace, token)
        self._fresh[workspace] = seat
        return seat

    async def _taken_in(self, workspace: str, token: str) -> Seat:
        client = with_token(self._client, token)
        try:
            seat = Seat(client, await who(client))
        except SlackApiError as refusal:
            if (error := error_of(refusal)) in TOKEN_ERRORS:
                raise NotInstalledError(f"the token of {workspace} holds no more ({error})") from refusal
            raise
        self._seats[workspace] = seat
        return seat

    def _forget(self, workspace: str) -> None:
        self._seats.pop(workspace, None)
        self._fresh.pop(workspace, None)

    async def client_of(self, workspace: str) -> AsyncWebClient:
        """A client that repeats no request by itself; NotInstalledError where there is none."""
        return once_only(with_token(self._client, await self.token_of(workspace)))

    async def token_of(self, workspace: str) -> str:
        """The newest token; NotInstalledError where there is none."""
        token = await self._newest(self.bots.c.bot_token, workspace)
        if token is None:
            raise NotInstalledError(f"{workspace or 'that workspace'} has not installed the bot")
        return str(token)

    async def is_back(self, workspace: str, at: datetime) -> bool:
        """Whether it has installed the bot after `at`, and the token holds, as Slack says now."""
        since = await self._newest(self.bots.c.installed_at, workspace)
        if since is None or in_utc(since) <= at:
            return False
        self._forget(workspace)
        try:
            await self.seat_of(workspace)
        except NotInstalledError:
            return False
        return True

    def ours(self, workspace: ColumnElement[str]) -> ColumnElement[bool]:
        """Rows of the workspaces that have installed the bot, and of the only ones that are served."""
        theirs = workspace.in_(select(self.bots.c.team_id).where(self._of(self.bots)))
        # The inbox prepares its statements, and what is `in_` a list has its form only as it is executed.
        return theirs & or_(*(workspace == team for team in self._only)) if self._only else theirs

    async def teams(self) -> list[str]:
        """Every workspace that has installed the app; each one's token was opened."""
        wanted = select(self.bots.c.team_id, self.bots.c.bot_token).where(self._of(self.bots))
        async with self.engine.connect() as connection:
            return sorted({row.team_id for row in await connection.execute(wanted)})

    async def close_anew(self) -> int:
        """Encrypts every token with the first key; of how many workspaces."""
        async with writing(self.engine) as connection:
            for table in (self.installations, self.bots):
                sealed = [table.c[name] for name in SECRETS if name in table.c]
                wanted = select(table.c.id, *sealed).where(self._of(table))
                rows = (await connection.execute(wanted)).mappings().all()
                for row in rows:
                    await connection.execute(update(table).where(table.c.id == row["id"]).values(dict(row)))
        return len(rows)

    async def _newest(self, column: Column[Any], workspace: str) -> Any:
        wanted = select(column).where(self._of(self.bots, workspace))
        async with self.engine.connect() as connection:
            return await connection.scalar(wanted.order_by(self.bots.c.installed_at.desc()).limit(1))

    def _of(self, table: Table, workspace: str | None = None) -> ColumnElement[bool]:
        ours = table.c.client_id == self.client_id
        return ours if workspace is None else and_(ours, table.c.team_id == workspace)


# The way to each workspace that this process speaks for.
Clients = OneWorkspace | Workspaces

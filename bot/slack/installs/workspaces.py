"""The way to every workspace that has installed the bot."""

from collections.abc import Collection

from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import ColumnElement, and_, or_

from bot.cache import Cache
from bot.slack.client import Identity, Seat, once_only, who, with_token
from bot.slack.errors import TOKEN_ERRORS, error_of
from bot.slack.installs.installations import Installations

SIZE = 10_000
# Another process may have heard that a workspace took us away, or took us in again.
SECONDS = 30.0


class NotInstalledError(LookupError):
    """The workspace has not installed the bot, or has taken it away."""


class Workspaces:
    """Tokens come from the installations, and are looked up anew every half minute; Slack is asked who we are
    in a workspace once for each token. `only`: what ALUMINA_TEAMS lists.
    """

    def __init__(
        self, installations: Installations, client: AsyncWebClient, only: Collection[str] = ()
    ) -> None:
        self.installations, self._client, self._only = installations, client, list(only)
        self._fresh: Cache[str, AsyncWebClient] = Cache(SIZE, SECONDS)
        self._seats: Cache[str, Seat] = Cache(SIZE)

    async def seat_of(self, workspace: str) -> Seat:
        """The bot there; NotInstalledError where it is not, or its token holds no more."""
        client, seat = await self._opened(workspace), self._seats.get(workspace)
        if seat is None or seat.client is not client:
            seat = Seat(client, await self._who(client, workspace))
            self._seats.put(workspace, seat)
        return seat

    async def client_of(self, workspace: str) -> AsyncWebClient:
        """A client that repeats no request by itself; NotInstalledError where there is none."""
        return once_only(await self._opened(workspace))

    def ours(self, workspace: ColumnElement[str]) -> ColumnElement[bool]:
        """Rows of the workspaces that have installed the bot, and of the only ones that are served."""
        theirs = self.installations.theirs(workspace)
        return and_(theirs, or_(*(workspace == team for team in self._only))) if self._only else theirs

    async def take_in(self, installation: Installation) -> None:
        """From now on the bot is in that workspace, with this token."""
        await self.installations.async_save(installation)
        self._fresh.drop(str(installation.team_id))

    async def take_away(self, workspace: str) -> None:
        """From now on it is not."""
        await self.installations.take_away(workspace)
        self._fresh.drop(workspace)
        self._seats.drop(workspace)

    async def holds(self, workspace: str) -> bool:
        """Whether Slack takes the token that is kept of that workspace now, be it another process's."""
        self._fresh.drop(workspace)
        try:
            client = await self._opened(workspace)
            await self._who(client, workspace)
        except NotInstalledError:
            return False
        return True

    async def _opened(self, workspace: str) -> AsyncWebClient:
        if fresh := self._fresh.get(workspace):
            return fresh
        bot = await self.installations.async_find_bot(team_id=workspace)
        if bot is None:
            raise NotInstalledError(f"{workspace or 'that workspace'} has not installed the bot")
        known, token = self._seats.get(workspace), str(bot.bot_token)
        client = known.client if known and known.client.token == token else with_token(self._client, token)
        self._fresh.put(workspace, client)
        return client

    async def _who(self, client: AsyncWebClient, workspace: str) -> Identity:
        try:
            return await who(client)
        except SlackApiError as refusal:
            if (error := error_of(refusal)) in TOKEN_ERRORS:
                raise NotInstalledError(f"the token of {workspace} holds no more ({error})") from refusal
            raise

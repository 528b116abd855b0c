"""The way to Slack: one session and client, and who we are there."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy import ColumnElement

from bot.errors import SettingError, UserError
from bot.manifest import OPTIONAL, SCOPES
from bot.metrics import put_off, slack_failed
from bot.settings import NEEDED, Settings
from bot.slack.errors import TOKEN_ERRORS, SlackTrouble, error_of, name_of, reason

RATE_LIMIT_RETRIES = 2


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is and where, as auth.test says; `scopes` is None where Slack did not list them."""

    team_id: str
    team: str
    user_id: str
    name: str
    scopes: frozenset[str] | None
    bot_id: str = ""

    @property
    def mention(self) -> str:
        """How a message names the bot."""
        return f"<@{self.user_id}>"

    @property
    def missing_scopes(self) -> list[str]:
        """The scopes that the bot cannot do without and the token was not granted."""
        granted = SCOPES if self.scopes is None else self.scopes
        return [scope for scope in SCOPES if scope not in OPTIONAL and scope not in granted]


@dataclass(frozen=True, slots=True)
class Person:
    """A person by their id, which is theirs in one workspace alone."""

    workspace: str
    user: str


@dataclass(frozen=True, slots=True)
class Seat:
    """The bot in one workspace: the client that speaks for it there, and who it is."""

    client: AsyncWebClient
    identity: Identity


class Clients(Protocol):
    """The way to each workspace that this process speaks for."""

    async def seat_of(self, workspace: str) -> Seat:
        """The bot there; LookupError with a reason where it is not."""

    async def client_of(self, workspace: str) -> AsyncWebClient:
        """A client that repeats no request by itself; LookupError with a reason where there is no token."""

    def ours(self, workspace: ColumnElement[str]) -> ColumnElement[bool]:
        """Which rows are of such a workspace, by the column that names it: others are left to others."""


@dataclass(frozen=True, slots=True)
class OneWorkspace:
    """The workspace of SLACK_BOT_TOKEN. `client` repeats nothing; who answers people sits on the `seat`."""

    workspace: str
    client: AsyncWebClient
    seat: Seat | None = None

    async def seat_of(self, workspace: str) -> Seat:
        """The one seat, for people of an organisation's other workspaces too."""
        if self.seat is None:
            raise LookupError(f"nobody answers people in {self.workspace}")
        return self.seat

    async def client_of(self, workspace: str) -> AsyncWebClient:
        """The one client; LookupError for another workspace."""
        if workspace != self.workspace:
            raise LookupError(f"SLACK_BOT_TOKEN belongs to {self.workspace} and not to {workspace}")
        return self.client

    def ours(self, workspace: ColumnElement[str]) -> ColumnElement[bool]:
        """Rows of the one workspace."""
        return workspace == self.workspace


class Client(AsyncWebClient):
    """Slack's client; a call that fails is counted by its name."""

    async def api_call(self, *args: Any, **kwargs: Any) -> AsyncSlackResponse:
        """What Slack answers."""
        try:
            return await super().api_call(*args, **kwargs)
        except SlackTrouble as trouble:
            slack_failed(name_of(trouble))
            raise

    async def _request(self, **request: Any) -> dict[str, Any]:
        """What was answered; plain text, which is no answer of Slack's, as none, so that it is refused."""
        answer: dict[str, Any] = await super()._request(**request)
        return answer | {"data": {}} if isinstance(answer["data"], str) else answer


class RateLimitRetry(AsyncRateLimitErrorRetryHandler):
    """Waits as Slack asks for; each wait is counted."""

    async def prepare_for_next_attempt_async(self, **kwargs: Any) -> None:
        """Returns once the call may be made again."""
        put_off("call")
        await super().prepare_for_next_attempt_async(**kwargs)


@asynccontextmanager
async def slack_client(settings: Settings) -> AsyncIterator[AsyncWebClient]:
    """The one client, over one shared HTTP session that is closed at the end; for many workspaces without a
    token, so that each gets one of its own from it.

    It retries nothing but a rate limit: after a lost connection a message may already stand in the channel,
    and sending it again would post it twice.
    """
    seconds = settings.alumina_timeout_seconds
    async with ClientSession(timeout=ClientTimeout(total=seconds)) as session:
        yield Client(
            token=None if settings.many else settings.need("SLACK_BOT_TOKEN"),
            base_url=settings.slack_api_url,
            session=session,
            timeout=math.ceil(seconds),
            retry_handlers=[RateLimitRetry(max_retry_count=RATE_LIMIT_RETRIES)],
        )


def once_only(client: AsyncWebClient) -> AsyncWebClient:
    """The same client, but one that repeats nothing: who waits how long is for the caller to say."""
    like = copy(client)
    like.retry_handlers = []
    return like


def with_token(client: AsyncWebClient, token: str | None) -> AsyncWebClient:
    """The same client, speaking for another workspace."""
    like = copy(client)
    like.token = token
    return like


async def identify(client: AsyncWebClient) -> Identity:
    """Who we are; one clear sentence where the token is wrong or no Slack answers."""
    try:
        return await who(client)
    except SlackTrouble as trouble:
        raise _explained(trouble, client, "SLACK_BOT_TOKEN") from trouble


async def who(client: AsyncWebClient) -> Identity:
    """Who we are by the client's token; what goes wrong between us and Slack is raised as it is."""
    answer = await client.auth_test()
    granted = {name.lower(): value for name, value in answer.headers.items()}.get("x-oauth-scopes")
    return Identity(
        team_id=answer["team_id"],
        team=str(answer.get("team") or answer["team_id"]),
        user_id=answer["user_id"],
        name=str(answer.get("user") or "alumina"),
        scopes=None if granted is None else frozenset(scope.strip() for scope in granted.split(",")),
        bot_id=str(answer.get("bot_id") or ""),
    )


def check_scopes(identity: Identity) -> None:
    """SettingError that names every scope the token lacks."""
    if missing := ", ".join(identity.missing_scopes):
        raise SettingError(
            f"SLACK_BOT_TOKEN lacks the scopes {missing}: add them in the app's page OAuth & Permissions"
            " (or paste manifest.yml there) and install the app again."
        )


async def socket_address(client: AsyncWebClient, app_token: str) -> str:
    """Where Socket Mode connects to. Asked here since its client would try a wrong token for ever."""
    try:
        answer = await client.apps_connections_open(app_token=app_token)
    except SlackTrouble as trouble:
        raise _explained(trouble, client, "SLACK_APP_TOKEN") from trouble
    return str(answer["url"])


def _explained(trouble: Exception, client: AsyncWebClient, variable: str) -> UserError:
    if not isinstance(trouble, SlackApiError):
        return SettingError(f"SLACK_API_URL: no Slack answers at {client.base_url} ({reason(trouble)}).")
    if (error := error_of(trouble)) in TOKEN_ERRORS:
        return SettingError(f"{variable} is not accepted by Slack ({error}): {NEEDED[variable]}.")
    return UserError(f"Slack does not answer as it should ({reason(trouble)}); try again in a minute.")

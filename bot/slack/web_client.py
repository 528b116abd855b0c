"""The way to Slack: one session and client, and who we are there."""

import math
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import ColumnElement

from bot.errors import SettingError, UserError
from bot.manifest import OPTIONAL, SCOPES
from bot.metrics import RETRIES
from bot.settings import NEEDED, Settings
from bot.slack.trouble import TOKEN_ERRORS, SlackTrouble, error_of, reason


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is and where, as auth.test says; with all `scopes` where Slack did not list them."""

    team_id: str
    team: str
    user_id: str
    name: str
    scopes: frozenset[str]
    bot_id: str = ""

    @property
    def mention(self) -> str:
        """How a message names the bot."""
        return f"<@{self.user_id}>"

    @property
    def missing_scopes(self) -> list[str]:
        """The scopes that the bot cannot do without and the token was not granted."""
        return [scope for scope in SCOPES if scope not in OPTIONAL | self.scopes]


@dataclass(frozen=True, slots=True)
class Seat:
    """The bot in one workspace: the client that speaks for it there, and who it is."""

    client: AsyncWebClient
    identity: Identity


@dataclass(frozen=True, slots=True)
class OneWorkspace:
    """The workspace of SLACK_BOT_TOKEN."""

    seat: Seat

    async def seat_of(self, workspace: str) -> Seat:
        """The one seat, for people of an organisation's other workspaces too."""
        return self.seat

    async def client_of(self, workspace: str) -> AsyncWebClient:
        """The one client; LookupError for another workspace."""
        own = self.seat.identity.team_id
        if workspace != own:
            raise LookupError(f"SLACK_BOT_TOKEN belongs to {own} and not to {workspace}")
        return once_only(self.seat.client)

    def ours(self, workspace: ColumnElement[str]) -> ColumnElement[bool]:
        """Rows of the one workspace."""
        return workspace == self.seat.identity.team_id


class Client(AsyncWebClient):
    """Slack's client, for which plain text is no answer."""

    async def _request(self, **request: Any) -> dict[str, Any]:
        """What was answered; plain text, which is no answer of Slack's, as none, so that it is refused."""
        answer: dict[str, Any] = await super()._request(**request)
        return answer | {"data": {}} if isinstance(answer["data"], str) else answer


class RateLimitRetry(AsyncRateLimitErrorRetryHandler):
    """Waits as Slack asks for; each wait is counted."""

    async def prepare_for_next_attempt_async(self, **kwargs: Any) -> None:
        """Returns once the call may be made again."""
        RETRIES("call").inc()
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
            retry_handlers=[RateLimitRetry(max_retry_count=2)],
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
    with _explained(client, "SLACK_BOT_TOKEN"):
        return await who(client)


async def who(client: AsyncWebClient) -> Identity:
    """Who we are by the client's token; what goes wrong between us and Slack is raised as it is."""
    answer = await client.auth_test()
    granted = answer.headers.get("X-OAuth-Scopes", ",".join(SCOPES))
    return Identity(
        team_id=answer["team_id"],
        team=str(answer.get("team") or answer["team_id"]),
        user_id=answer["user_id"],
        name=str(answer.get("user") or "alumina"),
        scopes=frozenset(scope.strip() for scope in granted.split(",")),
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
    with _explained(client, "SLACK_APP_TOKEN"):
        return str((await client.apps_connections_open(app_token=app_token))["url"])


@contextmanager
def _explained(client: AsyncWebClient, variable: str) -> Iterator[None]:
    """UserError with one clear sentence where Slack does not take the token of that variable, or is away."""
    try:
        yield
    except SlackTrouble as trouble:
        error, why = error_of(trouble), reason(trouble)
        if not isinstance(trouble, SlackApiError):
            raise SettingError(f"SLACK_API_URL: no Slack answers at {client.base_url} ({why}).") from trouble
        if error in TOKEN_ERRORS:
            told = f"{variable} is not accepted by Slack ({error}): {NEEDED[variable]}."
            raise SettingError(told) from trouble
        raise UserError(f"Slack does not answer as it should ({why}); try again in a minute.") from trouble

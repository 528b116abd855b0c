"""Bolt's OAuth flow, from /slack/install to Slack and back, with its own pages."""

import logging
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urljoin

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from bot.manifest import INSTALL_PATH, MCP_SCOPES, REDIRECT_PATH, SCOPES
from bot.settings import Settings
from bot.slack.installs.workspaces import Workspaces
from bot.slack.trouble import SlackTrouble, error_of, is_passing
from bot.slack.web_client import with_token
from bot.store.clock import utc_now
from bot.store.engine import changing
from bot.words import say, speak

STATE_SECONDS = 600
Wake = Callable[[str], Awaitable[None]]

log = logging.getLogger(__name__)


class States(AsyncSQLAlchemyOAuthStateStore):
    """slack_sdk's own, of which two requests at once can use one state both."""

    async def async_consume(self, state: str) -> bool:
        """True once, while it holds."""
        column, now = self.oauth_states.c, utc_now().replace(tzinfo=None)  # as the table keeps it
        used = delete(self.oauth_states).where(column.state == state, column.expire_at > now)
        async with changing(self.engine) as connection:
            return (await connection.execute(used)).rowcount > 0


class RefusedError(Exception):
    """An installation is not kept, for a reason that whoever tried it is told."""


class Flow(AsyncOAuthFlow):
    """/slack/install sends a person to Slack, /slack/oauth_redirect takes them back."""

    def __init__(
        self, settings: Settings, client: AsyncWebClient, workspaces: Workspaces, wake: Wake
    ) -> None:
        self._teams, self._language = settings.alumina_teams, settings.alumina_language
        self._wake = wake
        own = AsyncOAuthSettings(
            client_id=settings.need("SLACK_CLIENT_ID"),
            client_secret=settings.need("SLACK_CLIENT_SECRET"),
            scopes=[*SCOPES, *(MCP_SCOPES if settings.alumina_mcp == "on" else ())],
            user_scopes=[],
            redirect_uri=settings.alumina_url and settings.alumina_url + REDIRECT_PATH,
            install_path=f"/{INSTALL_PATH}",
            install_page_rendering_enabled=False,
            redirect_uri_path=f"/{REDIRECT_PATH}",
            authorization_url=urljoin(settings.slack_api_url, "/oauth/v2/authorize"),
            installation_store=workspaces,
            state_store=States(STATE_SECONDS, workspaces.engine),
            state_expiration_seconds=STATE_SECONDS,
        )
        super().__init__(client=client, settings=own)

    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        """Slack's page, for the workspace that `team` names; what is no workspace's id does not get there."""
        named = re.fullmatch(r"T[A-Z0-9_]+", request.query.get("team", [""])[0])
        return str(self.settings.authorize_url_generator.generate(state=state, team=named and named[0]))

    async def handle_installation(self, request: AsyncBoltRequest) -> BoltResponse:
        """On to Slack, with a state that the browser has to bring back."""
        return await self._answer(super().handle_installation(request))

    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        """Bolt's page that says what came of it, or a sentence why nothing did."""
        return await self._answer(super().handle_callback(request))

    async def _answer(self, answer: Awaitable[BoltResponse]) -> BoltResponse:
        speak(self._language)
        try:
            return await answer
        except RefusedError as refused:
            return BoltResponse(status=403, body=str(refused))
        except (*SlackTrouble, SQLAlchemyError) as trouble:
            log.error("not_installed", exc_info=trouble)
            return BoltResponse(status=503, body=say("installing.later"))

    async def run_installation(self, code: str) -> Installation | None:
        """What Slack gives for the code; None where it gives nothing. Bolt's own logs the code."""
        given = {"code": code, "client_id": self.client_id, "client_secret": self.settings.client_secret}
        back = {"redirect_uri": self.redirect_uri} if self.redirect_uri else {}
        try:
            # By the library's method they would go by a way that aiohttp is about to drop.
            made = await self.client.api_call("oauth.v2.access", data=given | back)
            us = await with_token(self.client, made["access_token"]).auth_test()
        except SlackApiError as refusal:
            if is_passing(refusal):
                raise
            log.warning("not_installed", extra={"why": error_of(refusal)})
            return None
        return _installation(made, us["bot_id"])

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Keeps it, and wakes what waited for it; a token that is not to be kept is given back."""
        if why := self._why_not(installation):
            await with_token(self.client, installation.bot_token).auth_revoke()
            raise RefusedError(why)
        await super().store_installation(request, installation)
        await self._wake(str(installation.team_id))
        log.info("installed", extra={"team": installation.team_id})

    def _why_not(self, made: Installation) -> str:
        if made.is_enterprise_install or not made.team_id:
            return say("installing.organisation")
        if made.bot_refresh_token:
            log.error("not_installed", extra={"why": "token_rotation"})
            return say("installing.rotating")
        return say("installing.not_listed") if self._teams and made.team_id not in self._teams else ""


def _installation(made: AsyncSlackResponse, bot_id: str) -> Installation:
    """Without a token of the person's: the bot asks for none."""
    team, person = made.get("team") or {}, made.get("authed_user") or {}
    return Installation(
        app_id=made["app_id"],
        team_id=team.get("id"),
        team_name=team.get("name"),
        bot_token=made["access_token"],
        bot_id=bot_id,
        bot_user_id=made["bot_user_id"],
        bot_scopes=made.get("scope", ""),
        bot_refresh_token=made["refresh_token"],
        user_id=person.get("id", ""),
        is_enterprise_install=made["is_enterprise_install"],
    )

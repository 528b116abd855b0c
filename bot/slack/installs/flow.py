"""Bolt's OAuth flow, from /slack/install to Slack and back, with its own pages."""

import logging
import re
from urllib.parse import urljoin

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.manifest import INSTALL_PATH, MCP_SCOPES, REDIRECT_PATH, SCOPES
from bot.settings import Settings
from bot.slack.installs.workspaces import Workspaces
from bot.slack.trouble import SlackTrouble
from bot.slack.web_client import with_token
from bot.words import say, speak

STATE_SECONDS = 600

log = logging.getLogger(__name__)


class RefusedError(Exception):
    """An installation is not kept, for a reason that whoever tried it is told."""


class Flow(AsyncOAuthFlow):
    """/slack/install sends a person to Slack, /slack/oauth_redirect takes them back."""

    def __init__(self, settings: Settings, client: AsyncWebClient, workspaces: Workspaces) -> None:
        self._teams, self._language = settings.alumina_teams, settings.alumina_language
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
            state_store=AsyncSQLAlchemyOAuthStateStore(STATE_SECONDS, workspaces.engine),
            state_expiration_seconds=STATE_SECONDS,
        )
        super().__init__(client=client, settings=own)

    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        """Slack's page, for the workspace that `team` names; what is no workspace's id does not get there."""
        named = re.fullmatch(r"T[A-Z0-9_]+", request.query.get("team", [""])[0])
        return str(self.settings.authorize_url_generator.generate(state=state, team=named and named[0]))

    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        """Bolt's page that says what came of it, or a sentence why nothing did."""
        speak(self._language)
        try:
            return await super().handle_callback(request)
        except RefusedError as refused:
            return BoltResponse(status=403, body=str(refused))
        except (*SlackTrouble, SQLAlchemyError) as trouble:
            log.error("not_installed", exc_info=trouble)
            return BoltResponse(status=503, body=say("installing.later"))

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Keeps it; a token that is not to be kept is given back."""
        if why := self._why_not(installation):
            await with_token(self.client, installation.bot_token).auth_revoke()
            raise RefusedError(why)
        await super().store_installation(request, installation)
        log.info("installed", extra={"team": installation.team_id})

    def _why_not(self, made: Installation) -> str:
        if made.is_enterprise_install or not made.team_id:
            return say("installing.organisation")
        if made.bot_refresh_token:
            log.error("not_installed", extra={"why": "token_rotation"})
            return say("installing.rotating")
        return say("installing.not_listed") if self._teams and made.team_id not in self._teams else ""

"""Bolt's OAuth flow, with our own pages: from /slack/install to Slack, and back to /slack/oauth_redirect."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urljoin

from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.manifest import INSTALL_PATH, REDIRECT_PATH, SCOPES
from bot.settings import Settings
from bot.slack.client import with_token
from bot.slack.errors import SlackTrouble, error_of
from bot.slack.installs.states import KEEP, States
from bot.slack.oauth.pages import done, not_done, page, preferred
from bot.words import say, speak

AUTHORIZE = "/oauth/v2/authorize"
# What is wrong with the code, which is good for ten minutes and once.
CODE_ERRORS = {"invalid_code", "code_already_used"}
# What is wrong with the settings of whoever runs the bot.
APP_ERRORS = {"bad_client_secret", "bad_redirect_uri", "invalid_client_id"}

log = logging.getLogger(__name__)


class RefusedError(Exception):
    """An installation is not made, for a reason that whoever tried it is told."""


class Flow(AsyncOAuthFlow):
    """/slack/install sends a person to Slack, /slack/oauth_redirect takes them back."""

    def __init__(
        self,
        settings: Settings,
        client: AsyncWebClient,
        engine: AsyncEngine,
        take_in: Callable[[Installation], Awaitable[None]],
    ) -> None:
        self._teams, self._take_in = settings.alumina_teams, take_in
        self._language = settings.alumina_language
        super().__init__(client=client, settings=_oauth_settings(settings, engine))

    async def handle_installation(self, request: AsyncBoltRequest) -> BoltResponse:
        """On to Slack, with a state that the browser has to bring back."""
        return await self._answer(request, super().handle_installation)

    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        """The page that says what came of it."""
        return await self._answer(request, super().handle_callback)

    async def _answer(
        self, request: AsyncBoltRequest, handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """In the language of the reader's browser."""
        speak(preferred(",".join(request.headers.get("accept-language", ())), self._language))
        try:
            answer = await handle(request)
        except RefusedError as refused:
            return page(str(refused), 403)
        except (*SlackTrouble, SQLAlchemyError) as trouble:
            log.error("not_installed", exc_info=trouble)
            return page(say("installing.later"), 503)
        answer.headers["cache-control"] = ["no-store"]
        return answer

    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        """Slack's page, for the workspace that `team` names; what is no workspace's id does not get there."""
        team = request.query.get("team", [""])[0]
        named = team if re.fullmatch(r"T[A-Z0-9_]+", team) else None
        return str(self.settings.authorize_url_generator.generate(state=state, team=named))

    async def run_installation(self, code: str) -> Installation | None:
        """What Slack gives for the code; None where it takes the code for none."""
        given = {"code": code, "client_id": self.client_id, "client_secret": self.settings.client_secret}
        back = {"redirect_uri": self.redirect_uri} if self.redirect_uri else {}
        try:
            # By the SDK's method they would go by a way that aiohttp is about to drop.
            answer = await self.client.api_call("oauth.v2.access", data=given | back)
        except SlackApiError as refusal:
            if (error := error_of(refusal)) in CODE_ERRORS:
                return None
            if error not in APP_ERRORS:
                raise
            log.error("not_installed", extra={"why": error})
            raise RefusedError(say("installing.ours")) from refusal
        told: dict[str, Any] = dict(answer.data)  # type: ignore[arg-type]
        speaking = with_token(self.client, str(told["access_token"]))
        if refused := self._why_not(told):
            await speaking.auth_revoke()
            raise RefusedError(refused)
        return _installation(told, str((await speaking.auth_test())["bot_id"]))

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Keeps it, and wakes what the workspace had before."""
        await self._take_in(installation)
        log.info("installed", extra={"team": installation.team_id})

    def _why_not(self, told: dict[str, Any]) -> str:
        team = (told.get("team") or {}).get("id")
        if told.get("is_enterprise_install") or not team:
            return say("installing.organisation")
        if told.get("refresh_token"):
            log.error("not_installed", extra={"why": "token_rotation"})
            return say("installing.rotating")
        return say("installing.not_listed") if self._teams and team not in self._teams else ""


def _oauth_settings(settings: Settings, engine: AsyncEngine) -> AsyncOAuthSettings:
    return AsyncOAuthSettings(
        client_id=settings.need("SLACK_CLIENT_ID"),
        client_secret=settings.need("SLACK_CLIENT_SECRET"),
        scopes=list(SCOPES),
        user_scopes=[],
        redirect_uri=settings.alumina_url and settings.alumina_url + REDIRECT_PATH,
        install_path=f"/{INSTALL_PATH}",
        install_page_rendering_enabled=False,
        redirect_uri_path=f"/{REDIRECT_PATH}",
        callback_options=AsyncCallbackOptions(success=done, failure=not_done),
        authorization_url=urljoin(settings.slack_api_url, AUTHORIZE),
        state_store=States(engine),
        state_expiration_seconds=int(KEEP.total_seconds()),
    )


def _installation(told: dict[str, Any], bot_id: str) -> Installation:
    """Without a token of the person's: the bot asks for none."""
    company, team = told.get("enterprise") or {}, told["team"]
    return Installation(
        app_id=told.get("app_id"),
        enterprise_id=company.get("id"),
        enterprise_name=company.get("name"),
        team_id=team["id"],
        team_name=team.get("name"),
        bot_token=told["access_token"],
        bot_id=bot_id,
        bot_user_id=told.get("bot_user_id"),
        bot_scopes=told.get("scope", ""),
        user_id=(told.get("authed_user") or {}).get("id", ""),
        token_type=told.get("token_type"),
    )

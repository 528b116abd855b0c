"""Bolt's OAuth flow, from /slack/install to Slack and back, and the pages that people read on the way."""

import logging
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from slack_bolt.oauth.async_callback_options import AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import ColumnElement, delete
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.manifest import INSTALL_PATH, MCP_SCOPES, REDIRECT_PATH, SCOPES
from bot.settings import Settings
from bot.slack.trouble import SlackTrouble, error_of
from bot.slack.web_client import with_token
from bot.store.clock import utc_now
from bot.store.engine import changing
from bot.words import language, say, speak

STATE_SECONDS = 600
# What is wrong with the code, which is good for ten minutes and once.
CODE_ERRORS = {"invalid_code", "code_already_used"}
# What is wrong with the settings of whoever runs the bot.
APP_ERRORS = {"bad_client_secret", "bad_redirect_uri", "invalid_client_id"}
# By Slack's word or Bolt's for what went wrong.
WRONG = {"access_denied": "denied", "invalid_browser": "states_over", "invalid_state": "states_over"}
PAGE = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}

TakeIn = Callable[[Installation], Awaitable[None]]

log = logging.getLogger(__name__)


class States(AsyncSQLAlchemyOAuthStateStore):
    """Each holds for some minutes, and once; slack_sdk's own two requests at once can use both."""

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


class RefusedError(Exception):
    """An installation is not made, for a reason that whoever tried it is told."""


class Flow(AsyncOAuthFlow):
    """/slack/install sends a person to Slack, /slack/oauth_redirect takes them back."""

    def __init__(
        self, settings: Settings, client: AsyncWebClient, engine: AsyncEngine, take_in: TakeIn
    ) -> None:
        self._teams, self._take_in = settings.alumina_teams, take_in
        self._language = settings.alumina_language
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
            state_store=States(STATE_SECONDS, engine),
            state_expiration_seconds=STATE_SECONDS,
        )
        super().__init__(client=client, settings=own)
        self.success_handler, self.failure_handler = done, not_done

    async def handle_installation(self, request: AsyncBoltRequest) -> BoltResponse:
        """On to Slack, with a state that the browser has to bring back."""
        return await self._answer(request, super().handle_installation)

    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        """The page that says what came of it; the browser keeps its state no longer."""
        return await self._answer(request, super().handle_callback)

    async def _answer(
        self, request: AsyncBoltRequest, handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        speak(self._language)
        try:
            answer = await handle(request)
        except RefusedError as refused:
            return page(str(refused), 403)
        except (*SlackTrouble, SQLAlchemyError) as trouble:
            log.error("not_installed", exc_info=trouble)
            return page(say("installing.later"), 503)
        answer.headers["cache-control"] = ["no-store"]
        answer.headers.setdefault("set-cookie", [self.settings.state_utils.build_set_cookie_for_deletion()])
        return answer

    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        """Slack's page, for the workspace that `team` names; what is no workspace's id does not get there."""
        named = re.fullmatch(r"T[A-Z0-9_]+", request.query.get("team", [""])[0])
        return str(self.settings.authorize_url_generator.generate(state=state, team=named and named[0]))

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


def _installation(told: dict[str, Any], bot_id: str) -> Installation:
    """Without a token of the person's: the bot asks for none."""
    return Installation(
        app_id=told.get("app_id"),
        team_id=told["team"]["id"],
        team_name=told["team"].get("name"),
        bot_token=told["access_token"],
        bot_id=bot_id,
        bot_user_id=told.get("bot_user_id"),
        bot_scopes=told.get("scope", ""),
        user_id=(told.get("authed_user") or {}).get("id", ""),
    )


async def done(given: AsyncSuccessArgs) -> BoltResponse:
    """The way to Slack, and what to do first there."""
    made = given.installation
    link = f"slack://app?team={made.team_id}&id={made.app_id}&tab=home"
    text = say("installing.done", team=escape(made.team_name or say("installing.your_workspace")))
    return page(text, 200, say("installing.installed"), (say("installing.open_slack"), link))


async def not_done(given: AsyncFailureArgs) -> BoltResponse:
    """Why not, and the way back to the beginning."""
    log.info("not_installed", extra={"why": given.reason if given.reason in WRONG else "other"})
    return page(say(f"installing.wrong_{WRONG.get(given.reason, 'not_done')}"), given.suggested_status_code)


def page(text: str, status: int, heading: str = "", link: tuple[str, str] | None = None) -> BoltResponse:
    """A page that says one thing, in the language that is spoken; the text is HTML of ours."""
    words, address = link or (say("installing.again"), f"/{INSTALL_PATH}")
    told = {"heading": heading or say("installing.not_installed"), "text": text, "language": language()}
    body = PAGE.format(link=f'<a href="{escape(address)}">{words}</a>', **told)
    return BoltResponse(status=status, body=body, headers=dict(HEADERS))

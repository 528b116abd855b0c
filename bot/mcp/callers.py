"""Who may speak to the MCP server over HTTP: Slackbot, which signs each request, or whoever has the token."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from http import HTTPStatus
from urllib.parse import urlsplit

from slack_sdk.signature import SignatureVerifier
from starlette.datastructures import Headers

from bot.errors import SettingError
from bot.settings import Settings
from bot.slack.app import SIGNATURE, TIMESTAMP
from bot.slack.installs.workspaces import Clients

SIGNED = ("x-slack-request-timestamp", "x-slack-signature")
LOCAL = ("127.0.0.1", "localhost", "::1")
# What tells figures: Slackbot has to name who asks. The lists are the same for everybody.
NAMED = {"tools/call", "resources/read", "prompts/get"}
NO_KEY = (
    "ALUMINA_MCP is on, but nobody could be let in: set SLACK_SIGNING_SECRET (for Slackbot) or"
    " ALUMINA_MCP_TOKEN (for other assistants)."
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a person in a workspace, or whoever has the token, who counts as a channel does."""

    team: str = ""
    user: str = ""
    organisation: str = ""
    channel: str = ""


BY_TOKEN = Caller(channel="mcp")


class Callers:
    """Finds out who sent a request; SettingError where nobody could."""

    def __init__(self, settings: Settings) -> None:
        secret, self._teams = settings.slack_signing_secret, settings.alumina_teams
        token = settings.alumina_mcp_token
        self._token = token.get_secret_value().encode() if token else b""
        self._verifier = SignatureVerifier(secret.get_secret_value()) if secret else None
        if not (self._token or self._verifier):
            raise SettingError(NO_KEY)
        self._hosts = {*LOCAL, _host(settings.alumina_url or "")} - {None}

    def refusal(self, headers: Headers) -> HTTPStatus | None:
        """Why a request is refused for its head alone: a page of another site, or nothing that lets it in."""
        places = f"//{headers.get('host', '')}", *headers.getlist("origin")  # where to, and from which pages
        if not all(_host(each) in self._hosts for each in places):
            return HTTPStatus.FORBIDDEN
        stamp, signature = (headers.get(name, "") for name in SIGNED)
        looks_signed = TIMESTAMP.fullmatch(stamp) and SIGNATURE.fullmatch(signature)
        return None if self.has_token(headers) or looks_signed else HTTPStatus.UNAUTHORIZED

    def has_token(self, headers: Headers) -> bool:
        """Whether it brings the token; compared in constant time."""
        kind, _, given = headers.get("authorization", "").partition(" ")
        is_bearer = kind.lower() == "bearer" and bool(self._token)
        return is_bearer and compare_digest(given.encode("latin-1"), self._token)

    async def caller(self, headers: Headers, body: bytes, clients: Clients) -> Caller | HTTPStatus:
        """Who asks; the status of the refusal where that is not certain, or they are not served."""
        if self.has_token(headers):
            return BY_TOKEN
        stamp, signature = (headers[name] for name in SIGNED)
        try:  # whether Slack signed it, within the last five minutes
            if not (self._verifier and self._verifier.is_valid(body, stamp, signature)):
                return HTTPStatus.UNAUTHORIZED
        except UnicodeDecodeError:  # Slack sends text
            return HTTPStatus.UNAUTHORIZED
        method, caller = _named(body)
        if not (caller.team and caller.user):
            is_open = isinstance(method, str) and method not in NAMED
            return caller if is_open else HTTPStatus.FORBIDDEN
        return caller if await self._is_served(caller, clients) else HTTPStatus.FORBIDDEN

    async def _is_served(self, caller: Caller, clients: Clients) -> bool:
        """Whether the workspace is among ALUMINA_TEAMS; where these are not set, whether the bot is in it.

        So a guest is served where their own workspace is, whatever ALUMINA_GUESTS says: no channel is shared.
        """
        if self._teams:
            return caller.team in self._teams or caller.organisation in self._teams
        try:
            await clients.client_of(caller.team)
        except LookupError:
            return False
        return True


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _named(body: bytes) -> tuple[object, Caller]:
    """The method that is called, and who Slack says is asking; blank where it names nobody."""
    try:
        message = _mapping(json.loads(body))
    except (ValueError, RecursionError):
        return None, Caller()
    slack = _mapping(_mapping(_mapping(message.get("params")).get("_meta")).get("slack"))
    ids = (slack.get(f"{name}_id") for name in ("team", "user", "enterprise"))
    return message.get("method"), Caller(*(each if isinstance(each, str) else "" for each in ids))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}

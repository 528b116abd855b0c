"""The MCP server at /mcp, for Slackbot, which signs each request, and for whoever has the token."""

import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hmac import compare_digest
from http import HTTPStatus
from urllib.parse import urlsplit

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from slack_sdk.signature import SignatureVerifier
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from bot.dataset.dataset import Dataset
from bot.errors import SettingError, UsageError
from bot.mcp.server import Context, Service
from bot.mcp.tools import TEXTS, Result
from bot.settings import Settings
from bot.slack.bolt_app import SIGNATURE, TIMESTAMP, body_within
from bot.slack.installs.workspaces import Clients
from bot.words import say
from bot.worker import Worker
from handlers.rate_limit import RateLimit

MOST_BODY_BYTES = 64 * 1024
CALLER = "alumina.caller"  # in a request's scope
SIGNED = ("x-slack-request-timestamp", "x-slack-signature")
LOCAL = ("127.0.0.1", "localhost", "::1")
# What tells figures: Slackbot has to name who asks. The lists are the same for everybody.
NAMED = {"tools/call", "resources/read", "prompts/get"}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a person in a workspace, or whoever has the token, who counts as a channel does."""

    team: str = ""
    user: str = ""
    organisation: str = ""
    channel: str = ""


class Assistants:
    """The ASGI app; it answers once it is open. SettingError where it could let nobody in."""

    def __init__(self, settings: Settings, dataset: Dataset) -> None:
        self._settings, self._dataset = settings, dataset
        self._token = settings.plain("ALUMINA_MCP_TOKEN").encode()
        secret = settings.plain("SLACK_SIGNING_SECRET")
        self._verifier = SignatureVerifier(secret) if secret else None
        if not (self._token or self._verifier):
            raise SettingError(TEXTS["no_key"])
        self._hosts = {*LOCAL, _host(settings.alumina_url or "")} - {None}
        self._rate_limit = RateLimit(settings.alumina_user_rate, settings.alumina_channel_rate)

    @asynccontextmanager
    async def open(self, clients: Clients, worker: Worker) -> AsyncIterator[None]:
        """Serves people of the workspaces that the bot is in; their calls are worked out by the worker."""

        async def work(context: Context, call: Callable[[Dataset], Result]) -> Result:
            caller: Caller = context.request.scope[CALLER]  # type: ignore[union-attr]  # by HTTP there is one
            if self._rate_limit.refusal(caller.team, caller.user, caller.channel) is not None:
                raise UsageError(say("mcp.slower"))
            return await worker.run(caller.user or caller.channel, call)

        server = Service(self._settings, self._dataset, work).server()
        self._clients = clients
        self._manager = StreamableHTTPSessionManager(server, json_response=True, stateless=True)
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or refuses it without a word."""
        try:
            scope[CALLER], body = await self._admitted(Request(scope, receive))
        except HTTPException as refused:
            log.warning("request_refused", extra={"status": refused.status_code})
            refusal = Response(status_code=refused.status_code, headers={"connection": "close"})
            return await refusal(scope, receive, send)
        return await self._manager.handle_request(scope, _replay(body, receive), send)

    async def _admitted(self, request: Request) -> tuple[Caller, bytes]:
        """Who asks and what; HTTPException where that is not certain, or they are not served."""
        headers, body = request.headers, await body_within(request, MOST_BODY_BYTES)
        places = f"//{headers.get('host', '')}", *headers.getlist("origin")  # where to, and from which pages
        if not all(_host(each) in self._hosts for each in places):
            raise HTTPException(HTTPStatus.FORBIDDEN)
        has_token = self._has_token(headers)
        if body is None:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE if has_token else HTTPStatus.UNAUTHORIZED)
        caller = Caller(channel="mcp") if has_token else await self._signer(headers, body)
        if request.method != "POST":
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED)
        return caller, body

    def _has_token(self, headers: Headers) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        is_bearer = kind.lower() == "bearer" and bool(self._token)
        # In constant time, which tells a stranger nothing of how much of it was right.
        return is_bearer and compare_digest(given.encode("latin-1"), self._token)

    async def _signer(self, headers: Headers, body: bytes) -> Caller:
        if not self._is_signed(headers, body):
            raise HTTPException(HTTPStatus.UNAUTHORIZED)
        method, caller = _named(body)
        is_open = isinstance(method, str) and method not in NAMED
        if not (await self._is_served(caller) if caller.team and caller.user else is_open):
            raise HTTPException(HTTPStatus.FORBIDDEN)
        return caller

    def _is_signed(self, headers: Headers, body: bytes) -> bool:
        """Whether Slack signed it, within the last five minutes."""
        stamp, signature = (headers.get(name, "") for name in SIGNED)
        if not (self._verifier and TIMESTAMP.fullmatch(stamp) and SIGNATURE.fullmatch(signature)):
            return False
        try:
            return self._verifier.is_valid(body, stamp, signature)
        except UnicodeDecodeError:  # Slack sends text
            return False

    async def _is_served(self, caller: Caller) -> bool:
        """Whether the workspace is among ALUMINA_TEAMS; where these are not set, whether the bot is in it.

        So a guest is served where their own workspace is, whatever ALUMINA_GUESTS says: no channel is shared.
        """
        if served := self._settings.alumina_teams:
            return caller.team in served or caller.organisation in served
        try:
            await self._clients.client_of(caller.team)
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


def _replay(body: bytes, receive: Receive) -> Receive:
    """What brings the body again, and then what comes after it."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return left.pop() if left else await receive()

    return again

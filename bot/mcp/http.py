"""The MCP server at /mcp: requests of known callers, each worked out in its caller's turn."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from bot.bodies import body_within
from bot.dataset.dataset import Dataset
from bot.errors import UsageError
from bot.mcp.callers import Caller, Callers
from bot.mcp.server import Context, Service, mcp_server
from bot.mcp.tools import Result
from bot.settings import Settings
from bot.slack.installs.workspaces import Clients
from bot.words import say
from bot.worker import FairWorker
from handlers.rate_limit import RateLimit

MOST_BODY_BYTES = 64 * 1024
CALLER = "alumina.caller"  # in a request's scope

log = logging.getLogger(__name__)


class Assistants:
    """The ASGI app; it answers once it is open. SettingError where it could let nobody in."""

    def __init__(self, settings: Settings, dataset: Dataset) -> None:
        self._settings, self._dataset, self._callers = settings, dataset, Callers(settings)
        self._rate_limit = RateLimit(settings.alumina_user_rate, settings.alumina_channel_rate)

    @asynccontextmanager
    async def open(self, clients: Clients, worker: FairWorker) -> AsyncIterator[None]:
        """Serves people of the workspaces that the bot is in; their calls are worked out by the worker."""

        async def work(context: Context, call: Callable[[Dataset], Result]) -> Result:
            caller: Caller = context.request.scope[CALLER]  # type: ignore[union-attr]  # by HTTP there is one
            if self._rate_limit.refusal(caller.team, caller.user, caller.channel) is not None:
                raise UsageError(say("mcp.slower"))
            return await worker.run(caller.user or caller.channel, call)

        self._clients = clients
        self._manager = StreamableHTTPSessionManager(
            mcp_server(Service(self._settings, self._dataset, work)), json_response=True, stateless=True
        )
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or refuses it without a word."""
        request = Request(scope, receive)
        if isinstance(found := await self._admitted(request), HTTPStatus):
            log.warning("request_refused", extra={"status": found.value})
            return await Response(status_code=found, headers={"connection": "close"})(scope, receive, send)
        scope[CALLER], body = found
        return await self._manager.handle_request(scope, _replay(body, receive), send)

    async def _admitted(self, request: Request) -> tuple[Caller, bytes] | HTTPStatus:
        """Who asks and what; the status of the refusal."""
        if refused := self._callers.refusal(request.headers):
            return refused
        if (body := await body_within(request, MOST_BODY_BYTES)) is None:
            has_token = self._callers.has_token(request.headers)
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if has_token else HTTPStatus.UNAUTHORIZED
        found = await self._callers.caller(request.headers, body, self._clients)
        if isinstance(found, HTTPStatus):
            return found
        return (found, body) if request.method == "POST" else HTTPStatus.METHOD_NOT_ALLOWED


def _replay(body: bytes, receive: Receive) -> Receive:
    """What brings the body again, and then what comes after it."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return left.pop() if left else await receive()

    return again

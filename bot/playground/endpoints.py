"""The HTTP side of the local Slack that the bot talks to: Web API, response URLs, Socket Mode."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.playground.arguments import ApiError, Arguments, read_arguments
from bot.playground.files import Files
from bot.playground.pulse import Pulse
from bot.playground.responses import Responses
from bot.playground.socketmode import SocketDoor
from bot.playground.webapi import WebApi

OpenMethod = Callable[[Request, Arguments], dict[str, Any]]
Answer = Callable[[Arguments], Response]
Intercept = Callable[[Request, str, Arguments, Answer], Awaitable[Response]]


async def answered(_request: Request, _method: str, arguments: Arguments, answer: Answer) -> Response:
    """Answers a request as it came; the method is also "response_url" or "upload"."""
    return answer(arguments)


class Endpoints:
    """Checks the token and answers; every request passes through `intercept`, which may be replaced."""

    def __init__(self, sockets: SocketDoor, files: Files, pulse: Pulse, *, app_token: str) -> None:
        self._sockets, self._files, self._pulse, self._app_token = sockets, files, pulse, app_token
        # The workspaces by the tokens that open them.
        self.webapis: dict[str, WebApi] = {}
        # The response URLs of each workspace whose people speak to the bot.
        self.responses: list[Responses] = []
        # Methods that need no token, by their name.
        self.open_methods: dict[str, OpenMethod] = {"api.test": lambda request, arguments: {}}
        self.intercept: Intercept = answered

    def routes(self) -> list[BaseRoute]:
        """Where all this is reached."""
        return [
            Route("/api/{method}", self._api, methods=["GET", "POST"]),
            Route("/response/{secret}", self._response, methods=["POST"]),
            Route("/upload/{ticket}", self._upload, methods=["POST"]),
            WebSocketRoute("/socket", self._sockets.connect),
        ]

    async def _api(self, request: Request) -> Response:
        method = request.path_params["method"]
        return await self._answer(request, method, lambda arguments: self._call(request, method, arguments))

    async def _response(self, request: Request) -> Response:
        secret = request.path_params["secret"]
        return await self._answer(request, "response_url", lambda arguments: self._respond(secret, arguments))

    async def _upload(self, request: Request) -> Response:
        self._pulse.join(asyncio.current_task())
        ticket, content = request.path_params["ticket"], await request.body()
        arguments = Arguments({"length": len(content)})
        return await self.intercept(request, "upload", arguments, lambda _: self._receive(ticket, content))

    async def _answer(self, request: Request, method: str, answer: Answer) -> Response:
        self._pulse.join(asyncio.current_task())
        try:
            return await self.intercept(request, method, await read_arguments(request), answer)
        except ApiError as refusal:
            # Slack refuses with status 200 except at a response URL.
            return JSONResponse(refusal.body, 404 if method == "response_url" else 200)

    def _call(self, request: Request, method: str, arguments: Arguments) -> Response:
        if method in self.open_methods:
            return JSONResponse({"ok": True, **self.open_methods[method](request, arguments)})
        token = token_of(request, arguments)
        if method == "apps.connections.open" and token == self._app_token:
            url = f"ws://{request.url.netloc}/socket?ticket={self._sockets.open()}"
            return JSONResponse({"ok": True, "url": url})
        if token not in self.webapis or method.startswith("apps."):
            raise ApiError("invalid_auth")
        webapi = self.webapis[token]
        answer = webapi.call(method, arguments)
        return JSONResponse(answer, headers={"x-oauth-scopes": ",".join(sorted(webapi.scopes))})

    def _respond(self, secret: str, arguments: Arguments) -> Response:
        given = next((each for each in self.responses if secret in each), None)
        if given is None:
            raise ApiError("expired_url")
        given.respond(secret, dict(arguments.values))
        return PlainTextResponse("ok")

    def _receive(self, ticket: str, content: bytes) -> Response:
        try:
            return PlainTextResponse(f"OK - {self._files.receive(ticket, content).length}")
        except ApiError as refusal:
            return PlainTextResponse(str(refusal), 400)


def token_of(request: Request, arguments: Arguments) -> str:
    """The token that a request brings; not_authed without any."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ") or arguments.text("token")
    if not given:
        raise ApiError("not_authed")
    return given

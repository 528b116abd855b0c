"""The HTTP side of the local Slack that the bot talks to: Web API, response URLs, Socket Mode."""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.playground.arguments import ApiError, Arguments, read_arguments
from bot.playground.faults import Fault, Faults
from bot.playground.files import Files
from bot.playground.pulse import Pulse
from bot.playground.reading import Reading
from bot.playground.responses import Responses
from bot.playground.socketmode import SocketDoor
from bot.playground.webapi import WebApi

OpenMethod = Callable[[Request, Arguments], dict[str, Any]]


class Call(NamedTuple):
    """One request of the bot: the method (or "response_url") and its arguments."""

    method: str
    arguments: dict[str, Any]


class Endpoints:
    """Checks the token, records the call, lets it fail where that was ordered, else answers it."""

    def __init__(
        self,
        sockets: SocketDoor,
        files: Files,
        pulse: Pulse,
        *,
        app_token: str,
    ) -> None:
        self._sockets, self._files, self._app_token = sockets, files, app_token
        self._webapis: dict[str, WebApi] = {}
        # The response URLs of each workspace whose people speak to the bot.
        self.responses: list[Responses] = []
        self._revoked: set[str] = set()
        # Methods that need no token, by their name.
        self.open_methods: dict[str, OpenMethod] = {"api.test": lambda request, arguments: {}}
        self.calls: list[Call] = []
        self.faults, self.pulse = Faults(), pulse
        self.reading = Reading()

    def add_workspace(self, bot_token: str, webapi: WebApi) -> None:
        """A workspace is reached with this token."""
        self._webapis[bot_token] = webapi

    def revoke(self, webapi: WebApi) -> None:
        """No token opens this workspace any more."""
        self._revoked |= {token for token, own in self._webapis.items() if own is webapi}
        self._webapis = {token: own for token, own in self._webapis.items() if own is not webapi}

    def routes(self) -> list[BaseRoute]:
        """Where all this is reached."""
        return [
            Route("/api/{method}", self.api, methods=["GET", "POST"]),
            Route("/response/{secret}", self.response, methods=["POST"]),
            Route("/upload/{ticket}", self.upload, methods=["POST"]),
            WebSocketRoute("/socket", self._sockets.connect),
        ]

    async def api(self, request: Request) -> Response:
        """A Web API method."""
        return await self._answer(request, request.path_params["method"])

    async def response(self, request: Request) -> Response:
        """A response URL."""
        return await self._answer(request, "response_url")

    async def upload(self, request: Request) -> Response:
        """Takes the bytes of an announced file."""
        self.pulse.join(asyncio.current_task())
        content = await request.body()
        self.calls.append(Call("upload", {"length": len(content)}))
        if fault := self.faults.take("upload"):
            return await fault.happen(request)
        try:
            file = self._files.receive(request.path_params["ticket"], content)
        except ApiError as refusal:
            return PlainTextResponse(str(refusal), 400)
        return PlainTextResponse(f"OK - {file.length}")

    async def _answer(self, request: Request, method: str) -> Response:
        self.pulse.join(asyncio.current_task())
        try:
            arguments = await read_arguments(request)
            return await self._recorded(request, method, arguments)
        except ApiError as refusal:
            # Slack refuses with status 200 except at a response URL.
            return JSONResponse(refusal.body, 404 if method == "response_url" else 200)

    async def _recorded(self, request: Request, method: str, arguments: Arguments) -> Response:
        self.calls.append(
            Call(method, {key: value for key, value in arguments.values.items() if key != "token"})
        )
        fault = self.faults.take(method, f"{request.url.path} {arguments.values}")
        if fault is None:
            return await self._held(request, method, arguments)
        if fault.when == "after":
            self._call(request, method, arguments)
        return await fault.happen(request)

    async def _held(self, request: Request, method: str, arguments: Arguments) -> Response:
        hold = self.faults.take_hold(method)
        if hold is None:
            return self._call(request, method, arguments)
        answer = self._call(request, method, arguments) if hold.when == "after" else None
        await hold.wait(request)
        if answer is None and hold.dropped:
            return await Fault().happen(request)
        return answer or self._call(request, method, arguments)

    def _call(self, request: Request, method: str, arguments: Arguments) -> Response:
        if method == "response_url":
            self._respond(request.path_params["secret"], dict(arguments.values))
            return PlainTextResponse("ok")
        if method in self.open_methods:
            return JSONResponse({"ok": True, **self.open_methods[method](request, arguments)})
        token = _token(request, arguments)
        if token in self._revoked:
            raise ApiError("token_revoked")
        if method == "apps.connections.open" and token == self._app_token:
            url = f"ws://{request.url.netloc}/socket?ticket={self._sockets.open()}"
            return JSONResponse({"ok": True, "url": url})
        if token not in self._webapis or method.startswith("apps."):
            raise ApiError("invalid_auth")
        if wait := self.reading.wait_seconds(token, method):
            return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(wait)})
        webapi = self._webapis[token]
        if method == "auth.revoke":
            self.revoke(webapi)
            return JSONResponse({"ok": True, "revoked": True})
        answer = webapi.call(method, self.reading.cut(method, arguments))
        return JSONResponse(answer, headers={"x-oauth-scopes": ",".join(sorted(webapi.access.scopes))})

    def _respond(self, secret: str, answer: dict[str, Any]) -> None:
        known = (responses for responses in self.responses if responses.gave(secret))
        next(known, self.responses[0]).respond(secret, answer)


def _token(request: Request, arguments: Arguments) -> str:
    given = request.headers.get("authorization", "").removeprefix("Bearer ") or arguments.text("token")
    if not given:
        raise ApiError("not_authed")
    return given

"""`LocalSlack`: one whole local Slack with its page; `tests/gear` adds what only tests need."""

import time
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground import people
from bot.playground.browser import Browser, not_there
from bot.playground.endpoints import Endpoints
from bot.playground.exhibition import Hang
from bot.playground.feed import Feed
from bot.playground.files import Files
from bot.playground.outgoing import Outgoing
from bot.playground.presses import GoneError
from bot.playground.pulse import Pulse
from bot.playground.serving import serving
from bot.playground.socketmode import SocketDoor
from bot.playground.space import Space
from bot.playground.timeline import Timeline

SCOPES = frozenset(
    "app_mentions:read channels:history channels:read chat:write commands groups:history groups:read "
    "im:history im:read mpim:history mpim:read users:read files:write assistant:write".split()
)


class LocalSlack(Space):
    """A Slack on 127.0.0.1 while its `async with` block lasts; `bot_url` may be set once the bot is up.

    It is its own workspace too, the one that the page shows.
    """

    socket_door: type[SocketDoor] = SocketDoor
    http_protocol: type[H11Protocol] = H11Protocol

    def __init__(
        self,
        *,
        bot_url: str | None = None,
        signing_secret: str = "local-signing-secret",
        bot_token: str = "xoxb-local",
        app_token: str = "xapp-local",
        port: int = 0,
        validate: bool = True,
        scopes: Iterable[str] = SCOPES,
        retry_waits: Sequence[float] = (0, 0, 0),
        ack_timeout: float = 3,
        timeline: Timeline | None = None,
        gallery: Hang = tuple,
    ) -> None:
        self.signing_secret, self.bot_token, self.app_token = signing_secret, bot_token, app_token
        # Where the bot listens, unless it comes by Socket Mode; may be set.
        self.bot_url = bot_url
        self.timeline, self._gallery, self._port = timeline, gallery, port
        self._files, pulse = Files(), Pulse()
        self.sockets = self.socket_door(people.APP_ID, ack_timeout)
        outgoing = Outgoing(
            self.sockets,
            pulse,
            bot_url=lambda: self.bot_url,
            signing_secret=signing_secret,
            retry_waits=retry_waits,
            ack_timeout=ack_timeout,
        )
        workspace = people.new_workspace(timeline.seconds if timeline else time.time)
        workspace.validates = validate
        super().__init__(workspace, set(scopes), self._files, outgoing, pulse)
        self.file = self._files.find
        self.settle, self.silence, self.wait_for = pulse.settle, pulse.silence, pulse.wait_for
        self.beside = pulse.beside
        self._endpoints = Endpoints(self.sockets, self._files, pulse, app_token=app_token)
        self._endpoints.webapis[bot_token] = self.webapi
        self._endpoints.responses.append(self.responses)
        self._feed = Feed(self.workspace, self.views, timeline)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opened:
            self.url = await opened.enter_async_context(serving(self._app(), self._port, self.http_protocol))
            await opened.enter_async_context(self._outgoing.open())
            self._files.address = self.url
            self._stack = opened.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._feed.close()
        await self._stack.aclose()

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL must say."""
        return f"{self.url}/api/"

    def _routes(self) -> list[BaseRoute]:
        return self._endpoints.routes()

    def _app(self) -> Starlette:
        page = Browser(self, self._feed, people.ANA, self._gallery)
        # Another site's page must not reach us by giving our address a name of its own.
        guard = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
        return Starlette(
            routes=[*self._routes(), *page.routes()],
            middleware=[guard],
            exception_handlers={GoneError: not_there},
        )

"""`LocalSlack`: one whole local Slack, for the page, the tests, crash runs and benchmarks alike."""

import time
from asyncio import Task
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, AsyncExitStack
from functools import partial
from types import TracebackType
from typing import Any, Self

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from bot.playground import people
from bot.playground.browser import Browser, not_there
from bot.playground.endpoints import Call, Endpoints
from bot.playground.exhibition import Hang
from bot.playground.faults import Fault
from bot.playground.feed import Feed
from bot.playground.files import File, Files
from bot.playground.oauth import OAuth
from bot.playground.outgoing import Outgoing
from bot.playground.presses import GoneError
from bot.playground.pulse import Pulse
from bot.playground.serving import serving
from bot.playground.socketmode import SocketDoor
from bot.playground.space import Space
from bot.playground.timeline import Timeline
from bot.playground.webapi import WebApi
from bot.playground.workspace import Workspace

SCOPES = frozenset(
    "app_mentions:read channels:history channels:read chat:write commands groups:history groups:read "
    "im:history im:read mpim:history mpim:read users:read files:write assistant:write".split()
)


class LocalSlack(Space):
    """A Slack on 127.0.0.1 while its `async with` block lasts; `bot_url` may be set once the bot is up.

    It is its first workspace too, the one that the page shows; others may be added.
    """

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
        self.timeline, self._gallery, self._port, self._validate = timeline, gallery, port, validate
        self._pulse, self._files = Pulse(), Files()
        self._sockets = SocketDoor(people.APP_ID, ack_timeout)
        self._ways = partial(
            Outgoing,
            sockets=self._sockets,
            pulse=self._pulse,
            bot_url=bot_url,
            signing_secret=signing_secret,
            retry_waits=retry_waits,
            ack_timeout=ack_timeout,
        )
        workspace = people.new_workspace(timeline.seconds if timeline else time.time)
        super().__init__(workspace, set(scopes), self._files, self._ways, validate=validate)
        self._spaces: list[Space] = [self]
        self._endpoints = Endpoints(self._sockets, self._files, self._pulse, app_token=app_token)
        self._endpoints.add_workspace(bot_token, self.webapi)
        self._endpoints.responses.append(self.responses)
        self.faults, self.limit_reading = self._endpoints.faults, self._endpoints.reading.limit
        self.oauth = OAuth(self._endpoints, self._spaces)
        self._feed = Feed(self.workspace, self.webapi.views, self.webapi.homes, timeline)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opened:
            self.url = await opened.enter_async_context(serving(self._app(), self._port))
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

    @property
    def bot_url(self) -> str | None:
        """Where the bot listens, unless it comes by Socket Mode; may be set, for every workspace at once."""
        return self._outgoing.bot_url

    @bot_url.setter
    def bot_url(self, address: str | None) -> None:
        for space in self._spaces:
            space._outgoing.bot_url = address

    @property
    def calls(self) -> list[Call]:
        """Every request of the bot so far, refused ones too."""
        return self._endpoints.calls

    def fail(self, method: str, **how: Any) -> None:
        """The next calls of this method fail; `how` are the fields of `Fault`."""
        self.faults.order(method, Fault(**how))

    def add_workspace(self, workspace: Workspace, bot_token: str) -> None:
        """One more workspace for the Web API alone: no page shows it and its events reach nobody."""
        workspace.listeners.append(lambda _: self._pulse.beat())
        webapi = WebApi(workspace, set(self.scopes), self._files, validate=self._validate)
        self._endpoints.add_workspace(bot_token, webapi)

    async def open_workspace(self, workspace: Workspace) -> Space:
        """One more workspace whose people speak to the bot; it has no token of it before it is installed."""
        space = Space(workspace, set(), self._files, self._ways, validate=self._validate)
        space.url, space._outgoing.bot_url = self.url, self.bot_url
        await self._stack.enter_async_context(space._outgoing.open())
        self._spaces.append(space)
        self._endpoints.responses.append(space.responses)
        return space

    def file(self, file_id: str) -> File | None:
        """A file that the bot has uploaded."""
        return self._files.find(file_id)

    async def settle(self, within: float = 120) -> None:
        """Returns once nothing is in flight: no delivery, no request, no task of a bot `beside`."""
        await self._pulse.settle(within)

    async def silence(self, seconds: float, within: float = 120) -> None:
        """Returns once a bot in another process has called nothing for so long, and has nothing to take."""
        await self._pulse.silence(seconds, within)

    async def wait_for(self, predicate: Callable[[], object], within: float = 120) -> None:
        """Returns once the predicate holds, asked anew whenever something happened."""
        await self._pulse.wait_for(predicate, within)

    def beside(self, tasks: Callable[[], AbstractSet[Task[Any]]]) -> AbstractContextManager[None]:
        """Within the block nothing is settled while a bot in our own process has such tasks."""
        return self._pulse.beside(tasks)

    @property
    def sockets(self) -> SocketDoor:
        """The connections of Socket Mode, to be told to connect anew or broken off."""
        return self._sockets

    def _app(self) -> Starlette:
        page = Browser(self, self._feed, people.ANA, self._gallery)
        # Another site's page must not reach us by giving our address a name of its own.
        guard = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
        return Starlette(
            routes=[*self._endpoints.routes(), *self.oauth.routes(), *page.routes()],
            middleware=[guard],
            exception_handlers={GoneError: not_there},
        )

"""`LocalSlack` as a stand-in for Slack: it fails, holds, limits and counts calls, and has more workspaces."""

from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

import bot.playground.slack
from bot.playground.arguments import Arguments
from bot.playground.endpoints import Answer
from bot.playground.space import Space
from bot.playground.views import Views
from bot.playground.webapi import WebApi
from bot.playground.workspace import Workspace
from tests.gear.clock import MovableClock
from tests.gear.faults import Fault, Faults, HangUpProtocol
from tests.gear.oauth import OAuth
from tests.gear.read_limit import ReadLimit
from tests.gear.sockets import BreakableDoor

# The blocks of the year 2026, which not every workspace has.
NEWER = frozenset({"data_table", "data_visualization", "context_actions"})


class Call(NamedTuple):
    """One request of the bot: the method (or "response_url", "upload") and its arguments."""

    method: str
    arguments: dict[str, Any]


class LocalSlack(bot.playground.slack.LocalSlack):
    """The playground's Slack whose every request is recorded, and answered as a test has ordered."""

    socket_door = BreakableDoor
    http_protocol = HangUpProtocol

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self._read_limit = ReadLimit()
        self.limit_reading = self._read_limit.limit
        # Every request of the bot so far, refused ones too.
        self.calls: list[Call] = []
        self.faults = Faults()
        self.clock = MovableClock()
        self.oauth = OAuth(self._endpoints, self)
        self._endpoints.intercept = self._intercept

    @property
    def plain(self) -> bool:
        """Whether this workspace lacks the newer blocks, so that they are refused; may be set."""
        return self.workspace.lacks >= NEWER

    @plain.setter
    def plain(self, plain: bool) -> None:
        self.workspace.lacks = set(NEWER) if plain else set()

    def fail(self, method: str, **how: Any) -> None:
        """The next calls of this method fail; `how` are the fields of `Fault`."""
        self.faults.order(method, Fault(**how))

    async def edit(self, channel: str, ts: str, text: str) -> None:
        """The author of a message changes its text."""
        message = self._message(channel, ts)
        self.workspace.change(
            message, text=text, edited={"user": message.user, "ts": self.workspace.next_ts()}
        )

    async def remove(self, channel: str, ts: str) -> None:
        """The author of a message deletes it."""
        self.workspace.delete(self._message(channel, ts))

    def add_workspace(self, workspace: Workspace, bot_token: str) -> None:
        """One more workspace for the Web API alone: its events reach nobody."""
        workspace.listeners.append(lambda _: self._pulse.beat())
        webapi = WebApi(workspace, set(self.scopes), self._files, Views(workspace))
        self._endpoints.webapis[bot_token] = webapi

    async def open_workspace(self, workspace: Workspace) -> Space:
        """One more workspace whose people speak to the bot; it has no token of it before it is installed."""
        space = Space(workspace, set(), self._files, self._outgoing, self._pulse)
        space.url = self.url
        self.oauth.spaces.append(space)
        self._endpoints.responses.append(space.responses)
        return space

    def _routes(self) -> list[BaseRoute]:
        return [*super()._routes(), *self.oauth.routes()]

    async def _intercept(
        self, request: Request, method: str, arguments: Arguments, answer: Answer
    ) -> Response:
        given = {key: value for key, value in arguments.values.items() if key != "token"}
        self.calls.append(Call(method, given))
        limited = self._read_limit.limited(request, method, answer)
        return await self.faults.answered(request, method, arguments, limited)

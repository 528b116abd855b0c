"""`LocalSlack`: one whole local Slack, for the page, the tests, crash runs and benchmarks alike."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from bot.errors import InternalError
from bot.playground import people
from bot.playground.browser import Browser
from bot.playground.deliver import Reply
from bot.playground.endpoints import Call, Endpoints
from bot.playground.exhibition import Hang
from bot.playground.faults import Fault
from bot.playground.feed import Feed
from bot.playground.files import File, Files
from bot.playground.hometab import HomeTab
from bot.playground.modals import Modals
from bot.playground.outgoing import Outgoing
from bot.playground.payloads import action_payload, command_form, events_of, shortcut_payload
from bot.playground.presses import press
from bot.playground.responses import Permit, Responses
from bot.playground.serving import serving
from bot.playground.socketmode import SocketDoor
from bot.playground.timeline import Timeline
from bot.playground.webapi import WebApi
from bot.playground.workspace import Change, Message, Workspace

SCOPES = frozenset(
    "app_mentions:read channels:history channels:read chat:write commands groups:history groups:read "
    "im:history im:read mpim:history mpim:read users:read files:write assistant:write".split()
)
# The blocks of the year 2026, which not every workspace has.
NEWER = frozenset({"data_table", "data_visualization", "context_actions"})


class LocalSlack:
    """A Slack on 127.0.0.1 while its `async with` block lasts; `bot_url` may be set once the bot is up."""

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
        self.scopes = set(scopes)
        self.timeline, self._gallery = timeline, gallery
        self.workspace = people.new_workspace(timeline.seconds if timeline else time.time)
        self.workspace.listeners.append(self._tell_bot)
        self._port, self._validate = port, validate
        self._responses = Responses(self.workspace, validate=validate)
        self._sockets = SocketDoor(people.APP_ID, ack_timeout)
        self._files = Files()
        webapi = WebApi(self.workspace, self.scopes, self._files, validate=validate)
        self._endpoints = Endpoints(
            webapi, self._responses, self._sockets, self._files, bot_token=bot_token, app_token=app_token
        )
        self.faults, self._pulse = self._endpoints.faults, self._endpoints.pulse
        self.limit_reading = self._endpoints.reading.limit
        self._outgoing = Outgoing(
            self.workspace,
            webapi.views,
            self._sockets,
            self._pulse,
            bot_url=bot_url,
            signing_secret=signing_secret,
            retry_waits=retry_waits,
            ack_timeout=ack_timeout,
        )
        self.modals = Modals(self.workspace, webapi.views, self._outgoing.interact)
        self.home = HomeTab(self.workspace, webapi.homes, self._outgoing)
        self._feed = Feed(self.workspace, webapi.views, webapi.homes, timeline)
        self._stack = AsyncExitStack()
        self.url = ""

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
        """Where the bot listens, unless it comes by Socket Mode; may be set."""
        return self._outgoing.bot_url

    @bot_url.setter
    def bot_url(self, address: str | None) -> None:
        self._outgoing.bot_url = address

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

    @property
    def plain(self) -> bool:
        """Whether this workspace lacks the newer blocks, so that they are refused; may be set."""
        return self.workspace.lacks >= NEWER

    @plain.setter
    def plain(self, plain: bool) -> None:
        self.workspace.lacks = set(NEWER) if plain else set()

    async def command(
        self, text: str, *, user: str = people.ANA, channel: str = "C_ALUMINIUM", command: str = "/alumina"
    ) -> Reply:
        """Sends a slash command and returns the bot's acknowledgement; what it says is shown as in Slack."""
        permit, url = self._permit(channel, user)
        form = command_form(
            self.workspace, command=command, text=text, user=user, channel=channel, response_url=url
        )
        reply = await self._outgoing.ask("slash_commands", form, user)
        self._responses.acknowledged(permit, reply, command)
        return reply

    async def say(
        self, text: str, *, user: str = people.ANA, channel: str = "C_ALUMINIUM", thread_ts: str | None = None
    ) -> str:
        """A person says something; its timestamp. The bot hears of it in the background."""
        return self.workspace.post(channel, user, text, thread_ts=thread_ts).ts

    async def edit(self, channel: str, ts: str, text: str) -> None:
        """The author of a message changes its text."""
        message = self._message(channel, ts)
        self.workspace.change(
            message, text=text, edited={"user": message.user, "ts": self.workspace.next_ts()}
        )

    async def remove(self, channel: str, ts: str) -> None:
        """The author of a message deletes it."""
        self.workspace.delete(self._message(channel, ts))

    async def press(
        self, channel: str, ts: str, action_id: str, *, user: str = people.ANA, value: str | None = None
    ) -> Reply:
        """A person presses a button of a message, an ephemeral one too; or chooses `value` in an element."""
        message = self._message(channel, ts)
        pressed = press(message.blocks, action_id, value, user)
        _, url = self._permit(channel, user, ts)
        return await self._outgoing.interact(
            action_payload(self.workspace, message, pressed, user=user, response_url=url)
        )

    async def shortcut(
        self, channel: str, ts: str, callback_id: str = "ask_about", *, user: str = people.ANA
    ) -> Reply:
        """A person chooses one of the app's shortcuts in the menu of a message."""
        message = self._message(channel, ts)
        _, url = self._permit(channel, user, ts)
        return await self._outgoing.interact(
            shortcut_payload(self.workspace, message, callback_id, user=user, response_url=url)
        )

    def file(self, file_id: str) -> File | None:
        """A file that the bot has uploaded."""
        return self._files.find(file_id)

    def slackbot(self, channel: str, reader: str, text: str, thread_ts: str | None = None) -> None:
        """Slackbot tells one reader something."""
        self.workspace.show(channel, reader, people.SLACKBOT, text, thread_ts=thread_ts)

    def messages(self, channel: str = "C_ALUMINIUM", thread_ts: str | None = None) -> list[Message]:
        """What stands in the channel, or the replies of one of its threads; oldest first."""
        if thread_ts is None:
            return self.workspace.top_level(channel)
        return self.workspace.replies(channel, thread_ts)

    def ephemerals(self, user: str = people.ANA) -> list[Message]:
        """What this person alone was shown, oldest first."""
        return [message for message in self.workspace.ephemerals if message.visible_to == user]

    async def settle(self, *, quiet: float = 0.1, within: float = 30) -> None:
        """Returns once no delivery is in flight and the bot has called nothing for a moment.

        On a machine with more to do than it has processors for the moment is longer.
        """
        crowd = os.getloadavg()[0] / (os.cpu_count() or 1)
        await self._pulse.settle(quiet * min(max(1, 2 * crowd), 5), within)

    async def wait_for(self, predicate: Callable[[], object], within: float = 30) -> None:
        """Returns once the predicate holds, asked anew whenever something happened."""
        await self._pulse.wait_for(predicate, within)

    async def disconnect_sockets(self) -> None:
        """Makes every Socket Mode client connect anew."""
        await self._sockets.disconnect()

    def _app(self) -> Starlette:
        page = Browser(self, self._feed, people.ANA, self._gallery)
        # Another site's page must not reach us by giving our address a name of its own.
        guard = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
        return Starlette(routes=[*self._endpoints.routes(), *page.routes()], middleware=[guard])

    def _permit(self, channel: str, user: str, origin: str | None = None) -> tuple[Permit, str]:
        permit, secret = self._responses.permit(channel, user, origin)
        return permit, f"{self.url}/response/{secret}"

    def _message(self, channel: str, ts: str) -> Message:
        if (message := self.workspace.find(channel, ts)) is None:
            raise InternalError(f"There is no message {ts} in {channel}.")
        return message

    def _tell_bot(self, change: Change) -> None:
        self._pulse.beat()
        for event in events_of(self.workspace, change, self.scopes):
            self._outgoing.announce(event)

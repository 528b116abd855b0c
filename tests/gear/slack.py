"""A local Slack for tests, whose connections end and whose channels close when a test says so."""

from dataclasses import replace
from typing import Any, NamedTuple

import bot.playground.slack
from bot.playground import people
from bot.playground.socketmode import SocketDoor
from bot.playground.space import Space
from bot.playground.views import Views
from bot.playground.webapi import WebApi
from bot.playground.workspace import Workspace
from tests.gear.clock import MovableClock
from tests.gear.faults import Fault, Faults, HangUpProtocol, ReadLimit
from tests.gear.oauth import OAuth


class BreakableDoor(SocketDoor):
    """Counts the connections, tells them to connect anew, breaks them off."""

    @property
    def connections(self):
        """How many are open for what comes next."""
        return len(self._sockets)

    async def disconnect(self, number=None, reason="refresh_requested"):
        """Tells every connection, or that one, to go and connect anew, as Slack does every few hours.

        Nothing more is sent there; what was sent may still be acknowledged there until it closes.
        """
        for socket in self._numbered(number):
            self._sockets.remove(socket)
            self._connected_or_not()
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})

    def drop(self, number=None):
        """Every connection, or that one, breaks off without a word."""
        for socket in self._numbered(number):
            self._forget(socket)
            self._reading[socket].cancel()

    def _numbered(self, number):
        return self._sockets.copy() if number is None else [self._sockets[number]]


def another_workspace(team, name):
    """A workspace of another company, where the bot is another user; its people and channels have the same
    ids, so that whoever mixes two workspaces up is found out.
    """
    bot = f"U{team[1:]}BOT"
    users = [replace(each, id=bot if each.id == people.BOT else each.id, team=team) for each in people.USERS]
    channels = [
        replace(each, members=frozenset(bot if member == people.BOT else member for member in each.members))
        for each in people.channels()
    ]
    ours = {"bot": bot, "bot_id": f"B{team[1:]}BOT", "app_id": people.APP_ID}
    return Workspace(team=team, name=name, users=users, channels=channels, **ours)


def archive(workspace, channel, is_archived=True):
    """Archives a channel, or opens it again."""
    workspace.channels[channel] = replace(workspace.channels[channel], is_archived=is_archived)


def forget_before(workspace, ts):
    """What was said before then is gone without a word, as where messages are kept for a time."""
    workspace.ephemerals = [message for message in workspace.ephemerals if message.ts >= ts]
    for messages in workspace._messages.values():
        for old in [each for each in messages if each < ts]:
            del messages[old]
    for (channel, thread), replies in list(workspace._replies.items()):
        kept = [each for each in replies if each in workspace._messages[channel]]
        if kept:
            workspace._replies[channel, thread] = kept
        else:
            del workspace._replies[channel, thread]


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

    def __init__(self, **how):
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
    def plain(self):
        """Whether this workspace lacks the newer blocks, so that they are refused; may be set."""
        return self.workspace.lacks >= NEWER

    @plain.setter
    def plain(self, plain):
        self.workspace.lacks = set(NEWER) if plain else set()

    def fail(self, method, **how):
        """The next calls of this method fail; `how` are the fields of `Fault`."""
        self.faults.order(method, Fault(**how))

    async def edit(self, channel, ts, text):
        """The author of a message changes its text."""
        message = self._message(channel, ts)
        self.workspace.change(
            message, text=text, edited={"user": message.user, "ts": self.workspace.next_ts()}
        )

    async def remove(self, channel, ts):
        """The author of a message deletes it."""
        self.workspace.delete(self._message(channel, ts))

    def add_workspace(self, workspace, bot_token):
        """One more workspace for the Web API alone: its events reach nobody."""
        workspace.listeners.append(lambda _: self._pulse.beat())
        webapi = WebApi(workspace, set(self.scopes), self._files, Views(workspace))
        self._endpoints.webapis[bot_token] = webapi

    async def open_workspace(self, workspace):
        """One more workspace whose people speak to the bot; it has no token of it before it is installed."""
        space = Space(workspace, set(), self._files, self._outgoing, self._pulse)
        space.url = self.url
        self.oauth.spaces.append(space)
        self._endpoints.responses.append(space.responses)
        return space

    def _routes(self):
        return [*super()._routes(), *self.oauth.routes()]

    async def _intercept(self, request, method, arguments, answer):
        given = {key: value for key, value in arguments.values.items() if key != "token"}
        self.calls.append(Call(method, given))
        limited = self._read_limit.limited(request, method, answer)
        return await self.faults.answered(request, method, arguments, limited)

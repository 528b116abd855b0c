"""A local Slack before any number of bot processes: it knows what was acknowledged, and fails by rules."""

import asyncio
import random
from collections.abc import Callable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

from bot.manifest import SCOPES
from bot.playground import people
from bot.playground.deliver import HttpDoor, Kind, Reply, Retry, deliver_event
from bot.playground.payloads import envelope, events_of
from bot.playground.workspace import Channel, User
from tests.gear.faults import Fault
from tests.gear.slack import LocalSlack

ROOM = "C_ALUMINIUM"
# Slack repeats an event at once, after one minute and after five; here there is less time, and more tries.
REPEATS = (0.5, 1, 2, 4, 8, 16, 32)

Rule = Callable[[str, Mapping[str, Any]], Fault | tuple[float, float] | None]


class Office(LocalSlack):
    """Each request goes to one of `urls`, drawn anew each time: to whoever is up, as a load balancer does.

    `rule` says of each call of the bot that it fails, or how many seconds pass before its effect and after.
    With more `copies` than one a request goes to as many of them, or comes through as many sockets, at once.
    """

    def __init__(self, **how):
        self.urls: list[str] = []
        self.rule: Rule = lambda method, arguments: None
        # Whether an event, by type and ts, was taken in the end.
        self.taken: dict[tuple[str, str], bool] = {}
        self._held: list[list[dict[str, Any]]] | None = None
        self.copies, self.sent = 1, list[tuple[Kind, Mapping[str, Any]]]()
        self._random = random.Random(7)
        super().__init__(scopes=SCOPES, **how)
        self._outgoing.door = lambda: self  # type: ignore[method-assign]

    def settle_people(self, number):
        """So many people, each with a conversation of their own with the bot; all are in the room."""
        space, users = self.workspace, [f"U_P{each:03}" for each in range(number)]
        for user in users:
            place, both = user.replace("U", "D"), frozenset({user, people.BOT})
            space.users[user] = User(user, user.lower(), user, people.TEAM)
            space.channels[place] = Channel(place, "Alumina", "im", both)
            space._messages[place] = {}
        room = space.channels[ROOM]
        space.channels[ROOM] = replace(room, members=room.members | set(users))
        return users

    async def send(self, kind, payload, retry):
        """Delivers one request, by whichever way there is."""
        self.sent.append((kind, payload))
        doors = self._doors()
        if not doors:
            return Reply(0, failure="connection_failed")
        return (await asyncio.gather(*(door.send(kind, payload, retry) for door in doors)))[0]

    async def repeat(self):
        """Delivers all that was delivered so far once more."""
        sent, self.sent = self.sent, []
        retry = {"events_api": Retry(1, "http_timeout")}
        await asyncio.gather(*(self.send(*each, retry.get(each[0])) for each in sent))

    async def deliver(self, event):
        """Delivers an event, again where it is not taken."""
        reply = await deliver_event(self, envelope(self.workspace, dict(event)), REPEATS)
        self.taken[event["type"], event.get("ts", "")] = not reply.failure

    @contextmanager
    def held(self):
        """The events of what is said in the block, for `deliver`: one list for each message."""
        self._held = []
        yield self._held
        self._held = None

    def _doors(self):
        if self.sockets.is_open:
            return [self.sockets] * self.copies
        drawn = self._random.sample(self.urls, len(self.urls))[: self.copies]
        drawn += drawn[:1] * (self.copies - len(drawn))
        return [HttpDoor(url, self.signing_secret, self._outgoing._http) for url in drawn]

    def _tell_bot(self, change):
        self._pulse.beat()
        events = list(events_of(self.workspace, change, self.scopes))
        if self._held is not None:
            return self._held.append(events)
        for event in events:
            task = self._pulse.begin(self.deliver(event))
            self._outgoing._tasks.add(task)
            task.add_done_callback(self._outgoing._tasks.discard)
        return None

    async def _intercept(self, request, method, given, answer):
        verdict = self.rule(method, given.values)
        if isinstance(verdict, Fault):
            return await verdict.happen(request)
        before, after = verdict or (0, 0)
        await asyncio.sleep(before)
        response = await super()._intercept(request, method, given, answer)
        await asyncio.sleep(after)
        return response


class Relay:
    """Stands between the bot and Slack. While it is closed connections are refused."""

    def __init__(self, office):
        self._slack, self._streams = int(office.url.rsplit(":", 1)[1]), set[asyncio.StreamWriter]()
        self.port = 0

    async def open(self):
        """At the same port as before, if it was open before."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def close(self):
        """What is under way is broken off."""
        self._server.close()
        for stream in self._streams:
            stream.transport.abort()

    async def _carry(self, reader, writer):
        there = await asyncio.open_connection("127.0.0.1", self._slack)
        ends = {writer, there[1]}
        self._streams |= ends
        await asyncio.gather(_copy(reader, there[1]), _copy(there[0], writer))
        self._streams -= ends


async def _copy(reader, writer):
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


async def until(waiting):
    """Waits for it, and for no longer than it waits itself: what then lacks is counted."""
    with suppress(TimeoutError):
        await waiting

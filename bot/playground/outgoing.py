"""The way to the bot: by its sockets or by HTTP; interactions are waited for, events go in the background."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.errors import InternalError
from bot.playground.deliver import Door, HttpDoor, Kind, Reply, deliver_event
from bot.playground.pulse import Pulse
from bot.playground.socketmode import SocketDoor


class Outgoing:
    """Sends to the bot's sockets while any is open, else to `bot_url`, asked for each time.

    Without a `bot_url` a bot that has been here by a socket is waited for.
    """

    def __init__(
        self,
        sockets: SocketDoor,
        pulse: Pulse,
        *,
        bot_url: Callable[[], str | None],
        signing_secret: str,
        retry_waits: Sequence[float],
        ack_timeout: float,
    ) -> None:
        self._sockets, self._pulse, self._bot_url = sockets, pulse, bot_url
        self._secret, self._retry_waits, self._ack_timeout = signing_secret, retry_waits, ack_timeout
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Ready to send for the length of the block; what is then still on its way is called off."""
        timeout = aiohttp.ClientTimeout(total=self._ack_timeout)
        # Shorter than any server's patience, so that no request meets a connection that is just being closed.
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=2)
        async with aiohttp.ClientSession(timeout=timeout, connector=connector) as self._http:
            try:
                yield
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    async def ask(self, kind: Kind, payload: Mapping[str, Any]) -> Reply:
        """Sends what a person did, and returns what the bot says to it."""
        return await self._pulse.begin(self.door().send(kind, payload, None))

    def announce(self, envelope: Mapping[str, Any]) -> None:
        """Sends an event in the background, and again where the bot does not take it; to no bot nothing."""
        if self._sockets.in_use or self._bot_url() is not None:
            task = self._pulse.begin(self.deliver(envelope))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def deliver(self, envelope: Mapping[str, Any]) -> None:
        """Sends an event until the bot takes it, or it is given up."""
        await deliver_event(self.door(), envelope, self._retry_waits)

    def door(self) -> Door:
        """By which way the next request goes."""
        bot_url = self._bot_url()
        if self._sockets.is_open or (self._sockets.in_use and bot_url is None):
            return self._sockets
        if bot_url is None:
            raise InternalError("The local Slack has no bot: give it bot_url or connect by Socket Mode.")
        return HttpDoor(bot_url, self._secret, self._http)

"""Counts the listeners at work, so that the bot does not close its session under an answer being sent."""

import asyncio
import logging

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.listener.async_listener_completion_handler import AsyncListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.response import BoltResponse

# Platforms kill a process some ten seconds after they asked it to end.
SECONDS = 8.0

log = logging.getLogger(__name__)


class InFlight:
    """How many listeners have begun and not ended."""

    def __init__(self, app: AsyncApp) -> None:
        self._count = 0
        self._ending: asyncio.Task[None] | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        app.listener_runner.listener_start_handler = _Begun(self)
        app.listener_runner.listener_completion_handler = _Ended(self)

    def add(self, change: int) -> None:
        """One more, or one less."""
        self._count += change
        if self._count:
            self._idle.clear()
        else:
            self._idle.set()

    def end(self) -> None:
        """From now on their time runs, beside whatever else is brought to its end."""
        self._ending = asyncio.create_task(self._end())

    async def finished(self) -> None:
        """Returns once all have ended, or have had their time."""
        await (self._ending or self._end())

    async def _end(self) -> None:
        await asyncio.sleep(0)  # a listener that Bolt has only just scheduled begins first
        try:
            async with asyncio.timeout(SECONDS):
                await self._idle.wait()
        except TimeoutError:
            log.warning("left_unfinished", extra={"listeners": self._count})


class _Begun(AsyncListenerStartHandler):
    def __init__(self, count: InFlight) -> None:
        self._count = count

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        self._count.add(+1)


class _Ended(AsyncListenerCompletionHandler):
    def __init__(self, count: InFlight) -> None:
        self._count = count

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        self._count.add(-1)

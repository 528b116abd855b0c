"""Knows what is at work, so that the bot does not close its session under an answer being sent."""

import asyncio
import logging
from collections.abc import Coroutine, Set
from functools import cached_property
from typing import Any, Self

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.listener.async_listener_completion_handler import AsyncListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.listener.asyncio_runner import AsyncioListenerRunner
from slack_bolt.response import BoltResponse

# Platforms kill a process some ten seconds after they asked it to end.
SECONDS = 8.0
LAST_SECONDS = 1.0

log = logging.getLogger(__name__)


class InFlight:
    """The listeners, and what else was begun here, that have not ended."""

    def __init__(self, app: AsyncApp) -> None:
        self._at_work: set[asyncio.Task[Any]] = set()
        self._ending: asyncio.Task[None] | None = None
        app.listener_runner.listener_start_handler = _Begun(self._at_work)
        app.listener_runner.listener_completion_handler = _Ended(self._at_work)

    def tasks(self) -> Set[asyncio.Task[Any]]:
        """Those that have not."""
        return self._at_work

    def begin(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Begins it beside what is at work."""
        task = asyncio.create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)
        return task

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
                while self._at_work:
                    await asyncio.wait(self._at_work)
        except TimeoutError:
            await self._break_off()

    async def _break_off(self) -> None:
        """Cancels them, so that they do not fail on what closes under them: a message whose answer failed is
        done with, one whose answer was broken off is taken up by the next process.
        """
        late = list(self._at_work)
        log.warning("left_unfinished", extra={"listeners": len(late)})
        for task in late:
            task.cancel()
        await asyncio.wait(late, timeout=LAST_SECONDS)


class Runner(AsyncioListenerRunner):
    """Bolt's; but what is acknowledged already has its listener run in the task that has brought it: nobody
    waits there for what Bolt has to say.
    """

    @classmethod
    def like(cls, runner: AsyncioListenerRunner) -> Self:
        """One in the place of the other."""
        return cls(**vars(runner))

    @cached_property
    def _here(self) -> AsyncioListenerRunner:
        return AsyncioListenerRunner(**vars(self) | {"process_before_response": True})

    async def run(self, request: AsyncBoltRequest, *args: Any, **how: Any) -> BoltResponse | None:
        """What Slack is told."""
        run = super().run if request.context.ack.response is None else self._here.run
        return await run(request, *args, **how)


class _Begun(AsyncListenerStartHandler):
    def __init__(self, at_work: set[asyncio.Task[Any]]) -> None:
        self._at_work = at_work

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        if task := asyncio.current_task():
            self._at_work.add(task)


class _Ended(AsyncListenerCompletionHandler):
    def __init__(self, at_work: set[asyncio.Task[Any]]) -> None:
        self._at_work = at_work

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        if task := asyncio.current_task():
            self._at_work.discard(task)

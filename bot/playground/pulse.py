"""Knows what is in flight between Slack and the bot: tests wait for tasks and events, not for a time."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

T = TypeVar("T")

# How often a predicate is asked even though nothing was heard: it may look at something outside.
LOOK_SECONDS = 0.05
WITHIN_SECONDS = 120.0


class Pulse:
    """The tasks in flight, and when something last happened."""

    def __init__(self) -> None:
        self._own: set[asyncio.Task[Any]] = set()
        self._beside: list[Callable[[], AbstractSet[asyncio.Task[Any]]]] = []
        self._last = 0.0
        self._stirred = asyncio.Event()

    def beat(self) -> None:
        """Wakes whoever waits for something to happen."""
        self._last = time.monotonic()
        self._stirred.set()

    def begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Starts a task that is in flight until it ends."""
        task = asyncio.create_task(work)
        self.join(task)
        return task

    def join(self, task: asyncio.Task[Any] | None) -> None:
        """Counts a task as in flight until it ends."""
        if task:
            self._own.add(task)
            task.add_done_callback(self._own.discard)
            task.add_done_callback(lambda _: self.beat())

    @contextmanager
    def beside(self, tasks: Callable[[], AbstractSet[asyncio.Task[Any]]]) -> Iterator[None]:
        """Counts these too, asked for anew each time, while the block lasts."""
        self._beside.append(tasks)
        try:
            yield
        finally:
            self._beside.remove(tasks)

    async def settle(self, within: float = WITHIN_SECONDS) -> None:
        """Returns once nothing is in flight, and a pass through the event loop has begun nothing."""
        async with asyncio.timeout(within):
            await asyncio.sleep(0)
            while tasks := self._own.union(*(beside() for beside in self._beside)):
                await asyncio.wait(tasks)
                await asyncio.sleep(0)

    async def silence(self, seconds: float, within: float = WITHIN_SECONDS) -> None:
        """Returns once nothing was in flight, or heard of a bot in another process, for so long."""
        self._last = time.monotonic()
        await self.wait_for(lambda: not self._own and time.monotonic() - self._last >= seconds, within)

    async def wait_for(self, predicate: Callable[[], object], within: float = WITHIN_SECONDS) -> None:
        """Returns once the predicate holds; TimeoutError where it does not in time."""
        deadline = time.monotonic() + within
        while not predicate():
            if time.monotonic() > deadline:
                raise TimeoutError(f"What was waited for did not happen in {within:g} seconds.")
            self._stirred.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), LOOK_SECONDS)

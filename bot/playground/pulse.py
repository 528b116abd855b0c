"""Knows whether anything is going on between Slack and the bot: tests wait for events, not for a time."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

# How often a predicate is asked even though nothing was heard: it may look at something outside.
LOOK_SECONDS = 0.05


class Pulse:
    """Counts what is in flight and notes when something last happened."""

    def __init__(self) -> None:
        self._busy = 0
        self._last = 0.0
        self._stirred = asyncio.Event()
        self._beside: list[Callable[[], bool]] = []

    def beat(self) -> None:
        """Something happened."""
        self._last = time.monotonic()
        self._stirred.set()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Something is in flight as long as the block lasts."""
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            self.beat()

    @contextmanager
    def beside(self, at_work: Callable[[], bool]) -> Iterator[None]:
        """Who can be seen at work is in flight too, as long as the block lasts."""
        self._beside.append(at_work)
        try:
            yield
        finally:
            self._beside.remove(at_work)

    async def settle(self, quiet: float, within: float) -> None:
        """Returns once nothing is in flight and nothing was heard for `quiet` seconds."""
        self._last = time.monotonic()
        await self.wait_for(lambda: self._quiet_seconds() >= quiet, within)

    def _quiet_seconds(self) -> float:
        now = time.monotonic()
        if self._busy or any(at_work() for at_work in self._beside):
            self._last = now
        return now - self._last

    async def wait_for(self, predicate: Callable[[], object], within: float) -> None:
        """Returns once the predicate holds; TimeoutError where it does not in time."""
        deadline = time.monotonic() + within
        while not predicate():
            if time.monotonic() > deadline:
                raise TimeoutError(f"What was waited for did not happen in {within:g} seconds.")
            self._stirred.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), LOOK_SECONDS)

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

    async def settle(self, quiet: float, within: float) -> None:
        """Returns once nothing is in flight and nothing was heard for `quiet` seconds."""
        start = time.monotonic()
        await self.wait_for(
            lambda: not self._busy and time.monotonic() - max(self._last, start) >= quiet, within
        )

    async def wait_for(self, predicate: Callable[[], object], within: float) -> None:
        """Returns once the predicate holds; TimeoutError where it does not in time."""
        deadline = time.monotonic() + within
        while not predicate():
            if time.monotonic() > deadline:
                raise TimeoutError(f"What was waited for did not happen in {within:g} seconds.")
            self._stirred.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), LOOK_SECONDS)

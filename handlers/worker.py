"""One thread that works questions out, a person's in turn with everybody's."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar
from weakref import WeakValueDictionary

T = TypeVar("T")


class FairWorker:
    """The thread, and the line before it, in which each person stands once at a time."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "questions")
        self._line = asyncio.Lock()  # first come, first served
        self._own: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # by person

    async def run(self, person: str, work: Callable[[], T]) -> T:
        """Returns what the work comes to, once it is that person's turn; raises what it raises."""
        own = self._own.get(person) or asyncio.Lock()
        self._own[person] = own
        async with own, self._line:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, copy_context().run, work)

    def close(self) -> None:
        """Takes no more work."""
        self._thread.shutdown(wait=False, cancel_futures=True)

"""One thread that works questions out, a person's in turn with everybody's."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")

_Job = tuple[Callable[[], Any], "asyncio.Future[Any]"]


class FairWorker:
    """The thread, and what each person waits for."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "questions")
        self._waiting: dict[str, deque[_Job]] = {}  # by person, in turn
        self._worker: asyncio.Task[None] | None = None

    async def run(self, person: str, work: Callable[[], T]) -> T:
        """Returns what the work comes to, once it is that person's turn; raises what it raises."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        context = copy_context()
        self._waiting.setdefault(person, deque()).append((lambda: context.run(work), done))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await done

    def close(self) -> None:
        """Takes no more work."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            work, done = self._next()
            if done.cancelled():
                continue
            running = loop.run_in_executor(self._thread, work)
            await asyncio.wait([running])
            if done.done():
                continue
            if problem := running.exception():
                done.set_exception(problem)
            else:
                done.set_result(running.result())

    def _next(self) -> _Job:
        """The first of the person whose turn it is, who then goes to the end."""
        person = next(iter(self._waiting))
        jobs = self._waiting.pop(person)
        job = jobs.popleft()
        if jobs:
            self._waiting[person] = jobs
        return job

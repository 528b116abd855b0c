"""Where questions are worked out, beside the event loop: in a forked process, else in a thread.

What is worked out and what brings it to Slack have a processor each, and no question, whatever it costs,
keeps the event loop from its turn.
"""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from multiprocessing import active_children, get_context, parent_process
from threading import Thread
from typing import TypeVar
from weakref import WeakValueDictionary

from bot.dataset.dataset import Dataset
from bot.words import Language, language, speak

T = TypeVar("T")

log = logging.getLogger(__name__)
_forked: list[Dataset] = []  # in a forked process its dataset, as it was then and as calls change it


class Worker:
    """Works questions out on the record of today, of each person one after the other.

    `forked`: in a process forked from this one. `is_lost`: it has died, which ends this process too, in
    order: whoever starts it again starts both, and what was in hand is taken up then.
    """

    def __init__(self, dataset: Dataset, today: Callable[[], date], *, forked: bool = False) -> None:
        """Forks: before any thread or event loop is there, whose locks would be copied as they stand."""
        self.is_forked, self.is_lost = forked, False
        self._today, self._dataset = today, None if forked else dataset
        self._turns = WeakValueDictionary[str, asyncio.Lock]()
        self._executor: Executor = ThreadPoolExecutor(1, "questions")
        if forked:
            self._executor = ProcessPoolExecutor(1, get_context("fork"), _begin, (dataset,))
            self._executor.submit(int).result()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Watches over the process; lets the work end with the block."""
        loop, children = asyncio.get_running_loop(), active_children() if self.is_forked else []
        for child in children:
            loop.add_reader(child.sentinel, self._lose)
        try:
            yield
        finally:
            for child in children:
                loop.remove_reader(child.sentinel)
            await asyncio.to_thread(self.close)

    def close(self) -> None:
        """Lets what is being worked out end, and nothing that waits begin."""
        self._executor.shutdown(cancel_futures=True)

    async def run(self, person: str, work: Callable[[Dataset], T]) -> T:
        """Returns what the work comes to, once it is that person's turn; raises what it raises."""
        loop, call = asyncio.get_running_loop(), partial(_worked_out, language(), self._today(), work)
        async with self._turns.setdefault(person, asyncio.Lock()):
            try:
                return await loop.run_in_executor(self._executor, call, self._dataset)
            except BrokenProcessPool:
                self._lose()
                never: asyncio.Future[T] = loop.create_future()  # it is in hand until this process ends
                return await never

    def _lose(self) -> None:
        if not self.is_lost:
            log.error("worker_lost")
            self.is_lost = True
            os.kill(os.getpid(), signal.SIGTERM)


def _begin(dataset: Dataset) -> None:
    """Readies the forked process: a terminal's Ctrl-C goes to both, and it ends after the one it is from."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _forked.append(dataset)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(0)


def _worked_out(language: Language, day: date, work: Callable[[Dataset], T], dataset: Dataset | None) -> T:
    speak(language)
    try:
        return work((dataset or _forked[0]).on(day))
    except Exception as problem:  # whoever waits for it is told without the places in that process
        log.error("work_failed", exc_info=problem)
        raise

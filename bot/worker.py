"""Where questions are worked out, beside the event loop: in a forked process, else in a thread.

What is worked out and what brings it to Slack have a processor each, and no question, whatever it costs,
keeps the event loop from its turn.
"""

import asyncio
import logging
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, NoReturn, TypeVar
from weakref import WeakValueDictionary

from bot.dataset.dataset import Dataset
from bot.words import Language, language, speak

# Of one person and of all, given to the other process at once: the next is there as one ends.
MOST_OF_ONE, MOST_GIVEN = 4, 8

T = TypeVar("T")

log = logging.getLogger(__name__)


class Forked:
    """A process forked from this one, with the dataset as it was then and as calls change it.

    `is_lost`: it has died, which ends this process too, in order: whoever starts it again starts both, and
    what was in hand is taken up then.
    """

    def __init__(self, dataset: Dataset) -> None:
        """Forks: before any thread or event loop is there, whose locks would be copied as they stand."""
        self.is_lost = False
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._pipe, theirs = Pipe()
        if not (child := os.fork()):
            self._pipe.close()
            _work(theirs, dataset)
        theirs.close()
        self._child = child

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Reads in the event loop that runs now what comes back; lets the process end with the block."""
        loop, number = asyncio.get_running_loop(), self._pipe.fileno()
        loop.add_reader(number, self._receive)
        try:
            yield
        finally:
            loop.remove_reader(number)
            self._pipe.close()
            os.waitpid(self._child, 0)

    async def run(self, call: Callable[[Dataset], T]) -> T:
        """Returns what the call comes to, which is copied on both ways; raises what it raises."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(done)
        with suppress(BrokenPipeError):  # it is lost: nothing will come
            self._pipe.send_bytes(pickle.dumps(call))
        return await done

    def _receive(self) -> None:
        """All that is there: another round of the loop may be long in coming."""
        try:
            while self._pipe.poll():
                self._resolve(*pickle.loads(self._pipe.recv_bytes()))
        except (EOFError, ConnectionError):
            log.error("worker_lost")
            self.is_lost = True
            asyncio.get_running_loop().remove_reader(self._pipe.fileno())
            os.kill(os.getpid(), signal.SIGTERM)

    def _resolve(self, result: Any, problem: Exception | None) -> None:
        if not (done := self._waiting.popleft()).cancelled():
            done.set_exception(problem) if problem else done.set_result(result)


def _work(pipe: Connection, dataset: Dataset) -> NoReturn:
    """Ends once the pipe is closed at its other end, by whatever: a terminal's Ctrl-C goes to both."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with suppress(EOFError, ConnectionError):
        while True:
            _answer(pipe, dataset)
    os._exit(0)


def _answer(pipe: Connection, dataset: Dataset) -> None:
    try:
        call = pickle.loads(pipe.recv_bytes())
        pipe.send_bytes(pickle.dumps((call(dataset), None)))
    except (EOFError, ConnectionError):
        raise
    except Exception as problem:  # whoever waits for it is told, without the traceback
        log.error("work_failed", exc_info=problem)
        pipe.send_bytes(pickle.dumps((None, problem)))


class FairWorker:
    """Works questions out on the record of today, first come, first served: of each person a few at a time.

    In a thread the event loop has its turn between two.
    """

    def __init__(self, dataset: Dataset, today: Callable[[], date], forked: Forked | None = None) -> None:
        self._dataset, self._today, self._forked = dataset, today, forked
        self._thread = ThreadPoolExecutor(1, "questions")
        self._line = asyncio.Semaphore(MOST_GIVEN if forked else 1)
        self._own: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()  # by person

    async def run(self, person: str, work: Callable[[Dataset], T]) -> T:
        """Returns what the work comes to, once it is that person's turn; raises what it raises."""
        own = self._own.setdefault(person, asyncio.Semaphore(MOST_OF_ONE))
        call = partial(_today, language(), self._today(), work)
        async with own, self._line:
            if self._forked:
                return await self._forked.run(call)
            return await asyncio.get_running_loop().run_in_executor(self._thread, call, self._dataset)

    def close(self) -> None:
        """Takes no more work."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _today(language: Language, day: date, work: Callable[[Dataset], T], dataset: Dataset) -> T:
    speak(language)
    return work(dataset.on(day))

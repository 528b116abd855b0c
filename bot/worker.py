"""Where questions are worked out, beside the event loop: in a forked process, else in a thread.

What is worked out and what brings it to Slack have a processor each, and no question, whatever it costs,
keeps the event loop from its turn. The worker is given all that waits, so that it never waits for the loop.
"""

import asyncio
import logging
import os
import pickle
import signal
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from functools import partial
from itertools import count
from socket import MSG_DONTWAIT, SHUT_RDWR, socket, socketpair
from threading import Thread
from typing import Any, TypeVar

from bot.dataset.dataset import Dataset
from bot.words import Language, language, speak

LENGTH_BYTES, READ_BYTES = 8, 256 * 1024

T = TypeVar("T")

log = logging.getLogger(__name__)


class Worker(asyncio.Protocol):
    """Works questions out on the record of today, of each person in turn.

    `forked`: in a process forked from this one, with the dataset as it was then and as calls change it.
    `is_lost`: it has died, which ends this process too, in order: whoever starts it again starts both, and
    what was in hand is taken up then.
    """

    def __init__(self, dataset: Dataset, today: Callable[[], date], *, forked: bool = False) -> None:
        """Forks: before any thread or event loop is there, whose locks would be copied as they stand."""
        self.is_forked, self.is_lost, self._is_over = forked, False, False
        self._today, self._waiting = today, dict[int, asyncio.Future[Any]]()
        self._going = bytearray()
        self._numbers, self._frames = count(), Frames()
        self._pipe, theirs = socketpair()
        self._ended = _forked(self._pipe, theirs, dataset) if forked else _beside(theirs, dataset)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Reads in the event loop that runs now what comes back; lets the work end with the block."""
        loop = asyncio.get_running_loop()
        self._way, _ = await loop.create_unix_connection(lambda: self, sock=self._pipe)
        try:
            yield
        finally:
            self._is_over = True
            with suppress(OSError):  # it is lost
                self._pipe.shutdown(SHUT_RDWR)
            self._way.abort()
            await asyncio.to_thread(self._ended)

    async def run(self, person: str, work: Callable[[Dataset], T]) -> T:
        """Returns what the work comes to, once it is that person's turn; raises what it raises.

        The work and what it comes to are copied on their way.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        call = pickle.dumps(partial(_worked_out, language(), self._today(), work))
        self._waiting[number := next(self._numbers)] = done
        if not self._going:
            loop.call_soon(self._send)  # with whatever else is asked meanwhile
        self._going += framed((person, number, call))
        return await done

    def _send(self) -> None:
        self._way.write(bytes(self._going))
        self._going.clear()

    def data_received(self, data: bytes) -> None:
        """Hands out what has come."""
        for number, result, problem in self._frames.of(data):
            if not (done := self._waiting.pop(number)).cancelled():
                done.set_exception(problem) if problem else done.set_result(result)

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends this process, unless it is ending."""
        if not self._is_over:
            log.error("worker_lost")
            self.is_lost = True
            os.kill(os.getpid(), signal.SIGTERM)


def framed(value: object) -> bytes:
    """A value as it goes from one side to the other, behind its length."""
    pickled = pickle.dumps(value)
    return len(pickled).to_bytes(LENGTH_BYTES) + pickled


class Frames:
    """Puts the values together again that come in pieces."""

    def __init__(self) -> None:
        self._data = bytearray()

    def of(self, piece: bytes) -> Iterator[Any]:
        """Yields each value that is there in full."""
        self._data += piece
        while (end := LENGTH_BYTES + int.from_bytes(self._data[:LENGTH_BYTES])) <= len(self._data):
            value = pickle.loads(self._data[LENGTH_BYTES:end])
            del self._data[:end]
            yield value


class Turns:
    """Calls by person, one of each person in turn."""

    def __init__(self) -> None:
        self._of: dict[str, deque[Any]] = {}

    def __bool__(self) -> bool:
        return bool(self._of)

    def put(self, person: str, *call: Any) -> None:
        """Takes a call behind the same person's others."""
        self._of.setdefault(person, deque()).append(call)

    def next(self) -> Any:
        """Returns the call whose turn it is."""
        person, own = next(iter(self._of.items()))
        del self._of[person]
        call = own.popleft()
        if own:
            self._of[person] = own
        return call


def _forked(ours: socket, theirs: socket, dataset: Dataset) -> Callable[[], object]:
    """Begins a process, and returns what waits for its end; a terminal's Ctrl-C goes to both of them."""
    if child := os.fork():
        theirs.close()
        return partial(os.waitpid, child, 0)
    ours.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _work(theirs, dataset)
    os._exit(0)


def _beside(theirs: socket, dataset: Dataset) -> Callable[[], object]:
    """Begins a thread, and returns what waits for its end."""
    thread = Thread(target=_work, args=(theirs, dataset), name="questions", daemon=True)
    thread.start()
    return thread.join


def _work(pipe: socket, dataset: Dataset) -> None:
    """Ends once the pipe is closed at its other end, by whatever."""
    frames, turns = Frames(), Turns()
    with pipe, suppress(ConnectionError):
        while True:
            with suppress(BlockingIOError):
                if not (piece := pipe.recv(READ_BYTES, MSG_DONTWAIT if turns else 0)):
                    return
                for each in frames.of(piece):
                    turns.put(*each)
            if turns:
                number, call = turns.next()
                pipe.sendall(_result(number, call, dataset))


def _result(number: int, call: bytes, dataset: Dataset) -> bytes:
    try:
        return framed((number, pickle.loads(call)(dataset), None))
    except Exception as problem:  # whoever waits for it is told, without the traceback
        log.error("work_failed", exc_info=problem)
        return framed((number, None, problem))


def _worked_out(language: Language, day: date, work: Callable[[Dataset], T], dataset: Dataset) -> T:
    speak(language)
    return work(dataset.on(day))

"""Runs until a signal comes: anything that is a context, and an ASGI app behind uvicorn."""

import asyncio
import ctypes
import gc
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import Any

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.errors import UsageError

# From the first byte, or from the connection, to the end of the body. Slack gives up after three.
SECONDS = 10.0
# Beyond these the one that is idle for longest goes, so that nobody keeps Slack out.
MOST_CONNECTIONS = 800
ARRIVING = (h11.IDLE, h11.SEND_BODY)
PORT = 3000  # where none is said
KEEP_ALIVE_SECONDS = 75  # longer than a client's, so that no request meets a connection that is being closed
# asyncio reads into buffers of 256 KiB. The C library of Linux, left alone, soon takes these out of the heap
# too, where each leaves a hole as it shrinks to what was read: the heap grows for hours. Large ones stay out.
M_MMAP_THRESHOLD, OUTSIDE_THE_HEAP_BYTES = -3, 128 * 1024

log = logging.getLogger(__name__)


class Impatient(H11Protocol):
    """Closes a connection whose request does not come to an end, or was answered before its end."""

    _due: asyncio.TimerHandle | None = None
    _since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Makes room for a connection too many."""
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS:
            idle = [each for each in self.connections if isinstance(each, Impatient) and each.is_idle]
            min(idle, key=lambda each: each._since).transport.abort()
        self._watch()

    @property
    def is_idle(self) -> bool:
        """Whether no request that has arrived in full is being answered."""
        return not self.transport.is_closing() and self.conn.their_state in ARRIVING

    def data_received(self, data: bytes) -> None:
        """A request that has arrived in full is waited for no longer."""
        self._since = self.loop.time()
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """What was answered early is not listened to any further."""
        if self.conn.their_state is h11.SEND_BODY:
            self.transport.close()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._end_watch()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if not self.is_idle:
            self._end_watch()
        elif self._due is None:
            self._due = self.loop.call_later(SECONDS, self.transport.abort)

    def _end_watch(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None


class Server(uvicorn.Server):
    """Leaves signals to the program it runs in, so that what is open closes in order whatever comes."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


async def run(
    work: AbstractAsyncContextManager[Any],
    leaving: Callable[[], None] | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Keeps a context open until a signal comes or `stop` is set; `leaving` is called before it closes."""
    stop = stop_signal(stop)
    async with work:
        keep_loaded()
        if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):  # glibc's alone
            mallopt(M_MMAP_THRESHOLD, OUTSIDE_THE_HEAP_BYTES)
        await stop.wait()
        if leaving:
            leaving()


@asynccontextmanager
async def served(app: Starlette, host: str, port: int, stop: asyncio.Event) -> AsyncIterator[None]:
    """Serves as long as the block lasts, answers what has come in by then, and ends the lifespan.

    What the lifespan raises is raised here, before the port answers: uvicorn would print it and leave. A
    server that ends by itself sets `stop`; its error is raised as the block ends.
    """
    with listening(host, port) as listener:
        async with app.router.lifespan_context(app):
            log.info("listening", extra={"host": host, "port": listener.getsockname()[1]})
            server = Server(_config(app))
            task = asyncio.create_task(server.serve([listener]))
            task.add_done_callback(lambda _: stop.set())
            try:
                yield
            finally:
                server.should_exit = True
                await task


def keep_loaded() -> None:
    """Takes what is loaded by now (figures, libraries) out of the garbage collector's rounds, now rarer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def stop_signal(stop: asyncio.Event | None = None) -> asyncio.Event:
    """The event, a new one where none is given; Ctrl-C or a platform's request to end sets it."""
    stop = stop or asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


@contextmanager
def listening(host: str, port: int, set_by: str = "--port, or --host") -> Iterator[socket.socket]:
    """A socket bound to the address; UsageError where that is taken, or is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named in full: asyncio sends small packets at once only where it sees that the protocol is TCP.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except (OSError, UnicodeError) as problem:
            why = getattr(problem, "strerror", None) or "no such host"
            raise UsageError(
                f"Port {port} of {host} cannot be used ({why}): choose another with {set_by}."
            ) from problem
        yield listener


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        limit_concurrency=900,  # beyond these a request is answered with 503
        h11_max_incomplete_event_size=16 * 1024,
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=8,
    )

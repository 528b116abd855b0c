"""Runs until a signal comes: anything that is a context, and ASGI apps behind uvicorn."""

import asyncio
import ctypes
import gc
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from bot.connections import MOST_IN_HAND, Impatient
from bot.errors import UsageError

MOST_HEAD_BYTES = 16 * 1024
SIGNALS = (signal.SIGINT, signal.SIGTERM)
PORT = 3000  # where none is said
GRACE_SECONDS = 8
SET_BY = "--port, or --host"
KEEP_ALIVE_SECONDS = 75  # longer than a client's, so that no request meets a connection that is being closed
GC_THRESHOLDS = (20_000, 20, 50)
# asyncio reads into buffers of 256 KiB. The C library of Linux, left alone, soon takes these out of the heap
# too, where each leaves a hole as it shrinks to what was read: the heap grows for hours.
M_MMAP_THRESHOLD, OUTSIDE_THE_HEAP_BYTES = -3, 128 * 1024

log = logging.getLogger(__name__)


class Server(uvicorn.Server):
    """Leaves signals to the program it runs in, so that what is open closes in order whatever comes."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


@dataclass(frozen=True, slots=True)
class Door:
    """An ASGI app and where it is to be found; `set_by` is what names another place for it."""

    app: ASGIApp
    host: str
    port: int
    set_by: str = SET_BY


Leaving = Callable[[], Awaitable[None]]


async def serve(
    app: Starlette, host: str, port: int, beside: Sequence[Door] = (), leaving: Leaving | None = None
) -> None:
    """Serves until a signal comes. What the lifespan raises is raised here, before the port answers."""
    # The lifespan is entered here and not by uvicorn, which would print its errors and leave.
    await run(app.router.lifespan_context(app), [Door(app, host, port), *beside], leaving)


async def run(
    work: AbstractAsyncContextManager[Any],
    doors: Sequence[Door] = (),
    leaving: Leaving | None = None,
) -> None:
    """Keeps a context open, and its doors, until a signal comes.

    Then `leaving` is waited for, what has come in by the doors is answered, and the context closes.
    """
    stop = stop_signal()
    with ExitStack() as bound:
        listeners = [bound.enter_context(listening(door.host, door.port, door.set_by)) for door in doors]
        async with work:
            keep_loaded()
            keep_heap_whole()
            servers, serving = [Server(_config(door.app)) for door in doors], []
            for door, server, listener in zip(doors, servers, listeners, strict=True):
                log.info("listening", extra={"host": door.host, "port": listener.getsockname()[1]})
                serving.append(asyncio.create_task(server.serve([listener])))
            signalled = asyncio.create_task(stop.wait())
            await asyncio.wait([*serving, signalled], return_when="FIRST_COMPLETED")
            signalled.cancel()
            if leaving:
                await leaving()
            for server in servers:
                server.should_exit = True
            await asyncio.gather(*serving)


def keep_loaded() -> None:
    """Takes what is loaded by now (figures, libraries) out of the garbage collector's rounds.

    The rounds become rarer too: what an answer leaves behind is freed without them, but for a few cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


def keep_heap_whole() -> None:
    """Large buffers stay outside the heap, and go back to the system when they are freed."""
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):  # glibc's alone
        mallopt(M_MMAP_THRESHOLD, OUTSIDE_THE_HEAP_BYTES)


def stop_signal() -> asyncio.Event:
    """An event that Ctrl-C or a platform's request to end sets."""
    stop = asyncio.Event()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


@contextmanager
def listening(host: str, port: int, set_by: str = SET_BY) -> Iterator[socket.socket]:
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


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        limit_concurrency=MOST_IN_HAND,
        h11_max_incomplete_event_size=MOST_HEAD_BYTES,
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )

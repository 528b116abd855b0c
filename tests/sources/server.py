"""A real HTTP server on this machine whose answers a test writes down, down to the bytes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from bot.sources.fetcher import Fetcher

Answer = Callable[["Request"], AsyncIterator[bytes]]

# Asks again at once, and gives up soon.
hasty = partial(
    Fetcher,
    page_seconds=20.0,
    attempts=2,
    between_seconds=0.0,
    first_wait_seconds=0.01,
    longest_wait_seconds=0.05,
)


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]


@dataclass
class Server:
    """Answers by path; what was asked is kept in order."""

    base: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    otherwise: Answer | None = None  # where nothing is said of a path; else it is not found
    asked: list[Request] = field(default_factory=list)

    def on(self, path, *answers):
        """One answer after the other; the last one for ever."""
        self.answers[path] = list(answers)

    @property
    def paths(self):
        return [request.path for request in self.asked]

    async def serve(self, reader, writer):
        try:
            request = _parsed((await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
            self.asked.append(request)
            queue = self.answers.get(request.path, [self.otherwise or status(404)])
            async for piece in (queue.pop(0) if len(queue) > 1 else queue[0])(request):
                writer.write(piece)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return  # the client has left
        finally:
            writer.close()


def _parsed(head):
    first, *lines = head.split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return Request(first.split()[1], {name.lower(): value.strip() for name, _, value in pairs})


@asynccontextmanager
async def running():
    held = Server("")
    server = await asyncio.start_server(held.serve, "127.0.0.1", 0)
    held.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield held
    finally:
        server.close()


def body(content, *headers, length=None, code=200):
    lines = [
        f"HTTP/1.1 {code} Said",
        f"Content-Length: {len(content) if length is None else length}",
        *headers,
    ]
    return raw("\r\n".join([*lines, "Connection: close", "", ""]).encode() + content)


def status(code, *headers):
    return body(b"", *headers, code=code)


def raw(data):
    async def answer(request):
        yield data

    return answer


def slow(pause_seconds):
    """A byte now and then, for ever."""

    async def answer(request):
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
        while True:
            yield b" "
            await asyncio.sleep(pause_seconds)

    return answer


async def silent(request):
    await asyncio.sleep(3600)
    yield b""


async def endless(request):
    """As much as anybody takes."""
    yield b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    while True:
        yield b"<p>" * 100_000


def unless_known(content, etag):
    """304 to whoever names the page's tag, else the page."""

    async def answer(request):
        known = request.headers.get("if-none-match") == etag
        async for piece in (status(304) if known else body(content, f"ETag: {etag}"))(request):
            yield piece

    return answer

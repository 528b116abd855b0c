"""Whoever sends too slowly is cut off; in the server as the bot runs it."""

import asyncio
from contextlib import asynccontextmanager, suppress

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot import serving
from bot.serving import Server, _config, listening
from tests.attack.wire import Answer, Wire, head

HOST = ("Host", "127.0.0.1")
GOOD = head([HOST, ("Content-Length", "2")], "POST /read HTTP/1.1") + b"ok"


async def read(request):
    return PlainTextResponse((await request.body()).decode())


async def unread(_request):
    return PlainTextResponse("unread")


@pytest.fixture
async def port():
    routes = [Route("/read", read, methods=["POST"]), Route("/unread", unread, methods=["POST"])]
    with listening("127.0.0.1", 0) as listener:
        server = Server(_config(Starlette(routes=routes)))
        serving = asyncio.create_task(server.serve([listener]))
        yield listener.getsockname()[1]
        server.should_exit = True
        await serving


@asynccontextmanager
async def dripping(port, data):
    """A connection that sends this and then, without an end, a byte now and then."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)

    async def drip():
        while not reader.at_eof():
            writer.write(b"a")
            await asyncio.sleep(0.02)

    task = asyncio.create_task(drip())
    yield reader
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    writer.close()


async def all_of(reader):
    """Everything until the other side closes, or breaks off."""
    found = b""
    with suppress(ConnectionError):
        async with asyncio.timeout(30):
            while part := await reader.read(1_000):
                found += part
    return found


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"POST /read HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        head([HOST, ("Content-Length", "1000000")], "POST /read HTTP/1.1"),
        GOOD + b"POST /read HTTP/1.1\r\nX-Second: ",
    ],
    ids=["nothing", "head", "body", "the second request"],
)
async def test_a_dripping_request_is_cut_off(port, data, monkeypatch):
    monkeypatch.setattr(serving, "SECONDS", 2.0)
    async with dripping(port, data) as reader:
        assert (await all_of(reader)).count(b"HTTP/1.1") == data.startswith(GOOD)


async def test_an_answered_request_is_not_listened_to_any_further(port):
    data = head([HOST, ("Content-Length", "1000000")], "POST /unread HTTP/1.1")
    async with dripping(port, data) as reader:
        assert (await all_of(reader)).endswith(b"unread")


async def test_one_connection_serves_many_requests(port, monkeypatch):
    monkeypatch.setattr(serving, "SECONDS", 1.0)
    wire = Wire(port)
    for _ in range(3):
        assert await wire.ask(GOOD) == Answer(200, b"ok")
        await asyncio.sleep(1.2)  # idle for longer than a request may take: that is no fault
    await wire.close()

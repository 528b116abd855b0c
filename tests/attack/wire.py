"""Requests as bytes, signed or not, and a connection that sends whatever bytes it is given."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

SECRET = "local-signing-secret"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
# Longer than the bot's own patience with whoever sends too slowly.
PATIENCE_SECONDS = 20

Headers = Mapping[str, str | bytes]


def signature(body, timestamp, secret=SECRET):
    """As Slack documents it; not taken from the library that the bot checks it with."""
    signed = f"v0:{timestamp}:".encode() + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def signed(body, kind=FORM, *, secret=SECRET, age=0):
    """The headers of a request of Slack's that was sent `age` seconds ago."""
    timestamp = str(int(time.time() - age))
    return {
        "Host": "127.0.0.1",
        "Content-Type": kind,
        "Content-Length": str(len(body)),
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(body, timestamp, secret),
    }


def request(body, headers, line="POST /slack/events HTTP/1.1"):
    """All of it as it goes over the wire, nothing put right."""
    return head(headers.items(), line) + body


def head(pairs, line="POST /slack/events HTTP/1.1"):
    """The request line and the headers, as often as each is given."""
    lines = [line.encode(), *(name.encode() + b": " + _bytes(value) for name, value in pairs)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def chunked(body, size=500):
    """The body in chunks."""
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def _bytes(value):
    return value.encode() if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request; status 0 where nothing did."""

    status: int
    body: bytes = b""


class Wire:
    """One connection to the bot."""

    def __init__(self, port):
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, data):
        """Sends these bytes over a connection that is kept; the answer to them."""
        reader, writer = await self._open()
        writer.write(data)
        answer = await _answer(reader)
        if answer.status == 0:
            await self.close()
        return answer

    async def throw(self, data, *, hang_up=False):
        """Sends these bytes over a connection of their own; all that comes back until it is closed.

        `hang_up`: the bot can see at once that no more than these bytes will come, else after its answer.
        """
        reader, writer = await self._open()
        with suppress(ConnectionError):
            writer.write(data)
            if hang_up:
                writer.write_eof()
            await writer.drain()
        answers: list[Answer] = []
        while (answer := await _answer(reader)).status:
            answers.append(answer)
            with suppress(OSError):
                writer.write_eof()
        await self.close()
        return answers

    async def close(self):
        if self._streams:
            self._streams[1].close()
            with suppress(ConnectionError):
                await self._streams[1].wait_closed()
            self._streams = None

    async def _open(self):
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        return self._streams


async def _answer(reader):
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            top = await reader.readuntil(b"\r\n\r\n")
            lines = top.decode("latin-1").split("\r\n")
            fields = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
            if fields.get("transfer-encoding") == "chunked":
                body = (await reader.readuntil(b"0\r\n\r\n"))[:-5]
            else:
                body = await reader.readexactly(int(fields.get("content-length", 0)))
    except (asyncio.IncompleteReadError, ConnectionError, TimeoutError):
        return Answer(0)
    return Answer(int(lines[0].split()[1]), body)

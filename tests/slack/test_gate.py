"""What stands before Bolt: all that Slack sends passes; a body too large, or not to be parsed, does not."""

import asyncio
import logging
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.serving import Server, _config, listening
from bot.slack.gate import MOST_BODY_BYTES, BodyLimit, slack_request
from tests.attack.wire import JSON, SECRET, Wire, chunked, head, request, signed
from tests.gear.slack import LocalSlack

COMMAND = urlencode({"command": "/alumina", "text": "出口 2024年3月", "trigger_id": "1.2"}).encode()


class Gate:
    """A server with the gate, and what came through it."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.port = 0

    async def ask(self, data: bytes) -> int:
        wire = Wire(self.port)
        answer = await wire.ask(data)
        await wire.close()
        return answer.status


@pytest.fixture
async def gate(slack: LocalSlack) -> AsyncIterator[Gate]:
    gate, client = Gate(), AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=SECRET)

    @app.command("/alumina")
    async def take(ack: AsyncAck, command: dict[str, str]) -> None:
        gate.taken.append(command["text"])
        await ack()

    async def taken(one: Request) -> Response:
        return await slack_request(one, app)

    route = Route("/slack/events", taken, methods=["POST"], middleware=[Middleware(BodyLimit)])
    with listening("127.0.0.1", 0) as listener:
        server = Server(_config(Starlette(routes=[route])))
        serving = asyncio.create_task(server.serve([listener]))
        gate.port = listener.getsockname()[1]
        yield gate
        server.should_exit = True
        await serving


async def test_what_slack_sends_passes_whole_or_in_parts(gate: Gate) -> None:
    headers = signed(COMMAND)
    assert await gate.ask(request(COMMAND, headers)) == 200
    pairs = [(name, value) for name, value in headers.items() if name != "Content-Length"]
    assert await gate.ask(head([*pairs, ("Transfer-Encoding", "chunked")]) + chunked(COMMAND, 7)) == 200
    assert gate.taken == ["出口 2024年3月"] * 2


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413)])
async def test_the_largest_body(gate: Gate, more: int, status: int) -> None:
    body = COMMAND + b"&x=" + b"a" * (MOST_BODY_BYTES - len(COMMAND) - 3 + more)
    assert await gate.ask(request(body, signed(body))) == status
    pairs = [(name, value) for name, value in signed(body).items() if name != "Content-Length"]
    assert await gate.ask(head([*pairs, ("Transfer-Encoding", "chunked")]) + chunked(body, 65_536)) == status


@pytest.mark.parametrize(
    "body", [b'{"type": "block_act', b"[" * 100_000, b"\xff\xfe", b'{"a":' * 100_000], ids=range(4)
)
async def test_what_cannot_be_parsed_is_a_400_without_a_traceback(
    gate: Gate, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await gate.ask(request(body, signed(body, JSON))) == 400
    assert not [record for record in caplog.records if record.exc_info]
    assert gate.taken == []


async def test_what_is_not_signed_is_a_401(gate: Gate) -> None:
    for wrong in (signed(COMMAND, secret="another"), signed(COMMAND, age=400), signed(COMMAND + b"x")):
        wrong["Content-Length"] = str(len(COMMAND))
        assert await gate.ask(request(COMMAND, wrong)) == 401
    assert gate.taken == []

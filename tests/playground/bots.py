"""A bot that only writes down what it is sent and answers as it is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.serving import serving
from tests.gear.slack import LocalSlack


@dataclass(frozen=True)
class Heard:
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def envelope(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = self.envelope["event"]
        return found


class RecordingBot:
    """`answer` gives the response to each request; it may be replaced at any time."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.answer: Callable[[Heard], Response] = lambda heard: Response()
        self.slowness = 0.0

    async def endpoint(self, request: Request) -> Response:
        heard = Heard(dict(request.headers), await request.body())
        self.heard.append(heard)
        await asyncio.sleep(self.slowness)
        return self.answer(heard)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [heard.event for heard in self.heard if heard.body.startswith(b"{")]


@asynccontextmanager
async def connected(slack: LocalSlack) -> AsyncIterator[RecordingBot]:
    """A recording bot that the local Slack delivers to."""
    bot = RecordingBot()
    app = Starlette(routes=[Route("/slack/events", bot.endpoint, methods=["POST"])])
    async with serving(app) as url:
        slack.bot_url = f"{url}/slack/events"
        yield bot

"""A bot that only writes down what it is sent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.serving import serving
from tests.gear.slack import LocalSlack


@dataclass(frozen=True)
class Heard:
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@asynccontextmanager
async def connected(slack: LocalSlack) -> AsyncIterator[list[Heard]]:
    """What such a bot has heard of the local Slack so far."""
    heard: list[Heard] = []

    async def hear(request: Request) -> Response:
        heard.append(Heard(dict(request.headers), await request.body()))
        return Response()

    async with serving(Starlette(routes=[Route("/slack/events", hear, methods=["POST"])])) as url:
        slack.bot_url = f"{url}/slack/events"
        yield heard

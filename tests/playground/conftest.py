"""A local Slack, the real client, and a bot that only hears."""

from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.serving import serving
from tests.browser.conftest import browser
from tests.gear.slack import LocalSlack
from tests.patience import patient
from tests.slack.desk import POSTING, environment, http_bot


@dataclass(frozen=True)
class Heard:
    headers: dict[str, str]
    body: bytes

    @property
    def form(self):
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@asynccontextmanager
async def connected(slack):
    """What such a bot has heard of the local Slack so far."""
    heard: list[Heard] = []

    async def hear(request):
        heard.append(Heard(dict(request.headers), await request.body()))
        return Response()

    async with serving(Starlette(routes=[Route("/slack/events", hear, methods=["POST"])])) as url:
        slack.bot_url = f"{url}/slack/events"
        yield heard


__all__ = ["browser", "patient"]


@pytest.fixture
async def slack():
    async with LocalSlack() as slack:
        yield slack


@pytest.fixture
async def bot(slack):
    async with connected(slack) as heard:
        yield heard


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def client(slack, http):
    """The real client as the bot has it: one session, no retries of its own."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[])


@pytest.fixture
def on(slack, dataset, tmp_path):
    """The real bot at work on a day, posts too."""
    return lambda day: http_bot(slack, dataset, environment(slack, tmp_path, ALUMINA_TODAY=day, **POSTING))

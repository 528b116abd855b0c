from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.dataset.dataset import Dataset
from tests.browser.conftest import browser
from tests.gear.slack import LocalSlack
from tests.patience import patient
from tests.playground.bots import Heard, connected
from tests.slack.desk import POSTING, StartBot, environment, http_bot

__all__ = ["browser", "patient"]


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack() as slack:
        yield slack


@pytest.fixture
async def bot(slack: LocalSlack) -> AsyncIterator[list[Heard]]:
    async with connected(slack) as heard:
        yield heard


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def client(slack: LocalSlack, http: aiohttp.ClientSession) -> AsyncWebClient:
    """The real client as the bot has it: one session, no retries of its own."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[])


@pytest.fixture
def on(slack: LocalSlack, dataset: Dataset, tmp_path: Path) -> StartBot:
    """The real bot at work on a day, posts too."""
    return lambda day: http_bot(slack, dataset, environment(slack, tmp_path, ALUMINA_TODAY=day, **POSTING))

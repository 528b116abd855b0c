from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.manifest import SCOPES
from bot.playground.slack import LocalSlack
from bot.settings import Settings
from bot.slack import slack_client
from bot.store.engine import store


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(scopes=SCOPES) as slack:
        yield slack


@pytest.fixture
def settings(slack: LocalSlack, tmp_path: Path) -> Settings:
    return Settings.from_env(
        {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": f"sqlite:///{tmp_path}/posts.sqlite3",
        }
    )


@pytest.fixture
async def engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
    async with store(settings) as engine:
        yield engine


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[AsyncWebClient]:
    async with slack_client(settings) as client:
        yield client

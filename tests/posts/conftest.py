from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.posts.ledger import Ledger
from bot.settings import Settings
from bot.slack.web_client import once_only, slack_client
from bot.store.engine import store
from tests.databases import sqlite_at
from tests.gear.slack import LocalSlack

LEASE = timedelta(seconds=60)


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A module whose tests are about both databases overrides it by any_database."""
    return sqlite_at(tmp_path / "posts.sqlite3")


@pytest.fixture
def settings(slack: LocalSlack, database: str) -> Settings:
    return Settings.from_env(
        {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url, "DATABASE_URL": database}
    )


@pytest.fixture
async def engine(database: str) -> AsyncIterator[AsyncEngine]:
    async with store(Settings.from_env({"DATABASE_URL": database})) as engine:
        yield engine


@pytest.fixture
def ledger(engine: AsyncEngine) -> Ledger:
    return Ledger(engine, LEASE)


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[AsyncWebClient]:
    async with slack_client(settings) as client:
        yield once_only(client)

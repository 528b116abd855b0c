from datetime import timedelta

import pytest

from bot.posts.ledger import Ledger
from bot.settings import Settings
from bot.slack.web_client import once_only, slack_client
from bot.store.engine import store
from tests.databases import sqlite_at

LEASE = timedelta(seconds=60)


@pytest.fixture
def database(tmp_path):
    """A module whose tests are about both databases overrides it by any_database."""
    return sqlite_at(tmp_path / "posts.sqlite3")


@pytest.fixture
def settings(slack, database):
    return Settings.from_env(
        {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url, "DATABASE_URL": database}
    )


@pytest.fixture
async def engine(database):
    async with store(Settings.from_env({"DATABASE_URL": database})) as engine:
        yield engine


@pytest.fixture
def ledger(engine):
    return Ledger(engine, LEASE)


@pytest.fixture
async def client(settings):
    async with slack_client(settings) as client:
        yield once_only(client)

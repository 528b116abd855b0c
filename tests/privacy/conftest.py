from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.manifest import SCOPES
from bot.playground.slack import LocalSlack
from bot.settings import Settings
from bot.store.engine import store


@pytest.fixture
async def engine(any_database: str) -> AsyncIterator[AsyncEngine]:
    async with store(Settings.from_env({"DATABASE_URL": any_database})) as engine:
        yield engine


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(scopes=SCOPES) as slack:
        yield slack

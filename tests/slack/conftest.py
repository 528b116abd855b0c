from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.dataset.dataset import Dataset
from bot.manifest import SCOPES
from bot.playground.slack import LocalSlack
from tests.patience import patient
from tests.slack.desk import environment, http_bot, socket_bot

__all__ = ["patient"]


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(scopes=SCOPES) as slack:
        yield slack


@pytest.fixture
async def bot(slack: LocalSlack, dataset: Dataset, tmp_path: Path) -> AsyncIterator[None]:
    """The bot behind signed HTTP."""
    async with http_bot(slack, dataset, environment(slack, tmp_path)):
        yield


@pytest.fixture(params=[http_bot, socket_bot], ids=["http", "socket"])
async def either_bot(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[None]:
    """The bot by HTTP, then by Socket Mode."""
    async with request.param(slack, dataset, environment(slack, tmp_path)):
        yield

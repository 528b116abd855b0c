from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.dataset.dataset import Dataset
from bot.manifest import SCOPES
from bot.playground.slack import LocalSlack
from tests.slack.desk import environment, http_bot, socket_bot

PATIENCE_SECONDS = 60.0


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack, its people and the bot wait for each other as long as a machine may stand still."""
    for name in (
        "bot.playground.views.TRIGGER_SECONDS",
        "bot.sockets.ACK_SECONDS",
        "bot.threads.replays.SECONDS",
        "bot.threads.threads.QUICK_SECONDS",
        "handlers.places.SECONDS",
    ):
        monkeypatch.setattr(name, PATIENCE_SECONDS)
    monkeypatch.setattr("bot.threads.inbox.ONE_PRESS", timedelta(seconds=PATIENCE_SECONDS))


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(scopes=SCOPES, ack_timeout=PATIENCE_SECONDS) as slack:
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

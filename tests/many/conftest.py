from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bot.dataset.dataset import Dataset
from bot.playground.space import Space
from bot.slack.installs.workspaces import new_key
from tests.gear.slack import LocalSlack
from tests.gear.workspaces import another_workspace
from tests.many.installing import environment
from tests.patience import patient
from tests.slack.desk import http_bot

__all__ = ["patient"]

StartBot = Callable[..., AbstractAsyncContextManager[None]]


@pytest.fixture
async def other(slack: LocalSlack) -> Space:
    """A second workspace, of another company."""
    return await slack.open_workspace(another_workspace("T0OTHER", "Other Desk"))


@pytest.fixture
def env(slack: LocalSlack, any_database: str) -> dict[str, str]:
    """Of a bot that many workspaces may install; on both databases."""
    return environment(slack, any_database, new_key())


@pytest.fixture
def serve(slack: LocalSlack, dataset: Dataset, env: dict[str, str]) -> StartBot:
    """The bot behind its HTTP pages, as long as the block lasts; some settings may differ."""

    @asynccontextmanager
    async def started(**more: str) -> AsyncIterator[None]:
        async with http_bot(slack, dataset, env | more):
            slack.oauth.redirect_url = str(slack.bot_url).replace("events", "oauth_redirect")
            yield

    return started

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from bot.store.group_commit import group_commit
from tests.patience import patient
from tests.slack.desk import environment, http_bot, socket_bot

__all__ = ["patient"]


@pytest.fixture
def serve(slack, dataset, tmp_path):
    """The bot behind signed HTTP, as long as the block lasts; some settings may differ."""
    return lambda **more: http_bot(slack, dataset, environment(slack, tmp_path, **more))


@pytest.fixture
async def writer(any_database):
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as writer:
        yield writer


@pytest.fixture
def client(slack):
    """Slack's client as the bot has it, which tries nothing again."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
async def bot(slack, dataset, tmp_path, request):
    """The bot by signed HTTP, or as `both_ways` wants it by Socket Mode; none where a test starts its own."""
    if {"serve", "steps"} & {*request.fixturenames}:
        yield
        return
    start = socket_bot if getattr(request, "param", "") == "socket" else http_bot
    async with start(slack, dataset, environment(slack, tmp_path)):
        yield

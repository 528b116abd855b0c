"""The real bot beside a local Slack: by signed HTTP, or by Socket Mode."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

import pytest

from bot.app import build_http_app, running
from bot.playground.serving import serving
from bot.settings import Settings
from tests.databases import sqlite_at

# For a test with the fixture `bot`: by HTTP, then by Socket Mode.
both_ways = pytest.mark.parametrize("bot", ["http", "socket"], indirect=True)
by_socket = pytest.mark.parametrize("bot", ["socket"], indirect=True)
StartBot = Callable[..., AbstractAsyncContextManager[None]]


def environment(slack, folder, **more):
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": more.get("DATABASE_URL") or sqlite_at(folder / "bot.sqlite3"),
        "ALUMINA_TODAY": "2026-11-24",
        "ALUMINA_SCHEDULER": "off",
        "ALUMINA_USER_RATE": "0",
        "ALUMINA_CHANNEL_RATE": "0",
        **more,
    }


# The posts too, which are looked after all the time.
POSTING = {"ALUMINA_SCHEDULER": "on", "ALUMINA_TICK_SECONDS": "0.1"}
# Of a process of its own: a lease that a test waits for. A request begins only where it would end within it,
# so that the difference of the two has to be more than the delay of a slow disk.
SHORT = {"ALUMINA_TIMEOUT_SECONDS": "2", "ALUMINA_LEASE_SECONDS": "3"}


@asynccontextmanager
async def http_bot(slack, dataset, env):
    """The bot behind its HTTP endpoint, with a lifespan as under any server; its posts wait for no lease."""
    app = build_http_app(Settings.from_env(env), dataset, clock=slack.clock)
    hurrying = (
        slack.clock.hurrying(env["DATABASE_URL"]) if env["ALUMINA_SCHEDULER"] == "on" else nullcontext()
    )
    async with serving(app) as url, hurrying:
        slack.bot_url = f"{url}/slack/events"
        with slack.beside(lambda: app.state.slack.at_work):
            yield
            await slack.settle()
        slack.bot_url = None


async def at_once():
    """In the place of `settle`, for a bot that is told to stop with work in hand."""


@asynccontextmanager
async def socket_bot(slack, dataset, env):
    """The same bot connected by Socket Mode; nothing is sent to it by HTTP."""
    settings = Settings.from_env(env | {"SLACK_APP_TOKEN": slack.app_token})
    async with running(settings, dataset) as app:
        with slack.beside(lambda: app.at_work):
            yield
            await slack.settle()

"""A person's browser on its way through an installation, and a bot that many workspaces may install."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from sqlalchemy import select

from bot.settings import Settings
from bot.slack.installs.workspaces import new_key
from bot.store.engine import store
from tests.gear.slack import another_workspace
from tests.patience import patient
from tests.slack import desk
from tests.slack.desk import http_bot


def environment(slack, database, key, **more):
    app = {"SLACK_CLIENT_ID": slack.oauth.client_id, "SLACK_CLIENT_SECRET": slack.oauth.client_secret}
    env = desk.environment(slack, Path(), DATABASE_URL=database, ALUMINA_KEY=key, **app, **more)
    return {name: value for name, value in env.items() if name != "SLACK_BOT_TOKEN"}


@dataclass(frozen=True)
class Page:
    status: int
    text: str
    headers: Any


class Browser:
    """Keeps the cookie that the bot gives, and gives it back; it follows no redirection by itself."""

    def __init__(self, http):
        self._http = http
        self.cookie = ""

    async def get(self, address):
        headers = {"cookie": self.cookie} if self.cookie else {}
        async with self._http.get(address, headers=headers, allow_redirects=False) as answer:
            return Page(answer.status, await answer.text(), answer.headers.copy())

    async def begin(self, slack, space):
        """To the bot's page and on to Slack, where the person agrees; where Slack sends them back to."""
        begun = await self.get(f"{base(slack)}/slack/install?team={space.workspace.team}")
        assert begun.status == 302
        self.cookie = begun.headers["set-cookie"].split(";")[0]
        agreed = await self.get(begun.headers["location"])
        assert agreed.status == 302
        return str(agreed.headers["location"])


def base(slack):
    return str(slack.bot_url).removesuffix("/slack/events")


async def install(slack, space):
    """All the way; the page at its end."""
    async with aiohttp.ClientSession() as http:
        browser = Browser(http)
        return await browser.get(await browser.begin(slack, space))


def code_in(address):
    return parse_qs(urlsplit(address).query)["code"][0]


async def rows(env, table):
    async with store(Settings.from_env(env)) as engine, engine.connect() as connection:
        found = await connection.execute(select(table).order_by(*table.primary_key))
        return [dict(row) for row in found.mappings()]


__all__ = ["patient"]

StartBot = Callable[..., AbstractAsyncContextManager[None]]


@pytest.fixture
async def other(slack):
    """A second workspace, of another company."""
    return await slack.open_workspace(another_workspace("T0OTHER", "Other Desk"))


@pytest.fixture
def env(slack, any_database):
    """Of a bot that many workspaces may install; on both databases."""
    return environment(slack, any_database, new_key())


@pytest.fixture
def serve(slack, dataset, env):
    """The bot behind its HTTP pages, as long as the block lasts; some settings may differ."""

    @asynccontextmanager
    async def started(**more):
        async with http_bot(slack, dataset, env | more):
            slack.oauth.redirect_url = str(slack.bot_url).replace("events", "oauth_redirect")
            yield

    return started


MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published


def told(space):
    """What the bot has said in the channel or its threads."""
    return [message.text for message in space.workspace.everything("C_ALUMINIUM") if message.bot_id]


async def answered(slack, space, text="alumina exports march 2024"):
    """Returns once the answer to a command stands in the channel."""
    before = len(told(space))
    await space.command(text)
    await slack.wait_for(lambda: len(told(space)) == before + 1)


@pytest.fixture
async def browser():
    async with aiohttp.ClientSession() as http:
        yield Browser(http)

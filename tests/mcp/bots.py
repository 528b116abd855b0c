"""A bot that serves assistants, the requests that Slackbot sends it, and the official client before it."""

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import httpx2
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client

from bot.playground.people import ANA, TEAM
from tests.attack.wire import JSON, SECRET, signed
from tests.slack.desk import environment, http_bot

TOKEN = "a-token-of-one-and-twenty"
ASKED = {"question": "alumina exports march 2024"}


@dataclass(frozen=True, slots=True)
class Door:
    """/mcp of a running bot."""

    url: str
    http: aiohttp.ClientSession

    async def post(self, body, headers):
        """The status and all that is told."""
        async with self.http.post(self.url, data=body, headers=headers) as answer:
            return answer.status, await answer.read()

    async def slackbot(self, body, **more):
        """The same as Slack signs it; `more` are further headers."""
        return await self.post(body, signature(body) | more)


@asynccontextmanager
async def assistants(slack, dataset, folder, **env):
    told = {"ALUMINA_MCP": "on", "ALUMINA_MCP_TOKEN": TOKEN, **env}
    bot = http_bot(slack, dataset, environment(slack, folder, **told))
    async with bot, aiohttp.ClientSession() as http:
        yield Door(str(slack.bot_url).replace("/slack/events", "/mcp"), http)


@asynccontextmanager
async def client(door, token=TOKEN, **how):
    """The official client, which has the token."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers) as http,
        Client(streamable_http_client(door.url, http_client=http), **how) as connected,
    ):
        yield connected


def body(tool="ask", arguments=ASKED, *, method="tools/call", **slack):
    """A call as Slackbot sends it, with who asks; `slack` in the place of that."""
    named = {"team_id": TEAM, "user_id": ANA, **slack}
    params = {"name": tool, "arguments": arguments, "_meta": {"slack": named}}
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()


def signature(content, secret=SECRET, age=0):
    """The headers of a request that was signed `age` seconds ago."""
    own = signed(content, JSON, secret=secret, age=age)
    return {
        "Accept": "application/json, text/event-stream",
        **{k: str(v) for k, v in own.items() if k != "Host"},
    }


def result_of(told):
    """The result of a call."""
    result: dict[str, Any] = json.loads(told)["result"]
    return result

"""A bot that serves assistants, the requests that Slackbot sends it, and the official client before it."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import httpx2
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client

from bot.dataset.dataset import Dataset
from bot.playground.people import ANA, TEAM
from tests.attack.wire import JSON, SECRET, signed
from tests.gear.slack import LocalSlack
from tests.slack.desk import environment, http_bot

TOKEN = "a-token-of-one-and-twenty"
ASKED = {"question": "alumina exports march 2024"}


@dataclass(frozen=True, slots=True)
class Door:
    """/mcp of a running bot."""

    url: str
    http: aiohttp.ClientSession

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """The status and all that is told."""
        async with self.http.post(self.url, data=body, headers=headers) as answer:
            return answer.status, await answer.read()

    async def slackbot(self, body: bytes, **more: str) -> tuple[int, bytes]:
        """The same as Slack signs it; `more` are further headers."""
        return await self.post(body, signature(body) | more)


@asynccontextmanager
async def assistants(slack: LocalSlack, dataset: Dataset, folder: Path, **env: str) -> AsyncIterator[Door]:
    told = {"ALUMINA_MCP": "on", "ALUMINA_MCP_TOKEN": TOKEN, **env}
    bot = http_bot(slack, dataset, environment(slack, folder, **told))
    async with bot, aiohttp.ClientSession() as http:
        yield Door(str(slack.bot_url).replace("/slack/events", "/mcp"), http)


@asynccontextmanager
async def client(door: Door, token: str = TOKEN, **how: Any) -> AsyncIterator[Client]:
    """The official client, which has the token."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers) as http,
        Client(streamable_http_client(door.url, http_client=http), **how) as connected,
    ):
        yield connected


def body(
    tool: str = "ask", arguments: Mapping[str, object] = ASKED, *, method: str = "tools/call", **slack: object
) -> bytes:
    """A call as Slackbot sends it, with who asks; `slack` in the place of that."""
    named = {"team_id": TEAM, "user_id": ANA, **slack}
    params = {"name": tool, "arguments": arguments, "_meta": {"slack": named}}
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()


def signature(content: bytes, secret: str = SECRET, age: float = 0) -> dict[str, str]:
    """The headers of a request that was signed `age` seconds ago."""
    own = signed(content, JSON, secret=secret, age=age)
    return {
        "Accept": "application/json, text/event-stream",
        **{k: str(v) for k, v in own.items() if k != "Host"},
    }


def result_of(told: bytes) -> dict[str, Any]:
    """The result of a call."""
    result: dict[str, Any] = json.loads(told)["result"]
    return result

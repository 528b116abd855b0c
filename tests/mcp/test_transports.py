"""The official client over both transports: a process of its own, and a bot behind uvicorn."""

import random
import sys
from contextlib import asynccontextmanager

import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError
from mcp_types import TextContent, TextResourceContents

from bot.mcp.tools import TOOLS
from tests.commandline import ROOT
from tests.mcp.bots import ASKED, assistants, client

MODES = ["auto", "legacy"]  # the protocol's newest revision, and the ones with a handshake
SEEDED_CALLS = 100


@asynccontextmanager
async def by_stdio(folder, mode):
    """`alumina mcp`, started as an assistant starts it."""
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "bot", "mcp"],
        env={"ALUMINA_TODAY": "2026-11-24", "PYTHONPATH": str(ROOT)},
        cwd=folder,
    )
    async with Client(stdio_client(command), mode=mode) as connected:
        yield connected


async def look_round(connected):
    """All that there is to be had, by a client that checks each result against its schema."""
    tools = (await connected.list_tools()).tools
    assert [tool.name for tool in tools] == [*TOOLS]
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
    assert "alumina" in str(connected.instructions)

    asked = await connected.call_tool("ask", ASKED)
    found = await connected.call_tool(
        "figures", {"series": ["alumina"], "flow": "export", "periods": ["2024-03"]}
    )
    for result in (asked, found):
        assert not result.is_error
        [figure] = result.structured_content["figures"]
        # the reference article: 140,000 tonnes, up 169.6 % year-on-year
        assert (figure["value"], figure["unit"], figure["yoy_pct"]) == (140_000, "t", 169.6)
        assert result.structured_content["sources"][0]["id"] == "reference-article"

    wrong = await connected.call_tool("figures", {"series": ["copper"]})
    assert wrong.is_error
    assert "unwrought_aluminium, alumina, bauxite" in wrong.structured_content["text"]
    assert (await connected.call_tool("prices", {})).is_error


async def read_all(connected):
    names = [each.uri for each in (await connected.list_resources()).resources]
    assert names == ["alumina://codebook", "alumina://glossary"]
    [book], [terms] = [(await connected.read_resource(name)).contents for name in names]
    assert isinstance(book, TextResourceContents)
    assert isinstance(terms, TextResourceContents)
    assert "| `step` |" in book.text
    assert "## Alumina (氧化铝)" in terms.text
    with pytest.raises(MCPError, match="alumina://glossary"):
        await connected.read_resource("alumina://secrets")

    [prompt] = (await connected.list_prompts()).prompts
    [message] = (await connected.get_prompt(prompt.name, {"month": "2024-03"})).messages
    assert isinstance(message.content, TextContent)
    assert "in 2024-03" in message.content.text
    with pytest.raises(MCPError, match="2024-03"):
        await connected.get_prompt(prompt.name, {"month": "march"})


async def call_wildly(connected):
    """Random calls: each has a result. The client would raise for anything else."""
    drawn = random.Random(20)
    values: list[object] = [
        None, True, -1, 1e308, "", "x" * 3_000, "alumina", "2024-03", "\x00☃", [], ["alumina"], ["2024"],
        {}, {"a": {"b": [None]}}, [[[[]]]], ["export", None],
    ]  # fmt: skip
    names = ["question", "earlier", "series", "flow", "partner", "periods", "view", "as_of", "month", "x"]
    for _ in range(SEEDED_CALLS):
        arguments = {name: drawn.choice(values) for name in drawn.sample(names, drawn.randrange(4))}
        result = await connected.call_tool(drawn.choice([*TOOLS, "nothing"]), arguments)
        assert result.structured_content["text"] is not None


@pytest.mark.parametrize("mode", MODES)
async def test_over_stdio(tmp_path, mode):
    async with by_stdio(tmp_path, mode) as connected:
        await look_round(connected)
        await read_all(connected)
        await call_wildly(connected)


@pytest.mark.parametrize("mode", MODES)
async def test_over_http(slack, dataset, tmp_path, mode):
    async with assistants(slack, dataset, tmp_path) as door, client(door, mode=mode) as connected:
        await look_round(connected)
        await read_all(connected)
        await call_wildly(connected)

"""How long an assistant waits at /mcp: the tool `ask` at an even pace, over HTTP."""

import asyncio
import statistics
import time
from collections.abc import Sequence

import aiohttp

from benchmarks.load import PER_SECOND, no_rounds, process
from benchmarks.questions import BenchmarkError, packaged, questions
from bot.manifest import MCP_PATH, SCOPES
from bot.playground.slack import LocalSlack

TOKEN = "of-the-benchmark-alone"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/json"}
WARMUP = 20


async def paced(calls: int) -> tuple[float, float]:
    """Milliseconds from a call to its result, the median and the 99th percentile; every result is checked."""
    texts = questions(packaged())
    asked = [texts[place % len(texts)] for place in range(calls)]
    settings = {"ALUMINA_MCP": "on", "ALUMINA_MCP_TOKEN": TOKEN}
    async with (
        LocalSlack(validate=False, scopes=SCOPES) as slack,
        process("ours", slack, **settings) as address,
        aiohttp.ClientSession(f"{address}/", headers=HEADERS) as http,
    ):
        for text in asked[:WARMUP]:
            await _ask(http, text)
        with no_rounds():
            waits = await _at_an_even_pace(http, asked)
    percentiles = statistics.quantiles(waits, n=100, method="inclusive")
    return percentiles[49] * 1e3, percentiles[98] * 1e3


async def _at_an_even_pace(http: aiohttp.ClientSession, asked: Sequence[str]) -> list[float]:
    begun, tasks = time.perf_counter(), list[asyncio.Task[float]]()
    async with asyncio.TaskGroup() as sending:
        for place, text in enumerate(asked):
            await asyncio.sleep(max(0.0, begun + place / PER_SECOND - time.perf_counter()))
            tasks.append(sending.create_task(_ask(http, text)))
    return [task.result() for task in tasks]


async def _ask(http: aiohttp.ClientSession, text: str) -> float:
    """Seconds until the result; BenchmarkError where it has no figure."""
    params = {"name": "ask", "arguments": {"question": text}}
    begun = time.perf_counter()
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    async with http.post(MCP_PATH, json=message) as answer:
        told = await answer.json()
    if not told["result"]["structuredContent"]["figures"]:
        raise BenchmarkError(f"{text!r} was not answered at /mcp")
    return time.perf_counter() - begun

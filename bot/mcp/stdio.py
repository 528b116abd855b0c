"""The MCP server over stdin and stdout, for an assistant on the same machine."""

import asyncio
from collections.abc import Callable
from contextlib import closing

from mcp.server.stdio import stdio_server

from bot.dataset.dataset import Dataset
from bot.mcp.server import Context, Service, mcp_server
from bot.mcp.tools import Result
from bot.settings import Settings
from bot.worker import FairWorker

PERSON = "stdio"


def serve_stdio(settings: Settings, dataset: Dataset) -> None:
    """Answers until stdin ends."""
    asyncio.run(_serve(settings, dataset))


async def _serve(settings: Settings, dataset: Dataset) -> None:
    with closing(FairWorker(dataset, settings.today)) as worker:

        async def work(_context: Context, call: Callable[[Dataset], Result]) -> Result:
            return await worker.run(PERSON, call)

        server = mcp_server(Service(settings, dataset, work))
        async with stdio_server() as (requests, answers):
            await server.run(requests, answers, server.create_initialization_options())

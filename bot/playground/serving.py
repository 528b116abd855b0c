"""Serves an ASGI app on 127.0.0.1 for as long as a `with` block lasts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.serving import KEEP_ALIVE_SECONDS, listening

HOST = "127.0.0.1"


@asynccontextmanager
async def serving(
    app: Starlette, port: int = 0, protocol: type[H11Protocol] = H11Protocol
) -> AsyncIterator[str]:
    """The base address (http://127.0.0.1:3000) once the app answers there; port 0 takes any free one."""
    config = uvicorn.Config(
        app,
        http=protocol,
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=2,
    )
    # The lifespan is entered here and not by uvicorn, which would print its errors and leave the process.
    with listening(HOST, port, set_by="--port") as listener:
        async with app.router.lifespan_context(app):
            server = uvicorn.Server(config)
            config.load()
            server.lifespan = config.lifespan_class(config)
            await server.startup([listener])
            ticking = asyncio.create_task(_tick(server))
            try:
                yield f"http://{HOST}:{listener.getsockname()[1]}"
            finally:
                ticking.cancel()
                await _end(server)


async def _tick(server: uvicorn.Server) -> None:
    while True:
        await server.on_tick(0)  # keeps the Date header right
        await asyncio.sleep(1)


async def _end(server: uvicorn.Server) -> None:
    """Ends at once where nobody is being answered; uvicorn would wait for a moment first."""
    for each in server.servers:
        each.close()
    for connection in list(server.server_state.connections):
        connection.shutdown()
    await asyncio.sleep(0)  # idle connections are gone after that
    if server.server_state.connections or server.server_state.tasks:
        await server.shutdown()

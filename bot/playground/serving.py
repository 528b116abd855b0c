"""Serves an ASGI app on 127.0.0.1 for as long as a `with` block lasts."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.errors import InternalError
from bot.serving import KEEP_ALIVE_SECONDS, Server, listening

HOST = "127.0.0.1"


class _Server(Server):
    """Stops as soon as it is told to."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.leaving = asyncio.Event()

    async def main_loop(self) -> None:
        while not self.leaving.is_set():
            await self.on_tick(0)  # keeps the Date header right
            with suppress(TimeoutError):
                await asyncio.wait_for(self.leaving.wait(), 1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends at once where nobody is being answered; uvicorn would wait for a moment first."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)  # idle connections are gone after that
        if self.server_state.connections or self.server_state.tasks:
            await super().shutdown(sockets)
        else:
            await self.lifespan.shutdown()


@asynccontextmanager
async def serving(
    app: ASGIApp, port: int = 0, protocol: type[H11Protocol] = H11Protocol
) -> AsyncIterator[str]:
    """The base address (http://127.0.0.1:3000) once the app answers there; port 0 takes any free one."""
    with listening(HOST, port, set_by="--port") as listener:
        config = uvicorn.Config(
            app,
            http=protocol,
            log_level="warning",
            access_log=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=2,
        )
        server = _Server(config)
        running = asyncio.create_task(_run(server, listener))
        try:
            await _started(server, running)
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            server.leaving.set()
            await running


async def _run(server: uvicorn.Server, listener: socket.socket) -> None:
    # uvicorn leaves the process when an app refuses to start; here that is an error like any other.
    with suppress(SystemExit):
        await server.serve([listener])


async def _started(server: uvicorn.Server, running: "asyncio.Task[None]") -> None:
    while not server.started:
        if running.done():
            raise InternalError("The application did not start; its reason stands above.")
        await asyncio.sleep(0.005)

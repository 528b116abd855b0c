"""Socket Mode by two connections, so that one is there while the other connects anew.

Slack sends a payload to any one of an app's connections, and ends each of them every few hours. What comes
meanwhile comes by the other. What was not acknowledged on the one that ended comes again if it is an event,
and is lost if it is a command or a press: so a connection that is told to go first acknowledges what it has
in hand.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from time import time
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.web_client import socket_address

CONNECTIONS = 2
# Slack waits as long for an acknowledgement.
ACK_SECONDS = 3.0
PING_SECONDS = 10.0
# aiohttp would wait ten seconds for the other end of each connection, as long as platforms give a process.
GOODBYE_SECONDS = 1.0


class Connection(SocketModeClient):
    """One of the connections. `turn` is theirs together: never do two connect anew at the same time."""

    def __init__(self, app: AsyncApp, token: str, address: str, turn: asyncio.Lock) -> None:
        super().__init__(token, app.logger, app.client, ping_interval=PING_SECONDS)
        self.wss_uri, self._app, self._turn = address, app, turn
        self._in_hand: set[asyncio.Task[Any]] = set()
        self.socket_mode_request_listeners.append(self._acknowledge)  # type: ignore[arg-type]

    async def _acknowledge(self, _: SocketModeClient, request: SocketModeRequest) -> None:
        if task := asyncio.current_task():
            self._in_hand.add(task)
            task.add_done_callback(self._in_hand.discard)
        await send_async_response(self, request, await run_async_bolt_app(self._app, request), time())

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Leaves the old connection, with nothing in hand, for a new one."""
        async with self._turn:
            await self._acknowledged()
            await super().connect_to_new_endpoint(force)

    async def leave(self) -> None:
        """Says goodbye; the silence of the other end must not cost an answer its last seconds."""
        await self._acknowledged()
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self.close()  # type: ignore[no-untyped-call]
        except TimeoutError:
            await self.close()  # type: ignore[no-untyped-call]  # what is left to close

    async def _acknowledged(self) -> None:
        """Returns once what is in hand now is acknowledged, or Slack no longer waits for it."""
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=ACK_SECONDS)


@asynccontextmanager
async def connected(app: AsyncApp, token: str) -> AsyncIterator[None]:
    """Requests come to the app by Socket Mode while the block lasts."""
    turn = asyncio.Lock()
    async with AsyncExitStack() as stack:
        for _ in range(CONNECTIONS):
            connection = Connection(app, token, await socket_address(app.client, token), turn)
            stack.push_async_callback(connection.leave)
            await connection.connect()  # type: ignore[no-untyped-call]
        yield

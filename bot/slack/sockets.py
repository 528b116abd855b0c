"""Socket Mode by two connections, so that one is there while the other connects anew.

Slack sends a payload to any one of an app's connections, and ends each of them every few hours. What comes
meanwhile comes by the other. What was not acknowledged on the one that ended comes again if it is an event,
and is lost if it is a command or a press: so a connection that is told to go first acknowledges what it has
in hand.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.slack.client import socket_address

CONNECTIONS = 2
# Slack waits as long for an acknowledgement.
ACK_SECONDS = 3.0
PING_SECONDS = 10.0
# aiohttp would wait ten seconds for the other end of each connection, as long as platforms give a process.
GOODBYE_SECONDS = 1.0


class Connection(SocketModeClient):
    """One of the connections. `turn` is theirs together: never do two connect anew at the same time."""

    def __init__(self, turn: asyncio.Lock, **how: Any) -> None:
        super().__init__(**how)
        self._turn = turn
        self._in_hand: set[asyncio.Task[Any]] = set()

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """Ends once the message is acknowledged; the answer itself is sent later."""
        task = asyncio.current_task()
        if task is None or message.get("type") == "disconnect":
            return await super().run_message_listeners(message, raw_message)
        self._in_hand.add(task)
        try:
            return await super().run_message_listeners(message, raw_message)
        finally:
            self._in_hand.discard(task)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Leaves the old connection, with nothing in hand, for a new one."""
        async with self._turn:
            await self.acknowledged()
            await super().connect_to_new_endpoint(force)

    async def acknowledged(self) -> None:
        """Returns once what is in hand now is acknowledged, or Slack no longer waits for it."""
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=ACK_SECONDS)


class Handler(AsyncSocketModeHandler):
    """Bolt's handler over such a connection."""

    client: Connection

    def __init__(self, app: AsyncApp, token: str, address: str, turn: asyncio.Lock) -> None:
        self.app, self.app_token = app, token
        how = {"logger": app.logger, "web_client": app.client, "ping_interval": PING_SECONDS}
        self.client = Connection(turn, app_token=token, **how)
        self.client.wss_uri = address
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]


@asynccontextmanager
async def connected(app: AsyncApp, token: str) -> AsyncIterator[None]:
    """Requests come to the app by Socket Mode while the block lasts."""
    turn = asyncio.Lock()
    async with AsyncExitStack() as stack:
        for _ in range(CONNECTIONS):
            handler = Handler(app, token, await socket_address(app.client, token), turn)
            stack.push_async_callback(_closed, handler)
            await handler.connect_async()  # type: ignore[no-untyped-call]
        yield


async def _closed(handler: Handler) -> None:
    """Says goodbye; the silence of the other end must not cost an answer its last seconds."""
    await handler.client.acknowledged()
    try:
        async with asyncio.timeout(GOODBYE_SECONDS):
            await handler.close_async()  # type: ignore[no-untyped-call]
    except TimeoutError:
        await handler.close_async()  # type: ignore[no-untyped-call]  # what is left to close

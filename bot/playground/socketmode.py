"""Socket Mode: the bot connects to Slack, and what Slack sends comes through that connection."""

import asyncio
import itertools
import json
import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.deliver import Kind, Reply, Retry


class SocketDoor:
    """The open connections of the app; each payload goes to one of them and is acknowledged there."""

    def __init__(self, app_id: str, ack_timeout: float) -> None:
        self._app_id, self._ack_timeout = app_id, ack_timeout
        self._tickets: set[str] = set()
        self._sockets: list[WebSocket] = []  # those that take what comes next
        self._reading: dict[WebSocket, asyncio.Task[None]] = {}
        self._waiting: dict[str, tuple[WebSocket, asyncio.Future[str]]] = {}
        self._turn = itertools.count()
        self._connected = asyncio.Event()
        self.in_use = False

    def open(self) -> str:
        """A ticket for one connection."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def connect(self, socket: WebSocket) -> None:
        """Holds one connection until it ends; each ticket opens one."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(4401, "not_allowed")
            return
        self._tickets.remove(ticket)
        await socket.accept()
        await self._greet(socket)
        self._reading[socket] = asyncio.create_task(self._read(socket))
        try:
            await asyncio.wait([self._reading[socket]])
        finally:
            self._reading.pop(socket).cancel()
            self._forget(socket)

    async def _read(self, socket: WebSocket) -> None:
        with suppress(WebSocketDisconnect):
            while True:
                self._acknowledge(socket, json.loads(await socket.receive_text()))

    @property
    def is_open(self) -> bool:
        """Whether any is open, though it be told to end."""
        return bool(self._reading)

    async def send(self, kind: Kind, payload: Mapping[str, Any], retry: Retry | None) -> Reply:
        """Delivers through one connection, waiting for one where the app is just reconnecting."""
        try:
            return await asyncio.wait_for(self._send(kind, payload, retry), self._ack_timeout)
        except TimeoutError:
            return Reply(0, failure="http_timeout")
        except ConnectionResetError:
            return Reply(0, failure="connection_failed")

    async def _send(self, kind: Kind, payload: Mapping[str, Any], retry: Retry | None) -> Reply:
        while not self._sockets:  # one that has come may be gone again before we are woken
            await self._connected.wait()
        socket = self._sockets[next(self._turn) % len(self._sockets)]
        envelope = _envelope(kind, payload, retry)
        acknowledged = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = socket, acknowledged
        try:
            await _handed_over(socket, envelope)
            return Reply(200, await acknowledged)
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def _greet(self, socket: WebSocket) -> None:
        hello = {"type": "hello", "num_connections": len(self._sockets) + 1}
        await socket.send_json(hello | {"connection_info": {"app_id": self._app_id}})
        self._sockets.append(socket)
        self._connected.set()
        self.in_use = True

    def _acknowledge(self, socket: WebSocket, ack: Mapping[str, Any]) -> None:
        """What was sent through one connection is not acknowledged through another."""
        payload = ack.get("payload")
        owner, acknowledged = self._waiting.get(ack.get("envelope_id", ""), (None, None))
        if owner is socket and acknowledged is not None and not acknowledged.done():
            acknowledged.set_result(json.dumps(payload) if payload else "")

    def _forget(self, socket: WebSocket) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)
        self._connected_or_not()
        for owner, acknowledged in self._waiting.values():
            if owner is socket and not acknowledged.done():
                acknowledged.set_exception(ConnectionResetError("ended before the acknowledgement"))

    def _connected_or_not(self) -> None:
        if not self._sockets:
            self._connected.clear()


def _envelope(kind: Kind, payload: Mapping[str, Any], retry: Retry | None) -> dict[str, Any]:
    envelope: dict[str, Any] = {"envelope_id": str(uuid.uuid4()), "type": kind, "payload": payload}
    envelope["accepts_response_payload"] = kind != "events_api"
    if kind == "events_api":
        envelope["retry_attempt"], envelope["retry_reason"] = retry or (0, "")
    return envelope


async def _handed_over(socket: WebSocket, envelope: Mapping[str, Any]) -> None:
    try:
        await socket.send_json(envelope)
    except (WebSocketDisconnect, RuntimeError) as gone:  # it closed as we chose it
        raise ConnectionResetError(str(gone)) from gone

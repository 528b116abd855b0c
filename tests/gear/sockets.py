"""Connections of Socket Mode that end when a test says so."""

from starlette.websockets import WebSocket

from bot.playground.socketmode import SocketDoor


class BreakableDoor(SocketDoor):
    """Counts the connections, tells them to connect anew, breaks them off."""

    @property
    def connections(self) -> int:
        """How many are open for what comes next."""
        return len(self._sockets)

    async def disconnect(self, number: int | None = None, reason: str = "refresh_requested") -> None:
        """Tells every connection, or that one, to go and connect anew, as Slack does every few hours.

        Nothing more is sent there; what was sent may still be acknowledged there until it closes.
        """
        for socket in self._numbered(number):
            self._sockets.remove(socket)
            self._connected_or_not()
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})

    def drop(self, number: int | None = None) -> None:
        """Every connection, or that one, breaks off without a word."""
        for socket in self._numbered(number):
            self._forget(socket)
            self._reading[socket].cancel()

    def _numbered(self, number: int | None) -> list[WebSocket]:
        return self._sockets.copy() if number is None else [self._sockets[number]]

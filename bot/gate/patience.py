"""uvicorn's protocol with an end to its patience: a request has to arrive within some seconds.

h11 is named and not chosen by what happens to be installed: which damage it refuses is tested.
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# From the first byte, or from the connection, to the end of the body. Slack gives up after three.
SECONDS = 10.0
MOST_CONNECTIONS = 1_000
# Answered with 503 above that many connections; the rest is room for this very answer.
MOST_IN_HAND = 900
ARRIVING = (h11.IDLE, h11.SEND_BODY)


class Impatient(H11Protocol):
    """Closes a connection whose request does not come to an end, or was answered before its end."""

    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Refuses a connection too many; the others have their time from now on."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
        else:
            self._watch()

    def data_received(self, data: bytes) -> None:
        """A request that has arrived in full is waited for no longer."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """What was answered early is not listened to any further."""
        if self.conn.their_state is h11.SEND_BODY:
            self.transport.close()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._end_watch()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if self.transport.is_closing() or self.conn.their_state not in ARRIVING:
            self._end_watch()
        elif self._due is None:
            self._due = self.loop.call_later(SECONDS, self.transport.abort)

    def _end_watch(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

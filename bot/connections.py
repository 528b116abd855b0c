"""uvicorn's protocol with an end to its patience: a request has to arrive within some seconds.

h11 is named and not chosen by what happens to be installed: which damage it refuses is tested.
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# From the first byte, or from the connection, to the end of the body. Slack gives up after three.
SECONDS = 10.0
# Beyond these the one that is idle for longest goes, so that nobody keeps Slack out.
MOST_CONNECTIONS = 800
MOST_IN_HAND = 900  # beyond these a request is answered with 503
ARRIVING = (h11.IDLE, h11.SEND_BODY)


class Impatient(H11Protocol):
    """Closes a connection whose request does not come to an end, or was answered before its end."""

    _due: asyncio.TimerHandle | None = None
    _since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Makes room for a connection too many."""
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS:
            idle = [each for each in self.connections if isinstance(each, Impatient) and each.is_idle]
            min(idle, key=lambda each: each._since).transport.abort()
        self._watch()

    @property
    def is_idle(self) -> bool:
        """Whether no request that has arrived in full is being answered."""
        return not self.transport.is_closing() and self.conn.their_state in ARRIVING

    def data_received(self, data: bytes) -> None:
        """A request that has arrived in full is waited for no longer."""
        self._since = self.loop.time()
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
        if not self.is_idle:
            self._end_watch()
        elif self._due is None:
            self._due = self.loop.call_later(SECONDS, self.transport.abort)

    def _end_watch(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

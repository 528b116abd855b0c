"""The gate before Bolt: only a whole, well-formed request that Slack has signed within five minutes passes.

Bolt reads a body before it looks at the signature, and what it cannot read is an error with a traceback. So
it is given what the gate has verified and read, and does neither again.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from slack_sdk.signature import SignatureVerifier
from starlette.types import Message, Receive, Scope, Send

from bot.gate.body import Document, read_body
from bot.gate.head import MOST_BODY_BYTES, Head, head_of
from bot.gate.refusal import RefusedError, refuse

# Bodies that are on their way, all together: a flood is turned away before it fills the memory.
MOST_HELD_BYTES = 64 * 1024 * 1024

NOT_SIGNED = (
    "not signed with SLACK_SIGNING_SECRET within the last five minutes: where it is Slack that asks, the"
    " secret is of another app, or this machine's clock is wrong"
)

log = logging.getLogger(__name__)


class GoneError(Exception):
    """The sender has left before the end of its request."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that Slack has signed: what it says, and what of its head is asked for later."""

    document: Document
    signature: str
    retry: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack is told."""

    status: int
    headers: Mapping[str, str]
    body: str

    async def tell(self, send: Send) -> None:
        """Sends it."""
        body = self.body.encode()
        headers = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": self.status, "headers": [*headers, length]})
        await send({"type": "http.response.body", "body": body})


class Gate:
    """An ASGI app; `take` is given what passes, and says what is answered."""

    def __init__(self, take: Callable[[Admitted], Awaitable[Answer]], signing_secret: str) -> None:
        self._take = take
        self._verifier = SignatureVerifier(signing_secret)
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request pass, or answers with a status and nothing else."""
        try:
            admitted = await self._admitted(scope, receive)
        except RefusedError as refusal:
            log.warning("request_refused", extra={"status": refusal.status.value, "why": refusal.why})
            await refuse(refusal.status, send)
        except GoneError:
            log.info("request_broken_off")
        else:
            answer = await self._take(admitted)
            await answer.tell(send)

    async def _admitted(self, scope: Scope, receive: Receive) -> Admitted:
        head = head_of(scope)
        body = await self._read(receive)
        self._check_signature(head, body)
        return Admitted(read_body(body, is_json=head.is_json), head.signature, head.retry)

    async def _read(self, receive: Receive) -> bytes:
        body, more = bytearray(), True
        try:
            while more:
                part, more = _part(await receive())
                body += part
                self._held += len(part)
                self._check_size(len(body))
        finally:
            self._held -= len(body)
        return bytes(body)

    def _check_size(self, size: int) -> None:
        if size > MOST_BODY_BYTES:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self._held > MOST_HELD_BYTES:
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE)

    def _check_signature(self, head: Head, body: bytes) -> None:
        """The library compares in constant time, and knows the five minutes."""
        try:
            signed = self._verifier.is_valid(body, head.timestamp, head.signature)
        except UnicodeDecodeError:
            raise RefusedError(HTTPStatus.BAD_REQUEST) from None
        if not signed:
            raise RefusedError(HTTPStatus.UNAUTHORIZED, NOT_SIGNED)


def _part(message: Message) -> tuple[bytes, bool]:
    if message["type"] == "http.disconnect":
        raise GoneError
    return message.get("body", b""), message.get("more_body", False)

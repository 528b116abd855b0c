"""The gate before Bolt: only a whole, well-formed request that Slack has signed within five minutes passes.

Bolt reads a body before it looks at the signature, and what it cannot read is an error with a traceback.
"""

import logging
from http import HTTPStatus

from slack_sdk.signature import SignatureVerifier
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gate.body import check_body
from bot.gate.head import MOST_BODY_BYTES, Head, head_of
from bot.gate.refusal import RefusedError, refuse

# Bodies that are on their way, all together: a flood is turned away before it fills the memory.
MOST_HELD_BYTES = 64 * 1024 * 1024

log = logging.getLogger(__name__)


class GoneError(Exception):
    """The sender has left before the end of its request."""


class Gate:
    """An ASGI app around the one that hands requests to Bolt."""

    def __init__(self, app: ASGIApp, signing_secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request pass, or answers with a status and nothing else."""
        try:
            body = await self._admitted(scope, receive)
        except RefusedError as refusal:
            log.warning("request_refused", extra={"status": refusal.status.value})
            await refuse(refusal.status, send)
        except GoneError:
            log.info("request_broken_off")
        else:
            await self._app(scope, _again(body, receive), send)

    async def _admitted(self, scope: Scope, receive: Receive) -> bytes:
        head = head_of(scope)
        body = await self._read(receive)
        self._check_signature(head, body)
        check_body(body, is_json=head.is_json)
        return body

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
            raise RefusedError(HTTPStatus.UNAUTHORIZED)


def _part(message: Message) -> tuple[bytes, bool]:
    if message["type"] == "http.disconnect":
        raise GoneError
    return message.get("body", b""), message.get("more_body", False)


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read once more, and then what comes after it."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return waiting.pop() if waiting else await receive()

    return received

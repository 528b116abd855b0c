"""What stands before Bolt on the network: a cap on the body, and an answer to what Bolt cannot parse."""

import logging
from http import HTTPStatus

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A large modal, written as a form, has some 750 kB.
MOST_BODY_BYTES = 1024 * 1024

log = logging.getLogger(__name__)


class BodyLimit:
    """An ASGI middleware that reads no body beyond the cap: 413."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, its body counted as it is read."""
        length, read = Headers(scope=scope).get("content-length", "0"), 0
        if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
            return await _refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, scope, receive, send)

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MOST_BODY_BYTES:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        return await self._app(scope, counted, send)


async def _refuse(status: HTTPStatus, scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(status.phrase, status, {"connection": "close"})(scope, receive, send)


async def slack_request(request: Request, app: AsyncApp) -> Response:
    """Returns Bolt's answer, which checks the signature; 400 for a body that cannot be parsed at all."""
    try:
        return await AsyncSlackRequestHandler(app).handle(request)
    except (ValueError, RecursionError):  # before Bolt has begun: what goes wrong in it is a 500 of its own
        log.warning("request_refused", extra={"status": 400})
        return PlainTextResponse(HTTPStatus.BAD_REQUEST.phrase, HTTPStatus.BAD_REQUEST)

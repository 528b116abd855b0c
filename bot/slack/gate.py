"""What stands before Bolt on the network: a cap on the body, and an answer to what Bolt cannot parse."""

import logging
import re
from http import HTTPStatus

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A large modal, written as a form, has some 750 kB.
MOST_BODY_BYTES = 1024 * 1024

NOT_PARSED = (AttributeError, RecursionError, TypeError, ValueError)
TIMESTAMP = re.compile("[0-9]{1,12}")
SIGNATURE = re.compile("v0=[0-9a-f]{64}")
KIND = re.compile("application/(json|x-www-form-urlencoded)(; *charset=utf-8)?", re.IGNORECASE)

log = logging.getLogger(__name__)


class BodyLimit:
    """An ASGI middleware that reads no body beyond the cap: 413."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, its body counted as it is read."""
        length, read = Headers(scope=scope).get("content-length", "0"), 0
        if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
            return await _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)(scope, receive, send)

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MOST_BODY_BYTES:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        return await self._app(scope, counted, send)


async def slack_request(request: Request, app: AsyncApp) -> Response:
    """Returns Bolt's answer, which checks the signature; refuses what Bolt would stumble over."""
    if status := _why_not(request.headers):
        return _refused(status)
    body = await request.body()
    try:
        parsed = to_async_bolt_request(request, body)
    except NOT_PARSED:
        return _refused(HTTPStatus.BAD_REQUEST)
    response = to_starlette_response(await app.async_dispatch(parsed))
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        response.headers["connection"] = "close"
    return response


def _refused(status: HTTPStatus) -> Response:
    """Where the next request of the connection begins is unsure."""
    log.warning("request_refused", extra={"status": status.value})
    return PlainTextResponse(status.phrase, status, {"connection": "close"})


def _why_not(headers: Headers) -> HTTPStatus | None:
    """What is wrong with a head: no signature to be checked, or a body of another kind than Slack's."""
    stamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not (TIMESTAMP.fullmatch(stamp) and SIGNATURE.fullmatch(signature)):
        return HTTPStatus.UNAUTHORIZED
    kinds, codings = headers.getlist("content-type"), headers.getlist("content-encoding")
    if len(kinds) != 1 or not KIND.fullmatch(kinds[0]) or codings:
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    return None

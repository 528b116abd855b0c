"""A request that goes no further, and the short answer to it."""

from http import HTTPStatus

from starlette.types import Send


class RefusedError(Exception):
    """The request is damaged or not Slack's; `status` is all that its sender is told, `why` is logged."""

    def __init__(self, status: HTTPStatus, why: str = "") -> None:
        super().__init__(status.phrase)
        self.status, self.why = status, why or status.phrase


async def refuse(status: HTTPStatus, send: Send) -> None:
    """Answers with the status alone. The connection is closed: where its next request begins is unsure."""
    body = status.phrase.encode()
    headers = [
        (b"content-type", b"text/plain"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": body})

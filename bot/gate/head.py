"""The head of a request of Slack's: what it has to say, and what it must not. Pure."""

import re
from dataclasses import dataclass
from http import HTTPStatus

from starlette.types import Scope

from bot.gate.refusal import RefusedError

VERSIONS = {"1.0", "1.1"}
# Slack sends some fifteen, and proxies add theirs.
MOST_HEADERS = 64
MOST_ADDRESS_BYTES = 2_000
MOST_HEAD_BYTES = 16 * 1024
# A large modal, written as a form, has some 750 kB.
MOST_BODY_BYTES = 1024 * 1024
# Said twice they can mean one thing to a proxy and another to us.
ONCE = {b"content-type", b"content-length", b"content-encoding", b"transfer-encoding", b"host"} | {
    b"x-slack-signature",
    b"x-slack-request-timestamp",
}
TYPES = {b"application/json", b"application/x-www-form-urlencoded"}
TIMESTAMP = re.compile(rb"[0-9]{1,12}")
SIGNATURE = re.compile(rb"v0=[0-9a-f]{64}")
DIGITS = re.compile(rb"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Head:
    """What the body is checked by; `retry`: which try of Slack's it is, blank at the first."""

    timestamp: str
    signature: str
    is_json: bool
    retry: str


def head_of(scope: Scope) -> Head:
    """The head, if everything in it is as Slack writes it; RefusedError otherwise."""
    if scope["http_version"] not in VERSIONS:
        raise RefusedError(HTTPStatus.BAD_REQUEST)
    if len(scope["raw_path"]) + len(scope["query_string"]) > MOST_ADDRESS_BYTES:
        raise RefusedError(HTTPStatus.REQUEST_URI_TOO_LONG)
    headers = _single(list(scope["headers"]))
    _check_length(headers)
    kind = _content_type(headers)
    timestamp, signature = (
        headers.get(b"x-slack-request-timestamp", b""),
        headers.get(b"x-slack-signature", b""),
    )
    if not (TIMESTAMP.fullmatch(timestamp) and SIGNATURE.fullmatch(signature)):
        raise RefusedError(HTTPStatus.UNAUTHORIZED)
    retry = headers.get(b"x-slack-retry-num", b"").decode("latin-1")
    return Head(timestamp.decode(), signature.decode(), kind == b"application/json", retry)


def _single(pairs: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    size = sum(len(name) + len(value) for name, value in pairs)
    if len(pairs) > MOST_HEADERS or size > MOST_HEAD_BYTES:
        raise RefusedError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
    known = [name for name, _ in pairs if name in ONCE]
    if len(set(known)) < len(known):
        raise RefusedError(HTTPStatus.BAD_REQUEST)
    return dict(pairs)


def _check_length(headers: dict[bytes, bytes]) -> None:
    length = headers.get(b"content-length")
    if length is not None and b"transfer-encoding" in headers:
        raise RefusedError(HTTPStatus.BAD_REQUEST)
    if length is not None and not DIGITS.fullmatch(length):
        raise RefusedError(HTTPStatus.BAD_REQUEST)
    if int(length or 0) > MOST_BODY_BYTES:
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _content_type(headers: dict[bytes, bytes]) -> bytes:
    kind, _, charset = headers.get(b"content-type", b"").lower().replace(b" ", b"").partition(b";")
    if kind not in TYPES or charset not in (b"", b"charset=utf-8"):
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    return kind

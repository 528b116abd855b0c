"""How a true request is bent into one that must come to nothing."""

import gzip
import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.attack.wire import FORM, JSON, chunked, head, request, signature, signed

SIGNED, DATED, LENGTH = "X-Slack-Signature", "X-Slack-Request-Timestamp", "Content-Length"
CHUNKED = ("Transfer-Encoding", "chunked")
LAST = ("Connection", "close")

Body = bytes
Field = tuple[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Attack:
    """Bytes that must come to nothing. `hang_up`: the sender stops there, and lets it be seen."""

    data: bytes
    hang_up: bool = False


Kind = Callable[[Body], Attack]


def signed_as(body: bytes, kind: str = FORM) -> Attack:
    """Signed with the true secret, so that what is wrong is the body alone."""
    return Attack(request(body, signed(body, kind)))


def as_json(nested: str) -> Attack:
    """A signed JSON document with this in it."""
    return signed_as(b'{"command": "/alumina", "more": %s}' % nested.encode(), JSON)


def with_(body: Body, name: str, value: str | bytes) -> Attack:
    """A true request with one header changed."""
    return Attack(request(body, signed(body) | {name: value}))


def without(body: Body, name: str) -> Attack:
    """A true request with one header left out."""
    return Attack(head(_but(body, name)) + body)


def also(body: Body, *more: Field, hang_up: bool = False) -> Attack:
    """A true request with headers beside its own, perhaps a second time."""
    return Attack(head([*signed(body).items(), *more]) + body, hang_up)


def asking(body: Body, line: str, *more: Field) -> Attack:
    """A true request with another first line; whatever it leads to, it is the connection's last."""
    return Attack(head([*signed(body).items(), LAST, *more], line) + body)


def misspelt(body: Body, change: Callable[[str], str]) -> Attack:
    """A true request with something done to its signature."""
    return with_(body, SIGNED, change(str(signed(body)[SIGNED])))


def of_another(body: Body) -> Attack:
    """With the signature of another body."""
    headers = signed(body)
    return with_(body, SIGNED, signature(body + b"x", str(headers[DATED])))


def in_chunks(body: Body, sent: bytes, *more: Field, hang_up: bool = False) -> Attack:
    """A true request with these bytes in the place of its body, and chunks announced."""
    return Attack(head([*_but(body, LENGTH), CHUNKED, *more]) + sent, hang_up)


def cut(body: Body) -> Attack:
    """Less of the body than was announced."""
    data = request(body, signed(body))
    return Attack(data[: random.randrange(len(data) - len(body), len(data))], hang_up=True)


def cut_in_head(body: Body) -> Attack:
    """The head comes to no end."""
    data = request(body, signed(body))
    return Attack(data[: random.randrange(1, len(data) - len(body))], hang_up=True)


def cut_in_chunk(body: Body) -> Attack:
    """The last chunk comes to no end."""
    return in_chunks(body, chunked(body)[:-9], hang_up=True)


def replaced(body: Body, old: bytes, new: bytes) -> Attack:
    """A true request in whose bytes something was replaced."""
    return Attack(request(body, signed(body)).replace(old, new, 1))


def compressed(body: Body) -> Attack:
    """Signed as it is sent."""
    packed = gzip.compress(body)
    return Attack(request(packed, signed(packed) | {"Content-Encoding": "gzip"}))


def beside_the_length(body: Body) -> Attack:
    """A proxy that goes by the length takes all as one request; who goes by the chunks sees a second one."""
    return also(b"0\r\n\r\n" + request(body, signed(body)), CHUNKED)


def inside_another(body: Body) -> Attack:
    """A request in the body of another, to a path that reads no body."""
    inner = request(body, signed(body))
    fields: list[Field] = [("Host", "127.0.0.1"), (LENGTH, str(len(inner))), LAST]
    return Attack(head(fields, "GET /nowhere HTTP/1.1") + inner)


def behind_another(body: Body) -> Attack:
    """A request behind one whose length nobody can be sure of."""
    bad = head([("Host", "127.0.0.1"), (LENGTH, "0"), (LENGTH, "5")])
    return Attack(bad + request(body, signed(body)))


def _but(body: Body, left_out: str) -> list[Field]:
    return [(name, value) for name, value in signed(body).items() if name != left_out]

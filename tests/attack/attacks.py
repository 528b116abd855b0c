"""Every way we know in which a request can be forged, stale or damaged: true commands, bent.

Would the bot let one through, it would be answered, and that is seen.
"""

import gzip
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.attack.wire import FORM, JSON, chunked, head, request, signature, signed

MEGABYTE = 1024 * 1024
FIVE_MINUTES = 300
CODING, KIND = "Transfer-Encoding", "Content-Type"
EVENTS = "/slack/events"
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


GROUPS: Mapping[str, Mapping[str, Kind]] = {
    "forged": {
        "another secret": lambda body: Attack(request(body, signed(body, secret="guessed"))),
        "no signature": lambda body: without(body, SIGNED),
        "no timestamp": lambda body: without(body, DATED),
        "of another body": of_another,
        "another body": lambda body: Attack(head(signed(body).items()) + body[:-1] + b"~"),
        "another moment": lambda body: with_(body, DATED, "1700000000"),
        "upper case": lambda body: misspelt(body, str.upper),
        "half a signature": lambda body: misspelt(body, lambda text: text[:30]),
        "no ASCII": lambda body: with_(body, SIGNED, b"v0=" + b"\xff" * 64),
        "no number": lambda body: with_(body, DATED, "now"),
        "other digits": lambda body: with_(body, DATED, "１７６４０７９２００".encode()),
        "digits as Python writes them": lambda body: with_(body, DATED, "1_764_079_200"),
        "a huge number": lambda body: with_(body, DATED, "9" * 5000),
        "signed twice": lambda body: also(body, (SIGNED, "v0=" + "0" * 64)),
        "dated twice": lambda body: also(body, (DATED, "1700000000")),
    },
    "stale": {
        "too old": lambda body: Attack(request(body, signed(body, age=FIVE_MINUTES + 5))),
        "of last year": lambda body: Attack(request(body, signed(body, age=365 * 86_400))),
        "of the future": lambda body: Attack(request(body, signed(body, age=-FIVE_MINUTES - 60))),
    },
    "truncated": {
        "amid the body": cut,
        "amid the head": cut_in_head,
        "amid a chunk": cut_in_chunk,
        "no body": lambda body: signed_as(b""),
        "half a JSON": lambda body: signed_as(b'{"command": "/alumina", "te', JSON),
        "half a payload": lambda body: signed_as(b"payload=%7B%22type%22%3A"),
    },
    "oversized": {
        "announced": lambda body: with_(body, LENGTH, str(2 * MEGABYTE)),
        "announced beyond belief": lambda body: with_(body, LENGTH, "9" * 19),
        "in chunks": lambda body: in_chunks(body, chunked(b"a" * (MEGABYTE + 1000), 65_536)),
        "deeper than Python goes": lambda body: as_json("[" * 100_000 + "]" * 100_000),
        "a huge number": lambda body: as_json("9" * 50_000),
    },
    "wrong encoding": {
        "not UTF-8": lambda body: signed_as(body + b"&x=\xff\xfe"),
        "UTF-16": lambda body: signed_as(body.decode().encode("utf-16")),
        "compressed": compressed,
        "another charset": lambda body: with_(body, KIND, f"{FORM}; charset=utf-16"),
        "another type": lambda body: with_(body, KIND, "text/plain"),
        "multipart": lambda body: with_(body, KIND, "multipart/form-data; boundary=x"),
        "no type": lambda body: without(body, KIND),
        "two types": lambda body: also(body, (KIND, JSON)),
        "a form as JSON": lambda body: signed_as(body, JSON),
        "a list": lambda body: signed_as(b'[{"command": "/alumina"}]', JSON),
        "no form": lambda body: signed_as(b"command"),
        "a payload that is a number": lambda body: signed_as(urlencode({"payload": "7"}).encode()),
        "a BOM": lambda body: signed_as(b'\xef\xbb\xbf{"command": "/alumina"}', JSON),
        "noise": lambda body: Attack(random.randbytes(400) + b"\r\n\r\n", hang_up=True),
        "TLS": lambda body: Attack(b"\x16\x03\x01\x02\x00\x01\x00\x01" + random.randbytes(300), hang_up=True),
        "HTTP/2": lambda body: Attack(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", hang_up=True),
    },
    "smuggling": {
        "length and chunks": beside_the_length,
        "chunks and length": lambda body: also(body, (CODING, "chunked"), hang_up=True),
        "two lengths": lambda body: also(body, (LENGTH, "5")),
        "two lengths in one": lambda body: with_(body, LENGTH, f"{len(body)}, 5"),
        "a length with a sign": lambda body: with_(body, LENGTH, f"+{len(body)}"),
        "a negative length": lambda body: with_(body, LENGTH, "-1"),
        "a length in hexadecimal": lambda body: with_(body, LENGTH, hex(len(body))),
        "a blank length": lambda body: with_(body, LENGTH, ""),
        "another coding": lambda body: also(body, (CODING, "xchunked")),
        "two codings": lambda body: also(body, (CODING, "gzip, chunked")),
        "a coding twice": lambda body: in_chunks(body, chunked(body), (CODING, "identity")),
        "a coding with a tab": lambda body: also(body, (CODING, "\x0bchunked")),
        "a wrong chunk": lambda body: in_chunks(body, b"zz\r\n" + body + b"\r\n0\r\n\r\n"),
        "a negative chunk": lambda body: in_chunks(body, b"-5\r\n" + body + b"\r\n0\r\n\r\n"),
        "a chunk without its end": lambda body: in_chunks(body, b"5\r\n" + body + b"0\r\n\r\n"),
        "a space before the colon": lambda body: replaced(body, b"Content-Length:", b"Content-Length :"),
        "a space before the name": lambda body: replaced(body, b"Host:", b" Host:"),
        "a null": lambda body: also(body, ("X-Null", "a\x00b")),
        "a lone carriage return": lambda body: also(body, ("X-Return", "a\rTransfer-Encoding: chunked")),
        "two hosts": lambda body: also(body, ("Host", "slack.com")),
        "no host": lambda body: without(body, "Host"),
        "inside another": inside_another,
        "behind another": behind_another,
        "an upgrade": lambda body: asking(
            body, f"GET {EVENTS} HTTP/1.1", ("Connection", "Upgrade"), ("Upgrade", "websocket")
        ),
        "another method": lambda body: asking(body, f"PUT {EVENTS} HTTP/1.1"),
        "no method": lambda body: asking(body, f"GE T {EVENTS} HTTP/1.1"),
        "another path": lambda body: asking(body, "POST /slack/other HTTP/1.1"),
    },
}
ATTACKS: Mapping[str, Kind] = {
    f"{group}: {name}": kind for group, kinds in GROUPS.items() for name, kind in kinds.items()
}

"""Every way we know in which a request can be forged, stale or damaged: true commands, bent.

Would the bot let one through, it would be answered, and that is seen.
"""

import gzip
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from tests.attack.wire import FORM, JSON, chunked, head, request, signature, signed
from tests.tables import tables

MEGABYTE = 1024 * 1024
POST = "POST /slack/events HTTP/1.1"
SIGNED, DATED, LENGTH = "X-Slack-Signature", "X-Slack-Request-Timestamp", "Content-Length"
CHUNKED = ("Transfer-Encoding", "chunked")


@dataclass(frozen=True, slots=True)
class Attack:
    """Bytes that must come to nothing. `hang_up`: the sender stops there, and lets it be seen."""

    data: bytes
    hang_up: bool = False


Kind = Callable[[bytes], Attack]


def bent(how, true):
    """A true command, bent as attacks.yaml says."""
    body = how["body"].encode() if "body" in how else true
    like = {name: how[name] for name in ("secret", "age") if name in how}
    headers = signed(body, how.get("kind", FORM), **like)
    headers |= {name: _value(text, body) for name, text in how.get("set", {}).items()}
    without = {*how.get("without", ()), *([LENGTH] if how.get("chunks") else [])}
    fields = [(name, value) for name, value in headers.items() if name not in without]
    fields += [CHUNKED] if how.get("chunks") else []
    sent = how.get("sent", "{body}").encode()
    parts = {b"{body}": body, b"{chunked}": chunked(body), b"{but the last}": body[:-1]}
    for name, part in parts.items():
        sent = sent.replace(name, part)
    data = head([*fields, *map(tuple, how.get("also", ()))], how.get("line", POST)) + sent
    old, new = how.get("replace", ("", ""))
    return Attack(data.replace(old.encode(), new.encode(), 1), how.get("hang_up", False))


def _value(text, body):
    if found := re.fullmatch(r"(.)\*(\d+)", text):
        return found[1] * int(found[2])
    return text.format(length=len(body))


def signed_as(body, kind=FORM):
    """Signed with the true secret, so that what is wrong is the body alone."""
    return Attack(request(body, signed(body, kind)))


def as_json(nested):
    """A signed JSON document with this in it."""
    return signed_as(b'{"command": "/alumina", "more": %s}' % nested.encode(), JSON)


def misspelt(change, body):
    """A true request with something done to its signature."""
    headers = signed(body)
    return Attack(request(body, headers | {SIGNED: change(str(headers[SIGNED]))}))


def of_another(body):
    """With the signature of another body."""
    headers = signed(body)
    return Attack(request(body, headers | {SIGNED: signature(body + b"x", str(headers[DATED]))}))


def in_chunks(sent, body, *, hang_up=False):
    """A true request with these bytes in the place of its body, and chunks announced."""
    fields = [each for each in signed(body).items() if each[0] != LENGTH]
    return Attack(head([*fields, CHUNKED]) + sent, hang_up)


def cut(body):
    """Less of the body than was announced."""
    data = request(body, signed(body))
    return Attack(data[: random.randrange(len(data) - len(body), len(data))], hang_up=True)


def cut_in_head(body):
    """The head comes to no end."""
    data = request(body, signed(body))
    return Attack(data[: random.randrange(1, len(data) - len(body))], hang_up=True)


def compressed(body):
    """Signed as it is sent."""
    packed = gzip.compress(body)
    return Attack(request(packed, signed(packed) | {"Content-Encoding": "gzip"}))


def beside_the_length(body):
    """A proxy that goes by the length takes all as one request; who goes by the chunks sees a second one."""
    second = b"0\r\n\r\n" + request(body, signed(body))
    return Attack(head([*signed(second).items(), CHUNKED]) + second)


def inside_another(body):
    """A request in the body of another, to a path that reads no body."""
    inner = request(body, signed(body))
    fields = [("Host", "127.0.0.1"), (LENGTH, str(len(inner))), ("Connection", "close")]
    return Attack(head(fields, "GET /nowhere HTTP/1.1") + inner)


def behind_another(body):
    """A request behind one whose length nobody can be sure of."""
    bad = head([("Host", "127.0.0.1"), (LENGTH, "0"), (LENGTH, "5")])
    return Attack(bad + request(body, signed(body)))


ODD: Mapping[str, Kind] = {
    "forged: of another body": of_another,
    "forged: upper case": partial(misspelt, str.upper),
    "forged: half a signature": partial(misspelt, lambda text: text[:30]),
    "forged: no ASCII": partial(misspelt, lambda text: b"v0=" + b"\xff" * 64),
    "truncated: amid the body": cut,
    "truncated: amid the head": cut_in_head,
    "truncated: amid a chunk": lambda body: in_chunks(chunked(body)[:-9], body, hang_up=True),
    "oversized: in chunks": partial(in_chunks, chunked(b"a" * (MEGABYTE + 1000), 65_536)),
    "oversized: deeper than Python goes": lambda body: as_json("[" * 100_000 + "]" * 100_000),
    "oversized: a huge number": lambda body: as_json("9" * 50_000),
    "wrong encoding: not UTF-8": lambda body: signed_as(body + b"&x=\xff\xfe"),
    "wrong encoding: UTF-16": lambda body: signed_as(body.decode().encode("utf-16")),
    "wrong encoding: compressed": compressed,
    "wrong encoding: noise": lambda body: Attack(random.randbytes(400) + b"\r\n\r\n", hang_up=True),
    "wrong encoding: TLS": lambda body: Attack(
        b"\x16\x03\x01\x02\x00\x01\x00\x01" + random.randbytes(300), hang_up=True
    ),
    "wrong encoding: HTTP/2": lambda body: Attack(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", hang_up=True),
    "smuggling: length and chunks": beside_the_length,
    "smuggling: inside another": inside_another,
    "smuggling: behind another": behind_another,
}
TABLE: Mapping[str, Kind] = {
    f"{group}: {name}": partial(bent, how)
    for group, kinds in tables("attack/attacks.yaml").items()
    for name, how in kinds.items()
}
ATTACKS = TABLE | ODD

"""Every way we know in which a request can be forged, stale or damaged.

Each is made from a true command: would the bot let one through, it would be answered, and that is seen.
"""

import random
from collections.abc import Mapping
from urllib.parse import urlencode

from tests.attack.damage import (
    DATED,
    LENGTH,
    SIGNED,
    Attack,
    Kind,
    also,
    as_json,
    asking,
    behind_another,
    beside_the_length,
    compressed,
    cut,
    cut_in_chunk,
    cut_in_head,
    in_chunks,
    inside_another,
    misspelt,
    of_another,
    replaced,
    signed_as,
    with_,
    without,
)
from tests.attack.wire import FORM, JSON, chunked, head, request, signed

MEGABYTE = 1024 * 1024
FIVE_MINUTES = 300
LONG = "a" * 70_000
CODING, KIND = "Transfer-Encoding", "Content-Type"
EVENTS = "/slack/events"

FORGED: Mapping[str, Kind] = {
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
}
STALE: Mapping[str, Kind] = {
    "too old": lambda body: Attack(request(body, signed(body, age=FIVE_MINUTES + 5))),
    "of last year": lambda body: Attack(request(body, signed(body, age=365 * 86_400))),
    "of the future": lambda body: Attack(request(body, signed(body, age=-FIVE_MINUTES - 60))),
}
TRUNCATED: Mapping[str, Kind] = {
    "amid the body": cut,
    "amid the head": cut_in_head,
    "amid a chunk": cut_in_chunk,
    "no body": lambda body: signed_as(b""),
    "half a JSON": lambda body: signed_as(b'{"command": "/alumina", "te', JSON),
    "half a payload": lambda body: signed_as(b"payload=%7B%22type%22%3A"),
}
OVERSIZED: Mapping[str, Kind] = {
    "announced": lambda body: with_(body, LENGTH, str(2 * MEGABYTE)),
    "announced beyond belief": lambda body: with_(body, LENGTH, "9" * 19),
    "in chunks": lambda body: in_chunks(body, chunked(b"a" * (MEGABYTE + 1000), 65_536)),
    "deeper than Python goes": lambda body: as_json("[" * 100_000 + "]" * 100_000),
    "a huge number": lambda body: as_json("9" * 50_000),
}
WRONG_ENCODING: Mapping[str, Kind] = {
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
}
SMUGGLING: Mapping[str, Kind] = {
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
}
GROUPS = {
    "forged": FORGED,
    "stale": STALE,
    "truncated": TRUNCATED,
    "oversized": OVERSIZED,
    "wrong encoding": WRONG_ENCODING,
    "smuggling": SMUGGLING,
}
ATTACKS: Mapping[str, Kind] = {
    f"{group}: {name}": kind for group, kinds in GROUPS.items() for name, kind in kinds.items()
}

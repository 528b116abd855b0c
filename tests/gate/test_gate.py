"""What passes the gate: everything that Slack sends, and nothing above the limits."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt.request.internals import parse_body
from starlette.types import Message

from bot.gate import gate as gates
from bot.gate.body import DEEPEST
from bot.gate.gate import Admitted, Answer, Gate
from bot.gate.head import MOST_BODY_BYTES, MOST_HEADERS
from tests.attack.wire import FORM, JSON, SECRET, signed

FIELDS = {"command": "/alumina", "text": "出口 2024年3月", "trigger_id": "1.2"}
COMMAND = urlencode(FIELDS).encode()
PRESS = {"type": "block_actions", "team": None}
ODD = {"text": "中国 ← \u2028 😀"}
Pairs = list[tuple[bytes, bytes]]


class Inside:
    """What Bolt would be given."""

    def __init__(self) -> None:
        self.documents: list[dict[str, Any]] = []
        self.retries: list[str] = []

    async def __call__(self, admitted: Admitted) -> Answer:
        self.documents.append(admitted.document)
        self.retries.append(admitted.retry)
        return Answer(200, {"content-type": "text/plain"}, "")


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def gate(inside: Inside) -> Gate:
    return Gate(inside, SECRET)


def pairs(headers: dict[str, Any]) -> Pairs:
    return [(name.lower().encode(), str(value).encode()) for name, value in headers.items()]


async def knock(gate: Gate, parts: list[bytes], headers: Pairs, version: str = "1.1") -> list[int]:
    """The statuses that are answered; the parts are the body as it arrives, and then nothing comes."""
    told: list[Message] = []
    coming: list[Message] = [
        {"type": "http.request", "body": part, "more_body": number < len(parts)}
        for number, part in enumerate(parts, start=1)
    ]

    async def receive() -> Message:
        return coming.pop(0) if coming else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        told.append(message)

    scope = {
        "type": "http",
        "headers": headers,
        "http_version": version,
        "raw_path": b"",
        "query_string": b"",
    }
    await gate(scope, receive, send)
    return [message["status"] for message in told if "status" in message]


async def answer(gate: Gate, body: bytes, kind: str = FORM) -> list[int]:
    return await knock(gate, [body], pairs(signed(body, kind)))


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (COMMAND, FORM, FIELDS),
        (COMMAND, f"{FORM}; charset=utf-8", FIELDS),
        (b"command=%2Fa&text=&user_id=U1", FORM, {"command": "/a", "text": "", "user_id": "U1"}),
        (urlencode({"payload": json.dumps(PRESS)}).encode(), FORM, PRESS),
        (b"ssl_check=1&token=x", FORM, {"ssl_check": "1", "token": "x"}),
        (
            b'{"type": "url_verification", "challenge": "x"}',
            JSON,
            {"type": "url_verification", "challenge": "x"},
        ),
        (json.dumps({"event": ODD}, ensure_ascii=False).encode(), JSON, {"event": ODD}),
        (b'{"event": {"text": "[[[[{{{{"}}', f"{JSON};charset=UTF-8", {"event": {"text": "[[[[{{{{"}}),
    ],
)
async def test_what_slack_sends_passes_as_it_is(
    gate: Gate, inside: Inside, body: bytes, kind: str, said: dict[str, Any]
) -> None:
    assert await answer(gate, body, kind) == [200]
    assert inside.documents == [said]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (COMMAND, FORM),
        (b"command=%2Fa&text=", FORM),
        (urlencode({"payload": json.dumps(PRESS)}).encode(), FORM),
        (json.dumps({"event": ODD}).encode(), JSON),
    ],
)
async def test_it_is_read_as_bolt_would_read_it(gate: Gate, inside: Inside, body: bytes, kind: str) -> None:
    await answer(gate, body, kind)
    assert inside.documents == [parse_body(body.decode(), kind)]


async def test_which_try_of_slack_s_it_is(gate: Gate, inside: Inside) -> None:
    headers = pairs(signed(COMMAND))
    await knock(gate, [COMMAND], headers)
    await knock(gate, [COMMAND], [*headers, (b"x-slack-retry-num", b"1")])
    assert inside.retries == ["", "1"]


async def test_a_body_may_arrive_in_parts_and_without_a_length(gate: Gate, inside: Inside) -> None:
    headers = [pair for pair in pairs(signed(COMMAND)) if pair[0] != b"content-length"]
    parts = [COMMAND[:10], b"", COMMAND[10:]]
    assert await knock(gate, parts, [*headers, (b"transfer-encoding", b"chunked")]) == [200]
    assert inside.documents == [FIELDS]


async def test_a_sender_that_leaves_is_not_answered(gate: Gate, inside: Inside) -> None:
    headers = pairs(signed(COMMAND))
    assert await knock(gate, [], headers) == []
    assert inside.documents == []


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413)])
async def test_the_largest_body(gate: Gate, more: int, status: int) -> None:
    body = b"command=" + b"a" * (MOST_BODY_BYTES - len(b"command=") + more)
    assert await answer(gate, body) == [status]
    headers = [pair for pair in pairs(signed(body)) if pair[0] != b"content-length"]
    assert await knock(gate, [body[:1000], body[1000:]], headers) == [status]


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 400)])
@pytest.mark.parametrize("level", ["[%s]", '{"a": %s}'])
async def test_the_deepest_json(gate: Gate, level: str, more: int, status: int) -> None:
    document = "[1]"
    for _ in range(DEEPEST - 2 + more):
        document = level % document
    assert await answer(gate, b'{"event": %s}' % document.encode(), JSON) == [status]
    payload = urlencode({"payload": f'{{"type": {document}}}'}).encode()
    assert await answer(gate, payload) == [status]


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 431)])
async def test_the_most_headers(gate: Gate, more: int, status: int) -> None:
    headers = pairs(signed(COMMAND))
    others = [(b"x-%d" % number, b"1") for number in range(MOST_HEADERS - len(headers) + more)]
    assert await knock(gate, [COMMAND], [*headers, *others]) == [status]


async def test_a_proxy_may_still_speak_the_older_version(gate: Gate) -> None:
    assert await knock(gate, [COMMAND], pairs(signed(COMMAND)), "1.0") == [200]


async def test_a_flood_of_bodies_is_turned_away(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "MOST_HELD_BYTES", len(COMMAND) - 1)
    assert await answer(gate, COMMAND) == [503]
    monkeypatch.setattr(gates, "MOST_HELD_BYTES", len(COMMAND))
    assert await answer(gate, COMMAND) == [200]


async def test_nothing_of_a_refused_request_is_logged(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    body = b"command=%2Falumina&text=secret+plans"
    await knock(gate, [body], pairs(signed(body, secret="guessed")))
    assert [record.getMessage() for record in caplog.records] == ["request_refused"]
    assert "plans" not in str([vars(record) for record in caplog.records])

"""The body of a request of Slack's: whole, UTF-8, and no deeper than anything that Slack sends. Pure."""

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from bot.gate.refusal import RefusedError

Document = dict[str, Any]

# A command has some fifteen fields, an interaction one.
MOST_FIELDS = 64
KNOWN = {"command", "payload", "ssl_check"}
# Lists and objects in each other; a payload with a message in it has some fifteen.
DEEPEST = 64


def read_body(body: bytes, *, is_json: bool) -> Document:
    """What it says: the fields of a command, or the JSON of anything else; RefusedError where it is not what
    its content type says.
    """
    try:
        text = body.decode()
        if is_json:
            return _object(text)
        fields = _fields(text)
        return _object(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):  # of the decoding, the form and the JSON
        raise RefusedError(HTTPStatus.BAD_REQUEST) from None


def _fields(text: str) -> Document:
    pairs = parse_qsl(
        text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=MOST_FIELDS
    )
    fields: Document = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a field stands there twice")
    if KNOWN.isdisjoint(fields):
        raise ValueError("nothing that Slack asks for")
    return fields


def _object(text: str) -> Document:
    document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("no object")
    if text.count("{") + text.count("[") > DEEPEST and _is_deeper(document):
        raise ValueError("too deep")
    return document


def _is_deeper(document: Any) -> bool:
    level = [document]
    for _ in range(DEEPEST):
        level = [child for each in level for child in _children(each)]
        if not level:
            return False
    return True


def _children(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()

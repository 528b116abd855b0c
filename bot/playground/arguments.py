"""A Web API request's method arguments, wherever the client put them: query string, form or JSON body."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request


class ApiError(Exception):
    """A refusal: Slack's error name and what goes with it."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.body = {"ok": False, "error": error, **details}


class Arguments:
    """The arguments by name; each reader says what comes out where one is missing."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def text(self, name: str, default: str = "") -> str:
        """The argument as text."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """The argument as text; missing it is Slack's invalid_arguments."""
        if not (value := self.text(name)):
            message = f"[ERROR] missing required field: {name}"
            raise ApiError("invalid_arguments", response_metadata={"messages": [message]})
        return value

    def flag(self, name: str) -> bool:
        """True for 1, true and True."""
        return self.text(name).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        value = self.text(name, str(default))
        if not value.isdecimal():
            raise ApiError(
                "invalid_arguments", response_metadata={"messages": [f"[ERROR] not a number: {name}"]}
            )
        return int(value)

    def structure(self, name: str) -> Any:
        """A list or an object, given as such or as a JSON string; None where it is missing."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as error:
            raise ApiError(f"invalid_{name}_format") from error


async def read_arguments(request: Request) -> Arguments:
    """What the query string, the form and the JSON body say together; the body wins."""
    values: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    if body and "json" in request.headers.get("content-type", ""):
        values |= _json_object(body)
    elif body:
        values |= parse_qsl(body.decode(), keep_blank_values=True)
    return Arguments(values)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError as error:
        raise ApiError("invalid_json") from error
    if not isinstance(found, dict):
        raise ApiError("json_not_object")
    return found

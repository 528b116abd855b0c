"""A Web API request's method arguments, wherever the client put them: query string, form or JSON body."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request


class ApiError(Exception):
    """A refusal: Slack's error name and what goes with it."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.body = {"ok": False, "error": error, **details}


def invalid(*messages: str) -> ApiError:
    """Slack's invalid_arguments, with what is wrong."""
    listed = [f"[ERROR] {each}" for each in messages]
    return ApiError("invalid_arguments", response_metadata={"messages": listed})


@dataclass(frozen=True)
class Arguments:
    """The arguments by name; each reader says what comes out where one is missing."""

    values: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """The argument as text."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """The argument as text; missing it is Slack's invalid_arguments."""
        if not (value := self.text(name)):
            raise invalid(f"missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        """True for 1, true and True."""
        return self.text(name).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        value = self.text(name, str(default))
        if not value.isdecimal():
            raise invalid(f"not a number: {name}")
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
    body, is_json = await request.body(), "json" in request.headers.get("content-type", "")
    values: Any = {}
    if body:
        try:
            values = json.loads(body) if is_json else dict(parse_qsl(body.decode(), keep_blank_values=True))
        except ValueError as error:
            raise ApiError("invalid_json") from error
    if not isinstance(values, dict):
        raise ApiError("json_not_object")
    return Arguments({**request.query_params, **values})

"""The JSON form of Questions and Conditions: in metadata, button values, thread memory and schedules."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from math import isfinite
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from bot.dataset.calendar import Month, Period
from bot.errors import AluminaError, StoredValueError

VERSION = 1
Json = Mapping[str, Any]
T = TypeVar("T")
_hints: Callable[[Any], dict[str, Any]] = cache(get_type_hints)
_NONE_OF_OURS = (ValueError, TypeError, KeyError, StopIteration, AttributeError, RecursionError, AluminaError)


def dumped(value: Any) -> str:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_json(question: Any) -> dict[str, Any]:
    """The Question as a JSON object: its version, and each field that is not at its default."""
    values = ((name, getattr(question, name), default) for name, default in _kept(question.__class__))
    return {"v": VERSION} | {name: encoded(value) for name, value, default in values if value != default}


@cache
def _kept(made: Any) -> list[tuple[str, Any]]:
    return [(each.name, each.default) for each in fields(made) if each.compare]


def read(made: type[T], text: str) -> T:
    """Parses a serialised value; StoredValueError for another version or anything else."""
    return parsed(text, lambda data: from_json(made, data))


def parsed(text: str, make: Callable[[Any], T]) -> T:
    """What is made of a JSON text; StoredValueError where the text, or the value in it, is none of ours."""
    try:
        return make(json.loads(text))
    except _NONE_OF_OURS as problem:
        raise StoredValueError(f"A stored value cannot be read: {text[:80]!r}.") from problem


def from_json(made: type[T], data: Json) -> T:
    """The Question that a JSON object holds; ValueError, TypeError or KeyError where it is none."""
    if "v" not in data:
        raise KeyError("v")
    return _made(made, data)


def _made(made: type[T], own: Json) -> T:
    if own.get("v", VERSION) != VERSION:
        raise ValueError(f"version {own['v']}")
    every = _hints(made)
    hints = {name: every[name] for name, _ in _kept(made)}  # type: ignore[arg-type]
    said = ((name, value) for name, value in own.items() if name != "v")
    return made(**{name: decoded(hints[name], value) for name, value in said})


def period_as_json(period: Period) -> dict[str, str]:
    """Kind, first and last month."""
    return {"kind": period.kind, "start": str(period.start), "end": str(period.end)}


def encoded(value: Any) -> Any:
    """The value as JSON holds it."""
    if isinstance(value, Period):
        return period_as_json(value)
    if isinstance(value, tuple):
        return [each if isinstance(each, str) else encoded(each) for each in value]
    if isinstance(value, dict):
        return {name: encoded(each) for name, each in value.items()}
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else value


def decoded(hint: Any, value: Any) -> Any:
    """The value as a field of that type; ValueError or TypeError where it is another."""
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise ValueError(f"{value!r} is none of {get_args(hint)}")
        return value
    if isinstance(hint, UnionType) and all(map(is_dataclass, get_args(hint))):
        kind = next(each for each in get_args(hint) if each.kind == value["kind"])
        return _made(kind, {name: own for name, own in value.items() if name != "kind"})
    if isinstance(hint, UnionType) or type(None) in get_args(hint):
        if value is None:
            return None
        return decoded(next(each for each in get_args(hint) if each is not type(None)), value)
    if get_origin(hint) is tuple:
        return tuple(decoded(get_args(hint)[0], each) for each in _of_type(list, value))
    if hint is Period:
        start, end = (Month.from_text(value[name]) for name in ("start", "end"))
        return Period(value["kind"], start, end)
    if issubclass(hint, tuple):
        by_name = isinstance(value, dict)
        own = value if by_name else dict(zip(_hints(hint), _of_type(list, value), strict=True))
        return hint(**{name: decoded(_hints(hint)[name], each) for name, each in own.items()})
    if hint is Decimal:
        if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", value):
            raise ValueError(f"{value!r} is no number")
        return Decimal(value)
    if is_dataclass(hint):
        return _made(hint, value)  # type: ignore[arg-type]
    if hint is float and not isfinite(value):
        raise ValueError(f"{value!r} is no number")
    return hint.fromisoformat(value) if hint in (date, time) else _of_type(hint, value)


def _of_type(kind: type[T], value: Any) -> T:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value

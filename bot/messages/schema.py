"""Checks put together into a table: what a JSON value must look like, and what to say if it is not so.

A check takes a value and its JSON pointer and yields a `Problem` for each thing that is wrong.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack would refuse: where, under which of its error names, and why."""

    pointer: str
    error: str
    message: str


Check = Callable[[Any, str], Iterator[Problem]]


def wrong(pointer: str, message: str, error: str = "invalid_blocks") -> Problem:
    """A problem of the blocks' form, unless told otherwise."""
    return Problem(pointer, error, message)


@dataclass(frozen=True, slots=True)
class Optional:
    """Marks a field that may be missing and an item that may be null."""

    check: Check

    def __call__(self, value: Any, pointer: str) -> Iterator[Problem]:
        """Nothing for null, else what the check says."""
        return iter(()) if value is None else self.check(value, pointer)


@dataclass(frozen=True, slots=True)
class Object:
    """A JSON object with these fields and no others."""

    fields: Mapping[str, Check]

    def __call__(self, value: Any, pointer: str) -> Iterator[Problem]:
        """Missing fields, fields that do not belong, and what is wrong inside each."""
        if not isinstance(value, dict):
            yield wrong(pointer, "must be an object")
            return
        for name in value.keys() - self.fields.keys():
            yield wrong(f"{pointer}/{name}", f"invalid additional property: {name}")
        for name, check in self.fields.items():
            if name in value:
                yield from check(value[name], f"{pointer}/{name}")
            elif not isinstance(check, Optional):
                yield wrong(pointer, f"missing required field: {name}")


def obj(**fields: Check) -> Object:
    """An object with these fields; those that may be missing are marked `Optional`."""
    return Object(fields)


def by_type(**shapes: Object) -> Check:
    """An object whose field `type` says which of these shapes it has."""
    typed = {name: Object({"type": one_of(name), **shape.fields}) for name, shape in shapes.items()}

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        kind = value.get("type") if isinstance(value, dict) else None
        if isinstance(kind, str) and kind in typed:
            yield from typed[kind](value, pointer)
        else:
            yield wrong(pointer, f"unsupported type: {kind}")

    return check


def items(item: Check, least: int, most: int) -> Check:
    """A list of `least` to `most` such items."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, list | tuple):
            yield wrong(pointer, "must be an array")
            return
        if len(value) > most:
            yield wrong(pointer, f"no more than {most} items allowed")
        if len(value) < least:
            yield wrong(pointer, f"no fewer than {least} items allowed")
        for index, each in enumerate(value):
            yield from item(each, f"{pointer}/{index}")

    return check


def string(most: int, least: int = 1) -> Check:
    """A string of `least` to `most` characters."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield wrong(pointer, "must be a string")
        elif len(value) > most:
            yield wrong(pointer, f"must be less than {most + 1} characters")
        elif len(value) < least:
            yield wrong(pointer, f"must be more than {least - 1} characters")

    return check


def number(above: float | None = None) -> Check:
    """A number, and no truth value."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield wrong(pointer, "must be a number")
        elif above is not None and value <= above:
            yield wrong(pointer, f"must be more than {above:g}")

    return check


def integer(least: int, most: int | None = None) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield wrong(pointer, "must be an integer")
        elif value < least or (most is not None and value > most):
            yield wrong(pointer, f"must be from {least} to {'any' if most is None else most}")

    return check


def one_of(*values: str) -> Check:
    """One of a closed set of words."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if value not in values:
            yield wrong(pointer, f"must be one of: {', '.join(values)}")

    return check


def truth(value: Any, pointer: str) -> Iterator[Problem]:
    """True or false."""
    if not isinstance(value, bool):
        yield wrong(pointer, "must be a boolean")


def text_object(most: int) -> Check:
    """Slack's text object, as mrkdwn or as plain text."""
    return by_type(
        mrkdwn=obj(text=string(most), verbatim=Optional(truth)),
        plain_text=obj(text=string(most), emoji=Optional(truth)),
    )


def plain_text(most: int) -> Check:
    """Slack's text object where only plain text is taken."""
    return by_type(plain_text=obj(text=string(most), emoji=Optional(truth)))

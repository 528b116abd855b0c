"""The language that is spoken now: set where a text comes in or a message goes out, read by every sentence.

A variable of the context: answers made at the same time, each in its task or thread, do not see each other's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_spoken: ContextVar[Language] = ContextVar("language", default="en")
language = _spoken.get


speak = _spoken.set  # from here on every sentence is said in it, in this task and in those that it starts


@contextmanager
def speaking(spoken: Language) -> Iterator[None]:
    """Inside it every sentence is said in that language."""
    before = _spoken.set(spoken)
    try:
        yield
    finally:
        _spoken.reset(before)

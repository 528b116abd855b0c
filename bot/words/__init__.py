"""Every sentence that people read, by its name, in the language spoken now, with that language's joints."""

from collections.abc import Sequence
from functools import partial, reduce

from bot.words.catalogue import TELLERS, say, say_count, say_or
from bot.words.spoken import LANGUAGES, Language, language, speak, speaking

__all__ = ["LANGUAGES", "TELLERS", "Language", "language", "say", "say_count", "say_or", "speak", "speaking"]


def _joined(by: str, parts: Sequence[str]) -> str:
    return say(f"joints.by_{by}").join(parts)


listed = partial(_joined, "listed")  # A, b, c: parts of an enumeration that goes on, or has no end
clauses = partial(_joined, "clauses")  # A; b; c
comma = partial(_joined, "comma")  # A, b, c: parts of one clause


def enumeration(words: Sequence[str], by: str = "listed") -> str:
    """A, b and c."""
    *before, last = words or [""]
    return say("joints.and", first=_joined(by, before), last=last) if before else last


both = partial(enumeration, by="both")  # A and b and c


def sentences(parts: Sequence[str]) -> str:
    """Whole sentences one after the other, with a space where the language has one."""
    return reduce(lambda before, after: say("joints.sentences", before=before, after=after), parts or [""])


def in_brackets(told: str) -> str:
    """' (told)', to be put behind a word."""
    return say("joints.in_brackets", told=told)

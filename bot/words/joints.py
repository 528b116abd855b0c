"""What stands between words, clauses and sentences: each language joins them with its own signs."""

from collections.abc import Sequence
from functools import reduce

from bot.words.catalogue import say


def enumeration(words: Sequence[str]) -> str:
    """A, b and c."""
    if len(words) < 2:
        return "".join(words)
    return say("joints.and", first=listed(words[:-1]), last=words[-1])


def listed(words: Sequence[str]) -> str:
    """A, b, c: parts of an enumeration that goes on, or has no end."""
    return say("joints.listed").join(words)


def both(words: Sequence[str]) -> str:
    """A and b and c."""
    *before, last = words
    return say("joints.and", first=say("joints.both").join(before), last=last) if before else last


def clauses(parts: Sequence[str]) -> str:
    """A; b; c."""
    return say("joints.clauses").join(parts)


def comma(parts: Sequence[str]) -> str:
    """A, b, c: parts of one clause."""
    return say("joints.comma").join(parts)


def sentences(parts: Sequence[str]) -> str:
    """Whole sentences one after the other, with a space where the language has one."""
    return reduce(lambda before, after: say("joints.sentences", before=before, after=after), parts or [""])


def stop() -> str:
    """The sign that ends a sentence."""
    return say("joints.stop")


def in_brackets(told: str) -> str:
    """' (told)', to be put behind a word."""
    return say("joints.in_brackets", told=told)

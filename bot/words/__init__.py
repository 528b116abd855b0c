"""Every sentence that people read, in every language, by its name; the language that is spoken now; and what
stands between words, clauses and sentences: each language joins them with its own signs.
"""

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


def enumeration(words: Sequence[str]) -> str:
    """A, b and c."""
    return say("joints.and", first=listed(words[:-1]), last=words[-1]) if len(words) > 1 else "".join(words)


def both(words: Sequence[str]) -> str:
    """A and b and c."""
    *before, last = words
    return say("joints.and", first=_joined("both", before), last=last) if before else last


def sentences(parts: Sequence[str]) -> str:
    """Whole sentences one after the other, with a space where the language has one."""
    return reduce(lambda before, after: say("joints.sentences", before=before, after=after), parts or [""])


def in_brackets(told: str) -> str:
    """' (told)', to be put behind a word."""
    return say("joints.in_brackets", told=told)

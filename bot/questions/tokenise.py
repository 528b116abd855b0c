"""Tokens of a normalised text: words, numbers, single Chinese characters, signs."""

import re
from typing import NamedTuple

_TOKEN = re.compile(r"[a-z]+(?:'(?:s|t|re|ve|ll|d|m))?(?![a-z])|[a-z]+|\d+(?:[.,]\d+)*|[\u3400-\u9fff]|\S")


class Token(NamedTuple):
    """A token and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_han(self) -> bool:
        """Whether it is a Chinese character."""
        return "\u3400" <= self.text <= "\u9fff"


def tokenise(text: str) -> list[Token]:
    """The tokens of a text in order."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


def tokens(text: str) -> list[str]:
    """Their texts alone."""
    return _TOKEN.findall(text)

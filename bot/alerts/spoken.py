"""A text in pieces: what each says of the condition, and what is left of it, which names the series."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.alerts.numbers import AMOUNTS, BARE, PERCENTS
from bot.alerts.numerals import in_digits
from bot.alerts.phrases import PHRASES
from bot.alerts.pieces import Piece, Sense
from bot.questions.clean import clean, unmarked
from bot.questions.hanzi import simplified

_SIGNS = (
    (re.compile(r">=|≥|≧|⩾"), " at least "),
    (re.compile(r"<=|≤|≦|⩽"), " at most "),
    (re.compile(r"(?<!-)[>＞]"), " above "),
    (re.compile(r"[<＜]"), " below "),
)
# Multiples as the changes that they are; of a growth that doubles they say something else.
_MULTIPLES = (
    (re.compile(r"\bdoubl(?:es?|ed|ing)\b(?![\s-]*digit)"), " up 100% "),
    (re.compile(r"\btripl(?:es?|ed|ing)\b"), " up 200% "),
    (re.compile(r"\bhal(?:ves?|ved|ving)\b"), " down 50% "),
    (re.compile(r"\bby\s+half\b"), " by 50% "),
    (re.compile(r"翻了?一?[倍番]|倍增"), "增长100%"),
    (re.compile(r"一倍(?!半)"), "100%"),
    (re.compile(r"减半|腰斩"), "下降50%"),
)
_GROWTH = re.compile(r"growth|增速|增长率")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The pieces of a text in their order, and the rest of it."""

    pieces: tuple[Piece, ...]
    rest: str

    def all(self, *senses: Sense) -> tuple[Piece, ...]:
        """The pieces of these senses."""
        return tuple(piece for piece in self.pieces if piece.sense in senses)

    def values(self, sense: Sense) -> tuple[str, ...]:
        """What the pieces of that sense say, each once."""
        return tuple(dict.fromkeys(piece.value for piece in self.all(sense)))

    @property
    def tail(self) -> str:
        """All that was said of the condition, without its series."""
        return " ".join(piece.text for piece in self.pieces if piece.sense != "lead")


def names_nothing(text: str) -> bool:
    """Whether it says that somebody wants to be told, and not of what."""
    said = spoken(text)
    return not (said.tail or said.rest)


def spoken(text: str) -> Spoken:
    """The text in pieces."""
    rest = _plain(text)
    found: list[Piece] = []
    for pieces_in in _READERS:
        pieces = list(pieces_in(rest))
        found += pieces
        for piece in pieces:
            rest = rest[: piece.at] + piece.mark + rest[piece.at + len(piece.text) :]
    return Spoken(tuple(sorted(found, key=lambda piece: piece.at)), clean(rest))


def _plain(text: str) -> str:
    """The text as the house reads it, with the signs > and < in words, and doubled in percent."""
    text = simplified(unmarked(text)).casefold()
    for written, word in (*_SIGNS, *(() if _GROWTH.search(text) else _MULTIPLES)):
        text = written.sub(word, text)
    text = in_digits(text)
    return clean(text)


def _worded(sense: Sense, value: str, pattern: re.Pattern[str]) -> Callable[[str], Iterator[Piece]]:
    return lambda text: (
        Piece(sense, value, match.group(), match.start()) for match in pattern.finditer(text)
    )


_READERS = (*PERCENTS, *AMOUNTS, *(_worded(*phrase) for phrase in PHRASES), BARE)

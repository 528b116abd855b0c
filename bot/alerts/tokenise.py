"""A text in pieces: what each says of the condition, and what is left of it, which names the series."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.alerts.clean import clean, unmarked
from bot.alerts.number_patterns import AMOUNTS, BARES, PERCENTS
from bot.alerts.numerals import in_digits
from bot.alerts.percent_of import by_so_much
from bot.alerts.phrases import PHRASES
from bot.alerts.pieces import Piece, Sense
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
    (re.compile(r"\bquadrupl(?:es?|ed|ing)\b(?![\s-]*digit)"), " up 300% "),
    (re.compile(r"\bhal(?:ves?|ved|ving)\b"), " down 50% "),
    (re.compile(r"\bby\s+half\b(?! an? )"), " by 50% "),
    (re.compile(r"翻了?1?倍|翻了?一?番|倍增"), "增长100%"),
    (re.compile(r"翻了?[两二2]番"), "增长300%"),  # doubled, and doubled again
    (re.compile(r"翻了?[三3]番"), "增长700%"),
    (re.compile(r"减半|腰斩"), "下降50%"),
)
_GROWTH = re.compile(r"growth|增速|增长率")
# 增长两倍 is 200 %, and is said of 100 % too; only 增长一倍 is said of nothing else.
_TIMES = re.compile(
    r"(?<=[长加增多高涨升幅])(?P<by> ?(?:超过|超|了|出|逾)?) ?"
    r"(?P<times>\d{1,4}(?:\.\d{1,2})?) ?倍(?! ?[半多])"
)


@dataclass(frozen=True, slots=True)
class Tokens:
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
    said = tokenise(text)
    return not (said.tail or said.rest)


def tokenise(text: str) -> Tokens:
    """The text in pieces."""
    rest = _plain(text)
    found: list[Piece] = []
    for pieces_in in _READERS:
        pieces = list(pieces_in(rest))
        found += pieces
        for piece in pieces:
            rest = rest[: piece.at] + piece.mark + rest[piece.at + len(piece.text) :]
    return Tokens(tuple(sorted(found, key=lambda piece: piece.at)), clean(rest))


def _plain(text: str) -> str:
    """The text as the house reads it, with the signs > and < in words, and doubled in percent."""
    text = in_digits(" ".join(simplified(unmarked(text)).casefold().split()))
    if not _GROWTH.search(text):
        text = _TIMES.sub(_in_percent, text)
        text = _replaced(text, _MULTIPLES)
    return clean(by_so_much(_replaced(text, _SIGNS)))


def _replaced(text: str, words: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for written, word in words:
        text = written.sub(word, text)
    return text


def _in_percent(match: re.Match[str]) -> str:
    """Every percentage that may be meant by so many times: where these are two, they are asked back."""
    times = Decimal(match["times"])
    pcts = (100 * each for each in ((times,) if times <= 1 else (times, times - 1)))
    return " ".join((match["by"], *(f"{pct.normalize():f}%" for pct in pcts)))


def _worded(sense: Sense, value: str, pattern: re.Pattern[str]) -> Callable[[str], Iterator[Piece]]:
    return lambda text: (
        Piece(sense, value, match.group(), match.start()) for match in pattern.finditer(text)
    )


_READERS = (*PERCENTS, *AMOUNTS, *(_worded(*phrase) for phrase in PHRASES), *BARES)

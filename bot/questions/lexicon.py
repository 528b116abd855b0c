"""The vocabulary as tables: phrases by their first word, ordinary words by how frequent they are."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from bot.dataset.commodities import Commodity
from bot.questions.tokenise import tokens

VOCABULARY = Path(__file__).parent / "vocabulary"
FREQUENT = 30_000  # English words: what is rarer may be a name or a slip
_FILES = ("series", "slots", "views", "outside", "chatter")
_SPELLED = ("series", "flow", "measure", "view")  # kinds whose words a slip may have meant


class Phrase(NamedTuple):
    """Words that mean one thing: their tokens, of what kind it is, and which."""

    words: tuple[str, ...]
    kind: str
    value: str


def load(name: str) -> Mapping[str, Mapping[str, str]]:
    """The tables of one vocabulary file."""
    return tomllib.loads((VOCABULARY / f"{name}.toml").read_text(encoding="utf-8"))


def split(words: str) -> list[str]:
    """The words of an entry, which commas part."""
    return [" ".join(word.split()) for word in words.split(",") if word.strip()]


def words_of(file: str, table: str, entry: str) -> frozenset[str]:
    """The words of one entry as a set."""
    return frozenset(split(load(file)[table][entry]))


_CALENDAR = load("calendar")
MONTHS: Final[Mapping[str, int]] = {
    name: int(number) for number, names in _CALENDAR["months"].items() for name in split(names)
}
NUMBER_WORDS: Final[Mapping[str, int]] = {
    name: int(number) for number, names in _CALENDAR["numbers"].items() for name in split(names)
}


class Lexicon:
    """All phrases for one catalogue of series: by first token, the longest first."""

    def __init__(self, catalogue: Mapping[str, Commodity], partners: tuple[str, ...], *own: str) -> None:
        self.phrases: dict[tuple[str, ...], Phrase] = {}
        general = _general(catalogue, (*own, *_FILES))
        for phrase in (*general, *_of_catalogue(catalogue), *_countries(partners)):
            self.phrases.setdefault(phrase.words, phrase)
        self.lengths = _lengths(self.phrases)
        self.words = frozenset(word for words in self.phrases for word in words)
        self.targets = _targets(self.phrases, {*_SPELLED, *(kind for file in own for kind in load(file))})
        self.codes = _codes(catalogue)
        self.memo: dict[str, str] = {}  # slips that were looked up before

    def knows(self, word: str) -> bool:
        """Whether the word stands in any phrase, or is a function word."""
        return word in self.words or word in FUNCTION or word in MONTHS


def lexicon_of(catalogue: Mapping[str, Commodity], partners: tuple[str, ...], *own: str) -> Lexicon:
    """The lexicon of these series and partner countries, made once; the words of `own` files come first."""
    return _lexicon(tuple(catalogue.values()), partners, *own)


@lru_cache(maxsize=8)
def _lexicon(series: tuple[Commodity, ...], partners: tuple[str, ...], *own: str) -> Lexicon:
    return Lexicon({each.id: each for each in series}, partners, *own)


def _general(catalogue: Mapping[str, Commodity], files: Iterable[str]) -> Iterator[Phrase]:
    replaced = {
        (kind, value)
        for file in files
        for kind, values in load(file).get("replaces", {}).items()
        for value in split(values)
    }
    for file in files:
        for kind, entries in load(file).items():
            if kind in ("function", "modifier", "residue", "foreign", "replaces"):
                continue
            for value, words in entries.items():
                if kind == "series" and value != "all" and value not in catalogue:
                    continue
                if (kind, value) in replaced:
                    continue
                for word in split(words):
                    yield Phrase(tuple(tokens(word.lower())), kind, value)


def _of_catalogue(catalogue: Mapping[str, Commodity]) -> Iterator[Phrase]:
    for name, series in catalogue.items():
        for word in (*series.aliases, *series.wider_aliases, series.name_zh, name.replace("_", " ")):
            yield Phrase(tuple(tokens(word.lower())), "series", name)


def _countries(partners: tuple[str, ...]) -> Iterator[Phrase]:
    table = load("countries")
    for name, words in table["countries"].items():
        for word in split(words):
            yield Phrase(tuple(tokens(word)), "country", name)
    for name in partners:
        yield Phrase(tuple(tokens(word)), "country", name)


def _codes(catalogue: Mapping[str, Commodity]) -> Mapping[str, tuple[str, str]]:
    """By the digits of an HS code its series, and the scope where the code picks one."""
    found: dict[str, tuple[str, str]] = {}
    for name, series in catalogue.items():
        for scope in series.all_scopes:
            if scope.startswith("HS "):
                found.setdefault(scope[3:], (name, scope))
        for code in series.hs if len(series.hs) == 1 else ():
            found.setdefault(code, (name, ""))
    return found


def _lengths(phrases: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[int, ...]]:
    """By its first word how many words a phrase can have, the longest first."""
    found: dict[str, set[int]] = {}
    for words in phrases:
        found.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(counts, reverse=True)) for word, counts in found.items()}


def _targets(phrases: Mapping[tuple[str, ...], Phrase], kinds: Set[str]) -> Mapping[str, str]:
    """The words that a slip may have meant, each with its kind."""
    found: dict[str, str] = dict.fromkeys((m for m in MONTHS if len(m) >= 5), "time")
    for word in split(load("chatter")["residue"]["spelled_time"]):
        found[word] = "time"
    for phrase in phrases.values():
        if phrase.kind in kinds:
            for word in phrase.words:
                if word.isascii() and word.isalpha() and len(word) >= 5:
                    found.setdefault(word, phrase.kind)
    return found


@cache
def _ranks() -> Mapping[str, int]:
    words = (VOCABULARY / "ordinary.en.txt").read_text(encoding="utf-8").split()
    return {word: rank for rank, word in enumerate(words)}


# Nouns that make the word before them an attribute: "price report", "Q3 review".
ATTRIBUTED: Final = frozenset(split(load("outside")["modifier"]["after"]))
PERSONS: Final = frozenset(split(load("outside")["modifier"]["person"]))
PERSONS_ZH: Final = tuple(split(load("outside")["modifier"]["person_zh"]))
RANKS: Final = _ranks()
# Verbs, adverbs and words that join: they say nothing of what is asked.
PLAIN: Final = frozenset(
    word
    for tongue in ("en", "zh")
    for word in (VOCABULARY / f"plain.{tongue}.txt").read_text(encoding="utf-8").split()
)
CHINESE_WORDS: Final = frozenset((VOCABULARY / "ordinary.zh.txt").read_text(encoding="utf-8").split())
_CHATTER = load("chatter")
FUNCTION: Final = frozenset(" ".join(_CHATTER["function"]["english"].split(",")).split())
FUNCTION_ZH: Final = frozenset(_CHATTER["function"]["chinese"].replace(",", "").replace("\n", ""))


def rank(word: str) -> int:
    """How frequent an English word is, from 0; a large number for one that is on no list."""
    return RANKS.get(word, 1_000_000)


def residue(name: str) -> frozenset[str]:
    """A list of words by what they do where they are left unread."""
    return frozenset(split(_CHATTER["residue"][name]))

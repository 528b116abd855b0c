"""The vocabulary as tables: phrases by their first word, turns of phrase, words that say nothing."""

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, cached_property, lru_cache
from typing import Any, Final, NamedTuple

from bot.dataset.companions import Commodity, codes_of
from bot.dataset.dataset import Taught
from bot.profile import forgotten, profile
from bot.questions import folder_words as own

_TOKEN = re.compile(r"[a-z]+(?:'(?:s|t|re|ve|ll|d|m))?(?![a-z])|[a-z]+|\d+(?:[.,]\d+)*|[\u3400-\u9fff]|\S")
_NO_PHRASES = ("function", "modifier", "residue", "foreign", "replaces", "slip")
_SPELLED = ("series", "flow", "measure", "view")  # kinds whose words a slip may have meant


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


class Phrase(NamedTuple):
    """Words that mean one thing: their tokens, of what kind it is, and which."""

    words: tuple[str, ...]
    kind: str
    value: str


def load(name: str) -> Mapping[str, Mapping[str, Any]]:
    """The tables of one vocabulary file, with what the data folder adds to them."""
    tables = {**own.general(name)}
    for table, added in profile().vocabulary.get(name, {}).items():
        every = tables[table] = {**tables.get(table, {})}  # more words, alternatives of a pattern
        for key, more in added.items():
            words = isinstance(more, str)
            every[key] = f"{every.get(key, '')}, {more}" if words else [*every.get(key, []), *more]
    return tables


def split(words: str) -> list[str]:
    """The words of an entry, which commas part; one with «reporter» stands for one of each of its names."""
    return [name for word in own.split(words) for name in own.with_names(word)]


class Words(set[str]):
    """Words that depend on the data folder: made again where another one comes into use."""

    def __init__(self, made: Callable[[], Iterable[str]]) -> None:
        super().__init__(made())
        self._made = made
        forgotten(self._fill)

    def _fill(self) -> None:
        self.clear()
        self.update(self._made())


@cache
def words_of(file: str, table: str, entry: str) -> set[str]:
    """The words of one entry of a vocabulary file."""
    return Words(lambda: split(load(file)[table][entry]))


class Patterns:
    """The patterns of one table by name, each compiled at first use: any of its alternatives matches."""

    def __init__(self, table: str) -> None:
        self._table = table
        forgotten(self._forget)

    def _forget(self) -> None:
        for name in vars(self).keys() - {"_table"}:
            del vars(self)[name]

    @cached_property
    def _named(self) -> Mapping[str, Sequence[str]]:
        return load("patterns")[self._table]

    def __getattr__(self, name: str) -> re.Pattern[str]:
        if name not in self._named:
            raise AttributeError(f"there is no pattern {name!r}")
        found = vars(self)[name] = re.compile(own.with_marks("|".join(self._named[name])))
        return found

    @property
    def all(self) -> dict[str, re.Pattern[str]]:
        """Every pattern by its name."""
        return {name: getattr(self, name) for name in self._named}


patterns = cache(Patterns)  # by table


def _numbered(table: str) -> Mapping[str, int]:
    entries = load("calendar")[table].items()
    return {name: int(number) for number, names in entries for name in split(names)}


MONTHS: Final = _numbered("months")
NUMBER_WORDS: Final = _numbered("numbers")


class Lexicon:
    """All phrases for one catalogue of series: by first token, the longest first."""

    def __init__(self, series: tuple[Commodity, ...], *own: str) -> None:
        catalogue = {each.id: each for each in series}
        self.phrases: dict[tuple[str, ...], Phrase] = {}
        for phrase in _phrases(catalogue, (*own, "series", "slots", "views", "outside", "chatter")):
            self.phrases.setdefault(phrase.words, phrase)
        # How many words a phrase with that first one can have, the longest first.
        self.lengths = _lengths(self.phrases)
        self.words = frozenset(word for words in self.phrases for word in words)
        self.targets = _targets(self.phrases, {*_SPELLED, *(kind for file in own for kind in load(file))})
        self.codes = codes_of(catalogue)

    def with_words(self, taught: Taught) -> "Lexicon":
        """The same with words that a workspace has taught; what means something already keeps its meaning."""
        own = [Phrase(tuple(tokens(word)), "series", series) for word, series in taught]
        new = {phrase.words: phrase for phrase in own if phrase.words not in self.phrases}
        made = copy.copy(self)
        made.phrases = self.phrases | new
        made.lengths = _lengths(made.phrases)
        made.words = self.words | {word for words in new for word in words}
        made.targets = {**_targets(new, {"series"}), **self.targets}
        return made

    def knows(self, word: str) -> bool:
        """Whether the word stands in any phrase, or is a function word."""
        return word in self.words or word in FUNCTION or word.removesuffix("s") in MONTHS


def lexicon_of(catalogue: Mapping[str, Commodity], *own: str, taught: Taught = ()) -> Lexicon:
    """The lexicon of these series, made once; the words of `own` files come first."""
    return _lexicon(tuple(catalogue.values()), own, taught)


@lru_cache(maxsize=32)  # with taught words some hundred kilobytes each, made in a millisecond
def _lexicon(series: tuple[Commodity, ...], own: tuple[str, ...], taught: Taught) -> Lexicon:
    if not taught:
        return Lexicon(series, *own)
    names = {each.id for each in series}
    return _lexicon(series, own, ()).with_words(tuple(each for each in taught if each[1] in names))


forgotten(_lexicon.cache_clear)


def _lengths(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for words in phrases:
        found.setdefault(words[0], set()).add(len(words))
    return {word: sorted(counts, reverse=True) for word, counts in found.items()}


def _phrases(catalogue: Mapping[str, Commodity], files: Iterable[str]) -> Iterator[Phrase]:
    """Yields the phrases of the files, of the catalogue, and of the countries.

    What the catalogue holds is a series, though the general lists have it among other goods.
    """
    tables = [(kind, entries) for file in files for kind, entries in load(file).items()]
    replacing = [entry for kind, entries in tables if kind == "replaces" for entry in entries.items()]
    replaced = {(kind, value) for kind, values in replacing for value in split(values)}
    found = [
        (word, kind, value)
        for kind, entries in tables
        for value, words in (entries.items() if kind not in _NO_PHRASES else ())
        if (kind, value) not in replaced and (kind != "series" or value == "all" or value in catalogue)
        for word in split(words)
    ]
    aliases = []
    for name, series in catalogue.items():
        names = (series.name_en, series.name_zh, series.short_en, series.short_zh, name.replace("_", " "))
        aliases += [(word, "series", name) for word in (*series.aliases, *series.wider_aliases, *names)]
    countries = own.countries(load("countries")["countries"])
    found += [(word, "country", name) for name, named in countries.items() for word in named]
    every = (*aliases, *found)
    yield from (Phrase(tuple(tokens(word.lower())), kind, value) for word, kind, value in every)


def _targets(phrases: Mapping[tuple[str, ...], Phrase], kinds: Set[str]) -> Mapping[str, str]:
    found: dict[str, str] = dict.fromkeys((m for m in MONTHS if len(m) >= 4), "time")
    found |= dict.fromkeys(residue("spelled_time"), "time")
    for phrase in phrases.values():
        for word in phrase.words if phrase.kind in kinds else ():
            if word.isascii() and word.isalpha() and len(word) >= 5:
                found.setdefault(word, phrase.kind)
    return found


def listed(name: str) -> list[str]:
    """The words of a plain list, the most frequent first."""
    return (own.VOCABULARY / f"{name}.txt").read_text(encoding="utf-8").split()


# Nouns that make the word before them an attribute: "price report", "Q3 review".
ATTRIBUTED: Final = words_of("outside", "modifier", "after")
PERSONS: Final = words_of("outside", "modifier", "person")
PERSONS_ZH: Final = tuple(words_of("outside", "modifier", "person_zh"))
# Verbs, adverbs and words that join: they say nothing of what is asked.
PLAIN: Final = frozenset((*listed("plain.en"), *listed("plain.zh")))
CHINESE_WORDS: Final = PLAIN | frozenset(listed("ordinary.zh"))


def _reporters() -> list[str]:
    """The words for whose trade it is, which goes without saying, as they stand in a sentence."""
    names = [word for each in own.reporter("en") for word in each.split()]
    return [word + ending for word in names for ending in ("", "'s", "s")]


REPORTER: Final[set[str]] = Words(_reporters)
FUNCTION: Final[set[str]] = Words(
    lambda: (*load("chatter")["function"]["english"].replace(",", " ").split(), *REPORTER)
)
FUNCTION_ZH: Final[set[str]] = Words(
    lambda: {*load("chatter")["function"]["chinese"], *"".join(own.reporter("zh"))} - {",", "\n"}
)


def residue(name: str) -> set[str]:
    """A list of words by what they do where they are left unread."""
    return words_of("chatter", "residue", name)

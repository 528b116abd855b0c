"""The working copy of one message: its mentions, what was left unread, and what came up while reading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bot.dataset.dataset import Dataset
from bot.questions.lexicon import CHINESE_WORDS, FUNCTION, FUNCTION_ZH, REPORTER, Token, patterns, residue
from bot.questions.times import Time
from bot.questions.turn import Turn

STRONG = ("series", "flow", "time")
SLOTS = (*STRONG, "measure", "unit")
LEAD = 60  # characters
RE = patterns("residue")
_JOINING = frozenset(("and", "of", "in", "for", "the"))
_NARROWING_ZH = residue("narrowing_zh")


@dataclass(slots=True)
class Mention:
    """A span of the text that means one thing; not `live` once it is negated, corrected or an aside."""

    kind: str
    value: Any
    start: int
    end: int
    text: str
    live: bool = True

    @property
    def time(self) -> Time:
        """The time that it names."""
        assert isinstance(self.value, Time)
        return self.value

    @property
    def is_slot(self) -> bool:
        """Whether it is a series, a flow, or a time that can be on record."""
        return self.kind in STRONG and (
            self.kind != "time" or self.time.kind not in ("day", "impossible", "yearly")
        )


def han_words(left: list[Token]) -> Iterator[Token]:
    """Yields the Chinese words of unread characters, each the longest that is on the list."""
    han, at = [token for token in left if token.is_han], 0
    said = "".join(token.text for token in han)
    while at < len(han):
        start, size = han[at].start, min(4, len(han) - at)
        while size > 1 and (
            han[at + size - 1].end - start > size or said[at : at + size] not in CHINESE_WORDS
        ):
            size -= 1
        yield Token(said[at : at + size], start, start + size)
        at += size


def says_nothing_zh(word: str) -> bool:
    """Whether a Chinese word is made of characters without content, and does not narrow all the same."""
    return FUNCTION_ZH.issuperset(word) and word not in _NARROWING_ZH


def content(left: list[Token]) -> list[Token]:
    """The unread words that are neither function words nor signs."""
    found = [word for word in han_words(left) if not says_nothing_zh(word.text)]
    words = (token for token in left if token.text[0].isalnum() and not token.is_han)
    return found + [t for t in words if FUNCTION.isdisjoint((t.text, RE.ending.sub("", t.text)))]


@dataclass(eq=False)
class Clause:
    """A piece of the text between signs that part sentences, with what stands in it."""

    start: int
    end: int
    mentions: list[Mention]
    left: list[Token]
    sentence: int

    @cached_property
    def content(self) -> list[Token]:
        """Its unread words that are neither function words nor signs."""
        return content(self.left)

    def kinds(self) -> set[str]:
        """The kinds of its mentions."""
        return {mention.kind for mention in self.mentions}

    def holds(self, at: int) -> bool:
        """Whether that place lies in it."""
        return self.start <= at < self.end


@dataclass(slots=True)
class Draft:
    """Everything that is known of a message while it is read.

    `only_slots`: it names series, flows and times, joined, and says nothing else: it holds no turn of phrase.
    """

    text: str
    record: Dataset
    turn: Turn
    mentions: list[Mention]
    left: list[Token]
    slips: dict[str, str] = field(default_factory=dict)
    to_someone: bool = False
    clauses: list[Clause] = field(default_factory=list)
    asking: list[Clause] = field(default_factory=list)
    asides: list[Clause] = field(default_factory=list)
    best: list[Clause] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    assumed: set[str] = field(default_factory=set)
    inherited: set[str] = field(default_factory=set)
    only_slots: bool = field(init=False)

    def __post_init__(self) -> None:
        words = (token.text for token in self.left if token.text[0].isalnum())
        unread = any(word not in _JOINING and word not in REPORTER for word in words)
        self.only_slots = not unread and all(mention.is_slot for mention in self.mentions)

    def says(self, words: re.Pattern[str]) -> re.Match[str] | None:
        """Where a turn of phrase stands in the text."""
        return None if self.only_slots else words.search(self.text)

    def live(self, kind: str, *values: str) -> list[Mention]:
        """The live mentions of a kind, of those values where any are given."""
        found = [m for m in self.mentions if m.kind == kind and m.live]
        return [m for m in found if m.value in values] if values else found

    def values(self, kind: str) -> list[Any]:
        """The values of the live mentions of a kind, each once."""
        return list(dict.fromkeys([m.value for m in self.mentions if m.kind == kind and m.live]))

    def has(self, kind: str, *values: str) -> bool:
        """Whether there is such a live mention."""
        for mention in self.mentions:
            if mention.kind == kind and mention.live and (not values or mention.value in values):
                return True
        return False

    def has_any(self, *kinds: str) -> bool:
        """Whether there is a live mention of any of these kinds."""
        return any(map(self.has, kinds))

    @property
    def is_whole(self) -> bool:
        """Whether series, flow and time were said."""
        return self.has("series") and self.has("flow") and self.has("time")

    @property
    def is_question(self) -> bool:
        """Whether it has a question mark."""
        return "?" in self.text or "？" in self.text

    def said(self, clause: Clause) -> str:
        """The text of a clause."""
        return self.text[clause.start : clause.end]

    def slots(self) -> Iterator[Mention]:
        """Live series, flows and times."""
        return (m for m in self.mentions if m.live and m.kind in STRONG)

    def before(self, mention: Mention) -> str:
        """The text before a mention."""
        return self.text[: mention.start]

    def after(self, mention: Mention) -> str:
        """The text after it."""
        return self.text[mention.end :]

    def lead(self, token: Token) -> str:
        """The few words before a token; a turn of phrase that ends there is looked for in them alone."""
        return self.text[max(0, token.start - LEAD) : token.start]

    def between(self, first: Mention, second: Mention) -> str:
        """What stands between two mentions."""
        return self.text[first.end : second.start]

    @property
    def unread(self) -> list[Token]:
        """The unread words of content in the clauses that ask."""
        return [] if self.only_slots else [token for clause in self.asking for token in clause.content]

    def words_between(self, start: int, end: int) -> list[Token]:
        """Unread words in a stretch of the text."""
        return [t for t in self.left if start <= t.start < end and t.text[0].isalnum()]

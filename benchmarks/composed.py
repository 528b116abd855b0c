"""Texts that nobody would write: put together at random from all the words that the bot knows."""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from bot.dataset.dataset import Dataset
from bot.questions.lexicon import MONTHS, lexicon_of

MOST = 12_000  # characters; the bot refuses what is as long
JOINTS = (" and ", " then ", " vs ", ", ", ". ", "; ", " or ", " ", "和", "、", "与", "，", "然后", "对比")
CHINESE = "\u3400"
SUBJECTS = ("series", "series", "flow", "flow", "weakflow", "country", "measure", "unit")
KINDS = (("series",), ("flow",), ("country",), ("measure", "unit"), ("view",), ("point", "op"))
VIEWS = ("view", "view", "view", "point", "op", "oos")
KNOWN = (
    "as first reported", "originally", "初值", "as of {day}", "as known on {day}", "revised since {day}",
    "截至{day}所知的", "as it was on {day}", "before it was revised", "what did we say on {day}",
)  # fmt: skip
DAYS = ("{d} {month} {year}", "{year}-{m:02d}-{d:02d}", "{year}年{m}月{d}日")
PERIODS = (
    "{month} {year}", "{month}", "{year}", "q{q} {year}", "h{h} {year}", "ytd {month} {year}", "since {year}",
    "{month} {year} to {month2} 2026", "last {n} months", "{n} months to {month} {year}", "{year}-{m:02d}",
    "{year}年{m}月", "{year}年1-{m}月", "{year}年{q}季度", "过去{n}个月", "{year}年以来", "mid-{year}",
    "{year}年中", "last {month}", "by quarter {year}", "rolling {n} months", "each {month} since {year}",
    "{year} to {year2}",
)  # fmt: skip
STRANGE = (
    "<https://example.com/{word}|{word}>", "<@U{word}>", "~{word}~", "*{word}*", ":{word}:", "{word}{word}",
    "({word})", "“{word}”", "<{word}", "{n}{n}{n}{n}", "{n}.{n}%", "{word}/{n}", "экспорт", "🙏", "…",
    "&amp;",
)  # fmt: skip


class Composer:
    """Composes texts, the same ones for the same seed."""

    def __init__(self, seed: int, dataset: Dataset) -> None:
        self.random = random.Random(seed)
        self._phrases = _phrases(dataset)
        self._every = [phrase for phrases in self._phrases.values() for phrase in phrases]
        self._shapes: Sequence[Callable[[], str]] = (
            self._plain, self._plain, self._plain, self._plain, self.question, self.question,
            self._chain, self._bag, self._periods, self._unknown, self._long,
        )  # fmt: skip

    def text(self) -> str:
        """A text of any shape."""
        return self.random.choice(self._shapes)()[:MOST]

    def _plain(self) -> str:
        """One question as people ask it: of each kind of word at most one."""
        words = [*map(self._of, KINDS), self.period(), self._known()]
        chosen = [word for word in words if self.random.random() < 0.4]
        return " ".join(chosen or words)

    def question(self) -> str:
        """One question, its words in any order."""
        picked = [self._of(SUBJECTS) for _ in range(self._few())]
        picked += [self.period() for _ in range(self.random.choice((0, 1, 1, 1, 2)))]
        picked += [self._of(VIEWS) for _ in range(self.random.choice((0, 1, 1, 2)))]
        picked += [self._known()] if self.random.random() < 0.3 else []
        if self.random.random() < 0.3:
            self.random.shuffle(picked)
        return self._joint_of_words().join(picked)

    def period(self) -> str:
        """A time."""
        return self._filled(self.random.choice(PERIODS))

    def _few(self) -> int:
        return 1 + min(int(self.random.expovariate(0.5)), 12)

    def _many(self) -> int:
        return int(2 ** self.random.uniform(1, 11))

    def _joint_of_words(self) -> str:
        return " " if self.random.random() < 0.8 else ""

    def _of(self, senses: Sequence[str]) -> str:
        return self.random.choice(self._phrases[self.random.choice(senses)])

    def _known(self) -> str:
        day = self._filled(self.random.choice(DAYS))
        return self.random.choice(KNOWN).format(day=day)

    def _chain(self) -> str:
        joint = self.random.choice(JOINTS)
        return joint.join(self.question() for _ in range(self._few() + 1))

    def _bag(self) -> str:
        return " ".join(self.random.choice(self._every) for _ in range(self._many()))

    def _periods(self) -> str:
        joint = self.random.choice(JOINTS)
        return f"{self.question()} " + joint.join(self.period() for _ in range(self._many()))

    def _unknown(self) -> str:
        return " ".join([self.question(), *(self._strange() for _ in range(self._many()))])

    def _long(self) -> str:
        """The same over and over, up to some length."""
        piece = self.random.choice((self.question, self.period, self._strange, self._chain))()
        joint = self.random.choice((*JOINTS, ""))
        return f"{self.question()} " + joint.join([piece] * (self._many() * 6 // max(len(piece), 1) + 2))

    def _strange(self) -> str:
        """A word with a slip in it, of letters at random, or with signs around it."""
        word = list(self.random.choice(self._every))
        word[self.random.randrange(len(word))] = chr(self.random.choice((97, 122, 0x94DD, 0xAD, 0x43F)))
        return self._filled(self.random.choice((*STRANGE, "{word}", "{word}")), word="".join(word))

    def _filled(self, pattern: str, word: str = "") -> str:
        between = self.random.randint
        values = {"d": between(1, 28), "m": between(1, 12), "q": between(1, 4), "h": between(1, 2)}
        months = self.random.choices(list(MONTHS), k=2)
        years = [self.random.choice((1950, 2015, *range(2018, 2028), 2199)) for _ in range(2)]
        named = {"month": months[0], "month2": months[1], "year": years[0], "year2": years[1]}
        return pattern.format(**values, **named, n=between(1, 120), word=word)


def _phrases(dataset: Dataset) -> Mapping[str, Sequence[str]]:
    """Every phrase of the vocabulary by its kind."""
    found: dict[str, list[str]] = defaultdict(list)
    for words, phrase in lexicon_of(dataset.catalogue).phrases.items():
        found[phrase.kind].append(("" if words[0] >= CHINESE else " ").join(words))
    return {kind: sorted(phrases) for kind, phrases in sorted(found.items())}

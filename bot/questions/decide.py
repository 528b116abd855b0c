"""The decision table: what becomes of a message, by what was read in it and what was not."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.questions.clauses import content
from bot.questions.draft import Draft, Mention
from bot.questions.origins import VIEW
from bot.questions.partners import Trade
from bot.questions.patterns import pattern
from bot.questions.reading import Outcome
from bot.questions.residue import says_nothing

_TELLS = pattern("decide", "tells")
_STOP, _TASK = pattern("decide", "stop"), pattern("decide", "task")
_REQUESTS = pattern("decide", "requests")
_FOLLOWS = pattern("decide", "follows")
_PLEASE = re.compile(r"\bplease\b|\bpls\b|请")
_OF_ME = pattern("decide", "of_me")
_PEOPLE = re.compile(r"\b(?:i'll|i will|i'm|i am|i|we|we'll|he|she|they|they'll|ill|im)\b|我|咱|他|她")
_WE_ASK = pattern("decide", "we_ask")
_REMARK = pattern("decide", "remark")


# With one of these, and little else, a turn goes on from what was shown.
_GOES_ON = ("series", "flow", "time", "unit", "measure", "view")


class Facts:
    """What the table looks at."""

    def __init__(self, draft: Draft, heads: list[Mention], trade: Trade) -> None:
        self.draft, self.heads, self.trade = draft, heads, trade

    @property
    def text(self) -> str:
        """The message as it is read."""
        return self.draft.text

    @property
    def asked(self) -> str:
        """The clauses that ask, of what was said to us; of what people say to each other everything."""
        draft = self.draft
        if not draft.addressed or not draft.asking:
            return self.text
        return " ".join(self.text[clause.start : clause.end] for clause in draft.asking)

    @cached_property
    def asks_openly(self) -> bool:
        """Whether it has a question mark or a word that requests."""
        return "?" in self.text or "？" in self.text or bool(_REQUESTS.search(self.text))

    @cached_property
    def follows(self) -> bool:
        """Whether it has the form of a follow-up: it opens with a slot, or with such a word."""
        opens = any(m.start <= 1 and m.kind in ("series", "flow", "time") for m in self.draft.mentions)
        return opens or bool(_FOLLOWS.match(self.text))

    @cached_property
    def strength(self) -> int:
        """Two for a series, two for a flow, one for a time."""
        draft = self.draft
        named, way = draft.has("series") or draft.has("country"), draft.has("flow")
        by_country = draft.has("view", VIEW)
        return 2 * (named or by_country) + 2 * (way or (named and by_country)) + draft.has("time")

    @property
    def anything(self) -> bool:
        """Whether any slot, view or pointing word was read."""
        draft = self.draft
        kinds = ("series", "flow", "time", "measure", "unit", "view", "point", "scope", "country", "world")
        return any(map(draft.has, kinds)) or (draft.has("op", "same", "fix") and bool(draft.turn.answers))

    @cached_property
    def talk(self) -> int:
        """How many words of content stay unread, asides included."""
        draft = self.draft
        bare = draft.has("unit") or draft.has("measure")
        spoken = (
            draft.addressed or (self.follows and (self.strength > 1 or bare)) or (bare and self.asks_openly)
        )
        counts = [
            (
                sum(not (spoken and says_nothing(token.text)) for token in content(clause.left)),
                clause in draft.asking,
            )
            for clause in draft.clauses
        ]
        asked = self.asks_openly if draft.addressed else bool(_PLEASE.search(self.text))
        openly = asked and bool(draft.asking)
        words = sum(
            count for count, asking in counts if asking or (count > 1 and not openly)
        )  # one word apart is an interjection
        plain = draft.has("country")  # beside one "came" and "took" are no talk
        return words + sum(
            (m.kind == "word" and not plain) or (m.kind == "oos" and m not in self.heads)
            for m in draft.mentions
        )

    @cached_property
    def weak(self) -> bool:
        """Whether little of ours stands beside words that are not ours."""
        if self.strength >= 3 or (
            self.draft.turn.answers
            and (
                self.draft.has("view", "why")
                or self.draft.has("op", "fix")
                or (self.draft.addressed and self.draft.has("point", "both") and self.draft.has("view"))
            )
        ):
            return False
        return self.talk > self._spare

    @property
    def _spare(self) -> int:
        """How many words of content may stay unread beside little of ours: in a thread one, if said to us."""
        draft = self.draft
        goes_on = draft.addressed and draft.turn.answers and any(map(draft.has, _GOES_ON))
        return 1 if goes_on or (self.strength == 2 and draft.has("flow")) else 0

    @property
    def only_ahead(self) -> bool:
        """Whether a time to come is all that was read: "remind me next month"."""
        draft = self.draft
        times = draft.live("time")
        ahead = bool(times) and all(m.time.kind == "relative" and m.time.number[1] > 0 for m in times)
        return ahead and self.strength == 1 and not draft.turn.answers

    @property
    def only_points(self) -> bool:
        """Whether nothing but a word such as "it" was read."""
        draft = self.draft
        strong = draft.has("point", "both", "first", "second", "last", "other")
        return self.strength == 0 and not (
            any(map(draft.has, ("unit", "measure", "view", "world"))) or strong
        )


class Rule(NamedTuple):
    """A row of the table: where it holds the message is `outcome`, for `reason`."""

    reason: str
    outcome: Outcome
    holds: Callable[[Facts], bool]


def _kind(facts: Facts, kind: str) -> bool:
    return any(m.time.kind == kind for m in facts.draft.live("time"))


# The first row that holds decides; where none does the message is composed into Questions.
BEFORE_COMPOSING: tuple[Rule, ...] = (
    Rule("outside", "outside", lambda f: bool(f.heads)),
    Rule("country", "outside", lambda f: bool(f.trade.outside)),
    Rule("no_such_time", "ask_back", lambda f: _kind(f, "impossible")),
    Rule("day", "ask_back", lambda f: _kind(f, "day")),
    Rule("nothing", "silent", lambda f: not f.anything or f.only_ahead),
    Rule("stop", "silent", lambda f: _is_told_off(f.draft)),
    Rule("statement", "silent", lambda f: _is_statement(f)),
    Rule("talk", "silent", lambda f: _is_talk(f)),
    Rule(
        "to_someone",
        "silent",
        lambda f: f.draft.to_someone and f.strength < 2 and (f.talk > 0 or not f.draft.turn.answers),
    ),
    Rule(
        "weak",
        "silent",
        lambda f: f.weak and (f.strength == 0 or not (f.draft.turn.answers or f.draft.has("series"))),
    ),
    Rule(
        "people",
        "silent",
        lambda f: f.strength == 0 and bool(_PEOPLE.search(f.asked)) and not _WE_ASK.search(f.text),
    ),
    Rule(
        "remark",
        "silent",
        lambda f: f.strength == 0 and bool(_REMARK.search(f.text)) and not f.text.endswith("?"),
    ),
    Rule("points_only", "silent", lambda f: f.only_points),
    Rule(
        "nothing_named",
        "ask_back",
        lambda f: (
            f.strength == 0
            and not f.draft.turn.answers
            and not any(f.draft.turn.half)
            and not f.draft.has("country")
        ),
    ),
)


def _is_told_off(draft: Draft) -> bool:
    """Whether we are told not to answer, or to do what we cannot, and nothing is asked after that."""
    if any(_TASK.match(draft.text, c.start, c.end) for c in draft.clauses):
        return True
    told = [c for c in draft.clauses if _STOP.match(draft.text, c.start, c.end)]
    later = [c for c in draft.asking if "series" in c.kinds() and told and c.start > told[0].start]
    return bool(told) and all(_OF_ME.match(draft.text, c.start, c.end) for c in later)


def _is_statement(facts: Facts) -> bool:
    """Whether it is told what somebody did or will do; a whole question to us is asked all the same."""
    whole = facts.strength == 5 and facts.draft.addressed
    return not (facts.asks_openly or facts.draft.has("claim") or whole) and bool(_TELLS.search(facts.text))


def _is_talk(facts: Facts) -> bool:
    """Whether it is said among people: no request, no form of a follow-up, many words."""
    draft = facts.draft
    if draft.addressed or facts.asks_openly or len(facts.text.split()) <= 5:
        return False
    return not facts.follows


class Doubt(NamedTuple):
    """What speaks against answering what was composed, and how it is named."""

    reason: str
    holds: Callable[["Composed"], bool]


@dataclass(slots=True)
class Composed:
    """What the second half of the table looks at."""

    facts: Facts
    residue: str
    everything: bool
    heavy: bool


# Where one of these holds the reading is offered and not answered.
AFTER_COMPOSING: tuple[Doubt, ...] = (
    Doubt("unread", lambda c: bool(c.residue)),
    Doubt("weak", lambda c: c.facts.weak),
    Doubt("unclear", lambda c: bool(c.facts.draft.doubts)),
    Doubt("partner_side", lambda c: c.facts.trade.unclear),
    Doubt("which_series", lambda c: c.everything and _needs_series(c)),
)


def _needs_series(composed: Composed) -> bool:
    """Whether all series at once would be no answer: a flow, a claim or a pointing word asks for one."""
    draft = composed.facts.draft
    if draft.has("series", "all"):
        return False
    pointing = draft.has("flow") or draft.has("point") or not (draft.has("time") or draft.has("view"))
    return pointing or composed.heavy or draft.has("claim")


def first_rule(facts: Facts) -> Rule | None:
    """The first row that holds before anything is composed."""
    return next((rule for rule in BEFORE_COMPOSING if rule.holds(facts)), None)


def first_doubt(composed: Composed) -> str:
    """What speaks against answering, '' where nothing does."""
    return next((doubt.reason for doubt in AFTER_COMPOSING if doubt.holds(composed)), "")

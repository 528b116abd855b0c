"""The decision table: what becomes of a message, by what was read in it and what was not."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from bot.questions.beside import corrects, says_nothing
from bot.questions.draft import SLOTS, Draft, Mention
from bot.questions.lexicon import ATTRIBUTED, patterns
from bot.questions.partners import VIEW, Trade
from bot.questions.pointing import doubted
from bot.questions.reading import Outcome, Reading
from bot.questions.spelling import BETWEEN_SERIES

RE = patterns("decide")
_GOES_ON = ("series", "flow", "country", "measure", "unit", "view", "point", "op")
WHOLE, ENOUGH = 5, 3  # the strength of a series, a flow and a time; what is not weak
_ANYTHING = (
    "series", "flow", "time", "measure", "unit", "view", "point", "scope", "country", "world", "side",
)  # fmt: skip


class Facts:
    """What the table looks at."""

    def __init__(self, draft: Draft, heads: list[Mention], trade: Trade) -> None:
        self.draft, self.heads, self.trade = draft, heads, trade
        self.text, self.answers = draft.text, draft.turn.answers
        named, by_country = draft.has_any("series", "country"), draft.has("view", VIEW)
        way = draft.has("flow") or (named and by_country)
        # Two for a series, two for a flow, one for a time.
        self.strength = 2 * (named or by_country) + 2 * way + draft.has("time")

    @property
    def asks_openly(self) -> bool:
        """Whether it has a question mark or a word that requests."""
        return self.draft.is_question or bool(self.draft.says(RE.requests))

    @property
    def anything(self) -> bool:
        """Whether any slot, view or pointing word was read."""
        goes_on = bool(self.answers) and self.draft.has("op", "same", "fix")
        return goes_on or self.draft.has_any(*_ANYTHING)

    @cached_property
    def talk(self) -> int:
        """How many words of content stay unread, asides included; one word apart is an interjection."""
        draft, words = self.draft, 0
        for clause in draft.clauses:
            count = sum(not says_nothing(token.text) for token in clause.content)
            apart = clause not in draft.asking and (count < 2 or (self.asks_openly and draft.asking))
            words += 0 if apart else count
        plain = draft.has("country")  # beside one "came" and "took" are no talk
        verbs = sum(m.kind == "word" for m in draft.mentions) if not plain else 0
        return words + verbs + sum(m.kind == "oos" and m not in self.heads for m in draft.mentions)

    @cached_property
    def weak(self) -> bool:
        """Whether little of ours stands beside words that are not ours."""
        if self.strength >= ENOUGH:
            return False
        draft = self.draft
        acts = draft.has("point", "both") and draft.has("view")
        goes_on = acts or draft.has("view", "why") or corrects(draft) or RE.by_unit.match(self.text)
        bare = self.answers and draft.has_any(*SLOTS, "view")
        spare = 1 if bare or (self.strength == 2 and draft.has("flow")) else 0  # words that may stay unread
        return not (self.answers and goes_on) and self.talk > spare

    @property
    def only_ahead(self) -> bool:
        """Whether a time to come is all that was read: "remind me next month"."""
        times = [m.time for m in self.draft.live("time")]
        ahead = bool(times) and all(time.kind == "relative" and time.number > 0 for time in times)
        return ahead and self.strength == 1 and not self.answers

    @property
    def only_points(self) -> bool:
        """Whether nothing but a word such as "it" was read."""
        strong = self.draft.has("point", "both", "first", "second", "last", "other")
        strong |= len(self.draft.live("point")) > 1 and self.draft.has(
            "op", "except"
        )  # "this one minus that"
        return not (self.strength or strong or self.draft.has_any("unit", "measure", "view", "world", "side"))

    @property
    def is_told_off(self) -> bool:
        """Whether we are told not to answer, or to do what we cannot, and nothing is asked after that."""
        clauses, text = self.draft.clauses, self.text
        if self.draft.only_slots:
            return False
        if any(RE.task.match(text, c.start, c.end) for c in clauses):
            return True
        asked = next((c.start for c in self.draft.asking if "series" in c.kinds()), len(text))
        stops = (RE.stop,) if self.draft.has("claim") else (RE.stop, RE.doubted)
        told = next((c.start for c in clauses for s in stops if s.match(text, c.start, c.end)), None)
        if any(c.start == told and self.draft.said(c).rstrip().endswith(":") for c in clauses):
            return True  # "keep it to yourself: bauxite imports"
        closed = [c.start for c in clauses if c.start > asked and RE.closes.match(text, c.start, c.end)]
        if told is None and not closed:
            return False
        told = closed[0] if told is None else told
        later = [c for c in self.draft.asking if "series" in c.kinds() and c.start > told]
        return all(RE.of_me.match(text, c.start, c.end) for c in later)

    @property
    def is_statement(self) -> bool:
        """Whether it is told what somebody did or will do; a whole question to us is asked all the same."""
        whole = self.strength == WHOLE or self.draft.has("claim")
        return bool(self.draft.says(RE.tells)) and not (whole or self.asks_openly)

    @property
    def is_to_someone(self) -> bool:
        """Whether somebody else is addressed, with little of ours."""
        return self.draft.to_someone and self.strength < 2 and (self.talk > 0 or not self.answers)

    def has_time(self, kind: str) -> bool:
        """Whether a time of that kind was read."""
        return any(m.time.kind == kind for m in self.draft.live("time"))

    @property
    def names_nothing(self) -> bool:
        """Whether neither the text nor its thread names a slot."""
        return not (self.strength or self.answers or any(self.draft.turn.half) or self.draft.has("country"))


class Rule(NamedTuple):
    """A row of the table: where it holds the message is `outcome`, for `reason`."""

    reason: str
    outcome: Outcome
    holds: Callable[[Facts], object]


# The first row that holds decides; where none does the message is composed into Questions.
BEFORE_COMPOSING: tuple[Rule, ...] = (
    Rule("outside", "outside", lambda f: f.heads),
    Rule("country", "outside", lambda f: f.trade.outside),
    Rule("no_such_time", "ask_back", lambda f: f.has_time("impossible")),
    Rule("every_year", "ask_back", lambda f: f.has_time("yearly")),
    Rule("day", "ask_back", lambda f: f.has_time("day")),
    Rule("nothing", "silent", lambda f: not f.anything or f.only_ahead),
    Rule("stop", "silent", lambda f: f.is_told_off),
    Rule("statement", "silent", lambda f: f.is_statement),
    Rule("to_someone", "silent", lambda f: f.is_to_someone),
    Rule("weak", "silent", lambda f: f.weak and not (f.strength and (f.answers or f.draft.has("series")))),
    Rule("remark", "silent", lambda f: not (f.strength or f.text[-1:] == "?") and RE.remark.search(f.text)),
    Rule("points_only", "silent", lambda f: f.only_points),
    Rule("nothing_named", "ask_back", lambda f: f.names_nothing),
)


class Composed(NamedTuple):
    """What was composed: the word that was not read, whether no series was said, and words stay unread."""

    facts: Facts
    unread: str
    everything: bool
    heavy: bool

    @property
    def needs_series(self) -> bool:
        """Whether all series at once would be no answer: a flow, a claim or a pointing word asks for one."""
        draft = self.facts.draft
        if not self.everything or draft.has("series", "all"):
            return False
        one = self.heavy or bool(self.facts.trade.partners)
        return one or draft.has_any("claim", "flow", "point") or not draft.has_any("time", "view")


# Where one of these holds the reading is offered and not answered, for that reason.
AFTER_COMPOSING: Mapping[str, Callable[[Composed], object]] = {
    "weak": lambda c: c.facts.weak,
    "unread": lambda c: c.unread if c.unread not in BETWEEN_SERIES else "",
    "unclear": lambda c: c.facts.draft.doubts,
    "partner_side": lambda c: c.facts.trade.unclear,
    "which_series": lambda c: c.needs_series,
}


def first_rule(facts: Facts) -> Rule | None:
    """The first row that holds before anything is composed: none where slots are all that is said."""
    if facts.draft.only_slots and facts.strength == WHOLE:
        return None
    return next((rule for rule in BEFORE_COMPOSING if rule.holds(facts)), None)


def first_doubt(composed: Composed) -> str:
    """What speaks against answering, '' where nothing does."""
    return next((reason for reason, holds in AFTER_COMPOSING.items() if holds(composed)), "")


def is_for_us(reading: Reading, draft: Draft) -> bool:
    """Whether what people say in a thread of ours goes on from what it has shown: hardly a word is unread."""
    asks, goes_on = reading.outcome == "asks", draft.has_any(*_GOES_ON)
    ours = draft.clauses[:1] if RE.by_unit.match(draft.text) else draft.clauses  # the rest is for the others
    unread = sum(len(clause.content) for clause in ours)
    if asks:
        unread += sum(m.kind == "oos" and m.live for m in draft.mentions)
    personal = draft.to_someone or doubted(draft.text) or RE.away.search(draft.text)  # "I'll be out in april"
    if personal or unread > 1 or any(question.view == "help" for question in reading.questions):
        return False
    if not asks:  # what is asked back or refused is about trade: "and copper?", and not "lunch?"
        metal = reading.outcome == "outside" and reading.reason and reading.reason.kind == "metal"
        timed = reading.outcome == "ask_back" and draft.has("time")
        of_trade = reading.outcome in ("ask_back", "outside") and draft.has_any("series", "flow")
        return not unread and bool(metal or timed or of_trade)
    if unread:
        return (goes_on or draft.is_question) and not RE.of_us.search(draft.text)
    nouns = (RE.noun.match(draft.after(mention)) for mention in draft.live("time"))  # "see the april report"
    return goes_on or draft.is_question or not any(noun and noun[1] in ATTRIBUTED for noun in nouns)

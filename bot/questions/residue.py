"""What was left unread beside the slots, and whether it could be the slot that is missing: a table."""

from collections.abc import Callable
from functools import cached_property

from bot.questions import beside
from bot.questions.beside import heaviest, risk
from bot.questions.draft import SLOTS, STRONG, Clause, Draft, Mention
from bot.questions.lexicon import ATTRIBUTED, FUNCTION, PERSONS, Token, patterns, residue
from bot.questions.partners import Trade, asks_share
from bot.questions.spelling import FREQUENT, rank

PREDICATE, _WORK = residue("predicate"), ATTRIBUTED | PERSONS
PLANNED = frozenset(("plan", "budget", "planning"))  # of these it is another quantity
_CORE, _LINES, _NOUNS = (*SLOTS, "country"), ("series", "flow"), ("export", "import")
_GOES_ON, _ASIDE = {"point", "flow", "time"}, {"op", "word", "courtesy"}
_TAIL = 200  # characters
# Risks: below the one what the place of a word says is passed over, above the other it is not enough.
EXCUSED, SUSPECT = 0.005, 0.36
NUMBER_BEFORE, NUMBER_AFTER = residue("number_before"), residue("number_after")
OTHER_SENSE = residue("other_sense")
_BOUNDS = frozenset("over under above below least most exceeding".split())
_FACTORS = frozenset("times twice percent pct third".split())
# Views of which such a word only says how: "seasonally" beside a season.
_GOES_WITH = {
    "half": ("halves",),
    "seasonally": ("rolling", "season", "ratio"),
    **dict.fromkeys(_BOUNDS, ("count", "streak", "check")),
    **dict.fromkeys(_FACTORS, ("growth", "compare", "difference")),
}
RE = patterns("residue")


def weigh(draft: Draft, trade: Trade) -> str:
    """The unread word that could be the missing slot, or changes what is asked; '' where there is none."""
    if not draft.asking or not draft.left:
        return ""
    found = _by_place(draft)
    if not found and all(token.text.isdigit() for clause in draft.clauses for token in clause.content):
        return ""
    likely = risk(draft, trade)
    if found:
        return found if likely > EXCUSED else ""
    return heaviest(draft) if likely > SUSPECT else ""


def _by_place(draft: Draft) -> str:
    kinds = [(c, own) for c in draft.asking if (own := c.kinds()) - _ASIDE]
    strong = (own >= {*STRONG} or (own >= _GOES_ON and "series" not in own) for _, own in kinds)
    on = max((c.sentence for (c, _), goes_on in zip(kinds, strong, strict=True) if goes_on), default=-1)
    # What only names a series is told: "my nephew eats bauxite. How much of it did China import in May?"
    alone = {"series"}, {"series", "view"}
    asks = (
        c for c, own in kinds if c.sentence >= on or own not in alone or not beside.is_told(draft.said(c))
    )
    within = [_within(draft, clause) for clause in asks]
    restricted = (beside.restriction(draft, clause) for clause in draft.clauses)
    return next(filter(None, (beside.asked_of(draft), *within, *restricted)), "")


def _within(draft: Draft, clause: Clause) -> str:
    """The word of a clause that asks which counts; one that changes what is asked before the others."""
    if not any(token.text[0].isalnum() for token in clause.left):
        return ""
    said = RE.purpose.finditer(draft.text)  # "for my boss", "for the board meeting"
    purposes = [match.span() for match in said if match["own"] or not _WORK.isdisjoint(match[0].split())]
    left = [t for t in clause.left if not any(start <= t.start < end for start, end in purposes)]
    if found := next(filter(None, (changing(draft, token) for token in left)), ""):
        return found
    own = [m for m in clause.mentions if m.live and m.kind in _CORE]
    starts = {token.start for token in left}
    words = [Word(draft, clause, own, t) for t in clause.content if t.start in starts]
    owners = (Word(draft, clause, own, t) for t in left if t.text[0].isalpha())
    found = next((word.text for word in owners if word.qualifies), "")
    return found or next((word.text for word in words if word.counts), "")


def changing(draft: Draft, token: Token) -> str:
    """The word, where it changes what is asked whatever its place: a number, a hazard."""
    if token.text[0].isdigit():
        return token.text if _is_counted(draft, token) else ""
    if token.is_han:
        return hazard[0] if (hazard := RE.hazard_zh.match(draft.text, token.start)) else ""
    bare = RE.ending.sub("", token.text)
    return token.text if bare in beside.HAZARD and not _is_harmless(draft, bare, token) else ""


def _is_counted(draft: Draft, token: Token) -> bool:
    earlier, after = draft.lead(token), draft.text[token.end :]
    word_before, word_after = RE.word_before.search(earlier), RE.word_after.match(after)
    listed = RE.line_start.search(earlier) or draft.says(RE.first_of_list)
    return not (
        (listed and RE.list_sign.match(after))
        or (word_before and word_before[1] in NUMBER_BEFORE)
        or (word_after and word_after[1] in NUMBER_AFTER)
        or any(m.start - 12 < token.end and token.start < m.end + 4 for m in draft.live("view", "ranking"))
        or draft.has("view", "count", "streak", "season", "rolling")
        or not token.text.strip("0")
    )


def _is_harmless(draft: Draft, word: str, token: Token) -> bool:
    if RE.harmless.match(draft.text, token.start) or draft.has("view", *_GOES_WITH.get(word, ("no such",))):
        return True
    slots = list(draft.slots())
    near = [m for m in slots if 0 <= m.start - token.end <= 12]
    if word in _BOUNDS:
        return draft.has("claim") or any(m.kind == "time" and m.start - token.end <= 6 for m in near)
    if word in _FACTORS:
        return draft.has("claim") or asks_share(draft)
    if word == "half":
        return any(m.time.kind == "half" for m in draft.live("time"))
    if word == "yesterday":
        return draft.has("time")
    behind = any(0 <= token.start - m.end <= 1 for m in slots)
    return word in OTHER_SENSE and not (near or behind)


class Word:
    """An unread word of a clause that asks, with what was read there."""

    def __init__(self, draft: Draft, clause: Clause, own: list[Mention], token: Token) -> None:
        self.draft, self.clause, self.own, self.token = draft, clause, own, token
        self.text, self.bare = token.text, RE.ending.sub("", token.text)
        self.ahead = [(m, draft.text[token.end : m.start]) for m in own if m.start >= token.end]

    @property
    def counts(self) -> bool:
        """Whether it may be the missing slot, by the first row that holds."""
        return next(counts for counts, holds in WORDS if holds(self))

    @property
    def qualifies(self) -> bool:
        """Whether it says which goods are meant, or whose: "traded alumina", "client's", "export sales"."""
        if beside.ATTRIBUTE.isdisjoint((self.text, self.bare)):
            return False
        traded = any(m.text in _NOUNS and m.end + 1 == self.token.start for m in self.own)
        return traded or any(m.kind in _LINES and RE.owned.fullmatch(gap) for m, gap in self.ahead)

    @cached_property
    def is_behind(self) -> bool:
        """Whether it stands behind the first slot of its clause."""
        named = [m for m in self.own if m.kind in ("series", "time", "country")] or self.own
        return self.token.start > min((m.start for m in named), default=self.clause.end)

    @property
    def has_of(self) -> bool:
        """Whether it is asked of a series or a flow: "the moisture of bauxite"."""
        return any(m.kind in _LINES and RE.of.fullmatch(gap) for m, gap in self.ahead)

    @property
    def may_be_name(self) -> bool:
        """Whether its place is that of a firm, a place or a ship, and no series is named otherwise."""
        named = self.draft.has("series") and not RE.before_name.search(self.draft.lead(self.token))
        return not (named or self.token.is_han)

    @property
    def is_name(self) -> bool:
        """Whether it is a rare word, a firm, a place or a ship, and no slip in a follow-up."""
        rare = not self.token.is_han and len(self.bare) > 2 and rank(self.bare) >= FREQUENT
        return rare and (len(self.text) > 3 or not self.draft.turn.answers)

    @cached_property
    def lead(self) -> str:
        """The clause up to the first slot behind it."""
        start = self.clause.start
        return self.draft.text[start : min((m.start for m, _ in self.ahead), default=self.clause.end)]

    @property
    def is_led(self) -> bool:
        """Whether somebody asks, wants or tells from there on, and what is asked only begins behind that."""
        rest = self.lead[self.token.start - self.clause.start :]
        if self.token.is_han:
            return not any(m.kind in STRONG for m, _ in self.ahead) or bool(RE.led_zh.search(rest))
        return bool(RE.led_zh.search(self.lead) if RE.han.search(self.lead) else RE.leads.search(rest))

    @property
    def is_verb(self) -> bool:
        """Whether its place makes it one: "can you eyeball", "how did exports fare", 贴一下."""
        draft, token = self.draft, self.token
        caused = (m.end for m in draft.mentions if m.kind == "event" and m.end < token.start)
        if any(all(t.text in FUNCTION for t in draft.words_between(end, token.start)) for end in caused):
            return True
        before = draft.text[max(0, token.start - _TAIL) : token.start]
        follows = (m.text not in _NOUNS and m.kind in _LINES and m.end + 1 == token.start for m in self.own)
        asked = RE.acts.search(before) or RE.goes_in.match(draft.text, token.end)
        return bool(asked or (any(follows) and RE.auxiliary.search(before)))


def _goes_on(word: Word) -> bool:
    """Whether a series is named in its clause, or it follows a comma and nobody tells anything."""
    tells = not word.lead.startswith(" ") or beside.is_told(word.lead) or beside.is_manner(word.token)
    close = any(gap == " " for _, gap in word.ahead)  # "Zn ingot"
    return (close or len(word.text) > 2) and (not tells or any(m.kind == "series" for m in word.own))


# Whether a word counts, by the first row that holds.
WORDS: tuple[tuple[bool, Callable[[Word], object]], ...] = (
    (False, lambda w: w.bare in beside.HAZARD or w.text[0].isdigit() or beside.says_nothing(w.text)),
    (False, lambda w: w.is_verb),
    (False, lambda w: w.draft.has("op", "fix") and RE.mistaken.search(w.draft.lead(w.token))),
    (False, lambda w: w.is_behind and w.text in PREDICATE),
    (True, lambda w: w.is_behind),
    (True, lambda w: w.has_of and w.text not in ATTRIBUTED - PLANNED),
    (False, lambda w: w.has_of),
    (True, lambda w: w.may_be_name and w.is_name),
    (False, lambda w: w.may_be_name),
    (False, lambda w: w.is_led or not (w.token.is_han or _goes_on(w))),
    (True, lambda w: True),
)

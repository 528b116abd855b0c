"""What was left unread beside the slots, and whether it could be the slot that is missing."""

import re

from bot.questions.beside import (
    NEUTRAL,
    Spans,
    excuses_in,
    head,
    is_manner,
    is_name,
    is_told,
    restriction,
    says_nothing,
    unexcused,
)
from bot.questions.draft import SLOTS, STRONG, Clause, Draft, Mention
from bot.questions.hazards import HAZARD, changing, part_of_series
from bot.questions.lexicon import ATTRIBUTED, FUNCTION, PERSONS, patterns, residue
from bot.questions.tokenise import Token

ACTS, PREDICATE, ATTRIBUTE = residue("acts"), residue("predicate"), residue("attribute")
_WORK = ATTRIBUTED | PERSONS
_CORE, _NOUNS = (*SLOTS, "country"), ("export", "import")
PLANNED = frozenset(("plan", "budget", "planning"))  # of these it is another quantity
_GOES_ON = {"point", "flow", "time"}
_TAIL = 200  # characters
RE = patterns("residue")


def weigh(draft: Draft) -> str:
    """The unread word that could be the missing slot; '' where there is none.

    In a clause that asks, every word of content counts from its first slot on; before it what stands at
    a slot, and every word where nobody tells or wants anything. A phrase beside the question counts too,
    and what is asked of, or who says it, wherever it stands: "the moisture of", "according to".
    """
    if not draft.asking:
        return ""
    excuses = excuses_in(draft)
    said = RE.purpose.finditer(draft.text)  # "for my boss", "for the board meeting"
    purposes = [match.span() for match in said if match["own"] or not _WORK.isdisjoint(match[0].split())]
    kinds = [(c, c.kinds()) for c in draft.asking]
    on = max((c.sentence for c, own in kinds if own >= _GOES_ON and "series" not in own), default=-1)
    # What only names a series is told: "my nephew eats bauxite. How much of it did China import in May?"
    asking = [c for c, own in kinds if c.sentence >= on or own != {"series"} or not is_told(draft.said(c))]
    within = (_within(draft, c, excuses, purposes) or part_of_series(draft, c) for c in asking)
    beside = (restriction(draft, clause, excuses) for clause in draft.clauses)
    return next(filter(None, (head(draft, draft.clauses), _order(draft), *within, *beside)), "")


def _order(draft: Draft) -> str:
    """The verb by which we are to do something else than to tell: "hold it back", "write me a headline"."""
    unread = {token.start for token in draft.left if token.text not in FUNCTION and token.text not in ACTS}
    orders = (*RE.order_of_us.finditer(draft.text), *RE.forbids.finditer(draft.text)) if unread else ()
    return next((match["verb"] for match in orders if match.start("verb") in unread), "")


def _within(draft: Draft, clause: Clause, excuses: Spans, purposes: Spans) -> str:
    """The word of a clause that asks, a hazard first."""
    if not any(token.text[0].isalnum() for token in clause.left):
        return ""
    aside = [t for t in clause.left if any(start <= t.start < end for start, end in purposes)]
    hazards = (changing(draft, token) for token in clause.left if token not in aside)
    if found := next(filter(None, hazards), ""):
        return found
    own = [m for m in clause.mentions if m.live and m.kind in _CORE]
    if found := next((token.text for token in clause.left if _qualifies(draft, token, own)), ""):
        return found
    named = [m for m in own if m.kind in ("series", "time", "country")] or own
    first = min((m.start for m in named), default=clause.end)
    for token in unexcused(clause, excuses):
        hazard = RE.ending.sub("", token.text) in HAZARD
        if hazard or token in aside or token.text[0].isdigit():
            continue
        if says_nothing(token.text):
            continue
        if token.start <= first:
            counts = _counts_before(draft, clause, token, own)
        else:
            counts = _counts_behind(draft, token, own)
        if counts and not _is_verb(draft, token, own):
            return token.text
    return ""


def _counts_before(draft: Draft, clause: Clause, token: Token, own: list[Mention]) -> bool:
    """Whether a word before the first slot says what is asked of, or of what."""
    text, before = draft.text, draft.lead(token)
    ahead = [(m, text[token.end : m.start]) for m in own if m.start >= token.end]
    if any(RE.owned.fullmatch(gap) and _takes_modifier(m) for m, gap in ahead):
        return True
    if any(m.kind in ("series", "flow") and RE.of.fullmatch(gap) for m, gap in ahead):
        return token.text not in ATTRIBUTED - PLANNED
    lead = text[clause.start : min((m.start for m, _ in ahead), default=clause.end)]
    if token.is_han or any(RE.whose_zh.fullmatch(gap) for _, gap in ahead):
        return any(m.kind in STRONG for m, _ in ahead) and not RE.led_zh.search(
            lead[token.start - clause.start :]
        )
    if not draft.turn.answers and not draft.has_any("series", "flow"):
        return True
    if RE.before_name.search(before) or not draft.has("series"):
        return is_name(token) and (len(token.text) > 3 or not draft.turn.answers)
    goes_on = lead.startswith(" ") and not (is_told(lead) or is_manner(token))  # behind a comma
    if len(token.text) <= 2 or not (goes_on or any(m.kind == "series" for m in own)):
        return False
    if RE.han.search(lead):
        return not RE.led_zh.search(lead)
    return not RE.leads.search(text, token.start, clause.start + len(lead))


def _counts_behind(draft: Draft, token: Token, own: list[Mention]) -> bool:
    """Whether a word behind the first slot narrows what is asked for."""
    ahead = (m for m in own if m.start >= token.end and not draft.text[token.end : m.start].strip())
    noun = any(m.text in _NOUNS and draft.text[m.end : token.start] == " " for m in own)  # "import licences"
    modifies = token.text not in PREDICATE or any(map(_takes_modifier, ahead))
    return noun or (modifies and not _trails(draft, token, own))


def _qualifies(draft: Draft, token: Token, own: list[Mention]) -> bool:
    """Whether it says which goods are meant, or whose: "traded alumina", "the client's", "export sales"."""
    if ATTRIBUTE.isdisjoint((token.text, RE.ending.sub("", token.text))):
        return False
    later = (m for m in own if m.kind in ("series", "flow") and m.start >= token.end)
    ahead = (draft.text[token.end : m.start] for m in later)
    return any(map(RE.owned.fullmatch, ahead)) or any(
        m.text in _NOUNS and m.end + 1 == token.start for m in own
    )


def _takes_modifier(mention: Mention) -> bool:
    timed = mention.kind == "time" and mention.time.kind in ("year", "same")
    return timed or mention.kind in ("series", "flow")


def _is_verb(draft: Draft, token: Token, own: list[Mention]) -> bool:
    """Whether its place makes it one: "can you eyeball", "how did exports fare", 贴一下."""
    began = max(0, token.start - _TAIL)
    before = draft.text[began : token.start]
    follows = any(
        m.end + 1 == token.start and m.kind in ("series", "flow") and m.text not in _NOUNS for m in own
    )
    caused = (m.end for m in draft.mentions if m.kind == "event" and m.end < token.start)
    if any(all(t.text in FUNCTION for t in draft.words_between(end, token.start)) for end in caused):
        return True
    order = RE.order.search(draft.text[began : token.end]) and RE.particle.match(draft.text, token.start)
    asked = order or RE.acts.search(before) or RE.goes_in.match(draft.text, token.end)
    return bool(asked or (follows and RE.auxiliary.search(before)))


def _trails(draft: Draft, token: Token, own: list[Mention]) -> bool:
    """Whether it only trails a whole question: "... june and july boss wants them on the whiteboard"."""
    last, kinds = max(m.end for m in own), {m.kind for m in own}
    if token.start < last or "series" not in kinds or not kinds & {"flow", "time"} or token.is_han:
        return False
    tail = re.split("[,.;:?!()]", draft.text[last : last + _TAIL], maxsplit=1)[0]
    return len(tail.split()) > 2 and bool(RE.begins.match(tail))

"""Words beside the slots that say what is asked of, who says it, or which part is meant.

How likely they change what is asked, by weights learned from kept sentences.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from math import exp

from bot.questions import folder_words, lexicon
from bot.questions.draft import STRONG, Clause, Draft, Mention, han_words, says_nothing_zh
from bot.questions.lexicon import ATTRIBUTED, FUNCTION, PERSONS, PERSONS_ZH, PLAIN, Token, patterns, residue
from bot.questions.partners import Trade
from bot.questions.spelling import is_courtesy_slip

HAZARD, ATTRIBUTE = residue("hazard"), residue("attribute")
NEUTRAL, ASIDE = residue("neutral"), residue("names") | residue("manner")
RE = patterns("residue")
_LONG = 6  # words, or characters: no such sentence only names a part
_SOFT = ("soft", "topic")
_OF_TRADE = (*_SOFT, "price", "future", "policy", "industry", "metal")
WEIGHTS = folder_words.VOCABULARY / "weights.csv"
ALWAYS = "(always)"  # the sign of every message
_MOST_COUNTED = 16  # unread words


def asked_of(draft: Draft) -> str:
    """Who does what is asked, or says it, where that was not read: "what does Goldman have for ..."."""
    left = (t for clause in draft.clauses for t in clause.left if t.text[0].isalpha())
    unread = {t.start for t in left if t.text not in FUNCTION and t.text not in NEUTRAL}
    unread |= {m.start for m in draft.mentions if m.kind == "oos"}
    for match in RE.head.finditer(draft.text) if unread else ():
        name = match.lastgroup or ""
        known = is_courtesy_slip(match[name]) or (name == "who" and draft.has("event"))
        if match.start(name) in unread and not known:
            return match[name]
    return ""


def restriction(draft: Draft, clause: Clause) -> str:
    """The word of a clause beside the question that may leave only a part of it: "Capesize cargoes only"."""
    if clause in draft.asking and clause.kinds() & set(STRONG):
        return ""
    said = draft.said(clause)
    bare = len(said.strip(" ,，:：()的按"))  # a word of the trade counts where it stands alone
    outside = [
        m for m in clause.mentions if m.kind == "oos" and (m.value not in _SOFT or len(m.text) == bare)
    ]
    every: list[Mention | Token] = [*outside, *(t for t in clause.content if not says_nothing(t.text))]
    denied = (RE.denied.search(draft.text[clause.start : word.start]) for word in every)
    words = [word for word, no in zip(every, denied, strict=True) if not (no or is_manner(word))]
    of_goods = any(  # which are meant, or which part of them
        (isinstance(word, Mention) and word.value not in _OF_TRADE)
        or not {RE.ending.sub("", word.text)}.isdisjoint(HAZARD | ATTRIBUTE)
        for word in words
    )
    if not words or (corrects(draft) and len(said.split()) > 1 and not of_goods):  # "fat finger"
        return ""
    sentences = (match.span() for match in RE.sentence.finditer(draft.text))
    around = next((span for span in sentences if span[1] > clause.start), (0, len(draft.text)))
    apart = not any(m.kind in STRONG and around[0] <= m.start < around[1] for m in draft.mentions)
    narrows = RE.narrows.search(draft.text[slice(*around)] if apart else said)
    first = min((m.start for m in draft.slots()), default=0)
    opens = around[1] <= first and draft.text[around[1] :][:1] in ("", ".", "!")  # "Happy Diwali all."
    told = (apart and not of_goods and opens) or _is_aside(draft, clause, around, apart)
    return words[0].text if narrows or RE.predicate.search(said) or not told else ""


def _is_aside(draft: Draft, clause: Clause, around: tuple[int, int], apart: bool) -> bool:
    """Whether a clause tells, asks or thanks, or says how the answer is wanted: it narrows nothing.

    A sentence `apart` from what is asked is taken whole, and narrows nothing where it is long.
    """
    start, end = around if apart else (clause.start, clause.end)
    said = draft.text[start:end]
    if "courtesy" in clause.kinds():
        return True
    if not said.isascii():
        bare = _bare(draft, start, end)
        people = any(person in bare for person in PERSONS_ZH if len(person) > 1)
        told = people or RE.not_bare.search(bare) or RE.told_zh.search(bare) or RE.led_zh.search(bare)
        named = RE.not_bare_zh.search(said)
        return bool(told or named or (apart and len(said) > _LONG and not RE.part_zh.search(said)))
    long = apart and len(said.split()) > _LONG
    return long or is_told(said) or bool(RE.apart.search(said) or RE.not_bare.search(said))


def _bare(draft: Draft, start: int, end: int) -> str:
    """A stretch without what was read and without words of two characters or more that may mean anything.

    A character that excuses a phrase does so as a word of its own: 用 does, and not within 采购用车.
    """
    words = han_words([token for token in draft.left if start <= token.start < end])
    long = (w for w in words if len(w.text) > 1 and w.text not in PLAIN and not says_nothing_zh(w.text))
    read = (m for m in draft.mentions if m.kind not in ("op", "courtesy", "word"))
    spans = [*((w.start, w.end) for w in long), *((m.start, m.end) for m in read)]
    bare = draft.text[start:end]
    for at, size in ((first - start, last - first) for first, last in spans):
        if 0 <= at < len(bare):
            bare = bare[:at] + "□" * size + bare[at + size :]
    return bare


def is_manner(word: Mention | Token) -> bool:
    """Whether a word of a bare phrase is a person's name, a number, or says how it is written or meant."""
    letter = word.text.isascii() and len(word.text) == 1  # of a list: (a), (b)
    number = isinstance(word, Token) and word.text[0].isdigit()
    return letter or number or word.text in ASIDE or (word.text.endswith("ly") and word.text not in HAZARD)


def corrects(draft: Draft) -> bool:
    """Whether it sets right what was asked before: "sorry june", "oops, 2025", "no, I meant imports"."""
    return bool(draft.turn.answers and (draft.has("op", "fix") or draft.says(RE.sorry)))


def is_told(said: str) -> bool:
    """Whether somebody tells something of oneself, of one's work, or of other people."""
    work = (ATTRIBUTED | PERSONS).intersection(re.findall("[a-z]+", said))
    return not said.isascii() or bool(work or RE.of_people.search(said))


def says_nothing(word: str) -> bool:
    """Whether an unread word is known to change nothing of what is asked."""
    bare = RE.ending.sub("", word)
    return word in NEUTRAL or bare in NEUTRAL or bare in PLAIN or is_courtesy_slip(word)


def risk(draft: Draft, trade: Trade) -> float:
    """The likelihood, from 0 to 1, that a message asks for something else than its slots say."""
    known = weights()
    return 1 / (1 + exp(-sum(known.get(sign, 0.0) for sign in signs(draft, trade))))


def heaviest(draft: Draft) -> str:
    """The unread word that speaks most against the slots alone."""
    words = [token.text for token in draft.left if token.text[0].isalnum()] or [draft.left[0].text]
    return max(words, key=lambda word: weights().get(word, 0.0))


@cache
def weights() -> Mapping[str, float]:
    """The weight of each sign that has one."""
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return {sign: float(weight) for sign, weight in rows}


def signs(draft: Draft, trade: Trade) -> set[str]:
    """The unread words, where each stands, and its neighbours; how many there are."""
    # What was read by its kind alone; a partner is no other country, and what is outside is named.
    kinds = {"country": "partner"} if trade.partners else {}
    read = (
        (m.start, f"<{m.value if m.kind == 'oos' else kinds.get(m.kind, m.kind)}>") for m in draft.mentions
    )
    unread = [(t.start, "<reporter>" if t.text in lexicon.REPORTER else t.text) for t in draft.left]
    words = {word for _, word in unread}
    row = ["^", *(word for _, word in sorted([*read, *unread])), "$"]
    found = {ALWAYS, f"({min(len(unread), _MOST_COUNTED)} unread)", *words}
    for at, word in unread:
        inside = any(clause.holds(at) for clause in draft.asking)
        found.add(f"{word} {'inside' if inside else 'beside'}")
    for size in (2, 3):
        parts = zip(*(row[at:] for at in range(size)), strict=False)
        found.update(" ".join(part) for part in parts if not words.isdisjoint(part))
    return found

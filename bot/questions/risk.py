"""How likely the words beside the slots change what is asked, by weights learned from kept sentences."""

import csv
from collections.abc import Mapping
from functools import cache
from math import exp

from bot.questions.draft import Draft
from bot.questions.lexicon import REPORTER, VOCABULARY
from bot.questions.partners import Trade

WEIGHTS = VOCABULARY / "weights.csv"
ALWAYS = "(always)"  # the sign of every message
_MOST_COUNTED = 16  # unread words


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
    unread = [(t.start, "<reporter>" if t.text in REPORTER else t.text) for t in draft.left]
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

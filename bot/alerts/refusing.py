"""A reply in place of a condition: the sentence of the catalogue, and what to write instead."""

from collections.abc import Iterable

from bot.questions.question import Issue, Unresolved
from bot.questions.refused import Refused

MOST = 3


def refused(sentence: str, instead: Iterable[str] = (), said: str = "") -> Refused:
    """Asks back where there is something to write instead; else it is not understood."""
    tries = tuple(dict.fromkeys(instead))[:MOST]
    issue = Issue(said, sentence)
    return Refused(Unresolved("ask_back" if tries else "not_understood", (issue,), tries))

"""What a thread keeps in words: its last question and the questions that were offered to the asker since.

Whoever answers such an offer in words ("alumina", after "alumina or aluminium?") means one of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.questions.clean import clean
from bot.questions.items import SUBJECT
from bot.questions.matching import items_of
from bot.questions.question import Issue, Question, Unresolved
from bot.questions.record import Record
from bot.questions.speak import words
from bot.questions.understand import understand
from bot.words import say, speaking


def kept(last: str, offered: Iterable[str]) -> str:
    """The last question in words, '' where there is none, with those that were offered since."""
    return "\n".join([last, *offered])


def recalled(kept_words: str) -> tuple[str, tuple[str, ...]]:
    """The last question in words, and those that were offered since."""
    last, *offered = kept_words.split("\n")
    return last, tuple(offered)


def understand_after(
    text: str, *, record: Record, last: Question | None, offered: Sequence[str] = ()
) -> Question | Unresolved:
    """The question that the text asks: the offered one that it names, else one after the last question."""
    after = understand(text, record=record, last=last)
    if not offered or (last and isinstance(after, Question) and _plain(after) == _plain(last)):
        return after  # nothing offered, or what stands already is said again
    read = [understand(one, record=record) for one in offered]
    choices = [question for question in read if isinstance(question, Question)]
    return _chosen(text, choices, record) or (None if last else _begun(text, choices, record)) or after


def _chosen(text: str, choices: Sequence[Question], record: Record) -> Question | None:
    """The one of the questions in which the text, said after it, changes nothing."""
    said = [(understand(text, record=record, last=one), one) for one in choices]
    found = [asked for asked, one in said if isinstance(asked, Question) and _plain(asked) == _plain(one)]
    return found[0] if len(found) == 1 else None


def _plain(asked: Question) -> Question:
    """Without what does not change the figures that are asked for."""
    return replace(asked, restated=(), earlier=None, open_ended=False, language="en")


def _begun(text: str, choices: Sequence[Question], record: Record) -> Question | Unresolved | None:
    """Where nothing but the offer came before: a text that is no whole question goes on from it."""
    alone = understand(text, record=record)
    if not choices or isinstance(alone, Unresolved) or alone.view == "help" or _whole(text, choices, record):
        return None
    said = [understand(text, record=record, last=replace(one, against=None)) for one in choices]
    asked = dict.fromkeys(one for one in said if isinstance(one, Question))
    if len(asked) < 2:
        return next(iter(asked), None)
    spoken = next(iter(asked)).language
    with speaking(spoken):
        told = tuple(words(one, record.catalogue) for one in asked)
        issue = Issue("", say("offered.of_which"), told[:3])
    return Unresolved("ask_back", (issue,), told, language=spoken)


def _whole(text: str, choices: Sequence[Question], record: Record) -> bool:
    """Whether the text names what it is about, and when too where that is all that was offered."""
    items = items_of(clean(text), record)
    of_all = all(one.commodities == tuple(record.catalogue) for one in choices)
    timed = any(item.moment or item.sense in ("ytd", "latest") for item in items)
    return not SUBJECT.isdisjoint(item.sense for item in items) and (timed or not of_all)

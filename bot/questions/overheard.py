"""What a text holds that people may have said to each other: can it be meant for us?"""

from dataclasses import dataclass

from bot.questions.clean import clean
from bot.questions.items import Item, Sense
from bot.questions.matching import items_of, lexicon_of
from bot.questions.near import correction
from bot.questions.record import Record

# Longer than any follow-up; what is longer is said to people.
LONGEST = 300
_SUBJECT: frozenset[Sense] = frozenset({"series", "wider", "group", "scope", "part", "time", "ytd"})
# Known words that ask for nothing by themselves: "same here", "and to you", "thanks all".
_MUTE: frozenset[Sense] = frozenset({"join", "and", "between", "out_of", "into", "same", "help"})
_UNKNOWN = frozenset({"unknown", "wrong"})


@dataclass(frozen=True, slots=True)
class Overheard:
    """known: every word is in the lexicon, evident slips aside; asks: one of them asks for something.

    `subject`: a series or a period is named; `reset`: the thread's context is to be cleared.
    """

    known: bool
    asks: bool
    subject: bool
    reset: bool


STRANGE = Overheard(known=False, asks=False, subject=False, reset=False)


def overheard(text: str, record: Record) -> Overheard:
    """What the text holds. It is not looked at further than to the first word that is not known."""
    if len(text) > LONGEST:
        return STRANGE
    senses: set[Sense] = set()
    for item in items_of(clean(text), record):
        if item.sense not in _UNKNOWN:
            senses |= _senses(item)
        elif meant := correction(item.text, lexicon_of(record)):
            senses.add(lexicon_of(record).names[meant][0])
        else:
            return STRANGE
    return Overheard(True, bool(senses - _MUTE), bool(senses & _SUBJECT), "reset" in senses)


def _senses(item: Item) -> set[Sense]:
    """What the item speaks of; "all" alone may be whom somebody thanks, and "since 2021" is a time too."""
    if item.sense == "group" and item.text == "all":
        return set()
    return {item.sense, "time"} if item.moment else {item.sense}

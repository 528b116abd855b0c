"""What a text holds that people may have said to each other: can it be meant for us?"""

from dataclasses import dataclass

from bot.questions.clean import clean
from bot.questions.items import SUBJECT, Item, Sense
from bot.questions.language import heard
from bot.questions.matching import items_of, lexicon_of
from bot.questions.near import correction
from bot.questions.record import Record
from bot.questions.talk import is_talk

# Longer than any follow-up; what is longer is said to people.
LONGEST = 300
_SUBJECT: frozenset[Sense] = SUBJECT | {"time", "ytd"}
# Known words that ask for nothing by themselves: "same here", "and to you", "thanks all", "no thanks".
_MUTE: frozenset[Sense] = frozenset(
    {
        "join",
        "and",
        "between",
        "out_of",
        "into",
        "same",
        "help",
        "with",
        "mend",
        "not",
        "next",
        "degree",
        "onwards",
    }
)
_UNKNOWN = frozenset({"unknown", "wrong"})
# Without a question mark these are said of figures or of people: "high", "the best", "in sum".
_REMARKS = frozenset(
    "high highs low lows best worst top max min most least surprising unusual remarkable".split()
)
_MOVES = frozenset({"rise", "fall"})
_BEYOND: frozenset[Sense] = frozenset({"outside", "country", "unmet"})  # asked of us only with its mark


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
ADDRESSED = Overheard(known=True, asks=True, subject=True, reset=False)


def overheard(text: str, record: Record) -> Overheard:
    """What the text holds. It is not looked at further than to the first word that is not known."""
    if len(text) > LONGEST:
        return STRANGE
    _, asked = heard(text, None)
    plain, senses = clean(asked), set[Sense]()
    if is_talk(asked, plain):
        return STRANGE
    items = items_of(plain, record)
    for item in items:
        if item.sense not in _UNKNOWN:
            senses |= _senses(item, marked="?" in text or "？" in text)
        elif meant := correction(item.text, lexicon_of(record)):
            senses.add(lexicon_of(record).names[meant][0])
        else:
            return STRANGE
    told_how = asked != text and not items  # "in Chinese": the last answer again
    return Overheard(True, told_how or bool(senses - _MUTE), bool(senses & _SUBJECT), "reset" in senses)


def _senses(item: Item, *, marked: bool) -> set[Sense]:
    """What the item speaks of; "all" alone may be whom somebody thanks, "status" of anything that people do,
    and "since 2021" is a time too.
    """
    if (item.sense, item.text) in (("group", "all"), ("view", "status")):
        return set()
    if not marked and _is_remark(item):
        return set()
    return {item.sense, "time"} if item.moment else {item.sense}


def _is_remark(item: Item) -> bool:
    """Whether it is said in passing: of figures, of what we do not know, of a month to come."""
    moved = item.sense == "growth" and item.value in _MOVES
    coming = item.moment is not None and item.moment.step > 0
    return moved or coming or item.sense in _BEYOND or item.text in _REMARKS

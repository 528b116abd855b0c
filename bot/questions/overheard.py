"""What a text holds that people may have said to each other: can it be meant for us?"""

import re
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
# "So it is up", "high": said of figures, and a question only with its mark.
_REMARKS = frozenset({"high", "highs", "low", "lows", "more", "less", "fewer"})
_MOVES = frozenset({"rise", "fall"})
# Words of ours in what people say to people: months that are verbs, goodbyes, praise.
_CHATTER = re.compile(
    r"\b(?:i|it|we|you|u|they|he|she|who|that|this|there|prices?) may\b"
    r"|(?<!\bin )\bmay (?:be|have|not|well|also|still|even|come|go|see|rise|fall|drop|increase|decline)\b"
    r"|\b(?:lets|let us|we|they) march\b(?! ?\d)|\bmarch (?:on|ahead|forward|together)\b"
    r"|\bi (?:was|am|will be|went)\b|\bim (?:out|off|in|back|away|on)\b"
    r"|\bwhat an? (?:month|quarter|year|rise|fall|jump|drop)$"
    r"|\b(?:see|talk to) (?:you|u|ya)\b|\btalk (?:soon|later)\b"
    r"|\b(?:great|nice|good|cool|lovely|perfect) (?:chart|graph|trend|figures?|numbers?|data|table|summary)\b"
)


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
    plain, senses = clean(text), set[Sense]()
    if _CHATTER.search(plain):
        return STRANGE
    for item in items_of(plain, record):
        if item.sense not in _UNKNOWN:
            senses |= _senses(item, marked="?" in text or "？" in text)
        elif meant := correction(item.text, lexicon_of(record)):
            senses.add(lexicon_of(record).names[meant][0])
        else:
            return STRANGE
    return Overheard(True, bool(senses - _MUTE), bool(senses & _SUBJECT), "reset" in senses)


def _senses(item: Item, *, marked: bool) -> set[Sense]:
    """What the item speaks of; "all" alone may be whom somebody thanks, and "since 2021" is a time too."""
    remark = item.text in _REMARKS or (item.sense == "growth" and item.value in _MOVES)
    if (item.sense == "group" and item.text == "all") or (remark and not marked):
        return set()
    return {item.sense, "time"} if item.moment else {item.sense}

"""What can be read out of a text that is no question as it stands: the words that we know."""

from bot.questions.clean import clean
from bot.questions.items import Sense
from bot.questions.matching import items_of
from bot.questions.question import Question
from bot.questions.record import Record
from bot.questions.speak import words
from bot.questions.understand import LONGEST, understand
from bot.words import speaking

# What these say is not asked for, or cannot be.
_LEFT_OUT: frozenset[Sense] = frozenset({"unknown", "wrong", "noise", "outside", "help", "reset"})


def gist(text: str, record: Record) -> str:
    """The question, in words, that the known words of a text make; those words where they make none."""
    if len(text) > LONGEST:
        return ""
    known = " ".join(item.text for item in items_of(clean(text), record) if item.sense not in _LEFT_OUT)
    asked = understand(known, record=record) if known else None
    if not isinstance(asked, Question) or asked.view == "help":
        return known
    with speaking(asked.language):
        return words(asked, record.catalogue)

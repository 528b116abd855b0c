"""What can be read out of a text that is no question as it stands: the words that we know."""

from bot.questions.clean import clean
from bot.questions.items import Sense
from bot.questions.matching import items_of
from bot.questions.record import Record
from bot.questions.understand import is_too_long

# What these say is not asked for, or cannot be.
_LEFT_OUT: frozenset[Sense] = frozenset({"unknown", "wrong", "noise", "outside", "help", "reset"})


def gist(text: str, record: Record) -> str:
    """The words of a text that are known."""
    if is_too_long(text):
        return ""
    return " ".join(item.text for item in items_of(clean(text), record) if item.sense not in _LEFT_OUT)

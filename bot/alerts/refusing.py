"""A reply in place of a condition: the sentence of the catalogue, and the conditions that may be meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.questions.condition import Condition
from bot.questions.question import Issue
from bot.words import Language

MOST = 3


@dataclass(frozen=True, slots=True)
class UnresolvedAlert:
    """Why a text holds no condition, and up to three that may be meant."""

    outcome: Literal["outside", "ask_back", "not_understood"]
    issues: tuple[Issue, ...]
    offers: tuple[Condition, ...] = ()
    language: Language = "en"


class RefusedAlert(Exception):  # noqa: N818 - it carries a reply, not a fault
    """The text holds no condition; caught in `read`."""

    def __init__(self, reply: UnresolvedAlert) -> None:
        super().__init__(reply)
        self.reply = reply


def refused(sentence: str, offers: Iterable[Condition] = (), said: str = "") -> RefusedAlert:
    """Asks back where there is something to offer; else it is not understood."""
    few = tuple(dict.fromkeys(offers))[:MOST]
    return RefusedAlert(
        UnresolvedAlert("ask_back" if few else "not_understood", (Issue(said, sentence),), few)
    )

"""The Reading: what a person's text asks for, how each slot came about, and what was left aside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.questions.question import Question
from bot.questions.turn import NO_HALF, Half
from bot.words import Language

Outcome = Literal["asks", "ask_back", "outside", "not_understood", "courtesy", "silent"]


class Reason(NamedTuple):
    """Why a text is not answered as it stands: the kind of trouble, and the words that it is about."""

    kind: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `offers` are other whole readings, likeliest first; `questions` are there where it asks.

    Each slot is said, inherited from the thread, or assumed; `corrected` maps slips to what they meant;
    `left_aside` are words of content that were not read. `half` are the slots of a text that is not
    answered; `running`: running totals were asked for by name.
    """

    outcome: Outcome
    questions: tuple[Question, ...] = ()
    offers: tuple[Question, ...] = ()
    said: frozenset[str] = frozenset()
    inherited: frozenset[str] = frozenset()
    assumed: frozenset[str] = frozenset()
    corrected: Mapping[str, str] = field(default_factory=dict)
    left_aside: tuple[str, ...] = ()
    reason: Reason | None = None
    language: Language = "en"
    half: Half = NO_HALF
    running: bool = False


class Refusal(Exception):  # noqa: N818 - it carries a reply, not a fault
    """Asks back, or says what is outside; `offers` are whole readings."""

    def __init__(
        self, outcome: Outcome, kind: str, words: tuple[str, ...] = (), offers: tuple[Question, ...] = ()
    ) -> None:
        super().__init__(kind)
        self.outcome, self.reason, self.offers = outcome, Reason(kind, words), offers

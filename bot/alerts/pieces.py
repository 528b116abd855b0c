"""A piece of a condition's text: what one stretch of it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.questions.amounts import Amount

Sense = Literal[
    "lead", "often", "record", "turn", "revised", "on", "side", "way", "amount", "percent", "bare", "by day",
    "run", "span", "than",
]  # fmt: skip
# Each stands for the characters of a piece that has been read: of a side, of a number, of another. No word
# goes on over them, and what stands before a number or after a side can be told by them.
SIDE, NUMBER, TAKEN = "¦", "‡", "|"
_MARKS: Mapping[str, str] = {"side": SIDE, "amount": NUMBER, "percent": NUMBER, "by day": NUMBER}


@dataclass(frozen=True, slots=True)
class Piece:
    """A side, a direction, an amount in a unit, a percentage, …: its words, and where they begin.

    `times`: what a number without a unit is counted in: 20万 are 20 times 10,000.
    """

    sense: Sense
    value: str
    text: str
    at: int
    number: Decimal = Decimal(0)
    times: int = 1
    amount: Amount | None = None

    @property
    def mark(self) -> str:
        """What stands in its place in the text once it is read."""
        return _MARKS.get(self.sense, TAKEN) * len(self.text)

"""A piece of a condition's text: what one stretch of it says."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.alerts.amounts import Amount

Sense = Literal[
    "lead", "often", "record", "turn", "revised", "on", "side", "way", "amount", "percent", "bare", "by day"
]  # fmt: skip
# Stand for each character that has been read, of a side and of another: no word goes on over them.
SIDE, TAKEN = "¦", "|"


@dataclass(frozen=True, slots=True)
class Piece:
    """A side, a direction, an amount in a unit, a percentage, …: its words, and where they begin."""

    sense: Sense
    value: str
    text: str
    at: int
    number: Decimal = Decimal(0)
    amount: Amount | None = None

    @property
    def mark(self) -> str:
        """What stands in its place in the text once it is read."""
        return (SIDE if self.sense == "side" else TAKEN) * len(self.text)

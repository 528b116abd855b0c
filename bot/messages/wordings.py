"""Counts, places and degrees in words."""

from dataclasses import dataclass

from bot.dataset.model import Figure
from bot.messages.number_format import ordinal
from bot.questions.question import Order
from bot.words import say

IN_WORDS = 12  # so far counts and places are words, from there on digits


def count_of(number: int) -> str:
    """Seven; from 13 on the digits."""
    return say(f"wordings.count_{number}") if number <= IN_WORDS else str(number)


def place_of(number: int) -> str:
    """Seventh; from the 13th on the digits."""
    return say(f"wordings.place_{number}") if number <= IN_WORDS else ordinal(number)


@dataclass(frozen=True, slots=True)
class Degree:
    """How a level stands to others: high or low; the size of a balance by its side."""

    name: str

    @property
    def high(self) -> str:
        """As high."""
        return say(f"wordings.{self.name}")

    @property
    def higher(self) -> str:
        """Higher."""
        return say(f"wordings.more_{self.name}")

    @property
    def highest(self) -> str:
        """Highest; of a balance with its side: largest net imports."""
        return say(f"wordings.most_{self.name}")


HIGH, LOW = Degree("high"), Degree("low")


def degree(figure: Figure, order: Order) -> Degree:
    """How a level is called at the asked end of its series: highest; of a balance, largest net imports."""
    low = order == "lowest"
    if figure.series.flow != "net":
        return LOW if low else HIGH
    side = "exports" if (figure.value or 0) > 0 else "imports"
    return Degree(f"{'large' if low == (side == 'imports') else 'small'}_{side}")

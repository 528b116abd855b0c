"""Counts, places and degrees in words."""

from dataclasses import dataclass

from bot.dataset.model import Figure
from bot.messages.numbers import ordinal
from bot.questions.question import Order

COUNTS = "no one two three four five six seven eight nine ten eleven twelve".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()


def count_of(number: int) -> str:
    """Seven; from 13 on the digits."""
    return COUNTS[number] if number < len(COUNTS) else str(number)


def place_of(number: int) -> str:
    """Seventh; from the 13th on the digits."""
    return ORDINALS[number - 1] if number <= len(ORDINALS) else ordinal(number)


@dataclass(frozen=True, slots=True)
class Degree:
    """High, higher, highest: how a level stands to others."""

    high: str
    higher: str
    highest: str


HIGH, LOW = Degree("high", "higher", "highest"), Degree("low", "lower", "lowest")


def degree(figure: Figure, order: Order) -> Degree:
    """How a level is called at the asked end of its series: highest; of a balance, largest net imports."""
    low = order == "lowest"
    if figure.series.flow != "net":
        return LOW if low else HIGH
    side = "net exports" if (figure.value or 0) > 0 else "net imports"
    if low == (side == "net imports"):
        return Degree("large", "larger", f"largest {side}")
    return Degree("small", "smaller", f"smallest {side}")

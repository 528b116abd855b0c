"""A part of a whole, in percent."""

from dataclasses import dataclass

from bot.dataset.model import Figure


@dataclass(frozen=True, slots=True)
class Share:
    """A partner's part of the world's figure, in percent, both in one scope; the range is rounding's."""

    part: Figure
    whole: Figure
    pct: float
    range: tuple[float, float]

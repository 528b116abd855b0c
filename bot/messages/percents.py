"""Changes and shares in percent, with what rounding leaves open."""

from collections.abc import Sequence

from bot.messages.number_format import grouped
from bot.words import say

LARGE_PCT = 1_000  # from here on a decimal of a percent says nothing


def percent(pct: float, decimals: int = 1) -> str:
    """A signed change: +169.6 %."""
    told = grouped(pct, decimals, "+")
    return _with_sign(told if float(told.replace(",", "")) else told[1:])


def printed_percent(pct: float) -> str:
    """A printed change with the decimals it was printed with, one at least."""
    return percent(pct, 2 if round(pct, 1) != pct else 1)


def computed_percent(pct: float, span_pct: tuple[float, float]) -> str:
    """A computed change with its rounding range: about +8.8 % (2.9 to 14.9).

    Plain where the range ends in the same digits: +311.9 %.
    """
    decimals = 0 if abs(pct) >= LARGE_PCT else 1
    return _within(percent(pct, decimals), [unsigned_zero(edge, decimals) for edge in span_pct])


def share_percent(pct: float, span_pct: tuple[float, float]) -> str:
    """A share: 71.3 %; with its range where rounding reaches the decimal: about 71.3 % (70.9 to 71.8)."""
    return _within(_with_sign(unsigned_zero(pct, 1)), [unsigned_zero(edge, 1) for edge in span_pct])


def _within(told: str, edges: Sequence[str]) -> str:
    low, high = edges
    return told if low == high else say("numbers.about_percent", percent=told, low=low, high=high)


def _with_sign(told: str) -> str:
    return say("numbers.percent", number=told)


def unsigned_zero(pct: float, decimals: int) -> str:
    """-3.2, 0.0, 4.1; never -0.0."""
    return grouped(round(pct, decimals) + 0.0, decimals)

"""The change between two periods in words: from the earlier to the later, whichever was named first."""

from bot.answers.answer import Contrast
from bot.messages.numbers import computed_percent
from bot.messages.speech import both_changes, change, computed, side_by_side, turns, unsigned

# A printed change is told to a tenth, so that much of it is its own rounding.
PRINTED_HALF_STEP_PCT = 0.05


def contrast_lead(item: Contrast) -> str:
    """The change between two periods for a first line; '' where a printed and a computed one disagree."""
    if item.range and turns(item.range) and not is_printed(item):
        low, high = (f"{edge:,.1f}" for edge in item.range)
        return f", no difference beyond rounding ({low} to {high} %)"
    told = change(item.in_time[1].growth) if is_growth(item) else contrast_told(item)
    printed = f" as printed{_beside(item)}" if is_printed(item) else ""
    if not item.backwards:
        return f", {told}{printed}" if told else ""
    return f"; {_above(item, told)}{printed}" if told else ""


def _above(item: Contrast, told: str) -> str:
    """2025 is about 42.5 % above 2024 (41.8 to 43.1): for periods that were named the other way round."""
    earlier, later = (figure.period.name for figure in item.in_time)
    size, bracket, edges = unsigned(told).partition(" (")
    return f"{later} is {size} {'above' if (item.pct or 0) > 0 else 'below'} {earlier}{bracket}{edges}"


def is_growth(item: Contrast) -> bool:
    """Whether it is the change on a year earlier, of which a printed one may be on record."""
    earlier, later = item.in_time
    computed = later.growth.computed_pct
    return computed is not None and computed == item.pct and earlier.period == later.period.year_before


def is_printed(item: Contrast) -> bool:
    """Whether the change that leads is one that a source printed."""
    return is_growth(item) and item.in_time[1].growth.origin == "published"


def _beside(item: Contrast) -> str:
    """What the two levels make, where rounding does not explain the printed change."""
    return f", {computed(item.in_time[1].growth)} computed" if is_off(item) else ""


def is_off(item: Contrast) -> bool:
    """Whether a printed change is told of two levels that rounding cannot reconcile with it."""
    growth = item.in_time[1].growth
    if not is_printed(item) or growth.range is None or growth.printed_pct is None:
        return False
    low, high = growth.range
    return not low - PRINTED_HALF_STEP_PCT <= growth.printed_pct <= high + PRINTED_HALF_STEP_PCT


def contrast_told(item: Contrast) -> str:
    """The change between two periods: about +8.8 % (2.9 to 14.9); '' where a percentage says nothing."""
    if is_growth(item):
        growth = item.in_time[1].growth
        return side_by_side(growth) if is_off(item) else both_changes(growth)
    return computed_percent(item.pct, item.range) if item.pct is not None and item.range else ""

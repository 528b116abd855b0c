"""The change between two periods in words: from the earlier to the later, whichever was named first."""

from bot.answers.answer import Contrast
from bot.messages.number_format import grouped
from bot.messages.percents import computed_percent
from bot.messages.speech import (
    both_changes,
    change,
    computed,
    in_words,
    side_by_side,
    turns,
    unsigned,
    without_range,
)
from bot.questions.named import period_name
from bot.words import say

# A printed change is told to a tenth, so that much of it is its own rounding.
PRINTED_HALF_STEP_PCT = 0.05


def contrast_lead(item: Contrast) -> str:
    """The change between two periods for a first line; '' where a printed and a computed one disagree."""
    if item.range and turns(item.range) and not is_printed(item):
        low, high = (grouped(edge, 1) for edge in item.range)
        return say("contrasts.within_rounding", low=low, high=high)
    told = change(item.in_time[1].growth) if is_growth(item) else contrast_told(item)
    if not told:
        return ""
    told = _above(item, told) if item.backwards else say("contrasts.change", change=in_words(told))
    return f"{told}{_as_printed(item)}" if is_printed(item) else told


def _above(item: Contrast, told: str) -> str:
    """2025 is about 42.5 % above 2024 (41.8 to 43.1): for periods that were named the other way round."""
    earlier, later = (period_name(figure.period) for figure in item.in_time)
    size = without_range(unsigned(told))
    above = "above" if (item.pct or 0) > 0 else "below"
    edges = unsigned(told).removeprefix(size)
    return say(f"contrasts.later_{above}", later=later, earlier=earlier, size=size, range=edges)


def _as_printed(item: Contrast) -> str:
    """That a source printed it; beside it what the two levels make, where rounding does not explain it."""
    if not is_off(item):
        return say("contrasts.as_printed")
    return say("contrasts.printed_and_computed", computed=in_words(computed(item.in_time[1].growth)))


def is_growth(item: Contrast) -> bool:
    """Whether it is the change on a year earlier, of which a printed one may be on record."""
    earlier, later = item.in_time
    computed = later.growth.computed_pct
    return computed is not None and computed == item.pct and earlier.period == later.period.year_before


def is_printed(item: Contrast) -> bool:
    """Whether the change that leads is one that a source printed."""
    return is_growth(item) and item.in_time[1].growth.origin == "published"


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

"""What a later stage of a month brought: one line in the thread of its post."""

from collections.abc import Sequence

from bot.dataset.calendar import Month
from bot.dataset.model import Figure, Growth
from bot.dataset.releases import Stage
from bot.messages.leads import STAGES
from bot.messages.speech import Names, change, lower_first, series_name, short_change, short_value, value

PRINTED_HALF_STEP_PCT = 0.05  # a printed change has one decimal


def arrived(stage: Stage, month: Month, figures: Sequence[Figure], names: Names) -> str:
    """The monthly bulletin of July 2026 is out: alumina exports 300 kt; bauxite imports 19.04 Mt, -4.6 %."""
    told = []
    for figure in figures:
        grown = short_change(figure.growth)
        named = lower_first(series_name(figure.series, names))
        told.append(f"{named} {short_value(figure, 't')}" + (f", {grown} on a year earlier" if grown else ""))
    opening = f"The {STAGES[stage]} of {month.name} is out"
    return f"{opening}: {'; '.join(told)}." if told else f"{opening}; the message above has it."


def changed(now: Figure, was: Figure, names: Names) -> str:
    """What is said otherwise than before by more than rounding; '' where nothing is."""
    named = series_name(now.series, names)
    if _apart(now.range, was.range):
        return f"Changed: {lower_first(named)}, {now.period.name}, {value(now)}; before {value(was)}."
    if _apart(_span(now.growth), _span(was.growth)):
        told = f"{change(now.growth)} on a year earlier; before {change(was.growth)}"
        return f"Changed: {lower_first(named)}, {now.period.name}, {told}."
    return ""


def _span(growth: Growth) -> tuple[float, float] | None:
    """Within which the change that is told lies."""
    if growth.pct is None:
        return None
    if growth.origin == "computed" and growth.range:
        return growth.range
    return growth.pct - PRINTED_HALF_STEP_PCT, growth.pct + PRINTED_HALF_STEP_PCT


def _apart(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    return bool(one and other and (one[1] < other[0] or other[1] < one[0]))

"""What a later stage of a month brought: one line in the thread of its post."""

from collections.abc import Sequence

from bot.dataset.calendar import Month
from bot.dataset.model import Figure, Growth
from bot.dataset.releases import Stage
from bot.messages.names import Names, lower_first, series_name, stage_name
from bot.messages.quantities import leading, level, on_year
from bot.questions.named import named, period_name
from bot.words import say
from bot.words.joints import clauses, comma

PRINTED_HALF_STEP_PCT = 0.05  # a printed change has one decimal


def arrived(stage: Stage, month: Month, figures: Sequence[Figure], names: Names) -> str:
    """The monthly bulletin of July 2026 is out: alumina exports 300 kt; bauxite imports 19.04 Mt, -4.6 %."""
    told = []
    for figure in figures:
        series = lower_first(series_name(figure.series, names))
        shown = say("report.named", series=series, level=level(figure))
        told.append(comma(list(filter(None, [shown, on_year(figure)]))))
    out = {"stage": stage_name(stage), "month": named(month)}
    return say("stages.out", told=clauses(told), **out) if told else say("stages.out_above", **out)


def changed(now: Figure, was: Figure, names: Names) -> str:
    """What is said otherwise than before by more than rounding; '' where nothing is."""
    if _apart(now.range, was.range):
        told, before = level(now), level(was)
    elif _apart(_span(now.growth), _span(was.growth)):
        told, before = on_year(now), leading(was.growth)
    else:
        return ""
    series = lower_first(series_name(now.series, names))
    return say("stages.changed", series=series, period=period_name(now.period), now=told, before=before)


def _span(growth: Growth) -> tuple[float, float] | None:
    """Within which the change that is told lies."""
    if growth.pct is None or (growth.origin == "computed" and growth.range):
        return growth.range if growth.pct is not None else None
    return growth.pct - PRINTED_HALF_STEP_PCT, growth.pct + PRINTED_HALF_STEP_PCT


def _apart(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    return bool(one and other and (one[1] < other[0] or other[1] < one[0]))

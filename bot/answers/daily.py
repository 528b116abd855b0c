"""Changes of tonnes a day: months and years of unequal days, reckoned by the day."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.dataset.calendar import Month, Period
from bot.dataset.growth import PRINTED_HALF_POINT
from bot.dataset.model import Figure, Growth, Move
from bot.questions.question import Question


def by_day(answer: Answer) -> Answer:
    """The answer with the changes of its figures by the day; their values stay those of the whole period."""
    figures, around = (tuple(map(changed_by_day, each)) for each in (answer.figures, answer.around))
    return replace(answer, figures=figures, around=around)


def as_asked(figures: Sequence[Figure], question: Question) -> Sequence[Figure]:
    """The figures, with their changes by the day where tonnes a day are asked for."""
    return tuple(map(changed_by_day, figures)) if question.unit == "t/day" else figures


def changed_by_day(figure: Figure) -> Figure:
    """The figure with the changes of its tonnes a day: computed where the days of the two periods differ."""
    growth = figure.growth if figure.growth.pct is not None else None
    return replace(
        figure,
        growth=_growth(growth, _ratio(figure.period.year_before, figure.period)) if growth else figure.growth,
        move=_move(figure.move, figure.period) if figure.move else None,
    )


def _growth(growth: Growth, ratio: float) -> Growth:
    if ratio == 1:
        return growth
    pct, edges = growth.computed_pct, growth.range
    if pct is None or edges is None:  # the level a year earlier is not on record, the change was printed
        pct = growth.pct or 0.0
        edges = (pct - PRINTED_HALF_POINT, pct + PRINTED_HALF_POINT)
    told, low, high = (_by_day(each, ratio) for each in (pct, *edges))
    return Growth(told, "computed", computed_pct=told, range=(low, high), disputed=growth.disputed)


def _move(move: Move, period: Period) -> Move:
    """March on the mean of January and February: on their sum by its days."""
    before = period.plus(-1)
    ratio = _ratio(before, period)
    if move.base != "month":
        both = Period.ytd(Month(period.end.year, 2))
        ratio = _ratio(both, period) / both.length
    low, high = (_by_day(edge, ratio) for edge in move.range)
    return Move(_by_day(move.pct, ratio), (low, high), move.base)


def _ratio(before: Period, now: Period) -> float:
    return before.days / now.days


def _by_day(pct: float, ratio: float) -> float:
    """A change in percent of the whole as one of its days."""
    return ((1 + pct / 100) * ratio - 1) * 100

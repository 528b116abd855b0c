"""A question that is asked again of newer periods, after each release."""

from dataclasses import replace

from bot.dataset.calendar import LENGTHS, Month, Period
from bot.questions.question import Question

ROOM = 1_100  # of a question: a button and a modal hold it with how it is told


def is_schedulable(question: Question) -> bool:
    """Whether its answer moves on with each release, and a button holds it; a month has its own post."""
    moves = bool(question.pairs and question.periods) and question.view not in ("overview", "highlights")
    return moves and len(question.to_json()) < ROOM


def moved(question: Question, month: Month) -> Question:
    """The same of the newest periods that end by that month, as known today."""
    months = max((period.end for period in question.periods), default=month).until(month)
    periods = tuple(_moved(period, months) for period in question.periods)
    against = question.against and _moved(question.against, months)
    return replace(question.plain, periods=periods, against=against, as_of=None)


def _moved(period: Period, months: int) -> Period:
    """A stretch that long ago; of quarters, halves and years the newest that is over."""
    end = period.end.plus(months)
    if period.kind == "ytd":
        return Period.ytd(end)
    if period.kind in ("quarter", "half", "year"):
        return Period.around(end.plus(1 - LENGTHS[period.kind]), period.kind)
    return period.plus(months)

"""A question moved on to another month: what was asked of March is asked of April. Pure."""

from dataclasses import replace

from bot.dataset.calendar import LENGTHS, Month, Period
from bot.questions.question import Question


def moved(question: Question, month: Month) -> Question:
    """The same of the newest periods that end by that month, as known today."""
    if not question.periods:
        return replace(question.plain, as_of=None)
    months = max(period.end for period in question.periods).until(month)
    periods = tuple(_moved(period, months) for period in question.periods)
    against = question.against and _moved(question.against, months)
    return replace(question.plain, periods=periods, against=against, as_of=None)


def edition_of(question: Question, month: Month) -> str:
    """The month that the newest of its periods ends with, once that month is on record."""
    periods = moved(question, month).periods
    return str(max((period.end for period in periods), default=month))


def _moved(period: Period, months: int) -> Period:
    """A stretch that long ago; of quarters, halves and years the newest that is over."""
    end = period.end.plus(months)
    if period.kind == "ytd":
        return Period.ytd(end)
    if period.kind in ("quarter", "half", "year"):
        return Period.around(end.plus(1 - LENGTHS[period.kind]), period.kind)
    return period.plus(months)

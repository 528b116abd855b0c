"""Months on record outside a run: what a record over the run must not be silent about."""

from collections.abc import Iterable, Sequence

from bot.answers.daily import as_asked
from bot.answers.readings import Reading, in_order
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.questions.question import Question


def on_record(series: Series, question: Question, dataset: Dataset) -> tuple[Month, ...]:
    """The months of a series that have a value, oldest first; in the question's scope where it has one."""
    return tuple(period.end for period in dataset.periods(series, "month", question.scope))


def outranking(
    told: Sequence[Figure], months: Iterable[Month], question: Question, dataset: Dataset
) -> tuple[Figure, ...]:
    """Of these months those that would stand among the told figures of a series, best first.

    Each is taken in the scope in which it is served; no more of them than places were asked for.
    """
    inside = in_order(told, question)
    if not inside:
        return ()
    served = (dataset.figure(told[0].series, Period.month(month), question.scope) for month in months)
    outside = in_order(as_asked([figure for figure in served if figure], question), question)
    better = [reading for reading in outside if reading.value > inside[-1].value]
    return tuple(reading.figure for reading in _first([*inside, *better], question.top) if reading in better)


def _first(readings: Iterable[Reading], places: int) -> list[Reading]:
    return sorted(readings, key=lambda reading: reading.value, reverse=True)[:places]

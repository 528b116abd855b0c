"""What is on record of the asked series month by month, and what is waited for."""

from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.lookup import series_of
from bot.dataset.calendar import Period
from bot.dataset.coverage import Covered, covered, waits
from bot.dataset.dataset import Dataset
from bot.questions.question import Question


def coverage(question: Question, dataset: Dataset) -> Answer:
    """Of each series its months, of the asked period where one was named, and those that are due."""
    series = series_of(question, dataset)
    found = [_within(covered(each, dataset), question.period) for each in series]
    return Answer(
        "answered" if any(each.cells for each in found) else "no_figure", question,
        covered=tuple(found), waiting=tuple(wait for each in series for wait in waits(each, dataset)),
        catalogue=dataset.catalogue,
    )  # fmt: skip


def _within(each: Covered, period: Period | None) -> Covered:
    if period is None:
        return each
    cells = {month: cell for month, cell in each.cells.items() if period.start <= month <= period.end}
    return replace(each, cells=cells)

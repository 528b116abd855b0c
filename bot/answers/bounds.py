"""What one question may look at: a longer stretch is asked back, a longer list cut to its newest months."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.lookup import asked_back, newest_of, periods_of, series_of
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS
from bot.questions.question import Question, View

LONGEST = 180  # months of a stretch
MOST = 240  # figures of a list, all its series together
TOGETHER = 150  # series times periods that one question names
ANY = 100_000  # of these a view shows a part by itself
LISTS: Mapping[View, int] = {"trend": MOST, "export": MOST, "ranking": ANY, "revisions": ANY}
# Views in which a stretch costs nothing, or is cut to its newest part.
UNBOUND: tuple[View, ...] = (
    "coverage", "release", "help", "total", "difference", "ratio", "share", "count", "streak", "table",
    "rolling", "events", "definition", "partners",
)  # fmt: skip


def in_part(question: Question, dataset: Dataset, tell: Callable[[Question, Dataset], Answer]) -> Answer:
    """The answer, of the newest months alone where a list of all of them would be too long."""
    part = _newest_months(question, dataset, LISTS.get(question.view, MOST))
    answer = tell(part, dataset)
    return answer if part is question else answer._replace(cut=question.period)


def _newest_months(question: Question, dataset: Dataset, most: int = MOST) -> Question:
    """The question of the newest months that a list holds; the same one where it holds all of them."""
    period = question.period
    if period is None or period.kind != "range":
        return question
    every = (dataset.months(series, question.scope) for series in series_of(question, dataset))
    on_record = (month for months in every for month in months if period.start <= month <= period.end)
    months = sorted(on_record, reverse=True)  # each as often as series have it
    if period.length <= LONGEST and len(months) <= most:
        return question
    end = min(period.end, months[0]) if months else period.end
    starts = [period.start, end.plus(1 - LONGEST), *(month.plus(1) for month in months[most : most + 1])]
    return question.at(Period.span(min(max(starts), end), end))


def too_much(question: Question, dataset: Dataset) -> Answer | None:
    """Asks for fewer where it names more figures than one answer can be about; offers the newest month."""
    if len(question.pairs) * len(periods_of(question)) <= TOGETHER:
        return None
    newest = newest_of(question, dataset)
    plain = replace(question.plain, view="figure", against=None, unit=UNITS[question.measure])
    return asked_back("too_much", [plain.at(Period.month(newest))] if newest else [], dataset)


def too_long(question: Question, dataset: Dataset) -> Answer | None:
    """Asks for fewer months where it asks for more than are looked at; offers the newest, month by month."""
    if question.view in UNBOUND or all(each.length <= LONGEST for each in periods_of(question)):
        return None
    plain = replace(question.plain, view="trend", against=None, change=None, unit=UNITS[question.measure])
    return asked_back("too_long", [_newest_months(plain, dataset)], dataset, period=question.period)

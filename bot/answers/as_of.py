"""An answer that rests on the knowledge of another day: what was on record then, or as first published."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bot.answers.answer import Answer, Arrival, Undated
from bot.answers.onward import MOST
from bot.answers.suggestions import BASE
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.questions.question import Question

Tell = Callable[[Question, Dataset], Answer]


def as_then(question: Question, dataset: Dataset, tell: Tell) -> Answer:
    """The answer as it would have been on the question's day, and what is not certain of that."""
    assert question.as_of
    answer = tell(question, dataset.as_of(question.as_of))
    arrivals = tuple(_arrivals(answer, question, dataset))
    undated = tuple(_undated(answer.figures + answer.around, dataset))
    instead = (
        answer.suggestions if answer.figures else (*_today(question, answer, dataset), *answer.suggestions)
    )
    return replace(
        answer, arrivals=arrivals, undated=undated,
        suggestions=tuple(dict.fromkeys(instead)),
        onward=(*_onward(answer, question), *answer.onward)[:MOST],
    )  # fmt: skip


def as_first_published(question: Question, dataset: Dataset, tell: Tell) -> Answer:
    """The answer with each figure as it was when it was first on record."""
    answer = tell(question, dataset.as_first_published)
    undated = tuple(_undated(answer.figures + answer.around, dataset))
    arrivals = tuple(
        Arrival(figure, first.day, first.dated)
        for figure in answer.figures
        if (first := dataset.first(figure.series, figure.period, figure.scope, printed=True))
    )
    onward = (*_onward(answer, question), *answer.onward)[:MOST]
    return replace(answer, undated=undated, arrivals=arrivals, onward=onward)


def _onward(answer: Answer, question: Question) -> tuple[Question, ...]:
    """Then beside now, and now alone."""
    if not answer.figures or question.period is None:
        return ()
    now = replace(question.plain, as_of=None, first=False, since=None)
    beside = Question(
        question.pairs, question.periods, "revisions", question.measure,
        BASE[question.measure] if question.unit == "%" else question.unit,
        scope=question.scope, since=question.as_of,
    )  # fmt: skip
    printed = question.measure != "unit_value" and question.flows != ("net",)
    return (beside, now) if printed and question.view != "revisions" else (now,)


def _today(question: Question, answer: Answer, dataset: Dataset) -> Iterator[Question]:
    """The same question as it is known today, where some of it is on record by now."""
    if any(dataset.figure(item.series, item.period, item.scope) for item in answer.missing):
        yield replace(question.plain, as_of=None)


def _arrivals(answer: Answer, question: Question, dataset: Dataset) -> Iterator[Arrival]:
    """What was not on record then and came later, with the day on which it did."""
    for item in answer.missing:
        figure = dataset.figure(item.series, item.period, item.scope)
        first = dataset.first(item.series, item.period, figure.scope) if figure else None
        if figure and first:
            yield Arrival(figure, first.day, first.dated)


def _undated(figures: Iterable[Figure], dataset: Dataset) -> Iterator[Undated]:
    """The rows behind the figures whose day of publication is not known, and what stands for it."""
    rows = dict.fromkeys(row for figure in figures for row in figure.rows)
    return (Undated(row, dataset.calendar.out_since(row)) for row in rows if not row.known_since)

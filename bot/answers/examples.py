"""What there is, where nothing near what was asked can be named: examples, each answered by the record.

A follow-up never means one of them, as it can mean a suggestion: they are no reading of what was typed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from bot.answers.answer import Answer
from bot.answers.suggestions import BASE, MOST
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow, Measure, Series
from bot.questions.question import Issue, Question

BOTH: tuple[Flow, ...] = ("export", "import")
MONTHS = 13  # of a course that is offered
COMPLETE = ("ask_back", "answered")  # the one names its choices, the other needs none

Make = Callable[[Dataset], Iterator[Question]]


def examples(answer: Answer, dataset: Dataset) -> tuple[Question, ...]:
    """Up to five questions for an answer without figures that has none of its own to offer."""
    if answer.suggestions or answer.outcome in COMPLETE:
        return ()
    return tuple(islice(_makers(answer.issues)(dataset), MOST))


def first_questions(dataset: Dataset) -> tuple[Question, ...]:
    """Up to five questions for whoever asks how to ask: one of each kind."""
    return (*_anything(dataset), *_year_on_year(dataset), _next_release(dataset))


def _makers(issues: tuple[Issue, ...]) -> Make:
    """By what the first of the issues is about that says so."""
    return next((OF_TOPIC[issue.topic] for issue in issues if issue.topic in OF_TOPIC), _anything)


def _anything(dataset: Dataset) -> Iterator[Question]:
    """The newest month, what stands out in it, and the course of the first series to it."""
    names = tuple(dataset.catalogue)
    month = dataset.newest(names, BOTH)
    if month is None:
        return
    for view in ("overview", "highlights"):
        yield Question.of(names, BOTH, Period.month(month), view)
    first = next(_each(dataset, "quantity"), None)
    if first and first.period:
        to_it = Period.span(first.period.end.plus(1 - MONTHS), first.period.end)
        yield replace(first.at(to_it), view="trend")


def _year_on_year(dataset: Dataset) -> Iterator[Question]:
    """The newest month beside the one a year earlier, where that is on record."""
    names = tuple(dataset.catalogue)
    newest = dataset.newest(names, BOTH)
    if newest and any(
        dataset.figure(Series(*line), Period.month(newest.plus(-12))) for line in product(names, BOTH)
    ):
        month = Period.month(newest)
        yield Question.of(names, BOTH, month, "compare", against=month.year_before)


def _next_release(dataset: Dataset) -> Question:
    return Question.of(tuple(dataset.catalogue), BOTH, view="release")


def _each(dataset: Dataset, measure: Measure) -> Iterator[Question]:
    """The newest month of each series in each flow."""
    for name in dataset.catalogue:
        for flow in dataset.flows(name):
            month = dataset.newest((name,), (flow,), measure=measure)
            if month:
                yield Question.of((name,), (flow,), Period.month(month), measure=measure, unit=BASE[measure])


def _series(dataset: Dataset) -> Iterator[Question]:
    """The newest month of each series, with the flows that are on record of it."""
    for name in dataset.catalogue:
        flows = tuple(flow for flow in BOTH if dataset.newest((name,), (flow,)))
        month = dataset.newest((name,), flows) if flows else None
        if month:
            yield Question.of((name,), flows, Period.month(month))


def _unit_values(dataset: Dataset) -> Iterator[Question]:
    """What a tonne was worth at customs, where that is on record: the nearest there is to a price."""
    return _each(dataset, "unit_value")


def _partners(dataset: Dataset) -> Iterator[Question]:
    """The newest month of what is on record with each partner country, the newest of these first."""
    yield from sorted(_with_partners(dataset), key=_end, reverse=True)


def _end(question: Question) -> Month:
    assert question.period
    return question.period.end


def _with_partners(dataset: Dataset) -> Iterator[Question]:
    for partner in dataset.partners:
        for name in dataset.catalogue:
            for flow in dataset.flows(name):
                for measure, unit in BASE.items():
                    month = dataset.newest((name,), (flow,), partner=partner, measure=measure)
                    if month:
                        period = Period.month(month)
                        yield Question.of(
                            (name,), (flow,), period, partner=partner, measure=measure, unit=unit
                        )


def _coming(dataset: Dataset) -> Iterator[Question]:
    """When the next figures come, and the newest there are."""
    yield _next_release(dataset)
    yield from _anything(dataset)


OF_TOPIC: Mapping[str, Make] = {
    "price": _unit_values,
    "future": _coming,
    "country": _partners,
    "metal": _series,
    "part": _series,
    "grade": _series,
    "industry": _series,
    "code": _series,
}

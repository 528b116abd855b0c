"""What there is, where nothing near what was asked can be named: examples, each answered by the record.

A follow-up never means one of them, as it can mean a suggestion: they are no reading of what was typed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from bot.answers.answer import Answer
from bot.answers.suggestions import MOST, newest_of_each
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow, Series
from bot.questions.question import Question

BOTH: tuple[Flow, ...] = ("export", "import")
MONTHS = 13  # of a course that is offered
COMPLETE = ("ask_back", "answered")  # the one names its choices, the other needs none


def examples(answer: Answer, dataset: Dataset) -> tuple[Question, ...]:
    """Up to five questions for an answer without figures that has none of its own to offer.

    They are of what the first of the issues is about that says so.
    """
    if answer.suggestions or answer.outcome in COMPLETE:
        return ()
    topic = next((issue.topic for issue in answer.issues if issue.topic), "")
    return tuple(islice(_near(topic, dataset), MOST))


def _near(topic: str, dataset: Dataset) -> Iterable[Question]:
    match topic:
        case "price":  # what a tonne was worth at customs is the nearest there is
            return newest_of_each(dataset, [""], ["unit_value"])
        case "future":
            return chain([_next_release(dataset)], _anything(dataset))
        case "country":
            newest = newest_of_each(dataset, dataset.partners)
            return sorted(newest, key=lambda each: each.periods[0].end, reverse=True)
        case "metal" | "part" | "grade" | "industry" | "code":
            return _series(dataset)
    return _anything(dataset)


def first_questions(dataset: Dataset) -> tuple[Question, ...]:
    """Up to five questions for whoever asks how to ask: one of each kind."""
    return (*_anything(dataset), *_year_on_year(dataset), _next_release(dataset))


def _anything(dataset: Dataset) -> Iterator[Question]:
    """The newest month, what stands out in it, and the course of the first series to it."""
    names = tuple(dataset.catalogue)
    if month := dataset.newest(names, BOTH):
        yield Question.of(names, BOTH, Period.month(month), "overview")
        yield Question.of(names, BOTH, Period.month(month), "highlights")
        for first in islice(newest_of_each(dataset, [""], ["quantity"]), 1):
            end = first.periods[0].end
            yield replace(first.at(Period.span(end.plus(1 - MONTHS), end)), view="trend")


def _year_on_year(dataset: Dataset) -> Iterator[Question]:
    """The newest month beside the one a year earlier, where that is on record."""
    for overview in islice(_anything(dataset), 1):
        before = overview.periods[0].year_before
        if any(dataset.figure(Series(*line), before) for line in overview.lines):
            yield replace(overview, view="compare", against=before)


def _next_release(dataset: Dataset) -> Question:
    return Question.of(tuple(dataset.catalogue), BOTH, view="release")


def _series(dataset: Dataset) -> Iterator[Question]:
    """The newest month of each series, with the flows that are on record of it."""
    for name in dataset.catalogue:
        flows = tuple(flow for flow in BOTH if dataset.newest((name,), (flow,)))
        if flows and (month := dataset.newest((name,), flows)):
            yield Question.of((name,), flows, Period.month(month))

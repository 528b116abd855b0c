"""The thread as the reader needs it: lines, periods and single figures of what was shown."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from bot.dataset.calendar import Period
from bot.questions.question import Pair, Question


class Shown(NamedTuple):
    """One figure that was shown: a line in a period, and the question that it was part of."""

    pair: Pair
    period: Period
    question: Question

    @property
    def key(self) -> tuple[Pair, Period, str]:
        """What makes two of them the same figure."""
        return (self.pair, self.period, self.question.measure)

    @property
    def alone(self) -> Question:
        """The question of this figure alone."""
        return replace(
            self.question,
            pairs=(self.pair,),
            periods=(self.period,),
            against=None,
            view="figure",
            change=None,
            criterion=None,
            claim=None,
            by=None,
        )


def figures_of(questions: Iterable[Question]) -> list[Shown]:
    """Each figure of these questions, in order."""
    return [
        Shown(pair, period, question)
        for question in questions
        for pair in question.pairs
        for period in periods_of(question)
    ]


def periods_of(question: Question) -> tuple[Period, ...]:
    """The periods of a question, with the one that it is compared with."""
    return (*question.periods, question.against) if question.against else question.periods


def pairs_in(questions: Iterable[Question]) -> tuple[Pair, ...]:
    """The lines of these questions, each once."""
    return tuple(dict.fromkeys(pair for question in questions for pair in question.pairs))


def periods_in(questions: Iterable[Question]) -> tuple[Period, ...]:
    """Their periods, each once."""
    return tuple(dict.fromkeys(period for question in questions for period in periods_of(question)))


def seen(shown: Iterable[Question]) -> list[Shown]:
    """The figures of a thread, each once at its last place."""
    found: dict[tuple[Pair, Period, str], Shown] = {}
    for figure in figures_of(shown):
        found.pop(figure.key, None)
        found[figure.key] = figure
    return list(found.values())

"""What a thread keeps: the last answers' questions, what was offered since, what was half said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from bot.dataset.calendar import Period
from bot.dataset.model import Flow
from bot.questions import serialise
from bot.questions.question import Pair, Question

ANSWERS_KEPT = 4
QUESTIONS_KEPT = 8  # of one answer
T = TypeVar("T")


class Half(NamedTuple):
    """Slots of a turn that was not answered; they serve the next turn alone."""

    commodities: tuple[str, ...] = ()
    flows: tuple[Flow, ...] = ()
    periods: tuple[Period, ...] = ()


NO_HALF = Half()


class Shown(NamedTuple):
    """One figure that was shown: a line in a period, and the question that it was part of."""

    pair: Pair
    period: Period
    question: Question

    @property
    def alone(self) -> Question:
        """The question of this figure alone."""
        alone = replace(self.question, pairs=(self.pair,), periods=(self.period,), against=None)
        return replace(alone, view="figure", change=None, criterion=None, claim=None, by=None)


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


def periods_in(questions: Iterable[Question]) -> tuple[Period, ...]:
    """The periods of these questions, each once."""
    return once(period for question in questions for period in periods_of(question))


def once(values: Iterable[T]) -> tuple[T, ...]:
    """These values, each at its first place."""
    return tuple(dict.fromkeys(values))


@dataclass(frozen=True)  # without slots, which go one by one from process to process
class Turn:
    """The Questions of the last answers, newest last; `running`: running totals were asked for by name."""

    answers: tuple[tuple[Question, ...], ...] = ()
    offered: tuple[Question, ...] = ()
    half: Half = NO_HALF
    running: bool = False

    def __bool__(self) -> bool:
        return bool(self.answers or self.offered or any(self.half))

    @property
    def questions(self) -> tuple[Question, ...]:
        """The Questions of the last answer."""
        return self.answers[-1] if self.answers else ()

    @property
    def question(self) -> Question | None:
        """The first of them."""
        return self.questions[0] if self.questions else None

    @property
    def shown(self) -> tuple[Question, ...]:
        """Every Question that is remembered, oldest first."""
        return tuple(question for answer in self.answers for question in answer)

    @property
    def figures(self) -> list[Shown]:
        """The figures that are remembered, each once at its last place."""
        found: dict[tuple[Pair, Period, str], Shown] = {}
        for figure in figures_of(self.shown):
            key = (figure.pair, figure.period, figure.question.measure)
            found.pop(key, None)
            found[key] = figure
        return list(found.values())

    def answered(self, questions: tuple[Question, ...], *, running: bool = False) -> "Turn":
        """The thread after an answer: what was offered and half said before no longer counts."""
        return Turn((*self.answers, questions[:QUESTIONS_KEPT])[-ANSWERS_KEPT:], running=running)

    def refused(self, offered: tuple[Question, ...], half: Half) -> "Turn":
        """The thread after a turn that was not answered: what was shown stays."""
        return Turn(self.answers, offered, half, self.running)

    @classmethod
    def from_json(cls, text: str) -> "Turn":
        """Reads what `to_json` wrote, '' for nothing; StoredValueError for anything else."""
        return serialise.parsed(text, _turn) if text else cls()

    def to_json(self) -> str:
        """A single Question as its own JSON, '' for nothing, else an object of all that is kept."""
        if not self:
            return ""
        if len(self.shown) == 1 and self == Turn(self.answers):
            return self.shown[0].to_json()
        data: dict[str, object] = {"answers": [list(map(serialise.as_json, each)) for each in self.answers]}
        if self.offered:
            data["offered"] = list(map(serialise.as_json, self.offered))
        if any(self.half):
            data["half"] = serialise.encoded(self.half._asdict())
        if self.running:
            data["running"] = True
        return serialise.dumped(data)


def _turn(data: serialise.Json) -> Turn:
    if "answers" not in data:
        return Turn(((serialise.from_json(Question, data),),))
    return serialise.decoded(Turn, data)  # type: ignore[no-any-return]

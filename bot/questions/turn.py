"""What a thread keeps: the last answers' questions, what was offered since, what was half said."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Flow
from bot.questions import serialise
from bot.questions.question import Question

ANSWERS_KEPT = 4
QUESTIONS_KEPT = 8  # of one answer


class Half(NamedTuple):
    """Slots of a turn that was not answered; they serve the next turn alone."""

    commodities: tuple[str, ...] = ()
    flows: tuple[Flow, ...] = ()
    periods: tuple[Period, ...] = ()


NO_HALF = Half()


@dataclass(frozen=True, slots=True)
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
            data["half"] = _half_as_json(self.half)
        if self.running:
            data["running"] = True
        return serialise.dumped(data)


def _half_as_json(half: Half) -> dict[str, object]:
    periods = list(map(serialise.period_as_json, half.periods))
    return {"commodities": half.commodities, "flows": half.flows, "periods": periods}


def _turn(data: serialise.Json) -> Turn:
    if "answers" not in data:
        return Turn(((serialise.from_json(Question, data),),))
    answers = tuple(
        tuple(serialise.from_json(Question, each) for each in answer) for answer in data["answers"]
    )
    offered = tuple(serialise.from_json(Question, each) for each in data.get("offered", ()))
    return Turn(answers, offered, _half(data.get("half", {})), bool(data.get("running")))


def _half(data: serialise.Json) -> Half:
    periods = tuple(
        Period(each["kind"], Month.from_text(each["start"]), Month.from_text(each["end"]))
        for each in data.get("periods", ())
    )
    return Half(tuple(data.get("commodities", ())), tuple(data.get("flows", ())), periods)

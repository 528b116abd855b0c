"""What is asked in a soak, and the first line of each right answer, worked out without Slack or database."""

import random
from dataclasses import dataclass
from datetime import date

from handlers.told import Answers, Told

from benchmarks.questions import packaged, questions

TODAY = date(2026, 11, 24)
FOLLOW_UPS = ("and may 2025?", "and a year earlier?", "and imports?")


@dataclass(frozen=True)
class Posed:
    """A text, and how its answer begins. `then` is what can be asked after it, in the same thread."""

    text: str
    says: str
    then: tuple["Posed", ...] = ()


def posed(rng: random.Random, most: int) -> list[Posed]:
    """So many different questions, two hundred at most, drawn by `rng`; most of them with follow-ups."""
    dataset = packaged()
    answers = Answers(dataset)
    return [_first(answers, text) for text in rng.sample(questions(dataset), most)]


def _first(answers: Answers, text: str) -> Posed:
    told = answers.worked_out(text, "", TODAY)
    then = [(each, answers.worked_out(each, told.question or "", TODAY)) for each in FOLLOW_UPS]
    answered = [(each, after) for each, after in then if after.answer.outcome == "answered"]
    return Posed(text, _line(told), tuple(Posed(each, _line(after)) for each, after in answered))


def _line(told: Told) -> str:
    return told.message.text.partition("\n")[0]

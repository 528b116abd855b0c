"""What is asked in a soak, and the first line of each right answer, worked out without Slack or database."""

import random
from dataclasses import dataclass

from benchmarks.questions import packaged, questions
from bot.dataset.dataset import Dataset
from bot.questions.turn import Turn
from bot.reply import Reply, reply_to_text

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
    return [_first(dataset, text) for text in rng.sample(questions(dataset), most)]


def _first(dataset: Dataset, text: str) -> Posed:
    reply = reply_to_text(text, Turn(), dataset)
    before = Turn.from_json(reply.kept or "")
    then = [(each, reply_to_text(each, before, dataset)) for each in FOLLOW_UPS]
    answered = [(each, after) for each, after in then if after.outcome == "answered"]
    return Posed(text, _line(reply), tuple(Posed(each, _line(after)) for each, after in answered))


def _line(reply: Reply) -> str:
    return reply.message.text.partition("\n")[0]

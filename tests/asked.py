"""The one question that a text asks, for tests that begin with words and are about answers."""

from bot.dataset.dataset import Dataset
from bot.questions import understand
from bot.questions.question import Question
from bot.questions.reading import Reading
from bot.questions.turn import Turn


def asked(text: str, *, record: Dataset, last: Question | None = None) -> Question | Reading:
    """The first Question of the text after that one, or a Reading that asks none, with its offers."""
    reading = understand(text, record=record, shown=Turn(((last,),)) if last else Turn())
    return reading.questions[0] if reading.outcome == "asks" else reading

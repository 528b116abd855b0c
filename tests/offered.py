"""The words of the questions that an answer brings."""

from collections.abc import Iterable

from bot.dataset.companions import load_catalogue
from bot.dataset.data_files import data_folder
from bot.questions import words
from bot.questions.question import Question
from bot.words import speaking

CATALOGUE = load_catalogue(data_folder() / "commodities.toml")


def worded(questions: Iterable[Question]) -> tuple[str, ...]:
    """Each in its own language."""
    return tuple(map(_worded, questions))


def _worded(question: Question) -> str:
    with speaking(question.language):
        return words(question, CATALOGUE)


def held(value: str) -> str:
    """The words of the question that a button holds as JSON."""
    return _worded(Question.from_json(value))

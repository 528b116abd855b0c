"""The one question that a text asks, and the words of questions that an answer brings."""

from bot.dataset.companions import load_catalogue
from bot.dataset.data_files import data_folder
from bot.questions import understand, words
from bot.questions.question import Question
from bot.questions.turn import Turn
from bot.words import speaking


def asked(text, *, record, last=None):
    """The first Question of the text after that one, or a Reading that asks none, with its offers."""
    reading = understand(text, record=record, shown=Turn(((last,),)) if last else Turn())
    return reading.questions[0] if reading.outcome == "asks" else reading


CATALOGUE = load_catalogue(data_folder() / "commodities.toml")


def worded(questions):
    """Each in its own language."""
    return tuple(map(_worded, questions))


def _worded(question):
    with speaking(question.language):
        return words(question, CATALOGUE)


def held(value):
    """The words of the question that a button holds as JSON."""
    return _worded(Question.from_json(value))


def spaced(text):
    """The text with a plain space for each no-break space."""
    return text.replace("\u00a0", " ")

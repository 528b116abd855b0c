"""Several turns of one thread, without Slack: each is understood with the last question before it."""

from collections.abc import Iterable, Iterator

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.questions import understand
from bot.questions.question import Question


def converse(turns: Iterable[str], dataset: Dataset) -> Iterator[Answer]:
    """The answer to each turn; one that does not resolve leaves the last question as it was."""
    last: Question | None = None
    for text in turns:
        answer = respond(understand(text, record=dataset, last=last), dataset)
        last = answer.question or last
        yield answer

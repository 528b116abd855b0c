"""Several turns of one thread, without Slack: each is understood with the last question before it."""

from collections.abc import Iterable, Iterator

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.questions.offered import understand_after
from bot.questions.overheard import overheard
from bot.questions.question import Question


def converse(turns: Iterable[str], dataset: Dataset) -> Iterator[Answer]:
    """The answer to each turn; one that does not resolve, or is told how to ask, leaves the last question."""
    last: Question | None = None
    offered: tuple[str, ...] = ()
    for text in turns:
        answer = respond(understand_after(text, record=dataset, last=last, offered=offered), dataset)
        if answer.question is None:
            offered = answer.suggestions or offered
        elif answer.question.view != "help":
            last, offered = answer.question, ()
        elif overheard(text, dataset).reset:
            last, offered = None, ()
        yield answer

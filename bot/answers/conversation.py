"""Several turns of one thread, without Slack: each is understood with the last question before it."""

from collections.abc import Iterable, Iterator

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.questions import understand
from bot.questions.overheard import overheard
from bot.questions.turn import Turn


def converse(turns: Iterable[str], dataset: Dataset) -> Iterator[Answer]:
    """The answer to each turn; one that does not resolve, or is told how to ask, leaves the last question."""
    last = Turn()
    for text in turns:
        asked = understand(text, record=dataset, last=last.question, offered=last.offered)
        answer = respond(asked, dataset)
        began_anew = answer.question is not None and overheard(text, dataset).reset
        last = turn_after(answer, last) or (Turn() if began_anew else last)
        yield answer


def turn_after(answer: Answer, before: Turn) -> Turn | None:
    """What a thread keeps of an answer: its question, else what was offered instead; None where neither."""
    if answer.question is None:
        return Turn(before.question, answer.suggestions) if answer.suggestions else None
    return None if answer.question.view == "help" else Turn(answer.question)

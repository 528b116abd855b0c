"""What is shown in the place of a month that is not out yet: the newest figure."""

from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset


def with_newest(answer: Answer, dataset: Dataset) -> Answer:
    """The answer, with the newest figure where what was asked for is due later than the record reaches."""
    ahead = answer.missing and all(missing.due for missing in answer.missing)
    if answer.outcome != "no_figure" or not ahead or not answer.suggestions:
        return answer
    newest = respond(answer.suggestions[0], dataset)
    return replace(answer, instead=newest) if newest.outcome == "answered" else answer

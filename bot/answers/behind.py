"""What stands behind an answer: every printing on record of each published figure that it was made from."""

from dataclasses import dataclass

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row
from bot.questions import understand


@dataclass(frozen=True, slots=True)
class Printings:
    """One published figure: the row that an answer uses, and all that is on record of it, oldest first."""

    used: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """An answer, and of each of its published figures, in their order, how it was printed."""

    answer: Answer
    printings: tuple[Printings, ...] = ()


def behind(question: str, dataset: Dataset) -> Behind:
    """The answer to a question in words, with all printings of what it was made from."""
    answer = respond(understand(question, record=dataset), dataset)
    rows = dict.fromkeys(item.row for figure in answer.figures for item in figure.inputs)
    return Behind(answer, tuple(Printings(row, _rows_of(row, dataset)) for row in rows))


def _rows_of(row: Row, dataset: Dataset) -> tuple[Row, ...]:
    figure = dataset.figure(row.series, row.period, row.scope)
    return figure.vintages if figure and row in figure.vintages else (row,)

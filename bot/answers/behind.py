"""What stands behind an answer: every printing on record of each published figure that it was made from."""

from collections.abc import Mapping
from itertools import chain
from typing import NamedTuple

from bot.answers.answer import Answer, Citation
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Row

MOST = 40  # figures that are explained


class Behind(NamedTuple):
    """An answer with the sources of all printings, and how its published figures were printed.

    `figures` are those that are explained: the newest of the answer's, and what is told around them.
    `printings` are by each row that they use all of that figure that have a value, oldest first.
    """

    answer: Answer
    figures: tuple[Figure, ...]
    printings: Mapping[Row, tuple[Row, ...]]


def printed(answer: Answer, dataset: Dataset) -> Behind:
    """An answer with all printings of what it was made from, and the sources that only these have."""
    if answer.question and answer.question.as_of:
        dataset = dataset.record.as_of(answer.question.as_of)
    every = tuple(dict.fromkeys((*answer.figures, *answer.around)))
    newest = sorted(range(len(every)), key=lambda place: every[place].end)[-MOST:]
    figures = tuple(every[place] for place in sorted(newest))
    used = dict.fromkeys(item.row for figure in figures for item in figure.inputs)
    printings = dict[Row, tuple[Row, ...]]()
    for row in (row for row in used if row.value is not None):
        figure = dataset.figure(row.series, row.period, row.scope)
        rows = tuple(each for each in figure.vintages if each.value is not None) if figure else ()
        printings[row] = rows if row in rows else (row,)
    cited = {citation.source.id: citation for citation in answer.citations}
    for row in chain.from_iterable(printings.values()):
        cited.setdefault(row.source, Citation(dataset.record.sources[row.source], row.published))
    return Behind(answer._replace(citations=tuple(cited.values())), figures, printings)

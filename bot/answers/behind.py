"""What stands behind an answer: every printing on record of each published figure that it was made from."""

from typing import NamedTuple

from bot.answers.answer import Answer, Citation
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Row
from bot.dataset.releases import STAGE_ORDER
from bot.questions.question import Question

MOST = 40  # figures that are explained


class Printings(NamedTuple):
    """One published figure: the row that an answer uses, and all that have a value, oldest first."""

    used: Row
    rows: tuple[Row, ...]

    @property
    def why(self) -> str:
        """What puts the used row over the one before it; "apart" where a newer one cannot enter the sum."""
        if len(self.rows) == 1:
            return "alone"
        if self.used != self.rows[-1]:
            return "apart"
        before = self.rows[-2]
        if before.published and self.used.published and before.published != self.used.published:
            return "date"
        if STAGE_ORDER[before.status] != STAGE_ORDER[self.used.status]:
            return "stage"
        if before.step != self.used.step:
            return "step"
        return "confirmed" if before.confirmed_by != self.used.confirmed_by else "row"


class Behind(NamedTuple):
    """An answer with the sources of all printings, and how its published figures were printed.

    `figures` are those that are explained: the newest of the answer's, and what is told around them.
    """

    answer: Answer
    figures: tuple[Figure, ...] = ()
    printings: tuple[Printings, ...] = ()


def behind(question: Question, dataset: Dataset) -> Behind:
    """The answer to a question, with all printings of what it was made from."""
    return printed(respond(question, dataset), dataset)


def printed(answer: Answer, dataset: Dataset) -> Behind:
    """An answer with all printings of what it was made from, and the sources that only these have."""
    if answer.question and answer.question.as_of:
        dataset = dataset.record.as_of(answer.question.as_of)
    every = tuple(dict.fromkeys((*answer.figures, *answer.around)))
    newest = sorted(range(len(every)), key=lambda place: every[place].end)[-MOST:]
    figures = tuple(every[place] for place in sorted(newest))
    used = dict.fromkeys(item.row for figure in figures for item in figure.inputs)
    printings = tuple(Printings(row, _rows_of(row, dataset)) for row in used if row.value is not None)
    cited = {citation.source.id: citation for citation in answer.citations}
    for row in (row for each in printings for row in each.rows):
        cited.setdefault(row.source, Citation(dataset.record.sources[row.source], row.published))
    return Behind(answer._replace(citations=tuple(cited.values())), figures, printings)


def _rows_of(row: Row, dataset: Dataset) -> tuple[Row, ...]:
    figure = dataset.figure(row.series, row.period, row.scope)
    rows = tuple(each for each in figure.vintages if each.value is not None) if figure else ()
    return rows if row in rows else (row,)

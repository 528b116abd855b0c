"""What is told round the figures of an answer: sources, what is held, what to ask next."""

from collections.abc import Iterable, Sequence

from bot.answers.answer import Answer, Citation
from bot.answers.missing import Missing
from bot.answers.onward import onward
from bot.answers.query import Query
from bot.answers.suggestions import suggestions
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Held, Row
from bot.questions.question import View

# What these show is no figure of a line: nothing is asked on from it.
WITHOUT_FIGURES: frozenset[View] = frozenset({"help", "release", "coverage", "definition", "events"})


def complete(answer: Answer, dataset: Dataset) -> Answer:
    """The answer with its sources, what is held, and the questions that it brings."""
    question = answer.question
    if question is None or question.view in WITHOUT_FIGURES:
        return answer
    instead = [figure for item in answer.missing for figure in item.told]
    if not answer.figures:
        instead += [item.newest for item in answer.missing if item.newest]
    shown = [*answer.figures, *answer.around, *instead]
    shown += [figure for item in answer.highlights for figure in item.evidence]
    shown += answer.plot.figures if answer.plot else ()
    return answer._replace(
        citations=answer.citations or citations(shown, dataset),
        suggestions=answer.suggestions or suggestions(answer, dataset),
        onward=onward(question, answer.figures, answer.stretches, dataset),
        held=_held(Query(question, dataset), (*answer.figures, *answer.missing)),
    )


def _held(query: Query, told: Sequence[Figure | Missing]) -> tuple[Held, ...]:
    dataset = query.dataset
    if not dataset.record.held:
        return ()
    series = query.series
    if query.question.view == "partners":
        series += [each._replace(partner=partner) for each in series for partner in dataset.partners]
    every = [(each, period) for each in series for period in query.periods]
    every += [(each.series, each.period) for each in told]
    return tuple(dict.fromkeys(held for wanted in every for held in dataset.held(*wanted)))


def citations(figures: Iterable[Figure], dataset: Dataset) -> tuple[Citation, ...]:
    """Every source behind the figures, once."""
    rows: dict[str, Row] = {}
    for figure in figures:
        for row in figure.rows:
            rows.setdefault(row.source, row)
    return tuple([Citation(dataset.record.sources[name], row.published) for name, row in rows.items()])

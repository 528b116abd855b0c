"""What is told round the figures of an answer: sources, what is missing, and what to ask next."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Citation, Lack, Missing
from bot.answers.lookup import newest_of, periods_of, series_of
from bot.answers.missing import missing_of
from bot.answers.onward import onward
from bot.answers.suggestions import suggestions
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Held, Row
from bot.dataset.releases import STAGES, stage_of
from bot.questions.question import Question, View, offers

# What these show is no figure of a line: nothing is asked on from it.
WITHOUT_FIGURES: frozenset[View] = frozenset({"help", "release", "coverage", "definition", "events"})


def complete(answer: Answer, dataset: Dataset) -> Answer:
    """The answer with its sources, what lacks, and the questions that it brings."""
    question = answer.question
    if question is None or question.view in WITHOUT_FIGURES:
        return answer
    if answer.missing:
        each = (missing_of(item.series, item.period, dataset, item.scope) for item in answer.missing)
        answer = answer._replace(missing=tuple(each))
    further = onward(question, answer.figures, answer.stretches, dataset)
    cited = answer.citations or citations(_told(answer), dataset)
    return answer._replace(
        citations=cited,
        behind=_behind(answer, cited, dataset),
        lack=lack_of(question, dataset) if question.open_ended else None,
        suggestions=answer.suggestions or suggestions(answer, dataset),
        onward=offers((*answer.onward, *further)) if answer.onward else further,
        held=_held(question, (*answer.figures, *answer.missing), dataset),
    )


def _told(answer: Answer) -> list[Figure]:
    """The figures that it tells, of what is missing those in its place."""
    instead = [figure for item in answer.missing for figure in item.told]
    instead += [] if answer.figures else [item.newest for item in answer.missing if item.newest]
    return [*answer.figures, *answer.around, *instead]


def _behind(answer: Answer, cited: Sequence[Citation], dataset: Dataset) -> tuple[Citation, ...]:
    """The sources of highlights and charts that are not cited yet."""
    shown = [figure for item in answer.highlights for figure in item.evidence]
    shown += (figure for plot in answer.plots for figure in plot.figures)
    known = {citation.source.id for citation in cited}
    return tuple(each for each in citations(shown, dataset) if each.source.id not in known)


def _held(question: Question, told: Sequence[Figure | Missing], dataset: Dataset) -> tuple[Held, ...]:
    if not dataset.record.held:
        return ()
    series = series_of(question, dataset)
    if question.view == "partners":
        series += [replace(each, partner=partner) for each in series for partner in dataset.partners]
    every = [(each, period) for each in series for period in periods_of(question)]
    every += [(each.series, each.period) for each in told]
    return tuple(dict.fromkeys(held for wanted in every for held in dataset.held(*wanted)))


def lack_of(question: Question, dataset: Dataset) -> Lack | None:
    """What the record lacks at its newer end of what is asked."""
    newest = newest_of(question, dataset)
    if newest is None:
        return None
    stage = max((stage_of(series) for series in series_of(question, dataset)), key=STAGES.index)
    due, following = dataset.calendar.newest_due(stage, dataset.today), newest.plus(1)
    overdue = due > newest
    return Lack(
        newest=newest,
        due=due if overdue else None,
        since=dataset.calendar.release(due, stage).day if overdue else None,
        following=following,
        expected=dataset.calendar.release(following, stage).day,
    )


def citations(figures: Iterable[Figure], dataset: Dataset) -> tuple[Citation, ...]:
    """Every source behind the figures, once."""
    rows: dict[str, Row] = {}
    for figure in figures:
        for row in figure.rows:
            rows.setdefault(row.source, row)
    return tuple(Citation(dataset.record.sources[name], row.published) for name, row in rows.items())

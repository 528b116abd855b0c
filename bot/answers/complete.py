"""What is told round the figures of an answer: sources, what lacks, what was known then, what to ask next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Citation, Lack
from bot.answers.missing import Missing
from bot.answers.onward import MOST as MOST_ONWARD
from bot.answers.onward import onward
from bot.answers.query import Query
from bot.answers.suggestions import suggestions
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS, Figure, Held, Row
from bot.dataset.releases import STAGES, stage_of
from bot.questions.question import Question, View, offers

# What these show is no figure of a line: nothing is asked on from it.
WITHOUT_FIGURES: frozenset[View] = frozenset({"help", "release", "coverage", "definition", "events"})


def complete(answer: Answer, dataset: Dataset) -> Answer:
    """The answer with its sources, what lacks, and the questions that it brings."""
    question = answer.question
    if question is None or question.view in WITHOUT_FIGURES:
        return answer
    further = onward(question, answer.figures, answer.stretches, dataset)
    instead = [figure for item in answer.missing for figure in item.told]
    if not answer.figures:
        instead += [item.newest for item in answer.missing if item.newest]
    cited = answer.citations or citations([*answer.figures, *answer.around, *instead], dataset)
    shown = [figure for item in answer.highlights for figure in item.evidence]
    shown += answer.plot.figures if answer.plot else ()
    known = {citation.source.id for citation in cited}
    return answer._replace(
        citations=cited,
        behind=tuple([each for each in citations(shown, dataset) if each.source.id not in known]),
        lack=lack_of(Query(question, dataset)) if question.open_ended else None,
        suggestions=answer.suggestions or suggestions(answer, dataset),
        onward=offers((*answer.onward, *further)) if answer.onward else further,
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


def lack_of(query: Query) -> Lack | None:
    """What the record lacks at its newer end of what is asked."""
    newest, calendar = query.newest, query.dataset.calendar
    if newest is None:
        return None
    stage = max((stage_of(series) for series in query.series), key=STAGES.index)
    due = calendar.newest_due(stage, query.dataset.today)
    month = max(due, newest.plus(1))
    return Lack(newest, month, calendar.release(month, stage).day, due > newest)


def citations(figures: Iterable[Figure], dataset: Dataset) -> tuple[Citation, ...]:
    """Every source behind the figures, once."""
    rows: dict[str, Row] = {}
    for figure in figures:
        for row in figure.rows:
            rows.setdefault(row.source, row)
    return tuple([Citation(dataset.record.sources[name], row.published) for name, row in rows.items()])


def as_known(question: Question, answer: Answer, dataset: Dataset) -> Answer:
    """The answer as it would have been on the question's day, or of first printings; today's beside it."""
    return answer._replace(
        suggestions=offers((*answered_today(question, answer, dataset), *answer.suggestions)),
        onward=(*_then_and_now(answer, question), *answer.onward)[:MOST_ONWARD],
    )


def answered_today(question: Question, answer: Answer, dataset: Dataset) -> list[Question]:
    """The question of today, where that has what was not known on its day."""
    if answer.figures or not question.as_of:
        return []
    by_now = any(dataset.figure(each.series, each.period, each.scope) for each in answer.missing)
    return [replace(question.plain, as_of=None)] if by_now else []


def _then_and_now(answer: Answer, question: Question) -> Iterator[Question]:
    """Then beside now, and now alone."""
    if not answer.figures or question.period is None:
        return
    if question.measure != "unit_value" and question.flows != ("net",) and question.view != "revisions":
        unit = UNITS[question.measure] if question.unit == "%" else question.unit
        yield Question(
            question.pairs, question.periods, "revisions", question.measure, unit,
            scope=question.scope, since=question.as_of, language=question.language,
        )  # fmt: skip
    yield replace(question.plain, as_of=None, first=False, since=None)

"""What is told round the figures of an answer: sources, what lacks, what was known then, what to ask next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Arrival, Citation, Lack, Undated
from bot.answers.lazy import Lazy
from bot.answers.lookup import newest_of, periods_of, series_of
from bot.answers.missing import Missing
from bot.answers.onward import MOST as MOST_ONWARD
from bot.answers.onward import onward
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
    shown += (figure for plot in answer.plots for figure in plot.figures)
    known = {citation.source.id for citation in cited}
    return answer._replace(
        citations=cited,
        behind=tuple([each for each in citations(shown, dataset) if each.source.id not in known]),
        lack=lack_of(question, dataset) if question.open_ended else None,
        suggestions=answer.suggestions or suggestions(answer, dataset),
        onward=offers((*answer.onward, *further)) if answer.onward else Lazy(further),
        held=_held(question, (*answer.figures, *answer.missing), dataset),
    )


def _held(question: Question, told: Sequence[Figure | Missing], dataset: Dataset) -> tuple[Held, ...]:
    if not dataset.record.held:
        return ()
    series = series_of(question, dataset)
    if question.view == "partners":
        series += [each._replace(partner=partner) for each in series for partner in dataset.partners]
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
    expected = dataset.calendar.release(following, stage).day
    if due <= newest:
        return Lack(newest, None, None, following, expected)
    return Lack(newest, due, dataset.calendar.release(due, stage).day, following, expected)


def citations(figures: Iterable[Figure], dataset: Dataset) -> tuple[Citation, ...]:
    """Every source behind the figures, once."""
    rows: dict[str, Row] = {}
    for figure in figures:
        for row in figure.rows:
            rows.setdefault(row.source, row)
    return tuple([Citation(dataset.record.sources[name], row.published) for name, row in rows.items()])


def as_known(question: Question, answer: Answer, dataset: Dataset) -> Answer:
    """The answer as it would have been on the question's day, or of first printings; and what is not certain
    of that.
    """
    rows = dict.fromkeys(row for figure in (*answer.figures, *answer.around) for row in figure.rows)
    return answer._replace(
        arrivals=tuple(_arrivals(question, answer, dataset)),
        undated=tuple(Undated(row, dataset.calendar.out_since(row)) for row in rows if not row.known_since),
        suggestions=offers((*answered_today(question, answer, dataset), *answer.suggestions)),
        onward=(*_then_and_now(answer, question), *answer.onward)[:MOST_ONWARD],
    )


def answered_today(question: Question, answer: Answer, dataset: Dataset) -> list[Question]:
    """The question of today, where that has what was not known on its day."""
    by_now = question.as_of and not answer.figures and any(_missing_today(answer, dataset))
    return [replace(question.plain, as_of=None)] if by_now else []


def _missing_today(answer: Answer, dataset: Dataset) -> Iterator[Figure]:
    return filter(None, (dataset.figure(each.series, each.period, each.scope) for each in answer.missing))


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


def _arrivals(question: Question, answer: Answer, dataset: Dataset) -> Iterator[Arrival]:
    """Since when what was not on record then is, or each first printing."""
    printed = question.as_of is None
    for figure in answer.figures if printed else _missing_today(answer, dataset):
        if first := dataset.line(figure.series, figure.scope).first(figure.period, printed=printed):
            yield Arrival(figure, first.day, first.dated)

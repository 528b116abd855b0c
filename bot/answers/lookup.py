"""What the views share: which series are asked for, their figures, and an Answer round them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.answers.answer import Answer, Citation, Highlight, Lack, Missing
from bot.answers.missing import missing_of
from bot.answers.onward import onward
from bot.answers.plot import Plot
from bot.answers.reason import Reason, Rule
from bot.answers.suggestions import suggestions
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Held, Row, Series
from bot.dataset.releases import STAGES, stage_of
from bot.questions.question import Question, offers

Wanted = tuple[Series, Period]


def series_of(question: Question, dataset: Dataset) -> list[Series]:
    """The series asked for that there are, in the question's order."""
    return [
        Series(*pair, question.measure)
        for pair in question.pairs
        if pair.flow in dataset.flows(pair.commodity)
    ]


def newest_of(question: Question, dataset: Dataset) -> Month | None:
    """The newest month on record for what is asked."""
    return dataset.newest(
        question.commodities, question.flows, partner=question.partner, measure=question.measure
    )


def with_period(question: Question, dataset: Dataset) -> Question | None:
    """The question, of the newest month where it names no period; None where nothing is on record."""
    if question.period:
        return question
    newest = newest_of(question, dataset)
    return replace(question.at(Period.month(newest)), open_ended=True) if newest else None


def to_date(question: Question) -> Question:
    """The question; of months' running totals where the change to date is meant."""
    if question.change != "ytd":
        return question
    periods = (Period.ytd(each.end) if each.kind == "month" else each for each in question.periods)
    return replace(question, periods=tuple(periods))


def look_up(
    wanted: Iterable[Wanted], question: Question, dataset: Dataset
) -> tuple[tuple[Figure, ...], tuple[Missing, ...]]:
    """The figures that are on record, and those that are not with what there is instead."""
    looked_up = [(item, dataset.figure(*item, question.scope)) for item in wanted]
    found = tuple(figure for _, figure in looked_up if figure)
    return found, tuple(
        missing_of(*item, dataset, question.scope) for item, figure in looked_up if not figure
    )


def answer_of(question: Question, dataset: Dataset, figures: Sequence[Figure], **parts: Any) -> Answer:
    """The answer with these figures and parts: its outcome, sources, newer end, and what to ask instead."""
    missing: tuple[Missing, ...] = parts.get("missing", ())
    instead = [figure for item in missing for figure in item.told]
    instead += [] if figures else [item.newest for item in missing if item.newest]
    return Answer(
        outcome="answered" if figures else "no_figure",
        question=question,
        figures=tuple(figures),
        citations=citations((*figures, *parts.get("around", ()), *instead), dataset),
        lack=lack_of(question, dataset) if question.open_ended else None,
        suggestions=() if figures else suggestions(question, missing, dataset),
        onward=onward(question, figures, parts.get("stretches", ()), dataset),
        catalogue=dataset.catalogue,
        held=held_of(question, (*figures, *missing), dataset),
        **parts,
    )


def held_of(question: Question, told: Sequence[Figure | Missing], dataset: Dataset) -> tuple[Held, ...]:
    """What waits for a decision of the periods that are asked for or told, each once."""
    if not dataset.record.held:
        return ()
    asked = (*question.periods, *([question.against] if question.against else []))
    series = series_of(question, dataset)
    if question.view == "partners":
        series += [replace(each, partner=partner) for each in series for partner in dataset.partners]
    every = [(each, period) for each in series for period in asked]
    every += [(each.series, each.period) for each in told]
    return tuple(dict.fromkeys(held for wanted in every for held in dataset.held(*wanted)))


def asked_back(
    rule: Rule,
    instead: Iterable[Question],
    dataset: Dataset,
    *,
    period: Period | None = None,
    series: Sequence[Series] = (),
) -> Answer:
    """A question that cannot be answered as it stands: why, and the questions it may have meant."""
    return Answer(
        "ask_back", None, reason=Reason(rule, period, tuple(dict.fromkeys(series))),
        suggestions=offers(tuple(instead)), catalogue=dataset.catalogue,
    )  # fmt: skip


def lack_of(question: Question, dataset: Dataset) -> Lack | None:
    """What the record lacks at its newer end of what is asked."""
    newest = newest_of(question, dataset)
    if newest is None:
        return None
    stage = max((stage_of(series) for series in series_of(question, dataset)), key=STAGES.index)
    due = dataset.calendar.newest_due(stage, dataset.today)
    following = newest.plus(1)
    return Lack(
        newest=newest,
        due=due if due > newest else None,
        since=dataset.calendar.release(due, stage).day if due > newest else None,
        between=tuple(newest.plus(step) for step in range(1, newest.until(due))),
        following=following,
        expected=dataset.calendar.release(following, stage).day,
    )


def with_highlights(answer: Answer, highlights: Sequence[Highlight], dataset: Dataset) -> Answer:
    """The answer with what stands out, and the sources of its evidence that are not those of the figures."""
    evidence = [figure for item in highlights for figure in item.evidence]
    cited = {citation.source.id for citation in answer.citations}
    behind = tuple(each for each in citations(evidence, dataset) if each.source.id not in cited)
    return replace(answer, highlights=tuple(highlights), behind=behind)


def with_plots(answer: Answer, plots: tuple[Plot, ...], dataset: Dataset) -> Answer:
    """The answer with what its charts show, and the sources of that which are not cited yet."""
    shown = [figure for plot in plots for figure in plot.figures]
    cited = {citation.source.id for citation in (*answer.citations, *answer.behind)}
    more = tuple(each for each in citations(shown, dataset) if each.source.id not in cited)
    return replace(answer, plots=plots, behind=(*answer.behind, *more))


def citations(figures: Iterable[Figure], dataset: Dataset) -> tuple[Citation, ...]:
    """Every source behind the figures, once."""
    rows: dict[str, Row] = {}
    for figure in figures:
        for row in figure.rows:
            rows.setdefault(row.source, row)
    return tuple(Citation(dataset.source(name), row.published) for name, row in rows.items())

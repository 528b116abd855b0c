"""What the views share: which series are asked for, their figures, and an Answer round them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bot.answers.answer import Answer, Citation, Highlight, Lack, Missing, Reason, Rule
from bot.answers.missing import missing_of
from bot.answers.onward import onward
from bot.answers.plots import Plot
from bot.answers.suggestions import suggestions
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Held, Row, Series
from bot.dataset.releases import STAGES, stage_of
from bot.questions.question import Question, offers

Wanted = tuple[Series, Period]


def series_of(question: Question, dataset: Dataset) -> list[Series]:
    """The series asked for that there are, in the question's order."""
    pairs = (pair for pair in question.pairs if pair.flow in dataset.flows(pair.commodity))
    return [Series(*pair, question.measure) for pair in pairs]


def periods_of(question: Question) -> tuple[Period, ...]:
    """Its periods and the one that they are put beside."""
    return (*question.periods, *([question.against] if question.against else []))


def scopes_of(series: Series, question: Question, dataset: Dataset) -> tuple[str, ...]:
    """The scope asked for, else all in which the series is served."""
    return (question.scope,) if question.scope else dataset.scopes(series)


def stretch_of(periods: Sequence[Period]) -> Period | None:
    """The one stretch that periods make, where each follows on the one before."""
    ordered = sorted(periods, key=lambda each: each.start)
    joined = all(first.end.plus(1) == second.start for first, second in pairwise(ordered))
    return Period.span(ordered[0].start, ordered[-1].end) if joined else None


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


def wanted_of(question: Question, dataset: Dataset) -> list[Wanted]:
    """Each series in each period that is asked for."""
    return [(series, period) for period in question.periods for series in series_of(question, dataset)]


def look_up(
    wanted: Sequence[Wanted], question: Question, dataset: Dataset, *, levels: bool = False
) -> tuple[tuple[Figure, ...], tuple[Missing, ...]]:
    """The figures that are on record, and those that are not with what there is instead.

    `levels`: a figure of which only a change is on record is none.
    """
    found = [dataset.figure(*item, question.scope) for item in wanted]
    if levels:
        found = [figure if figure and figure.value is not None else None for figure in found]
    return tuple(figure for figure in found if figure), lost(wanted, found, question, dataset)


def lost(
    wanted: Sequence[Wanted], found: Sequence[Figure | None], question: Question, dataset: Dataset
) -> tuple[Missing, ...]:
    """What of it is not on record, with what there is instead."""
    both = zip(wanted, found, strict=True)
    return tuple(missing_of(*item, dataset, question.scope) for item, figure in both if not figure)


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
        held=_held(question, (*figures, *missing), dataset),
        **parts,
    )


def _held(question: Question, told: Sequence[Figure | Missing], dataset: Dataset) -> tuple[Held, ...]:
    if not dataset.record.held:
        return ()
    series = series_of(question, dataset)
    if question.view == "partners":
        series += [replace(each, partner=partner) for each in series for partner in dataset.partners]
    every = [(each, period) for each in series for period in periods_of(question)]
    every += [(each.series, each.period) for each in told]
    return tuple(dict.fromkeys(held for wanted in every for held in dataset.held(*wanted)))


def asked_back(
    rule: Rule, instead: Iterable[Question], dataset: Dataset, *,
    period: Period | None = None, series: Iterable[Series] = (),
) -> Answer:  # fmt: skip
    """A question that cannot be answered as it stands: why, and the questions it may have meant."""
    reason = Reason(rule, period, tuple(dict.fromkeys(series)))
    return Answer("ask_back", None, reason=reason, suggestions=offers(instead), catalogue=dataset.catalogue)


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


def with_highlights(answer: Answer, highlights: Sequence[Highlight], dataset: Dataset) -> Answer:
    """The answer with what stands out, and the sources of its evidence."""
    evidence = [figure for item in highlights for figure in item.evidence]
    return replace(answer, highlights=tuple(highlights), behind=_behind(answer, evidence, dataset))


def with_plots(answer: Answer, plots: Sequence[Plot], dataset: Dataset) -> Answer:
    """The answer with what its charts show, and the sources of that."""
    shown = [figure for plot in plots for figure in plot.figures]
    return replace(answer, plots=tuple(plots), behind=_behind(answer, shown, dataset))


def _behind(answer: Answer, figures: Iterable[Figure], dataset: Dataset) -> tuple[Citation, ...]:
    """What it cites behind its figures, and the sources of these that are not cited yet."""
    cited = {citation.source.id for citation in (*answer.citations, *answer.behind)}
    more = (each for each in citations(figures, dataset) if each.source.id not in cited)
    return (*answer.behind, *more)


def citations(figures: Iterable[Figure], dataset: Dataset) -> tuple[Citation, ...]:
    """Every source behind the figures, once."""
    rows: dict[str, Row] = {}
    for figure in figures:
        for row in figure.rows:
            rows.setdefault(row.source, row)
    return tuple(Citation(dataset.record.sources[name], row.published) for name, row in rows.items())

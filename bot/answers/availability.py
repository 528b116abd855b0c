"""What is on record of each series, what it was printing by printing, and when the next months come out."""

from collections.abc import Iterator
from dataclasses import replace

from bot.answers.answer import Answer, Outcome, Publication
from bot.answers.complete import citations, lack_of
from bot.answers.lookup import answer_of, asked_back, look_up, series_of
from bot.answers.missing import JANUARY_WITH_FEBRUARY
from bot.answers.results import Revised, Revisions
from bot.dataset.calendar import Month, Period
from bot.dataset.coverage import covered, waits
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.dataset.releases import STAGES, Stage, stage_of
from bot.dataset.revision_history import Steps
from bot.questions.question import Question

ALONE = ("month", "ytd")  # of these every printing is told, revised or not


def release(question: Question, dataset: Dataset) -> Answer:
    """What comes out next by stage; for a month that is named, when its stages came or come out."""
    held = _by_stage(question, dataset)
    due = [(stage, dataset.calendar.newest_due(stage, dataset.today).plus(1)) for stage in held]
    due += [(stage, period.end) for period in question.periods for stage in held]
    told = [_publication(stage, month, held[stage], dataset) for stage, month in due]
    names, flows = question.commodities or tuple(dataset.catalogue), question.flows or ("export", "import")
    lack = lack_of(question.about(commodities=names, flows=flows), dataset)
    return Answer(
        "answered", question, publications=tuple(dict.fromkeys(told)),
        lack=lack if lack and lack.due else None, catalogue=dataset.catalogue,
    )  # fmt: skip


def _by_stage(question: Question, dataset: Dataset) -> dict[Stage, tuple[Series, ...]]:
    """The asked series (all where none is) by the stage that first holds them, in the stages' order."""
    series = [
        Series(name, flow, question.partner)
        for name in question.commodities or tuple(dataset.catalogue)
        for flow in dataset.catalogue[name].flows
        if (name, flow) in question.lines or not {"export", "import"} & set(question.flows)
    ]
    held = {stage: tuple(item for item in series if stage_of(item) == stage) for stage in STAGES}
    return {stage: own for stage, own in held.items() if own}


def _publication(stage: Stage, month: Month, series: tuple[Series, ...], dataset: Dataset) -> Publication:
    due = dataset.calendar.release(month, stage)
    together = dataset.calendar.comes_with_next(month, stage)
    return Publication(
        stage, month, due.day, due.expected, due.day <= dataset.today, series, together,
        on_record=tuple(each for each in series if _is_on_record(each, month, dataset)),
    )  # fmt: skip


def _is_on_record(series: Series, month: Month, dataset: Dataset) -> bool:
    """Whether there is a figure of the month; of January and February also one of both."""
    both = (
        [Period.ytd(Month(month.year, JANUARY_WITH_FEBRUARY))]
        if month.number <= JANUARY_WITH_FEBRUARY
        else []
    )
    return any(dataset.figure(series, period) for period in (Period.month(month), *both))


def coverage(question: Question, dataset: Dataset) -> Answer:
    """Of each series its months, of the asked period where one was named, and those that are due."""
    series, period = series_of(question, dataset), question.period
    found = [covered(each, dataset) for each in series]
    if period:
        kept = (
            {month: each.cells[month] for month in period.months if month in each.cells} for each in found
        )
        found = [replace(each, cells=cells) for each, cells in zip(found, kept, strict=True)]
    waiting = tuple(wait for each in series for wait in waits(each, dataset))
    outcome: Outcome = "answered" if any(each.cells for each in found) else "no_figure"
    return Answer(outcome, question, covered=tuple(found), waiting=waiting, catalogue=dataset.catalogue)


def revisions(question: Question, dataset: Dataset) -> Answer:
    """Every printing of what was revised of the asked figures, and how many were not.

    `figures` are the revised ones as they are today; where none was, the asked period's own.
    """
    if question.measure == "unit_value" or question.flows == ("net",) or question.unit == "%":
        return asked_back("not_printed", [_printed_measure(question)], dataset)
    every = (
        _printings(series, scope, question, dataset)
        for series in series_of(question, dataset)
        for scope in _scopes(series, question, dataset)
    )
    found = tuple(each for each in every if each)
    told = [each for own in found for each in [one for one in own.told if one.moved] or own.told]
    figures = [figure for each in told if (figure := dataset.figure(each.series, each.period, each.scope))]
    rest, lost = look_up(question.at(question.period), dataset)
    answer = answer_of(question, dataset, figures or rest, () if found else lost, revisions=found)
    rows = [step.figure for own in found for each in own.told for step in each.steps]
    cited = citations([*answer.figures, *rows], dataset)
    return answer._replace(outcome="answered" if found else answer.outcome, citations=cited)


def _printed_measure(question: Question) -> Question:
    plain = replace(question, unit="t" if question.unit == "%" else question.unit)
    if question.flows == ("net",):
        plain = plain.about(flows=("export", "import"))
    return replace(plain, measure="value", unit="USD") if question.measure == "unit_value" else plain


def _scopes(series: Series, question: Question, dataset: Dataset) -> tuple[str, ...]:
    """The scope asked for, else the one that serves the period, else each that there is."""
    if question.scope:
        return (question.scope,)
    served = dataset.figure(series, question.period) if question.period else None
    return (served.scope,) if served else dataset.scopes(series)


def _printings(series: Series, scope: str, question: Question, dataset: Dataset) -> Revisions | None:
    alone = question.period is not None and question.period.kind in ALONE
    every = tuple(
        Revised(series, period, scope, steps)
        for period in _periods(series, scope, question.period, dataset)
        if (steps := _since(dataset.line(series, scope).history(period), question))
    )
    told = tuple(each for each in every if alone or each.moved)
    return Revisions(series, scope, every, told) if every else None


def _since(steps: Steps, question: Question) -> Steps:
    """The steps from the one that was known on the day since when revisions are asked for."""
    if question.since is None:
        return steps
    before = [step for step in steps if step.day <= question.since]
    return tuple(steps[len(before) - 1 :]) if before else ()


def _periods(series: Series, scope: str, asked: Period | None, dataset: Dataset) -> Iterator[Period]:
    """The months and running totals that are asked about, in order; of a quarter or a half that too."""
    if asked is None:
        totals = (each for each in dataset.periods(series, "ytd", scope) if each.length > 1)
        both = (*dataset.periods(series, "month", scope), *totals)
        yield from sorted(both, key=lambda period: (period.end, period.length))
        return
    if asked.kind in ("quarter", "half"):
        yield asked
    for month in [asked.end] if asked.kind in ALONE else asked.months:
        yield Period.month(month)
        if month.number > 1:
            yield Period.ytd(month)

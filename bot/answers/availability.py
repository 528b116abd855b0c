"""What is on record of each series, what it was printing by printing, and when the next months come out."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from bot.answers.answer import Answer, Publication
from bot.answers.complete import citations
from bot.answers.missing import JANUARY_WITH_FEBRUARY
from bot.answers.query import Query
from bot.answers.results import Revised
from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.coverage import covered, waits
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS, Series
from bot.dataset.releases import STAGES, Stage, stage_of
from bot.questions.question import Pair

ALONE: tuple[Kind, ...] = ("month", "ytd")  # of these every printing is told, revised or not


def release(query: Query) -> Answer:
    """What comes out next by stage, and when a named month does, with the series that each holds first."""
    question, dataset = query
    catalogue, names = dataset.catalogue, question.commodities or dataset.catalogue
    every = (Pair(name, flow, question.partner) for name in names for flow in catalogue[name].flows)
    asked = query.of(pairs=tuple(pair for pair in question.pairs if pair.flow != "net") or tuple(every))
    series = [each._replace(measure="quantity") for each in asked.series]
    of_stage = ((stage, tuple(each for each in series if stage_of(each) == stage)) for stage in STAGES)
    held = {stage: own for stage, own in of_stage if own}
    due = [(stage, dataset.calendar.newest_due(stage, dataset.today).plus(1)) for stage in held]
    due += [(stage, period.end) for period in question.periods for stage in held]
    told = dict.fromkeys(_publication(stage, month, held[stage], dataset) for stage, month in due)
    return query.answer(publications=tuple(told))._replace(outcome="answered")


def _publication(stage: Stage, month: Month, series: tuple[Series, ...], dataset: Dataset) -> Publication:
    due, february = dataset.calendar.release(month, stage), Month(month.year, JANUARY_WITH_FEBRUARY)
    # Of January and February also a figure of both is one of the month.
    periods = (Period.month(month), *([Period.ytd(february)] if month <= february else []))
    here = tuple(each for each in series if any(dataset.figure(each, period) for period in periods))
    together = dataset.calendar.comes_with_next(month, stage)
    return Publication(stage, month, due.day, due.expected, due.day <= dataset.today, series, together, here)


def coverage(query: Query) -> Answer:
    """Of each series its months, of the asked period where one was named, and those that are due."""
    (question, dataset), series = query, query.series
    found = [covered(each, dataset) for each in series]
    if question.period:
        within = frozenset(question.period.months)
        kept = ({month: cell for month, cell in each.cells.items() if month in within} for each in found)
        found = [replace(each, cells=cells) for each, cells in zip(found, kept, strict=True)]
    waiting = tuple(wait for each in series for wait in waits(each, dataset))
    answer = query.answer(covered=tuple(found), waiting=waiting)
    return answer._replace(outcome="answered" if any(each.cells for each in found) else "no_figure")


def revisions(query: Query) -> Answer:
    """Every printing of what was revised of the asked figures; of a single one whether it was or not.

    `figures` are the revised ones as they are today; where none was, the asked period's own.
    """
    (question, dataset), period = query, query.question.period
    if question.measure == "unit_value" or question.flows == ("net",) or question.unit == "%":
        return query.back("of_levels", replace(question, view="trend", unit=UNITS[question.measure]))
    every = [_printings(each, scope, query) for each in query.series for scope in _scopes(each, query)]
    alone = period is not None and period.kind in ALONE
    told = [[each for each in own if alone or each.moved] for own in every]
    shown = (each for own in told for each in [one for one in own if one.moved] or own)
    figures = [figure for each in shown if (figure := dataset.figure(each.series, each.period, each.scope))]
    rest, lost = query.at(period).look_up()
    answer = query.answer(figures or rest, () if any(every) else lost, revisions=tuple(chain(*told)))
    rows = [step.figure for each in answer.revisions for step in each.steps]
    cited = citations([*answer.figures, *rows], dataset)
    return answer._replace(outcome="answered" if any(every) else answer.outcome, citations=cited)


def _scopes(series: Series, query: Query) -> tuple[str, ...]:
    """The scope asked for, else the one that serves the period, else each that there is."""
    question = query.question
    served = query.dataset.figure(series, question.period) if question.period and not question.scope else None
    return (served.scope,) if served else query.scopes(series)


def _printings(series: Series, scope: str, query: Query) -> list[Revised]:
    """What each figure was; from what was known on the day since when revisions are asked for."""
    line, since, found = query.dataset.line(series, scope), query.question.since, list[Revised]()
    for period in _periods(series, scope, query):
        steps = line.history(period)
        known = sum(step.day <= since for step in steps) if since else 1
        if own := steps[known - 1 :] if known else ():
            found.append(Revised(series, period, scope, tuple(own)))
    return found


def _periods(series: Series, scope: str, query: Query) -> Iterable[Period]:
    """The months and running totals that are asked about, in order; of a quarter or a half that too."""
    if (asked := query.question.period) is None:
        months, totals = (query.dataset.lines.periods(series, kind, scope) for kind in ALONE)
        both = [*months, *(each for each in totals if each.length > 1)]
        return sorted(both, key=lambda period: (period.end, period.length))
    every = [asked] if asked.kind in ("quarter", "half") else []
    for month in [asked.end] if asked.kind in ALONE else asked.months:
        every += [Period.month(month), *([Period.ytd(month)] if month.number > 1 else [])]
    return every

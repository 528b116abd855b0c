"""What stands around a figure: why it moved, without a cause, claims, events, terms, releases, revisions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from math import isclose
from operator import attrgetter

from bot.answers.answer import Answer, Publication
from bot.answers.complete import citations
from bot.answers.missing import JANUARY_WITH_FEBRUARY
from bot.answers.query import Query
from bot.answers.rankings import SIDES, measured
from bot.answers.results import Check, Computed, Revised, Verdict, Why
from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.coverage import covered, waits
from bot.dataset.dataset import Dataset
from bot.dataset.growth import PRINTED_HALF_POINT, change_pct
from bot.dataset.model import UNITS, Figure, Series
from bot.dataset.releases import STAGES, Stage, stage_of
from bot.questions.question import Change, Claim, Criterion, Pair, Way

NEAR = 2  # months before a period, in which an event still bears on it
MOST_NEAR = 3
MOST_EVENTS = 10
DIGITS = 15  # of a number, at most
EXACT = 1e-6  # what machines leave of a number
NEAR_PART = 0.01  # of a value: a coarser rounding of it is another number
NEAR_POINTS = 0.5  # of a change
Found = tuple[float, tuple[float, float], bool]  # a change, its range, and whether it was printed
ALONE: tuple[Kind, ...] = ("month", "ytd")  # of these every printing is told, revised or not


def why(query: Query) -> Answer:
    """Each figure with what arithmetic says of its change, and the dated events near it."""
    found, lost = query.look_up()
    on_month = any(_only_on_month(figure, query.question.claim) for figure in found)
    asked = query.of(change="mom") if on_month else query
    return asked.answer(found, lost, results=tuple(_why(figure, asked) for figure in found))


def _only_on_month(figure: Figure, claim: Claim | None) -> bool:
    """Whether it went the way that is asked about on the month, and not on the year."""
    on_year, on_month = measured(figure, "yoy"), measured(figure, "mom")
    if not (claim and claim.way and on_year and on_month):
        return False
    fell = claim.way == "fall"
    return (on_month.value < 0) == fell != (on_year.value < 0)


def _why(figure: Figure, query: Query) -> Why:
    dataset, on_month = query.dataset, query.question.change == "mom" and figure.period.length == 1
    base, scope = figure.period.plus(-1) if on_month else figure.period.year_before, figure.scope
    of_partners = dataset.lines.of_partners(figure.series) if not figure.series.partner else ()
    pairs = ([dataset.level(series, each, scope) for each in (figure.period, base)] for series in of_partners)
    moved = [(now, then) for now, then in pairs if now and then]
    changes: list[Computed] = []
    for measure in ("quantity", "unit_value") if figure.series.flow != "net" else ():
        series = figure.series._replace(measure=measure)
        now, then = (dataset.figure(series, each, scope) for each in (figure.period, base))
        if now and then and (change := change_pct(now, then)):
            changes.append(Computed("change", *change, "%", (now, then)))
    within = Period.span(figure.period.start.plus(-NEAR), figure.end)
    near = dataset.happened((figure.series.commodity,), within)[-MOST_NEAR:]
    most = max(moved, key=lambda pair: abs((pair[0].value or 0) - (pair[1].value or 0)), default=None)
    return Why(figure, tuple(changes), most, near)


def events(query: Query) -> Answer:
    """The dated events of the period that bear on the series; the newest ones where none is named."""
    question, dataset = query
    commodities = question.commodities or tuple(dataset.catalogue)
    every = (dataset.happened(commodities, period) for period in question.periods or (None,))
    found = dict.fromkeys(event for happened in every for event in happened)
    shown = tuple(sorted(found, key=attrgetter("day")))[-MOST_EVENTS:]
    return query.answer(events=shown)._replace(outcome="answered" if shown else "no_figure")


def definition(query: Query) -> Answer:
    """The glossary's entries of the topics, else of the series asked for; all of them where none is named."""
    glossary = query.dataset.record.glossary
    named = query.question.topics or query.question.commodities
    found = tuple(glossary[name] for name in named if name in glossary)
    shown = found or (() if named else tuple(glossary.values()))
    return query.answer(definitions=shown)._replace(outcome="answered" if shown else "outside")


def check(query: Query) -> Answer:
    """Holds the claim against each figure, or its change."""
    claim, criterion = query.question.claim or Claim(), query.question.criterion
    if not criterion and claim == Claim():
        return query.back("claim_missing")
    found, lost = query.look_up()
    basis: Change = "mom" if query.question.change == "mom" else "yoy"
    held = (_bounded(each, criterion, claim) if criterion else _checked(each, claim, basis) for each in found)
    return query.answer(found, lost, results=tuple(held))


def _bounded(figure: Figure, criterion: Criterion, claim: Claim) -> Check:
    """Whether a figure, or its change, lies beyond a bound: open where rounding leaves it so."""
    seen = measured(figure, criterion.of)
    held = {SIDES[criterion.side](each, criterion.bound) for each in ((seen.low, seen.high) if seen else ())}
    verdict: Verdict = "exact" if held == {True} else "no" if held == {False} else "open"
    if criterion.of == "level":
        return Check(figure, Claim(criterion.bound), value=verdict, criterion=criterion)
    change, bound = _change_of(figure, criterion.of), Claim(pct=criterion.bound, way=claim.way)
    return Check(figure, bound, None, verdict, _way(claim.way, change), change, criterion)


def _checked(figure: Figure, claim: Claim, basis: Change) -> Check:
    change, value = _change_of(figure, basis), None
    if claim.value is not None:
        edges = tuple(map(abs, figure.bounds or ())) if figure.series.flow == "net" else figure.bounds
        value = _verdict(claim.value, edges[0], edges[1:], NEAR_PART * edges[0]) if edges else "open"
    pct = None if claim.pct is None else _pct(claim.pct, claim.way, change)
    return Check(figure, claim, value, pct, _way(claim.way, change), change)


def _change_of(figure: Figure, basis: Change) -> Found | None:
    own, printed = measured(figure, basis), basis == "yoy" and figure.growth.origin == "published"
    return (own.value, (own.low, own.high), printed) if own else None


def _verdict(claimed: float, found: float, edges: Sequence[float], near: float) -> Verdict:
    if isclose(found, claimed, rel_tol=EXACT, abs_tol=EXACT):
        return "exact"
    last = Decimal(f"{claimed:.{DIGITS}g}").normalize().as_tuple().exponent  # 3 of 542,000
    if claimed != 0 and abs(found - claimed) <= min(10.0 ** int(last) / 2, near):
        return "rounded"  # the number to fewer digits, and not far from it
    return "within" if min(edges) <= claimed <= max(edges) else "no"


def _pct(pct: float, way: Way, change: Found | None) -> Verdict:
    """Of the claimed change with the sign of the direction that was claimed."""
    if change is None:
        return "open"
    claimed, (found, edges, printed) = -abs(pct) if way == "fall" else pct, change
    verdict = _verdict(claimed, found, edges, NEAR_POINTS)
    near = abs(found - claimed) < PRINTED_HALF_POINT
    return "rounded" if near and not (printed and verdict == "exact") else verdict


def _way(way: Way, change: Found | None) -> Verdict | None:
    low, high = change[1] if change else (-1.0, 1.0)
    if not way or low < 0 < high:
        return "open" if way else None
    held = low >= 0 and high > 0 if way == "rise" else high <= 0 and low < 0
    return "exact" if held else "no"


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

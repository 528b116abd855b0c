"""Months that meet a criterion: how many of them there are, and how many in a row."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import ge, gt, le, lt

from bot.answers.answer import Answer
from bot.answers.complete import citations
from bot.answers.query import Query
from bot.answers.rankings import measured
from bot.answers.results import Count, Streak
from bot.answers.stretches import in_best_scope
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.questions.question import Criterion, Side

SIDES: Mapping[Side, Callable[[float, float], bool]] = {
    "above": gt, "at_least": ge, "below": lt, "at_most": le,
}  # fmt: skip


def _meets(figure: Figure, criterion: Criterion) -> bool | None:
    """Whether a month meets it, as it was published; None where it has no such level or change."""
    seen = measured(figure, criterion.of)
    return SIDES[criterion.side](seen.value, criterion.bound) if seen else None


def _open(figures: Sequence[Figure], criterion: Criterion) -> tuple[Month, ...]:
    """Those that rounding could turn."""
    beyond, bound = SIDES[criterion.side], criterion.bound
    every = (each for figure in figures if (each := measured(figure, criterion.of)))
    return tuple(each.figure.end for each in every if beyond(each.low, bound) != beyond(each.high, bound))


def count(query: Query) -> Answer:
    """How many months of the period meet the criterion; of all on record where no period is named."""
    return _answer(_count, query)


def streak(query: Query) -> Answer:
    """How many months in a row meet it, to the newest or the one named; in a stretch the longest streak."""
    return _answer(_streak, query)


def _answer(make: Callable[[Series, Query, Criterion], Count | Streak | None], query: Query) -> Answer:
    """What is made of each series; none of the months may meet the criterion, which is an answer too."""
    criterion, period = query.question.criterion, query.question.period
    if not criterion:
        return query.back("criterion_missing")
    made = {each: make(each, query, criterion) for each in query.series}
    results = tuple(each for each in made.values() if each)
    figures = [figure for each in results for figure in each.months]
    lost = [(series, period) for series, each in made.items() if not each and period]
    answer = query.answer(figures, lost, results=results)
    if not results or figures:
        return answer
    seen = (each.known if isinstance(each, Count) else (each.broken_by, each.last) for each in results)
    cited = citations((figure for own in seen for figure in own if figure), query.dataset)
    return answer._replace(outcome="answered", citations=cited)


def _count(series: Series, query: Query, criterion: Criterion) -> Count | None:
    found = in_best_scope(series, query)
    if not found:
        return None
    scope, period = found[0].scope, found[0].period
    every = query.dataset.of_months(series, period.months, scope)
    known = tuple(figure for figure in every if _meets(figure, criterion) is not None)
    months = tuple(figure for figure in known if _meets(figure, criterion))
    return Count(series, scope, period, criterion, months, known, _open(known, criterion)) if known else None


def _streak(series: Series, query: Query, criterion: Criterion) -> Streak | None:
    (question, dataset), period = query, query.question.period
    if period and period.length > 1 and not question.open_ended:
        return _longest(series, period, query, criterion)
    end = period.end if period else max(dataset.months(series, question.scope), default=None)
    figure = dataset.figure(series, Period.month(end), question.scope) if end else None
    return _streak_to(figure, criterion, dataset) if figure else None


def _longest(series: Series, period: Period, query: Query, criterion: Criterion) -> Streak | None:
    """The longest of the streaks in a period; of several the newest."""
    found = in_best_scope(series, query)
    if not found or not found[1]:
        return None
    scope = found[0].scope
    every = query.dataset.of_months(series, period.months, scope)
    met = enumerate(each for each in every if _meets(each, criterion))
    in_a_row = groupby(met, key=lambda each: each[1].end.ordinal - each[0])
    runs = [tuple(figure for _, figure in run) for _, run in in_a_row]
    months = max(reversed(runs), key=len, default=())
    end = months[-1].end if months else period.end
    return Streak(series, scope, end, criterion, months, open=_open(months, criterion), longest=True)


def _streak_to(newest: Figure, criterion: Criterion, dataset: Dataset) -> Streak:
    """The months in a row to that one, and what came before them."""
    series, scope, end = newest.series, newest.scope, newest.end
    months, at = list[Figure](), dataset.figure(series, newest.period, scope)
    while at and _meets(at, criterion):
        months.insert(0, at)
        at = dataset.figure(series, Period.month(at.end.plus(-1)), scope)
    broken = at if at and _meets(at, criterion) is False else None
    before = sorted((month for month in dataset.months(series, scope) if month < end), reverse=True)
    met = (each for each in dataset.of_months(series, before, scope) if _meets(each, criterion))
    return Streak(
        series, scope, end, criterion, tuple(months), broken,
        hole=None if broken else end.plus(-len(months)),
        open=_open([*months, *([broken] if broken else [])], criterion),
        last=None if months else next(met, None),
    )  # fmt: skip

"""Months by their level or change: in order, one among earlier ones, how many meet a criterion, in a row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, ge, gt, le, lt
from typing import Literal, NamedTuple

from bot.answers.answer import Answer, Stretch
from bot.answers.complete import citations
from bot.answers.query import Query
from bot.answers.results import Count, Place, Rank, Streak
from bot.answers.stretches import Found, in_best_scope, looked_at, of_stretches
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.growth import PRINTED_HALF_POINT, by_day, guarded_range
from bot.dataset.model import Figure, Series
from bot.questions.question import Criterion, Question, Side

MOST = 120  # places of all series together
Beyond = Callable[[float, float], bool]
SIDES: Mapping[Side, Beyond] = {"above": gt, "at_least": ge, "below": lt, "at_most": le}


class Measured(NamedTuple):
    """A month's level or change, by which it is put in order, and the range it may lie in."""

    figure: Figure
    value: float
    low: float
    high: float

    def among(self, others: Iterable["Measured"]) -> Rank:
        """The best and the last place it may have among these, itself one of them, from the highest.

        Ranges that only touch, as those of neighbouring printed steps do, leave no doubt.
        """
        all_of_them = list(others)
        above = sum(other.low >= self.high and other.value > self.value for other in all_of_them)
        below = sum(other.high <= self.low and other.value < self.value for other in all_of_them)
        return Rank(self.figure, (1 + above, len(all_of_them) - below))


def measured(figure: Figure, of: Literal["level", "yoy", "mom"], days: int = 1) -> Measured | None:
    """A month's level, by that many days, or its change; None where that is not on record.

    A printed change may also be what was computed, where that has another sign.
    """
    growth, move = figure.growth, figure.move
    if of == "mom":
        return Measured(figure, move.pct, *move.range) if move else None
    if of == "level":
        if figure.value is None:
            return None
        low, high = guarded_range(figure)
        return Measured(figure, figure.value / days, low / days, high / days)
    if growth.pct is None:
        return None
    if growth.origin == "computed" and growth.range:
        return Measured(figure, growth.pct, *growth.range)
    ends = [growth.pct - PRINTED_HALF_POINT, growth.pct + PRINTED_HALF_POINT]
    if growth.computed_pct is not None and growth.computed_pct * growth.pct < 0:
        ends.append(growth.computed_pct)
    return Measured(figure, growth.pct, min(ends), max(ends))


def ranking(query: Query) -> Answer:
    """The highest or lowest months, or those with the largest changes; best first."""
    asked, runs = query.question, [run for run in looked_at(query) if run[1]]
    asked = replace(asked, top=min(asked.top, MOST // max(len(runs), 1)))
    found, ranks = list[Found](), list[Rank]()
    for stretch, months in runs:
        ordered = _in_order(map(by_day, months) if asked.unit == "t/day" else months, asked)
        own = [each.among(ordered) for each in ordered[: asked.top]]
        found.append((stretch, tuple(rank.figure for rank in own)))
        ranks += own
    if runs and not asked.period:  # its words say which months were ranked
        periods = [stretch.period for stretch, _ in runs]
        whole = Period.span(min(each.start for each in periods), max(each.end for each in periods))
        asked = replace(asked.at(whole), open_ended=True)
    return of_stretches(Query(asked, query.dataset), found, ranks=tuple(ranks))


def _in_order(figures: Iterable[Figure], question: Question) -> list[Measured]:
    """The months that can be ranked as was asked, the first place first; the larger value leads.

    By their level (by the day where asked), or by their change where that is not in dispute.
    """
    by_level = question.order in ("highest", "lowest") and not question.change
    of: Literal["level", "yoy", "mom"] = "level" if by_level else "mom" if question.change == "mom" else "yoy"
    daily = by_level and question.unit == "t/day"
    told = (each for each in figures if of != "yoy" or not each.growth.disputed)
    every = (measured(figure, of, figure.period.days if daily else 1) for figure in told)
    ranked = [each for each in every if each]
    if question.order in ("lowest", "fall"):  # counted from the lowest
        ranked = [Measured(each.figure, -each.value, -each.high, -each.low) for each in ranked]
    if question.order in ("rise", "fall"):
        ranked = [each for each in ranked if each.value > 0]
    return sorted(ranked, key=attrgetter("value"), reverse=True)


def record(query: Query) -> Answer:
    """A month in its unbroken run, and the last month before it that may have been as high, or as low.

    `around` are months before the run, on record but past a hole, that were higher still.
    """
    question, period = query.question, query.question.periods[0]
    if period.kind != "month":
        return query.back("one_month", question.at(Period.month(period.end)))
    if question.order in ("rise", "fall"):
        return query.back("of_levels", replace(question, view="ranking", periods=()))
    found, lost = query.look_up()
    places, figures, before = list[Place](), list[Figure](), list[Figure]()
    for figure in found:
        place = _place(figure, query)
        figures += [figure, *([place.rival] if place and place.rival else [])]
        if place:
            places.append(place)
            before += _before(figure, place.standing.run_start, query)
    return query.answer(figures, lost, places=tuple(places), around=tuple(before))


def _before(figure: Figure, start: Month, query: Query) -> list[Figure]:
    """The highest month before the run, where it was higher than this one; the lowest likewise."""
    months = [each for each in query.dataset.months(figure.series, figure.scope) if each < start]
    earlier = query.dataset.of_months(figure.series, months, figure.scope)
    known = [figure, *(each for each in earlier if each.value is not None)]
    pick = min if query.question.order == "lowest" else max
    most = pick(known, key=lambda each: each.value or 0)  # of equal ones the figure
    return [] if most is figure else [most]


def _place(figure: Figure, query: Query) -> Place | None:
    line, question = query.dataset.line(figure.series, figure.scope), query.question
    if (standing := line.standing(figure.period)) is None:
        return None
    since = standing.lowest_since if question.order == "lowest" else standing.highest_since
    span = Period.span(standing.run_start, figure.end)
    run = query.dataset.of_months(figure.series, span.months, figure.scope)
    ordered = _in_order(run, replace(question, change=None, unit="t"))
    own = next(each for each in ordered if each.figure.end == figure.end)
    return Place(figure, standing, line.figure(Period.month(since)) if since else None, own.among(ordered))


def counted(query: Query) -> Answer:
    """How many months of the period meet the criterion, or how many in a row, of each series."""
    criterion, period = query.question.criterion, query.question.period
    if not criterion:
        return query.back("criterion_missing")
    make = _streak if query.question.view == "streak" else _count
    made = {each: make(each, query, criterion) for each in query.series}
    results = tuple(each for each in made.values() if each)
    figures = [figure for each in results for figure in each.months]
    lost = [(series, period) for series, each in made.items() if not each and period]
    answer = query.answer(figures, lost, results=results)
    if not results or figures:
        return answer
    # That none of the months meets it is an answer too.
    seen = (each.known if isinstance(each, Count) else (each.broken_by,) for each in results)
    cited = citations((figure for own in seen for figure in own if figure), query.dataset)
    return answer._replace(outcome="answered", citations=cited)


def _meets(figure: Figure, criterion: Criterion) -> bool | None:
    """Whether a month meets it, as it was published; None where it has no such level or change."""
    seen = measured(figure, criterion.of)
    return SIDES[criterion.side](seen.value, criterion.bound) if seen else None


def _open(figures: Iterable[Figure], criterion: Criterion) -> tuple[Month, ...]:
    """Those that rounding could turn."""
    beyond, bound = SIDES[criterion.side], criterion.bound
    every = (each for figure in figures if (each := measured(figure, criterion.of)))
    return tuple(each.figure.end for each in every if beyond(each.low, bound) != beyond(each.high, bound))


def _count(series: Series, query: Query, criterion: Criterion) -> Count | None:
    if not (found := in_best_scope(series, query)):
        return None
    scope, period = found[0].scope, found[0].period
    every = query.dataset.of_months(series, period.months, scope)  # one may have a change alone
    known = [figure for figure in every if _meets(figure, criterion) is not None]
    met, turned = tuple(each for each in known if _meets(each, criterion)), _open(known, criterion)
    return Count(series, scope, period, criterion, met, tuple(known), turned) if known else None


def _streak(series: Series, query: Query, criterion: Criterion) -> Streak | None:
    """The months in a row to the newest or the one named; in a stretch the longest streak."""
    (question, dataset), period = query, query.question.period
    if period and period.length > 1 and not question.open_ended:
        found = in_best_scope(series, query)
        return _longest(found[0], query, criterion) if found and found[1] else None
    end = period.end if period else max(dataset.months(series, question.scope), default=None)
    figure = dataset.figure(series, Period.month(end), question.scope) if end else None
    return _streak_to(figure, criterion, dataset) if figure else None


def _longest(stretch: Stretch, query: Query, criterion: Criterion) -> Streak:
    """The longest of the streaks in a period; of several the newest."""
    every = [*query.dataset.of_months(stretch.series, stretch.period.months, stretch.scope)]
    met = enumerate(each for each in every if _meets(each, criterion))
    in_a_row = groupby(met, key=lambda each: each[1].end.ordinal - each[0])
    runs = [tuple(figure for _, figure in run) for _, run in in_a_row]
    months = max(reversed(runs), key=len, default=())
    end = months[-1].end if months else stretch.period.end
    hole = next((each for each in stretch.holes if each in (end.plus(-len(months)), end.plus(1))), None)
    turned = _open(every, criterion)
    return Streak(stretch.series, stretch.scope, end, criterion, months, None, hole, turned, longest=True)


def _streak_to(newest: Figure, criterion: Criterion, dataset: Dataset) -> Streak:
    """The months in a row to that one, and what came before them."""
    series, scope, end = newest.series, newest.scope, newest.end
    months, at = list[Figure](), dataset.figure(series, newest.period, scope)
    while at and _meets(at, criterion):
        months.insert(0, at)
        at = dataset.figure(series, Period.month(at.end.plus(-1)), scope)
    broken = at if at and _meets(at, criterion) is False else None
    on_record = at is not None and at.value is not None  # it may have no change on the year
    hole = None if on_record or broken else end.plus(-len(months))
    turned = _open([*months, *([broken] if broken else [])], criterion)
    return Streak(series, scope, end, criterion, tuple(months), broken, hole, turned)

"""Months by what they are measured by: in order of level or change, and one among those before it."""

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter
from typing import Literal, NamedTuple

from bot.answers.answer import Answer
from bot.answers.query import Query
from bot.answers.results import Place, Rank
from bot.answers.stretches import Found, looked_at, of_stretches
from bot.dataset.calendar import Month, Period
from bot.dataset.growth import PRINTED_HALF_POINT, guarded_range
from bot.dataset.model import Figure, Growth, Move
from bot.questions.question import Question

MOST = 120  # places of all series together


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
    """A month's level, by that many days, or its change; None where that is not on record."""
    growth, move = figure.growth, figure.move
    if of == "mom":
        return Measured(figure, move.pct, *move.range) if move else None
    if of == "yoy":
        return Measured(figure, growth.pct, *_edges(growth, growth.pct)) if growth.pct is not None else None
    if figure.value is None:
        return None
    low, high = guarded_range(figure)
    return Measured(figure, figure.value / days, low / days, high / days)


def _edges(growth: Growth, pct: float) -> tuple[float, float]:
    """What the leading change may be; a printed one also what was computed, where that has another sign."""
    if growth.origin == "computed" and growth.range:
        return growth.range
    ends = [pct - PRINTED_HALF_POINT, pct + PRINTED_HALF_POINT]
    if growth.computed_pct is not None and growth.computed_pct * pct < 0:
        ends.append(growth.computed_pct)
    return min(ends), max(ends)


def ranking(query: Query) -> Answer:
    """The highest or lowest months, or those with the largest changes; best first."""
    if query.question.change == "ytd":
        return query.back("by_month", replace(query.question, change="yoy"))
    runs = [run for run in looked_at(query) if run[1]]
    asked = replace(query.question, top=min(query.question.top, MOST // max(len(runs), 1)))
    found, ranks = list[Found](), list[Rank]()
    for stretch, months in runs:
        ordered = _in_order(by_day(months) if asked.unit == "t/day" else months, asked)
        own = [each.among(ordered) for each in ordered[: asked.top]]
        found.append((stretch, tuple(rank.figure for rank in own)))
        ranks += own
    if runs and not asked.period:  # its words say which months were ranked
        start = min(stretch.period.start for stretch, _ in runs)
        end = max(stretch.period.end for stretch, _ in runs)
        asked = replace(asked.at(Period.span(start, end)), open_ended=True)
    return of_stretches(Query(asked, query.dataset), found, ranks=tuple(ranks))


def _in_order(figures: Iterable[Figure], question: Question) -> list[Measured]:
    """The months that can be ranked as was asked, the first place first; the larger value leads."""
    ranked = [each for figure in figures if (each := _ranked_by(figure, question))]
    if question.order in ("lowest", "fall"):  # counted from the lowest
        ranked = [Measured(each.figure, -each.value, -each.high, -each.low) for each in ranked]
    if question.order in ("rise", "fall"):
        ranked = [each for each in ranked if each.value > 0]
    return sorted(ranked, key=attrgetter("value"), reverse=True)


def _ranked_by(figure: Figure, question: Question) -> Measured | None:
    """Its level (by the day where asked), or its change where not in dispute."""
    if question.order in ("highest", "lowest") and not question.change:
        return measured(figure, "level", figure.period.days if question.unit == "t/day" else 1)
    if question.change == "mom":
        return measured(figure, "mom")
    return None if figure.growth.disputed else measured(figure, "yoy")


def record(query: Query) -> Answer:
    """A month in its unbroken run, and the last month before it that may have been as high, or as low.

    `around` are months before the run, on record but past a hole, that were higher still.
    """
    question, period = query.question, query.question.periods[0]
    if period.kind != "month":
        return query.back("record_of_month", question.at(Period.month(period.end)), period=period)
    if question.order in ("rise", "fall"):
        return query.back("of_levels", replace(question, view="ranking", periods=()))
    found, lost = query.look_up()
    places = tuple(place for figure in found if (place := _place(figure, query)))
    rivals = {place.figure.series: place.rival for place in places}
    figures = [item for figure in found for item in (figure, rivals.get(figure.series)) if item]
    before = tuple(figure for place in places for figure in _before(place, query))
    return query.answer(figures, lost, places=places, around=before)


def _place(figure: Figure, query: Query) -> Place | None:
    line = query.dataset.line(figure.series, figure.scope)
    standing = line.standing(figure.period)
    if standing is None:
        return None
    since = standing.lowest_since if query.question.order == "lowest" else standing.highest_since
    rival = line.figure(Period.month(since)) if since else None
    ordered = _by_level(Period.span(standing.run_start, figure.end).months, figure, figure.scope, query)
    own = next(each for each in ordered if each.figure.end == figure.end)
    return Place(figure, standing, rival, own.among(ordered))


def _before(place: Place, query: Query) -> tuple[Figure, ...]:
    """The highest month on record before the run, where it was higher than this one; lowest likewise."""
    figure, scope = place.figure, query.question.scope
    every = sorted(query.dataset.months(figure.series, scope))
    months = [figure.end, *(month for month in every if month < place.standing.run_start)]
    first = _by_level(months, figure, scope, query)[0]  # of equal ones the figure
    return () if first.figure.end == figure.end else (first.figure,)


def _by_level(months: Iterable[Month], figure: Figure, scope: str | None, query: Query) -> list[Measured]:
    """The figure's series in these months, the highest or the lowest level of a whole month first."""
    figures = query.dataset.of_months(figure.series, months, scope)
    return _in_order(figures, replace(query.question, change=None, unit="t"))


def by_day(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures with their changes by the day; their values stay those of the whole period."""
    return tuple(map(_changed_by_day, figures))


def _changed_by_day(figure: Figure) -> Figure:
    """The figure with the changes of its tonnes a day: computed where the days of the two periods differ."""
    growth, move, period, days = figure.growth, figure.move, figure.period, figure.period.days
    ratio = period.year_before.days / days
    if growth.pct is not None and ratio != 1:
        pct, edges = growth.computed_pct, growth.range
        if pct is None or edges is None:  # no level a year earlier, the change was printed
            pct, edges = growth.pct, (growth.pct - PRINTED_HALF_POINT, growth.pct + PRINTED_HALF_POINT)
        told, span = _scaled(pct, edges, ratio)
        growth = Growth(told, "computed", computed_pct=told, range=span, disputed=growth.disputed)
    if move:  # March on the mean of January and February: on their sum by its days
        both = Period.ytd(Month(period.end.year, 2))
        before = period.plus(-1).days if move.base == "month" else both.days / 2
        move = Move(*_scaled(move.pct, move.range, before / days), move.base)
    return replace(figure, growth=growth, move=move)


def _scaled(pct: float, edges: tuple[float, float], ratio: float) -> tuple[float, tuple[float, float]]:
    told, low, high = (((1 + each / 100) * ratio - 1) * 100 for each in (pct, *edges))
    return told, (low, high)

"""Figures added up, one beside another, or by the mean of its season: the numbers worked out from them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Literal

from bot.answers.answer import Answer, Rule
from bot.answers.query import Query, Wanted
from bot.answers.results import Computed, Seasonal, SideBySide, Total, added
from bot.dataset.calendar import Period, joined
from bot.dataset.dataset import Dataset
from bot.dataset.growth import change_pct
from bot.dataset.model import Figure, Series
from bot.questions.question import Question

YEAR = 12
YEARS_BEFORE = 5
Sum = Literal["total", "mean"]


def total(query: Query) -> Answer:
    """The sum over the periods, each series for itself: a figure where they are one stretch."""
    series, periods = query.series, sorted(query.question.periods, key=lambda each: each.start)
    plain = _as_figures(query)
    if query.question.measure == "unit_value":
        return query.back("total_of_unit_values", plain)
    if len(series) > 1 and len(periods) == 1 and periods[0].length == 1:
        return query.back("total_of_series", plain, series=series)
    if any(first.end >= second.start for first, second in pairwise(periods)):
        return query.back("total_overlaps", plain, period=periods[0])
    if stretch := periods[0] if len(periods) == 1 else joined(periods):
        found, lost = query.at(stretch).look_up(levels=True)
        return query.at(stretch).answer(found, lost, results=tuple(Total((figure,)) for figure in found))
    return each_added(query, periods, "total")


def each_added(query: Query, periods: Sequence[Period], working: Sum) -> Answer:
    """The periods of each series added up, or their mean: of one length, with others between them."""
    groups = [[*product([each], periods)] for each in query.series]
    answer, sums = query.worked_out(groups, "sum", lambda *own: [Total(own, (_summed(own, working),))])
    return answer._replace(results=sums)


def _as_figures(query: Query) -> Question:
    asked = query.question
    return Question(asked.pairs, query.periods, measure=asked.measure, unit=asked.unit)


def _summed(figures: tuple[Figure, ...], working: Sum) -> Computed:
    parts = len(figures) if working == "mean" else 1
    value, low, high = (each / parts for each in added(figures))
    return Computed(working, round(value, 6), (low, high), figures[0].unit, figures)


def season(query: Query) -> Answer:
    """A period beside the same one of five years before, in its own scope, and the mean of these."""
    period = query.question.periods[0]
    if period.length > YEAR:
        instead = [query.question.at(Period.month(newest))] if (newest := query.newest) else []
        return query.back("season_of_a_year", *instead, period=period)
    found, lost = query.at(period).look_up(levels=True)
    results = tuple(_season(figure, query.dataset) for figure in found)
    figures = [each for result in results for each in (*reversed(result.earlier), result.figure)]
    return query.answer(figures, lost, results=results)


def _season(figure: Figure, dataset: Dataset) -> Seasonal:
    """The figure, and by how much it lies above or below the mean."""
    periods = [figure.period.plus(-YEAR * back) for back in range(1, YEARS_BEFORE + 1)]
    found = {period: dataset.level(figure.series, period, figure.scope) for period in periods}
    earlier = tuple(each for each in found.values() if each)
    lost = tuple(period for period, each in found.items() if not each)
    if not earlier:
        return Seasonal(figure, (), lost, ())
    mean = _summed(earlier, "mean")
    change = change_pct(figure, replace(earlier[0], value=mean.value, range=mean.range))
    computed = [mean, *([Computed("change", *change, "%", (figure, *earlier))] if change else [])]
    return Seasonal(figure, earlier, lost, tuple(computed))


def difference(query: Query) -> Answer:
    """Of each series in several periods, or of several in one, the largest; of two alike by how much."""
    series, periods = query.series, query.periods
    groups = [[*product([each], periods)] for each in series] if len(periods) > 1 else []
    groups = groups or [[*product(series, periods)]]
    single = any(len(set(group)) < 2 for group in groups)
    if rule := "difference_of_one" if single else _not_beside([each for each, _ in groups[0]]):
        return query.back(rule, _as_figures(query), series=series)
    answer, beside = query.worked_out(groups, "difference", lambda *own: [_beside(own)])
    return answer._replace(results=beside)


def _not_beside(series: Sequence[Series]) -> Rule | None:
    """Why figures of these series cannot stand beside each other."""
    if len({bool(each.partner) for each in series}) > 1:
        return "world_and_partner"
    return "net_beside_gross" if len({each.flow == "net" for each in series}) > 1 else None


def _beside(figures: tuple[Figure, ...]) -> SideBySide:
    """Which is above all others for certain; of two that count the same the first less the second."""
    bounds = [added([figure]) for figure in figures]
    first = max(range(len(figures)), key=lambda place: bounds[place][0])
    value, low, _ = bounds[first]
    others = bounds[:first] + bounds[first + 1 :]
    largest = first if all(each[2] <= low and each[0] != value for each in others) else None
    if len(figures) != 2 or len({(each.series.commodity, each.scope) for each in figures}) > 1:
        return SideBySide(figures, largest)
    (one, low, high), (other, least, most) = bounds
    span = (low - most, high - least)
    less = Computed("difference", round(one - other, 6), span, figures[0].unit, figures)
    return SideBySide(figures, largest, (less,))


def ratio(query: Query) -> Answer:
    """One series for each tonne of another in each period; of a single one the first period by the second."""
    series, periods, pairs = query.series, query.periods, list[tuple[Wanted, Wanted]]()
    if len(series) == 2:
        pairs = [((series[0], period), (series[1], period)) for period in periods]
    elif len(series) == 1 and len(set(periods)) == 2:
        pairs = [((series[0], periods[0]), (series[0], periods[1]))]
    rule = _not_beside(series) if pairs else "ratio_of_one"
    if rule or any(each.flow == "net" for each in series):
        return query.back(rule or "ratio_of_net", _as_figures(query), series=series)
    answer, ratios = query.worked_out(pairs, "ratio", _ratio)
    if answer.figures and not (ratios or answer.clashes or answer.missing):
        return query.back("ratio_to_nothing", _as_figures(query))
    return answer._replace(results=ratios)


def _ratio(first: Figure, second: Figure) -> Iterator[Computed]:
    (value, low, high), (base, least, most) = added([first]), added([second])
    if least > 0:
        yield Computed("ratio", value / base, (low / most, high / least), "", (first, second))

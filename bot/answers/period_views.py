"""Views of whole periods: their figures, two side by side, added up, divided, or by their season's mean."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product

from bot.answers.answer import Answer
from bot.answers.highlights.choice import every_highlight
from bot.answers.query import Query, Wanted, clashes
from bot.answers.results import Computed, Contrast, Seasonal, SideBySide, Working, added
from bot.answers.stretches import YEAR, trend
from bot.dataset.calendar import Period, joined
from bot.dataset.dataset import Dataset
from bot.dataset.growth import change_pct
from bot.dataset.model import Figure, Series
from bot.questions.question import Question

COMPARED = ("figure", "overview", "compare", "growth")
BOTH = ("sources", "export")  # two periods are two figures in these
YEARS_BEFORE = 5


def figures(query: Query, *, alone: bool = False) -> Answer:
    """Each series' figure of the period, and beside a month its running total in the month's scope."""
    (found, lost), asked, dataset = query.look_up(), query.question, query.dataset
    period, scopes = asked.periods[0], {figure.series: figure.scope for figure in found}
    beside = found and not alone and period.kind == "month" and len(asked.periods) == 1
    series, to_month = query.series if beside else (), Period.ytd(period.end)
    every = (dataset.figure(each, to_month, asked.scope or scopes.get(each)) for each in series)
    totals = tuple(filter(None, every))
    among = totals if asked.view == "overview" else ()
    around = () if among else tuple(total for total in totals if total.end.number > 1)
    refused = tuple(clashes(found, lost, dataset))
    return query.answer(found + among, lost, around=around, clashes=refused)


def sources(query: Query) -> Answer:
    """The figures alone, to be told with everything behind them; a stretch without a total by its months."""
    answer = figures(query, alone=True)
    stretch = query.question.period and query.question.period.kind == "range"
    return trend(query) if stretch and not answer.figures else answer


def growth(query: Query) -> Answer:
    """The figures whose change is asked for."""
    asked, period = query.question, query.question.periods[0]
    if asked.change == "mom" and any(each.kind != "month" for each in asked.periods):
        return query.back("one_month", replace(asked, change="yoy"), asked.at(Period.month(period.end)))
    return figures(query, alone=True)


def export(query: Query) -> Answer:
    """The figures as lines of a file: of a stretch its months, else the period's own."""
    periods = query.question.periods
    by_month = not periods or any(period.length > 1 for period in periods)
    return trend(query) if by_month else figures(query, alone=True)


def told_highlights(query: Query) -> Answer:
    """The figures of a month and all that stands out among them."""
    period = query.question.periods[0]
    if period.kind != "month":
        return query.back("one_month", query.question.at(Period.month(period.end)))
    found, scope = figures(query, alone=True), query.question.scope
    told = every_highlight(query.dataset, period.end, tuple(query.series), scope) if found.figures else ()
    return found._replace(highlights=told)


def both_periods(query: Query) -> Answer:
    """The comparison of two periods; in the views of single figures both figures; other views ask back."""
    asked, period, against = query.question, query.question.period, query.question.against
    if asked.view in COMPARED or (asked.view in BOTH and period):
        by_day, both = asked.unit == "t/day", [each for each in (period, against) if each]
        pairs = [[(series, each) for each in both] for series in query.series]
        answer, made = query.worked_out(pairs, "compare", lambda *own: [_contrast(*own, by_day=by_day)])
        ordered = sorted(answer.figures, key=lambda figure: figure.period != period)
        return answer._replace(figures=tuple(ordered), contrasts=made if asked.view in COMPARED else ())
    comparable = period and against and period != against and period.length == against.length
    instead = [replace(asked, view="compare", change=None)] if comparable else []
    return query.back("one_period", *instead)


def _contrast(now: Figure, then: Figure, *, by_day: bool) -> Contrast:
    """The change from the earlier to the later of the two, by the day where that was asked."""
    both = Contrast(now, then, None, None)
    earlier, later = both.in_time
    alike = later.period.length == earlier.period.length or later.series.measure == "unit_value"
    parts = earlier.period.days / later.period.days if by_day else 1
    change = change_pct(later, earlier, parts) if alike or by_day else None
    return Contrast(now, then, *change) if change else both


def total(query: Query) -> Answer:
    """The sum over the periods, each series for itself: a figure where they are one stretch."""
    series, periods = query.series, sorted(query.question.periods, key=lambda each: each.start)
    of_one_month = len(periods) == 1 and periods[0].length == 1
    if query.question.measure == "unit_value" or (len(series) > 1 and of_one_month):
        return query.back("not_added", _as_figures(query))
    if any(first.end >= second.start for first, second in pairwise(periods)):
        return query.back("one_period", _as_figures(query))
    if stretch := periods[0] if len(periods) == 1 else joined(periods):
        found, lost = query.at(stretch).look_up(levels=True)
        return query.at(stretch).answer(found, lost, results=found)
    return each_added(query, periods, "total")


def each_added(query: Query, periods: Sequence[Period], working: Working) -> Answer:
    """The periods of each series added up, or their mean: of one length, with others between them."""
    groups = [[*product([each], periods)] for each in query.series]
    answer, sums = query.worked_out(groups, "sum", lambda *own: [_summed(own, working)])
    return answer._replace(results=sums)


def _as_figures(query: Query) -> Question:
    asked = query.question
    return Question(asked.pairs, query.periods, measure=asked.measure, unit=asked.unit)


def _summed(figures: tuple[Figure, ...], working: Working) -> Computed:
    parts = len(figures) if working == "mean" else 1
    value, low, high = (each / parts for each in added(figures))
    return Computed(working, round(value, 6), (low, high), figures[0].unit, figures)


def season(query: Query) -> Answer:
    """A period beside the same one of five years before, in its own scope, and the mean of these."""
    period = query.question.periods[0]
    if period.length > YEAR:
        instead = [query.question.at(Period.month(newest))] if (newest := query.newest) else []
        return query.back("too_much", *instead)
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
    """Of each series in two periods, or of two in one, the larger and by how much; of more the figures."""
    series, periods = query.series, query.periods
    groups = [[*product([each], periods)] for each in series] if len(periods) > 1 else []
    groups = groups or [[*product(series, periods)]]
    single = any(len(set(group)) < 2 for group in groups)
    if single or _apart([each for each, _ in groups[0]]):
        return query.back("two_figures", _as_figures(query))
    if any(len(group) > 2 for group in groups):
        return figures(query.of(periods=periods, against=None), alone=True)
    answer, beside = query.worked_out(groups, "difference", lambda *own: [_side_by_side(own)])
    return answer._replace(results=beside)


def _apart(series: Sequence[Series]) -> bool:
    """Whether these are a partner's and the world's, or net trade and what it is made of."""
    return len({(bool(each.partner), each.flow == "net") for each in series}) > 1


def _side_by_side(figures: tuple[Figure, ...]) -> SideBySide:
    """Which of the two is larger for certain; where they count the same the first less the second."""
    (one, low, high), (other, least, most) = (added([figure]) for figure in figures)
    largest = None if one == other else 0 if most <= low else 1 if high <= least else None
    if len({(each.series.commodity, each.scope) for each in figures}) > 1:
        return SideBySide(figures, largest)
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
    if not pairs or _apart(series) or any(each.flow == "net" for each in series):
        return query.back("two_figures", _as_figures(query))
    answer, ratios = query.worked_out(pairs, "ratio", _ratio)
    if answer.figures and not (ratios or answer.clashes or answer.missing):  # by what may be zero
        return query.back("two_figures", _as_figures(query))
    return answer._replace(results=ratios)


def _ratio(first: Figure, second: Figure) -> Iterator[Computed]:
    (value, low, high), (base, least, most) = added([first]), added([second])
    if least > 0:
        yield Computed("ratio", value / base, (low / most, high / least), "", (first, second))

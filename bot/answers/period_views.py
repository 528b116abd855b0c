"""Views that answer with the figure of a period, or of two side by side."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.highlights.choice import every_highlight
from bot.answers.plots import FEWEST, Plot, season
from bot.answers.query import Query, clashes
from bot.answers.results import Contrast
from bot.answers.stretches import trend
from bot.dataset.calendar import Period, joined
from bot.dataset.dataset import Dataset
from bot.dataset.growth import change_pct
from bot.dataset.model import Figure

COMPARED = ("figure", "overview", "compare", "growth")
BOTH = ("sources", "export")  # two periods are two figures in these


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
    return query.answer(found + among, lost, around=around or _together(query, found), clashes=refused)


def _together(query: Query, found: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figure of the stretch that several years make, of one series that has all of them."""
    periods, kinds = query.question.periods, {each.kind for each in query.question.periods}
    one_scope = len({(each.series, each.scope) for each in found}) == 1 < len(found) == len(periods)
    years = one_scope and kinds == {"year"} and query.question.measure != "unit_value"
    stretch = joined(periods) if years else None
    whole = stretch and query.dataset.figure(found[0].series, stretch, found[0].scope)
    return (whole,) if whole else ()


def sources(query: Query) -> Answer:
    """The figures alone, to be told with everything behind them; a stretch without a total by its months."""
    answer = figures(query, alone=True)
    stretch = query.question.period and query.question.period.kind == "range"
    return trend(query) if stretch and not answer.figures else answer


def growth(query: Query) -> Answer:
    """The figures whose change is asked for: of a month's running total where the change to date is meant."""
    period, asked = query.question.periods[0], query.to_date().question
    if asked.change == "mom" and any(each.kind != "month" for each in asked.periods):
        instead = [replace(asked, change="yoy"), asked.at(Period.month(period.end))]
        if period.kind in ("quarter", "half"):
            before = period.plus(-period.length)
            instead.insert(0, replace(asked, view="compare", change=None, against=before))
        return query.back("no_month_change", *instead, period=period)
    return figures(query.to_date(), alone=True)


def export(query: Query) -> Answer:
    """The figures as lines of a file: of a stretch its months, else the period's own."""
    period = query.question.period
    by_month = period is None or period.kind == "range" or query.question.monthly
    return trend(query) if by_month else figures(query, alone=True)


def told_highlights(query: Query) -> Answer:
    """The figures of a month and all that stands out among them."""
    period = query.question.periods[0]
    if period.kind != "month":
        instead = query.question.at(Period.month(period.end))
        return query.back("highlights_of_month", instead, period=period)
    found, scope = figures(query, alone=True), query.question.scope
    told = every_highlight(query.dataset, period.end, query.series, scope) if found.figures else ()
    return found._replace(highlights=told)


def both_periods(query: Query) -> Answer:
    """The comparison of two periods; in the views of single figures both figures; other views ask back."""
    asked, period, against = query.question, query.question.period, query.question.against
    if asked.view in COMPARED or (asked.view in BOTH and period):
        answer = periods_compared(query)
        return answer if asked.view in COMPARED else answer._replace(contrasts=())
    comparable = period and against and period != against and period.length == against.length
    instead = [replace(asked, view="compare", change=None)] if comparable else []
    return query.back("not_both", *instead)


def periods_compared(query: Query) -> Answer:
    """Both periods of each series, in one scope where there is one that has both, and the change."""
    asked, by_day = query.question, query.question.unit == "t/day"
    both = [each for each in (asked.period, asked.against) if each]
    pairs = [[(series, each) for each in both] for series in query.series]
    answer, made = query.worked_out(pairs, "compare", lambda *own: [_contrast(*own, by_day=by_day)])
    ordered = sorted(answer.figures, key=lambda figure: figure.period != asked.period)
    plot = _years_over_one_another(made[0], query.dataset) if len(made) == 1 else None
    return answer._replace(figures=tuple(ordered), contrasts=made, plot=plot)


def _contrast(now: Figure, then: Figure, *, by_day: bool) -> Contrast:
    """The change from the earlier to the later of the two, by the day where that was asked."""
    both = Contrast(now, then, None, None)
    earlier, later = both.in_time
    alike = later.period.length == earlier.period.length or later.series.measure == "unit_value"
    parts = earlier.period.days / later.period.days if by_day else 1
    change = change_pct(later, earlier, parts) if alike or by_day else None
    return Contrast(now, then, *change) if change else both


def _years_over_one_another(both: Contrast, dataset: Dataset) -> Plot | None:
    """The months of both periods, where these are the same months of two years."""
    earlier, later = (figure.period for figure in both.in_time)
    alike = earlier.length == later.length >= FEWEST and earlier.end.number == later.end.number
    if not alike or earlier.start.year != earlier.end.year:
        return None
    months = (*earlier.months, *later.months)
    found = dataset.of_months(both.now.series, months, both.now.scope)
    return season([figure for figure in found if figure.value is not None])

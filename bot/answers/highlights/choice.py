"""Every rule over every series of a month, and the five that a post tells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.course import Course, Same, course_of
from bot.answers.highlights.moves import on_the_month, on_the_year
from bot.answers.highlights.nearby_events import events
from bot.answers.highlights.net import net_trade
from bot.answers.highlights.news import firm_first
from bot.answers.highlights.pace import pace
from bot.answers.highlights.ratio import ALUMINA, BAUXITE, ratio
from bot.answers.highlights.records import records
from bot.answers.highlights.revised import revisions
from bot.answers.highlights.streaks import month_streak, streak, turn
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import COMPLETE, Dataset
from bot.dataset.model import Figure, Series

MOST = 5  # highlights in a post
MOST_A_SERIES = 2
RANKINGS_KEPT = 256  # the months that are asked for, of everything and of single series

OF_A_MONTH = (on_the_year, on_the_month, turn, streak, month_streak, records)
# What a sentence is about: a post says one thing about each of a series.
TOPICS: dict[HighlightRule, str] = {
    "largest_rise": "year", "largest_fall": "year", "turn": "year", "streak": "year",
    "month_move": "month", "month_streak": "month", "against_season": "month",
    "highest_since": "level", "lowest_since": "level", "nth_highest": "level", "nth_lowest": "level",
    "year_to_date": "pace", "year_to_date_turn": "pace", "passed_last_year": "pace",
    "year_to_date_highest": "pace", "year_to_date_lowest": "pace",
    "net_turn": "net", "net_streak": "net", "net_twelve_months": "net",
    "bauxite_to_alumina": "ratio", "event": "event", "revised": "revised",
}  # fmt: skip
ONCE_A_POST = ("event", "revised")
OTHER_WEIGHT, PRICE_WEIGHT = 0.65, 0.6
AWAITED = {(series.commodity, series.flow) for series in COMPLETE}  # by a monthly post


def strongest(ranked: Sequence[Highlight]) -> tuple[Highlight, ...]:
    """Of ranked highlights the first five that are of two a series at most and do not repeat each other."""
    chosen: list[Highlight] = []
    for item in ranked:
        of_series = [other for other in chosen if _trade(other) == _trade(item)]
        told = {_topic(other) for other in chosen}
        if len(chosen) < MOST and len(of_series) < MOST_A_SERIES and _topic(item) not in told:
            chosen.append(item)
    return tuple(chosen)


def _trade(item: Highlight) -> tuple[str, str]:
    return item.figure.series.commodity, item.figure.series.flow


def _topic(item: Highlight) -> tuple[object, ...]:
    topic = TOPICS[item.rule]
    return (topic,) if topic in ONCE_A_POST else (topic, item.figure.series)


def every_highlight(
    dataset: Dataset, edition: Month, series: Sequence[Series] | None = None, scope: str | None = None
) -> tuple[Highlight, ...]:
    """All that stands out in one month, the most surprising first; worked out once for a dataset."""
    looked_at = _everything(dataset) if series is None else tuple(series)
    return _ranked(Same(dataset), edition, looked_at, scope, dataset.today)


@lru_cache(maxsize=RANKINGS_KEPT)
def _ranked(
    same: Same, edition: Month, series: tuple[Series, ...], scope: str | None, today: date
) -> tuple[Highlight, ...]:
    found = sorted(_found(same.dataset.on(today), edition, series, scope), key=lambda item: -item.surprise)
    # A printed figure leads, however much an event or an estimate weighs: these are told beside it.
    return tuple(firm_first(found))


def _everything(dataset: Dataset) -> tuple[Series, ...]:
    return tuple(
        Series(name, flow) for name, commodity in dataset.catalogue.items() for flow in commodity.flows
    )


def _found(
    dataset: Dataset, edition: Month, series: Sequence[Series], scope: str | None
) -> Iterator[Highlight]:
    courses = [course for each in series for course in _served(each, edition, dataset, scope)]
    for course in (*courses, *_prices(courses, edition, dataset)):
        yield from map(_weighted, _of_series(course, edition, dataset))
    for course in _nets(courses, edition, dataset, scope):
        yield from map(_weighted, net_trade(course, edition, dataset))
    yield from _ratio(courses, edition, dataset)
    yield from events(dataset, edition, [_figure(course, edition) for course in courses])


def _of_series(course: Course, edition: Month, dataset: Dataset) -> Iterator[Highlight]:
    for rule in OF_A_MONTH if edition in course.spans else ():
        yield from rule(course, edition)
    yield from pace(course, edition)
    yield from revisions(course, edition, dataset.calendar)


def _served(series: Series, edition: Month, dataset: Dataset, scope: str | None) -> Iterator[Course]:
    """The course in the scope that the month is served in, or where it has no value its running total."""
    periods = (Period.month(edition), Period.ytd(edition))
    figures = (dataset.figure(series, period, scope) for period in periods)
    for figure in islice((figure for figure in figures if figure and figure.value is not None), 1):
        yield course_of(dataset, series, figure.scope)


def _figure(course: Course, edition: Month) -> Figure:
    return course.months[edition] if edition in course.spans else course.totals[edition]


def _prices(courses: Sequence[Course], edition: Month, dataset: Dataset) -> Iterator[Course]:
    """The unit values beside the world's tonnes, in their scope."""
    for course in courses:
        series = course.series
        if series.measure == "quantity" and not series.partner and series.flow != "net":
            yield from _served(replace(series, measure="unit_value"), edition, dataset, course.scope)


def _nets(courses: Sequence[Course], edition: Month, dataset: Dataset, scope: str | None) -> Iterator[Course]:
    """The net trade of what is looked at both ways, in the scope that both stand in; or asked for as such."""
    world = {course.series: course for course in courses if not course.series.partner}
    for series, course in world.items():
        if series.flow == "net":
            yield course
        elif series.flow == "export" and replace(series, flow="import") in world:
            yield from _served(replace(series, flow="net"), edition, dataset, scope)


def _ratio(courses: Sequence[Course], edition: Month, dataset: Dataset) -> Iterator[Highlight]:
    """In the first scope of alumina that has the month and the one a year earlier."""
    found = {course.series: course for course in courses}
    if BAUXITE in found and ALUMINA in found:
        scopes = (course_of(dataset, ALUMINA, scope) for scope in dataset.scopes(ALUMINA))
        both = (course for course in scopes if {edition, edition.plus(-12)} <= course.spans.keys())
        for course in islice(both, 1):
            yield from ratio(found[BAUXITE], course, edition)


def _weighted(item: Highlight) -> Highlight:
    """What a post waits for weighs more than the rest; a price less than tonnes."""
    weight = 1.0 if _trade(item) in AWAITED or item.figure.series.flow == "net" else OTHER_WEIGHT
    weight *= PRICE_WEIGHT if item.figure.series.measure == "unit_value" else 1.0
    return replace(item, surprise=item.surprise * weight)

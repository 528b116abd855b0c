"""Every rule over every series of a month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from math import log2

from bot.answers.answer import Highlight
from bot.answers.highlights.course import Course, Same, course_of
from bot.answers.highlights.moves import on_the_month, on_the_year, streaks, turn
from bot.answers.highlights.news import firm_first
from bot.answers.highlights.records import net_trade, pace, ratio, records, share_turns
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Input, Row, Series
from bot.dataset.releases import ReleaseCalendar
from bot.dataset.revision_history import figure_of
from bot.profile import profile

RANKINGS_KEPT = 256  # the months that are asked for, of everything and of single series

OF_A_MONTH = (on_the_year, on_the_month, turn, streaks, records)
OTHER_WEIGHT, PRICE_WEIGHT = 0.65, 0.6
IN_THE_MONTH, IN_THE_MONTH_BEFORE = 2.0, 0.6  # what an event weighs


def every_highlight(
    dataset: Dataset, edition: Month, series: Sequence[Series] | None = None, scope: str | None = None
) -> tuple[Highlight, ...]:
    """All that stands out in one month, the most surprising first; worked out once for a dataset."""
    if series is None:
        every = dataset.catalogue.items()
        series = [Series(name, flow) for name, commodity in every for flow in commodity.flows]
    return _ranked(Same(dataset), edition, tuple(series), scope, dataset.today)


@lru_cache(maxsize=RANKINGS_KEPT)
def _ranked(
    same: Same, edition: Month, series: tuple[Series, ...], scope: str | None, today: date
) -> tuple[Highlight, ...]:
    found = sorted(_found(same.dataset.on(today), edition, series, scope), key=lambda item: -item.surprise)
    # A printed figure leads, however much an event or an estimate weighs: these are told beside it.
    return tuple(firm_first(found))


def _found(
    dataset: Dataset, edition: Month, series: Sequence[Series], scope: str | None
) -> Iterator[Highlight]:
    served = (_served(each, edition, dataset, scope) for each in series)
    courses = {course.series: course for course in served if course}
    of_world = (each for each in courses.values() if not each.series.partner and each.series.flow != "net")
    tonnes = [each for each in of_world if each.series.measure == "quantity"]
    worth = ((each.series._replace(measure="unit_value"), each.scope) for each in tonnes)
    prices = (_served(series, edition, dataset, own) for series, own in worth)
    for course in (*courses.values(), *filter(None, prices)):
        for rule in OF_A_MONTH if edition in course.spans else ():
            yield from map(_weighted, rule(course, edition))
        yield from map(_weighted, pace(course, edition))
        yield from map(_weighted, _revisions(course, edition, dataset.calendar))
    for course in tonnes:
        yield from map(_weighted, share_turns(course, edition, dataset))
    for course in _nets(courses, edition, dataset, scope):
        yield from map(_weighted, net_trade(course, edition, dataset))
    yield from _ratio(courses, edition, dataset)
    yield from _events(courses.values(), edition, dataset)


def _served(series: Series, edition: Month, dataset: Dataset, scope: str | None) -> Course | None:
    """The course in the scope that the month is served in, or where it has no value its running total."""
    for period in (Period.month(edition), Period.ytd(edition)):
        if figure := dataset.level(series, period, scope):
            return course_of(dataset, series, figure.scope)
    return None


def _nets(
    courses: Mapping[Series, Course], edition: Month, dataset: Dataset, scope: str | None
) -> Iterator[Course]:
    """The net trade of what is looked at both ways, in the scope that both stand in; or asked for as such."""
    for series, course in courses.items():
        if series.flow == "net" and not series.partner:
            yield course
        elif series.flow == "export" and not series.partner and series._replace(flow="import") in courses:
            yield from filter(None, [_served(series._replace(flow="net"), edition, dataset, scope)])


def _ratio(courses: Mapping[Series, Course], edition: Month, dataset: Dataset) -> Iterator[Highlight]:
    """In the first scope of what is made that has the month and the one a year earlier."""
    lines = [Series(*line) for line in profile().ratio]
    if not lines or not set(lines) <= courses.keys():
        return
    above, below = lines
    for scope in dataset.scopes(below):
        course = course_of(dataset, below, scope)
        if {edition, edition.plus(-12)} <= course.spans.keys():
            yield from ratio(courses[above], course, edition)
            return


def _events(courses: Iterable[Course], edition: Month, dataset: Dataset) -> Iterator[Highlight]:
    """Events of that month and the one before, each beside the first figure that it bears on."""
    for event in dataset.record.events:
        month = Month.of_day(event.day)
        touched = [course for course in courses if course.series.commodity in event.commodities]
        if touched and event.day <= dataset.today and month.until(edition) in (0, 1):
            course = touched[0]
            figure = (course.months if edition in course.spans else course.totals)[edition]
            weight = IN_THE_MONTH if month == edition else IN_THE_MONTH_BEFORE
            yield Highlight("event", weight, (figure,), event=event)


def _revisions(course: Course, edition: Month, calendar: ReleaseCalendar) -> Iterator[Highlight]:
    """Figures of earlier months whose value on the day of this post is not that of the last one's."""
    this_post = calendar.release(edition, "query").day
    # January and February come on one day.
    earlier = (calendar.release(edition.plus(-back), "query").day for back in (1, 2))
    last_post = next((day for day in earlier if day < this_post), this_post)
    for figure in (each for each in course.reprinted if each.end < edition):
        before, now = (_on(day, figure, calendar) for day in (last_post, this_post))
        if before and now and not now.agrees_with(before):
            moved = abs((now.value or 0) - (before.value or 0))
            was, told = (figure_of(figure.period, (Input("+", row),)) for row in (before, now))
            surprise = log2(1 + moved / (before.value or 1) * 100)
            yield Highlight("revised", surprise, (told, was), before=was)


def _on(day: date, figure: Figure, calendar: ReleaseCalendar) -> Row | None:
    out = [row for row in figure.vintages if row.value is not None and calendar.out_since(row) <= day]
    return out[-1] if out else None


def _weighted(item: Highlight) -> Highlight:
    """What a post waits for weighs more than the rest; a price less than tonnes."""
    series = item.figure.series
    awaited = (series.commodity, series.flow) in profile().awaited or series.flow == "net"
    weight = (1.0 if awaited else OTHER_WEIGHT) * (PRICE_WEIGHT if series.measure == "unit_value" else 1.0)
    return replace(item, surprise=item.surprise * weight)

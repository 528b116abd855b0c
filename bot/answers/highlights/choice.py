"""Every rule over every series of a month, and what of that a news flash would lead with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import log, log2
from operator import attrgetter

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.course import TABLES, Course, Told, course_of
from bot.answers.highlights.rules import (
    net_trade,
    on_the_month,
    on_the_year,
    pace,
    records,
    share_turns,
    streaks,
    turn,
)
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Input, Series
from bot.dataset.releases import ReleaseCalendar
from bot.dataset.revision_history import figure_of
from bot.profile import profile

RANKINGS_KEPT = 256  # the months that are asked for, of everything and of single series

OF_A_MONTH = (on_the_year, on_the_month, turn, streaks, records)
OTHER_WEIGHT, PRICE_WEIGHT = 0.65, 0.6
EVENT_WEIGHTS = (2.0, 0.6)  # in its month, in the next
IN_CELLS: Sequence[HighlightRule] = TABLES["in_cells"]
SMALL, SMALL_COUNTS = 5e4, 0.25  # tonnes below which a change is hardly news
LEAST_PCT = -95.0


@lru_cache(maxsize=RANKINGS_KEPT)
def every_highlight(
    dataset: Dataset, edition: Month, series: tuple[Series, ...] | None = None, scope: str | None = None
) -> tuple[Highlight, ...]:
    """All that stands out in one month, the most surprising first; worked out once for a dataset."""
    every = (Series(name, flow) for name, own in dataset.catalogue.items() for flow in own.flows)
    found = _found(dataset, edition, every if series is None else series, scope)
    ranked = sorted(map(_weighted, found), key=attrgetter("surprise"), reverse=True)
    # A printed figure leads, however much an event or an estimate weighs: these are told beside it.
    return tuple(firm_first(ranked))


def _found(dataset: Dataset, edition: Month, series: Iterable[Series], scope: str | None) -> Told:
    served = (_served(each, edition, dataset, scope) for each in series)
    courses = {course.series: course for course in served if course}
    world = [each for each in courses.values() if not each.series.partner and each.series.flow != "net"]
    tonnes = [each for each in world if each.series.measure == "quantity"]
    worth = ((each.series._replace(measure="unit_value"), each.scope) for each in tonnes)
    prices = (_served(series, edition, dataset, own) for series, own in worth)
    for course in (*courses.values(), *filter(None, prices)):
        for rule in OF_A_MONTH if edition in course.months.spans else ():
            yield from rule(course, edition)
        yield from pace(course, edition)
        yield from _revisions(course, edition, dataset.calendar)
    for course in tonnes:
        yield from share_turns(course, edition, dataset)
    for course in _nets(courses, edition, dataset, scope):
        yield from net_trade(course, edition)
    yield from _events(courses.values(), edition, dataset)


def _served(series: Series, edition: Month, dataset: Dataset, scope: str | None) -> Course | None:
    """The course in the scope that the month is served in, or where it has no value its running total."""
    levels = (dataset.level(series, each, scope) for each in (Period.month(edition), Period.ytd(edition)))
    figure = next(filter(None, levels), None)
    return course_of(dataset, series, figure.scope) if figure else None


def _nets(
    courses: Mapping[Series, Course], edition: Month, dataset: Dataset, scope: str | None
) -> Iterator[Course]:
    """The net trade of what is looked at both ways, in the scope that both stand in; or asked for as such."""
    for series, course in courses.items():
        if series.flow == "net" and not series.partner:
            yield course
        elif series.flow == "export" and not series.partner and series._replace(flow="import") in courses:
            yield from filter(None, [_served(series._replace(flow="net"), edition, dataset, scope)])


def _events(courses: Iterable[Course], edition: Month, dataset: Dataset) -> Told:
    """Events of that month and the one before, each beside the first figure that it bears on."""
    for event in dataset.record.events:
        back = Month.of_day(event.day).until(edition)
        touched = [course for course in courses if course.series.commodity in event.commodities]
        if touched and event.day <= dataset.today and back in (0, 1):
            first = touched[0]
            figure = (first.months if edition in first.months.spans else first.totals).figures[edition]
            yield Highlight("event", EVENT_WEIGHTS[back], (figure,), event=event)


def _revisions(course: Course, edition: Month, calendar: ReleaseCalendar) -> Told:
    """Figures of earlier months whose value on the day of this post is not that of the last one's."""
    this_post = calendar.release(edition, "query").day
    # January and February come on one day.
    earlier = (calendar.release(edition.plus(-back), "query").day for back in (1, 2))
    last_post = next((day for day in earlier if day < this_post), this_post)
    every = (*course.months.figures.values(), *course.totals.figures.values())
    for figure in (each for each in every if each.end < edition and len(each.vintages) > 1):
        out = [(calendar.out_since(row), row) for row in figure.vintages if row.value is not None]
        known = ([row for day, row in out if day <= post] for post in (last_post, this_post))
        before, now = (rows[-1] if rows else None for rows in known)
        if before and now and not now.agrees_with(before):
            moved = abs((now.value or 0) - (before.value or 0))
            was, told = (figure_of(figure.period, (Input("+", row),)) for row in (before, now))
            surprise = log2(1 + moved / (before.value or 1) * 100)
            yield Highlight("revised", surprise, (told, was), before=was)


def _weighted(item: Highlight) -> Highlight:
    """What a post waits for weighs more than the rest, but of events; a price less than tonnes."""
    series = item.figure.series
    if item.event:
        return item
    awaited = (series.commodity, series.flow) in profile().awaited or series.flow == "net"
    weight = (1.0 if awaited else OTHER_WEIGHT) * (PRICE_WEIGHT if series.measure == "unit_value" else 1.0)
    return replace(item, surprise=item.surprise * weight)


def newsworthy(highlights: Iterable[Highlight]) -> list[Highlight]:
    """Those that are news, the largest surprise first; a series once for the same time."""
    found: dict[tuple[object, object], Highlight] = {}
    for item in firm_first(sorted(highlights, key=_weight, reverse=True)):
        if not item.event:
            found.setdefault((item.figure.series, item.figure.period), item)
    return list(found.values())


def firm_first(ranked: Sequence[Highlight]) -> list[Highlight]:
    """The same with the first that may lead in front: no event, and nothing that rests on an estimate."""
    weak = [item.rule == "event" or any(each.estimated for each in item.evidence) for item in ranked]
    lead = weak.index(False) if False in weak else 0
    return [*ranked[lead : lead + 1], *ranked[:lead], *ranked[lead + 1 :]]


def beside_a_table(highlights: Iterable[Highlight]) -> list[Highlight]:
    """The lead, then what no cell of the month's table says; the rest last."""
    ranked = newsworthy(highlights)
    return [*ranked[:1], *sorted(ranked[1:], key=lambda item: item.rule in IN_CELLS)]


def _weight(item: Highlight) -> float:
    """The size of a change on a scale of doublings; a turn or a record by itself; less of little trade."""
    figure = item.figure
    pct = figure.growth.pct
    if item.rule in TABLES["monthly"]:
        pct = figure.move.pct / 2 if figure.move else None
    size = abs(log(1 + max(pct or 0.0, LEAST_PCT) / 100))
    size /= 2 if item.rule in TABLES["records"] else 1  # of a record the change is told by another
    own: float = TABLES["own"].get(item.rule, 0.0)
    scale = 1.0 if figure.series.measure == "quantity" else 0.5
    scale *= SMALL_COUNTS if abs(figure.value or 0) < SMALL else 1.0
    return scale * (own + size) * (0.5 if figure.period.length > 1 else 1.0)

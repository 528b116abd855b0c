"""Every rule over every series of a month, and what of that a news flash would lead with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import log
from operator import attrgetter

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.course import TABLES, Course, Told, course_of
from bot.answers.highlights.rules import (
    net_trade,
    on_the_month,
    on_the_year,
    pace,
    records,
    turn,
)
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series

RANKINGS_KEPT = 256  # the months that are asked for, of everything and of single series

OF_A_MONTH = (on_the_year, on_the_month, turn, records)
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
    weighed = (replace(item, surprise=_weight(item)) for item in found)
    ranked = sorted(weighed, key=attrgetter("surprise"), reverse=True)
    weak = [any(each.estimated for each in item.evidence) for item in ranked]
    lead = weak.index(False) if False in weak else 0  # nothing that rests on an estimate leads
    return (*ranked[lead : lead + 1], *ranked[:lead], *ranked[lead + 1 :])


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
    for course in _nets(courses, edition, dataset, scope):
        yield from net_trade(course, edition)


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


def newsworthy(highlights: Iterable[Highlight]) -> list[Highlight]:
    """The first of each series for the same time."""
    found: dict[tuple[object, object], Highlight] = {}
    for item in highlights:
        found.setdefault((item.figure.series, item.figure.period), item)
    return list(found.values())


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

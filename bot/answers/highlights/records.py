"""Records and high places: only over an unbroken run of months, and with the month that it begins in."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log2

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.course import Course, Span
from bot.dataset.calendar import Month

NOTABLE_MONTHS = 12  # a record has to reach back at least this far to be worth a line
RANKED_MONTHS = 24  # the second or third place among fewer months is not worth one either
LAST_PLACE = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """A month among those before it, from the top (or from the bottom, where all is turned round)."""

    run: tuple[Month, ...]
    above: tuple[Month, ...]  # months of the run that may have been as high
    surely_above: tuple[Month, ...]
    beyond: bool  # whether a month before the run's beginning may have been as high


def records(course: Course, edition: Month) -> Iterator[Highlight]:
    """The highest or lowest in twelve months or more, or second or third of twenty-four or more."""
    if edition not in course.spans or course.spans[edition][0] < 0:
        return  # of net imports the net's own rules tell
    yield from _side(course, edition, "highest_since", "nth_highest")
    yield from _side(course, edition, "lowest_since", "nth_lowest")


def _side(course: Course, edition: Month, record: HighlightRule, nth: HighlightRule) -> Iterator[Highlight]:
    place = _place(course, edition, turned=record == "lowest_since")
    since = place.above[-1] if place.above else None
    reach = since.until(edition) if since else len(place.run)
    if reach >= NOTABLE_MONTHS and (since or not place.beyond):
        surprise = log2(reach / 6) + (0.0 if since else 1.0)
        yield _highlight(course, edition, record, place, surprise, since)
    elif _has_place(place):
        rank = len(place.above) + 1
        surprise = log2(len(place.run) / 6) - 0.5 * rank
        yield _highlight(course, edition, nth, place, surprise, since, count=rank)


def _has_place(place: _Place) -> bool:
    long, sure = len(place.run) >= RANKED_MONTHS, place.above == place.surely_above
    return long and sure and not place.beyond and 1 <= len(place.above) < LAST_PLACE


def _highlight(
    course: Course, edition: Month, rule: HighlightRule, place: _Place, surprise: float,
    since: Month | None, count: int = 0,
) -> Highlight:  # fmt: skip
    return Highlight(
        rule,
        course.months[edition],
        surprise=surprise,
        evidence=(course.months[edition], *course.figures(place.run[:-1])),
        since=since,
        run_start=place.run[0],
        count=count,
    )


def _place(course: Course, edition: Month, *, turned: bool) -> _Place:
    def span(month: Month) -> Span:
        low, high = course.spans[month]
        return (-high, -low) if turned else (low, high)

    run, (low, high) = course.run(edition), span(edition)
    return _Place(
        run=run,
        above=tuple(month for month in run[:-1] if span(month)[1] >= low),
        surely_above=tuple(month for month in run[:-1] if span(month)[0] > high),
        beyond=any(span(month)[1] >= low for month in course.spans if month < run[0]),
    )

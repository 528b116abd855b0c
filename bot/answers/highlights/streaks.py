"""Turning points and streaks: the first fall since, the ninth rise in a row."""

from collections.abc import Iterator
from math import log2

from bot.answers.answer import Highlight
from bot.answers.highlights.course import Changes, Course
from bot.answers.highlights.moves import LEAST_PCT, SEASON_DISCOUNT, month_pair
from bot.answers.highlights.season import new_year_shift
from bot.dataset.calendar import Month

LONG_YOY = 6  # months in a row with a change on a year earlier the same way
LONG_MOM = 4


def turn(course: Course, edition: Month) -> Iterator[Highlight]:
    """The change on a year earlier went the other way than the month before's.

    `count` is how many months in a row went that way; `since` the month that last went as this one does,
    where it lies right before them; else `run_start` is the first of them.
    """
    yoy, last = course.yoy, edition.plus(-1)
    if yoy.certain.get(edition, 0.0) * yoy.certain.get(last, 0.0) >= 0:
        return
    count = yoy.run(last)
    first, shift = edition.plus(-count), new_year_shift(edition, yoy.pct[edition])
    exact = first.plus(-1) in yoy.certain
    size = min(1.0, abs(yoy.pct[edition]) / LEAST_PCT)
    yield Highlight(
        "turn",
        course.months[edition],
        surprise=(0.4 + log2(1 + count / 2)) * size * (SEASON_DISCOUNT if shift else 1),
        evidence=tuple(course.months[edition.plus(-back)] for back in range(count + (2 if exact else 1))),
        since=first.plus(-1) if exact else None,
        run_start=first,
        before=course.months[last],
        count=count,
        new_year=shift,
    )


def streak(course: Course, edition: Month) -> Iterator[Highlight]:
    """Six or more changes on a year earlier in a row the same way; `run_start` is the first of them.

    `since` is the month before it, where that one is known to have gone the other way: then the streak is
    exactly that long, else at least.
    """
    count = course.yoy.run(edition)
    if count >= LONG_YOY:
        yield _streak(course, course.yoy, edition, count, in_a_month=False)


def month_streak(course: Course, edition: Month) -> Iterator[Highlight]:
    """Four or more moves on the month in a row the same way; told like the longer streaks."""
    count = course.mom.run(edition)
    if count >= LONG_MOM:
        yield _streak(course, course.mom, edition, count, in_a_month=True)


def _streak(course: Course, changes: Changes, edition: Month, count: int, *, in_a_month: bool) -> Highlight:
    first = edition.plus(1 - count)
    exact = first.plus(-1) in changes.certain
    months = [edition.plus(-back) for back in range(count + exact)]
    base = month_pair(course, months[-1])[1:] if in_a_month else ()
    return Highlight(
        "month_streak" if in_a_month else "streak",
        course.months[edition],
        surprise=0.5 + log2(count / (LONG_MOM if in_a_month else LONG_YOY)) * 0.8,
        evidence=course.figures(months) + base,
        since=first.plus(-1) if exact else None,
        run_start=first,
        count=count,
    )

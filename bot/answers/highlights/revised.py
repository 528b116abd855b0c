"""Old figures that were printed anew since the last post, changed by more than both roundings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import log2

from bot.answers.answer import Highlight
from bot.answers.highlights.course import Course
from bot.dataset.calendar import Month
from bot.dataset.identity import Level
from bot.dataset.model import Figure, Input, Row
from bot.dataset.printings import figure_of
from bot.dataset.releases import ReleaseCalendar


@dataclass(frozen=True, slots=True)
class Window:
    """From the day after the last post to the day of this one: when the last figures of each were due."""

    last_post: date
    this_post: date


def window(edition: Month, calendar: ReleaseCalendar) -> Window:
    """The days between the last post and that month's; January and February come on one day."""
    this_post = calendar.release(edition, "query").day
    earlier = (calendar.release(edition.plus(-back), "query").day for back in (1, 2))
    return Window(next((day for day in earlier if day < this_post), this_post), this_post)


def revisions(course: Course, edition: Month, calendar: ReleaseCalendar) -> Iterator[Highlight]:
    """Figures of earlier months whose value on the day of this post is not that of the last one's."""
    between = window(edition, calendar)
    for figure in course.reprinted:
        before, now = (_on(day, figure, calendar) for day in (between.last_post, between.this_post))
        if figure.end < edition and before and now and _changed(before, now):
            was, is_now = _as_printed(figure, before), _as_printed(figure, now)
            moved_pct = abs((now.value or 0) / (before.value or 1) - 1) * 100
            yield Highlight(
                "revised", is_now, surprise=log2(1 + moved_pct), evidence=(is_now, was), before=was
            )


def _on(day: date, figure: Figure, calendar: ReleaseCalendar) -> Row | None:
    out = [row for row in figure.vintages if row.value is not None and calendar.out_since(row) <= day]
    return out[-1] if out else None


def _changed(before: Row, now: Row) -> bool:
    return abs((now.value or 0) - (before.value or 0)) > now.half_step + before.half_step


def _as_printed(figure: Figure, row: Row) -> Figure:
    return figure_of(figure.period, (), Level((Input("+", row),)))

"""Large moves: on a year earlier and on the month, measured against what the series usually does."""

from collections.abc import Iterator
from math import log2

from bot.answers.answer import Highlight
from bot.answers.highlights.course import Changes, Course
from bot.answers.highlights.season import habit, new_year_near, new_year_shift
from bot.dataset.calendar import Month, Period
from bot.dataset.model import Figure

LEAST_PCT = 5.0  # below this no change is called large
LEAST_USUAL_PCT = {
    "year": 3.0,
    "month": 5.0,
}  # a series that hardly moves does not make every change a surprise
LARGE_MOVE = 1.5  # on the month: so many times its usual change
UNKNOWN_USUAL_PCT = {"year": 30.0, "month": 12.0}  # where too little is on record to say what is usual
MOST_WHERE_UNKNOWN = 2.5
SEASON_DISCOUNT = 0.6  # a change that Lunar New Year explains in part


def times_usual(changes: Changes, month: Month, kind: str = "year") -> float:
    """How many times its usual change a month's change is; cut short where no usual change is known."""
    usual, size = changes.usual(month), abs(changes.pct[month])
    if usual is None:
        return min(size / UNKNOWN_USUAL_PCT[kind], MOST_WHERE_UNKNOWN)
    return size / max(usual, LEAST_USUAL_PCT[kind])


def on_the_year(course: Course, edition: Month) -> Iterator[Highlight]:
    """A rise or fall on a year earlier that is at least as large as usual, unless it is a turn."""
    pct, times = course.yoy.certain.get(edition), 0.0
    if pct is None or abs(pct) < LEAST_PCT or (times := times_usual(course.yoy, edition)) < 1:
        return
    if pct * course.yoy.certain.get(edition.plus(-1), 0.0) < 0:
        return  # the turn says it
    shift = new_year_shift(edition, pct)
    yield Highlight(
        "largest_rise" if pct > 0 else "largest_fall",
        course.months[edition],
        surprise=log2(1 + times) * (SEASON_DISCOUNT if shift else 1),
        evidence=year_pair(course, edition),
        usual_pct=course.yoy.usual(edition),
        new_year=shift,
    )


def on_the_month(course: Course, edition: Month) -> Iterator[Highlight]:
    """A move on the month well beyond the usual one, unless the month always goes that way and that far."""
    pct, always = course.mom.certain.get(edition), habit(course.mom, edition)
    if pct is None or abs(pct) < LEAST_PCT:
        return
    if always and pct * always[0] < 0:
        yield _against(course, edition, len(always))
        return
    times = times_usual(course.mom, edition, "month")
    if times >= LARGE_MOVE and abs(pct) > max(map(abs, always), default=0.0):
        near = new_year_near(edition, pct)
        yield Highlight(
            "month_move",
            course.months[edition],
            surprise=(log2(1 + times) - 0.3) * (SEASON_DISCOUNT if near else 1),
            evidence=month_pair(course, edition),
            usual_pct=course.mom.usual(edition),
            new_year=near,
        )


def _against(course: Course, edition: Month, years: int) -> Highlight:
    """The month went against what it did in every earlier year on record; `count` is how many they are."""
    same_months = (edition.plus(-12 * back) for back in range(1, 20))
    return Highlight(
        "against_season",
        course.months[edition],
        surprise=0.3 * years + log2(1 + times_usual(course.mom, edition, "month")),
        evidence=(
            *month_pair(course, edition),
            *course.figures(month for month in same_months if month in course.mom.pct),
        ),
        count=years,
        new_year=new_year_near(edition, course.mom.pct[edition]),
    )


def year_pair(course: Course, month: Month) -> tuple[Figure, ...]:
    """The figure, and the one a year earlier where it is on record."""
    return tuple(course.months[each] for each in (month, month.plus(-12)) if each in course.months)


def month_pair(course: Course, month: Month) -> tuple[Figure, ...]:
    """The figure, and what its change on the month is measured against."""
    figure = course.months[month]
    if figure.move and figure.move.base == "month":
        return figure, course.months[month.plus(-1)]
    total = course.totals.get(Period.ytd(month).end.plus(-1))
    return (figure, total) if total else (figure,)

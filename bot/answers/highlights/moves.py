"""Changes on a year earlier and on the month: large ones, turns, many in a row; what the season does."""

from dataclasses import replace
from datetime import date
from math import log2

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.course import Changes, Course, Told
from bot.dataset.calendar import Month
from bot.dataset.model import Figure
from bot.profile import profile

# The first day of the Chinese year, Beijing time.
NEW_YEAR = {
    day.year: day
    for day in (
        date(2015, 2, 19), date(2016, 2, 8), date(2017, 1, 28), date(2018, 2, 16), date(2019, 2, 5),
        date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10),
        date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26),
    )
}  # fmt: skip
YEARS_OF_A_HABIT = 3  # so many years have to agree before a month is said to always rise
REACH_PCT = 50.0  # no holiday explains a change beyond that
TwoDays = tuple[date, date]

LEAST_PCT = 5.0  # below this no change is called large
LEAST_USUAL_PCT = {"year": 3.0, "month": 5.0}  # what hardly moves does not make every change a surprise
LARGE_MOVE = 1.5  # on the month: so many times its usual change
UNKNOWN_USUAL_PCT = {"year": 30.0, "month": 12.0}  # where too little is on record to say what is usual
MOST_WHERE_UNKNOWN = 2.5
SEASON_DISCOUNT = 0.6  # a change that Lunar New Year explains in part
LONG_YOY = 6  # months in a row with a change on a year earlier the same way
LONG_MOM = 4


def times_usual(changes: Changes, month: Month, kind: str = "year") -> float:
    """How many times its usual change a month's change is; cut short where no usual change is known."""
    usual, size = changes.usual(month), abs(changes.pct[month])
    if usual is None:
        return min(size / UNKNOWN_USUAL_PCT[kind], MOST_WHERE_UNKNOWN)
    return size / max(usual, LEAST_USUAL_PCT[kind])


def on_the_year(course: Course, edition: Month) -> Told:
    """A rise or fall on a year earlier that is at least as large as usual, unless it is a turn."""
    yoy, pct = course.yoy, course.yoy.certain.get(edition, 0.0)
    turned = pct * yoy.certain.get(edition.plus(-1), 0.0) < 0  # which the turn says
    if abs(pct) < LEAST_PCT or turned or (times := times_usual(yoy, edition)) < 1:
        return
    shift = new_year_shift(edition, pct)
    both = (month for month in (edition, edition.plus(-12)) if month in course.months)
    surprise = log2(1 + times) * (SEASON_DISCOUNT if shift else 1)
    rule: HighlightRule = "largest_rise" if pct > 0 else "largest_fall"
    pair, usual = course.figures(both), yoy.usual(edition)
    yield Highlight(rule, surprise, pair, usual_pct=usual, new_year=shift)


def on_the_month(course: Course, edition: Month) -> Told:
    """A move on the month well beyond the usual one, unless the month always goes that way and that far."""
    pct, always = course.mom.certain.get(edition, 0.0), habit(course.mom, edition)
    if abs(pct) < LEAST_PCT:
        return
    pair = _month_pair(course, edition)
    times, near = times_usual(course.mom, edition, "month"), new_year_near(edition, pct)
    if always and pct * always[0] < 0:  # against what it did in every earlier year on record
        same_months = (edition.plus(-12 * back) for back in range(1, 20))
        earlier = course.figures(month for month in same_months if month in course.mom.pct)
        surprise = 0.3 * len(always) + log2(1 + times)
        yield Highlight("against_season", surprise, pair + earlier, count=len(always), new_year=near)
    elif times >= LARGE_MOVE and abs(pct) > max(map(abs, always), default=0.0):
        surprise = (log2(1 + times) - 0.3) * (SEASON_DISCOUNT if near else 1)
        usual = course.mom.usual(edition)
        yield Highlight("month_move", surprise, pair, usual_pct=usual, new_year=near)


def _month_pair(course: Course, month: Month) -> tuple[Figure, ...]:
    """The figure, and what its change on the month is measured against."""
    figure, before = course.months[month], month.plus(-1)
    if figure.move and figure.move.base == "month":
        return figure, course.months[before]
    return (figure, course.totals[before]) if before in course.totals else (figure,)


def turn(course: Course, edition: Month) -> Told:
    """The change on a year earlier went the other way than the month before's.

    `count` is how many months in a row went that way; `since` the month that last went as this one does,
    where it lies right before them; else `run_start` is the first of them.
    """
    yoy, last = course.yoy, edition.plus(-1)
    pct = yoy.certain.get(edition, 0.0)
    if pct * yoy.certain.get(last, 0.0) < 0:
        run, shift = yoy.run(last), new_year_shift(edition, pct)
        surprise = (0.4 + log2(1 + run.count / 2)) * min(1.0, abs(pct) / LEAST_PCT)
        surprise *= SEASON_DISCOUNT if shift else 1
        yield course.told("turn", edition, surprise, run, before=course.months[last], new_year=shift)


def streaks(course: Course, edition: Month) -> Told:
    """Six or more changes on a year earlier in a row the same way; four or more moves on the month."""
    run = course.yoy.run(edition)
    if run.count >= LONG_YOY:
        yield course.told("streak", edition, 0.5 + log2(run.count / LONG_YOY) * 0.8, run)
    run = course.mom.run(edition)
    if run.count >= LONG_MOM:
        told = course.told("month_streak", edition, 0.5 + log2(run.count / LONG_MOM) * 0.8, run)
        base = _month_pair(course, run.since or run.first)[1:]
        yield replace(told, evidence=told.evidence + base)


def new_year_shift(month: Month, pct: float) -> TwoDays | None:
    """Lunar New Year this year and last, where it moved into or out of that month; None if too large."""
    days = _both(month, pct)
    moved = days and days[0].month != days[1].month and month.number in {day.month for day in days}
    return days if moved else None


def new_year_near(month: Month, pct: float) -> TwoDays | None:
    """Lunar New Year this year and last, where this year's fell in that month or the one before, likewise."""
    days = _both(month, pct)
    return days if days and month.number - days[0].month in (0, 1) else None


def _both(month: Month, pct: float) -> TwoDays | None:
    if not profile().lunar_new_year:
        return None
    this, last = NEW_YEAR.get(month.year), NEW_YEAR.get(month.year - 1)
    return (this, last) if this and last and abs(pct) <= REACH_PCT else None


def habit(moves: Changes, month: Month) -> tuple[float, ...]:
    """What the same month did in earlier years, the last first: where all went one way, three at least."""
    years = [year for back in range(1, 20) if (year := month.plus(-12 * back)) in moves.pct]
    certain = [moves.certain.get(year, 0.0) for year in years]
    steady = len(years) >= YEARS_OF_A_HABIT and (min(certain) > 0 or max(certain) < 0)
    return tuple(moves.pct[year] for year in years) if steady else ()

"""The rules: changes on a year and a month earlier, records, the pace of the year, balances."""

from datetime import date

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.course import TABLES, Changes, Course, Told
from bot.answers.missing import run_to
from bot.dataset.calendar import Month
from bot.profile import profile

# The first day of the Chinese year, Beijing time.
NEW_YEAR = {day.year: day for day in TABLES["new_year"]}
YEARS_OF_A_HABIT = 3  # so many years have to agree before a month is said to always rise
REACH_PCT = 50.0  # no holiday explains a change beyond that
TwoDays = tuple[date, date]
LEAST_PCT = 5.0  # below this no change is called large
LEAST_USUAL_PCT = {"year": 3.0, "month": 5.0}  # what hardly moves does not make every change a surprise
LARGE_MOVE = 1.5  # on the month: so many times its usual change
UNKNOWN_USUAL_PCT = {"year": 30.0, "month": 12.0}  # where too little is on record to say what is usual

NOTABLE_MONTHS = 12  # a record has to reach back at least this far to be worth a line
YEAR = 12


def times_usual(changes: Changes, month: Month, kind: str = "year") -> float:
    """How many times its usual change a month's change is."""
    usual, size = changes.usual(month), abs(changes.pct[month])
    return size / (UNKNOWN_USUAL_PCT[kind] if usual is None else max(usual, LEAST_USUAL_PCT[kind]))


def on_the_year(course: Course, edition: Month) -> Told:
    """A rise or fall on a year earlier that is at least as large as usual, unless it is a turn."""
    yoy, pct = course.months.yoy, course.months.yoy.certain.get(edition, 0.0)
    if abs(pct) < LEAST_PCT or yoy.turned(edition) or times_usual(yoy, edition) < 1:
        return
    shift, pair = new_year_shift(edition, pct), course.months.at(edition, edition.plus(-12))
    rule: HighlightRule = "largest_rise" if pct > 0 else "largest_fall"
    yield Highlight(rule, pair, usual_pct=yoy.usual(edition), new_year=shift)


def on_the_month(course: Course, edition: Month) -> Told:
    """A move on the month well beyond the usual one, unless the month always goes that way and that far."""
    mom, pct = course.mom, course.mom.certain.get(edition, 0.0)
    if abs(pct) < LEAST_PCT:
        return
    way = 1 if pct > 0 else -1
    habitual = max((way * each for each in habit(mom, edition)), default=0.0)
    if times_usual(mom, edition, "month") >= LARGE_MOVE and abs(pct) > habitual:
        move, near = course.months.figures[edition].move, new_year_near(edition, pct)
        base = course.months if move and move.base == "month" else course.totals  # January-February
        pair = (*course.months.at(edition), *base.at(edition.plus(-1)))
        yield Highlight("month_move", pair, usual_pct=mom.usual(edition), new_year=near)


def turn(course: Course, edition: Month) -> Told:
    """The change on a year earlier went the other way than the month before's.

    `count` is how many months in a row went that way; `since` the month that last went as this one does,
    where it lies right before them; else `run_start` is the first of them.
    """
    yoy, last = course.months.yoy, edition.plus(-1)
    if yoy.turned(edition):
        shift, before = new_year_shift(edition, yoy.certain[edition]), course.months.figures[last]
        yield course.told("turn", edition, yoy.run(last), before=before, new_year=shift)


def records(course: Course, edition: Month) -> Told:
    """The highest or lowest in twelve months or more."""
    spans = course.months.spans
    if spans[edition][0] < 0:  # of net imports the net's own rule tells
        return
    run = run_to(edition, spans).months
    sides: dict[HighlightRule, int] = {"highest_since": 1, "lowest_since": -1}
    for rule, way in sides.items():  # from the bottom all is turned round
        most = {month: max(way * low, way * high) for month, (low, high) in spans.items()}
        least = min(way * edge for edge in spans[edition])
        rivals = [month for month in spans if month < edition and most[month] >= least]
        since = rivals[-1] if rivals and rivals[-1] >= run[0] else None
        reach = since.until(edition) if since else len(run)
        if reach >= NOTABLE_MONTHS and (since or not rivals):
            evidence = course.months.at(edition, *run[:-1])
            yield Highlight(rule, evidence, since=since, run_start=run[0])


def pace(course: Course, edition: Month) -> Told:
    """The running total's change, large for the series, from January-February on; prices have no sum."""
    totals, yoy = course.totals, course.totals.yoy
    if edition.number == 1 or edition not in totals.spans or course.series.measure == "unit_value":
        return
    if abs(yoy.certain.get(edition, 0.0)) >= LEAST_PCT and times_usual(yoy, edition) >= 1:
        evidence = totals.at(edition, edition.plus(-YEAR))
        yield Highlight("year_to_date", evidence, usual_pct=yoy.usual(edition))


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
    days = NEW_YEAR if profile().lunar_new_year and abs(pct) <= REACH_PCT else {}
    this, last = days.get(month.year), days.get(month.year - 1)
    return (this, last) if this and last else None


def habit(moves: Changes, month: Month) -> tuple[float, ...]:
    """What the same month did in earlier years, the last first: where all went one way, three at least."""
    years = [year for back in range(1, 20) if (year := month.plus(-12 * back)) in moves.pct]
    certain = [moves.certain.get(year, 0.0) for year in years]
    steady = len(years) >= YEARS_OF_A_HABIT and (min(certain) > 0 or max(certain) < 0)
    return tuple(moves.pct[year] for year in years) if steady else ()


def net_trade(course: Course, edition: Month) -> Told:
    """A turn of the month's balance."""
    signs = {month: (low > 0) - (high < 0) for month, (low, high) in course.months.spans.items()}
    sides, before = Changes({}, {month: sign for month, sign in signs.items() if sign}), edition.plus(-1)
    if sides.turned(edition):
        yield course.told("net_turn", edition, sides.run(before), before=course.months.figures[before])

"""The rules over every series of a month, and what of that a news flash would lead with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import log
from operator import attrgetter

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.course import TABLES, Changes, Course, NewYear, Span, Told, course_of, span_of
from bot.answers.missing import run_to
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.profile import profile

NEW_YEAR = {day.year: day for day in TABLES["new_year"]}
REACH_PCT = 50.0  # no holiday explains a change beyond that
LEAST_PCT = 5.0  # below this no change is called large
LEAST_USUAL_PCT = {"year": 3.0, "month": 5.0}  # what hardly moves does not make every change a surprise
LARGE_MOVE = 1.5  # on the month: so many times its usual change
UNKNOWN_USUAL_PCT = {"year": 30.0, "month": 12.0}  # where too little is on record to say what is usual
NOTABLE_MONTHS = 12  # a record has to reach back at least this far to be worth a line
YEAR = 12
HALF, LEAST_POINTS = 0.5, 0.1  # of the whole: a share that turns
IN_CELLS: Sequence[HighlightRule] = TABLES["in_cells"]
SMALL, SMALL_COUNTS = 5e4, 0.25  # tonnes below which a change is hardly news
LARGEST_FALL_PCT = -95.0


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
    """A move on the month well beyond the usual one."""
    mom, pct = course.mom, course.mom.certain.get(edition, 0.0)
    if abs(pct) < LEAST_PCT:
        return
    if times_usual(mom, edition, "month") >= LARGE_MOVE:
        move, near = course.months.figures[edition].move, new_year_shift(edition, pct)
        base = course.months if move and move.base == "month" else course.totals  # January-February
        pair = (*course.months.at(edition), *base.at(edition.plus(-1)))
        yield Highlight("month_move", pair, usual_pct=mom.usual(edition), new_year=near)


def turn(course: Course, edition: Month) -> Told:
    """The change on a year earlier went the other way than the month before's.

    `count` is how many months in a row went that way; `since` the month that last went as this one does,
    where it lies right before them; else `run_start` is the first of them.
    """
    yoy = course.months.yoy
    if yoy.turned(edition):
        yield course.turned("turn", edition, yoy, new_year=new_year_shift(edition, yoy.certain[edition]))


def new_year_shift(month: Month, pct: float) -> NewYear:
    """Lunar New Year this year and last, where it moved into or out of that month; None if too large."""
    days = NEW_YEAR if profile().lunar_new_year and abs(pct) <= REACH_PCT else {}
    this, last = days.get(month.year), days.get(month.year - 1)
    if this and last and this.month != last.month and month.number in (this.month, last.month):
        return this, last
    return None


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


def net_trade(course: Course, edition: Month) -> Told:
    """A turn of the month's balance."""
    signs = {month: (low > 0) - (high < 0) for month, (low, high) in course.months.spans.items()}
    sides = Changes({}, {month: sign for month, sign in signs.items() if sign})
    if sides.turned(edition):
        yield course.turned("net_turn", edition, sides)


def share_turns(world: Course, edition: Month, dataset: Dataset) -> Told:
    """A country's share of a month that has crossed one half, or moved by ten points, on a year earlier.

    The evidence is the country and the world now, the country and the world a year earlier.
    """
    months, spans = (edition, edition.plus(-YEAR)), world.months.spans
    for series in dataset.lines.of_partners(world.series) if spans.keys() >= {*months} else ():
        parts = list(dataset.of_months(series, months, world.scope))
        if len(parts) < len(months) or any(part.value is None for part in parts):
            continue
        pairs = zip(parts, months, strict=True)
        now, then = (_quotient(span_of(part, dataset), spans[month]) for part, month in pairs)
        moved = max(now[0] - then[1], then[0] - now[1]) if now and then else 0.0
        crossed = now and then and min(now, then)[1] < HALF < max(now, then)[0]
        if moved >= LEAST_POINTS or crossed:
            whole, earlier = world.months.at(*months)
            yield Highlight("share_turn", (parts[0], whole, parts[1], earlier), before=parts[1])


def _quotient(above: Span, below: Span) -> Span | None:
    return (above[0] / below[1], above[1] / below[0]) if below[0] > 0 and above[0] > 0 else None


OF_A_MONTH = (on_the_year, on_the_month, turn, records)


@lru_cache(maxsize=256)  # the months that are asked for, of everything and of single series
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
    for course in tonnes:
        yield from share_turns(course, edition, dataset)
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
    size = abs(log(1 + max(pct or 0.0, LARGEST_FALL_PCT) / 100))
    size /= 2 if item.rule in TABLES["records"] else 1  # of a record the change is told by another
    own: float = TABLES["own"].get(item.rule, 0.0)
    scale = 1.0 if figure.series.measure == "quantity" else 0.5
    scale *= SMALL_COUNTS if abs(figure.value or 0) < SMALL else 1.0
    return scale * (own + size) * (0.5 if figure.period.length > 1 else 1.0)

"""Records, the pace of the year, turns of net trade, and bauxite imported for each tonne of alumina."""

from collections.abc import Mapping, Sequence
from math import log2

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.course import Changes, Course, Span, Told, course_of, span_of
from bot.answers.highlights.moves import LEAST_PCT, times_usual
from bot.answers.missing import run_to
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.profile import profile

NOTABLE_MONTHS = 12  # a record has to reach back at least this far to be worth a line
RANKED_MONTHS = 24  # the second or third place among fewer months is not worth one either
LAST_PLACE = 3
LONG = 6  # months on one side after a turn
YEAR = 12
LEAST_FACTOR = 1.5  # the ratio's change on a year earlier
HALF, LEAST_POINTS = 0.5, 0.1  # of the whole: a share that turns
LEAST_EARLIER_YEARS = 3
# How much a record of so many months counts: most after months at which totals are commonly looked at.
ROUND_MONTHS = {2: 0.9, 3: 0.9, 6: 1.0, 9: 0.9, 12: 1.3}
LAST_MONTH_TO_PASS = 10  # in November and December it is no news that a year passed the last one


def records(course: Course, edition: Month) -> Told:
    """The highest or lowest in twelve months or more, or second or third of twenty-four or more."""
    run = run_to(edition, course.spans).months
    if course.spans[edition][0] >= 0:  # of net imports the net's own rules tell
        yield from _side(course, run, "highest_since", "nth_highest")
        yield from _side(course, run, "lowest_since", "nth_lowest")


def _side(course: Course, run: Sequence[Month], record: HighlightRule, nth: HighlightRule) -> Told:
    """From the top, or from the bottom, where all is turned round."""
    edition, turned = run[-1], record == "lowest_since"
    spans = {month: (-high, -low) if turned else (low, high) for month, (low, high) in course.spans.items()}
    low, high = spans[edition]
    above = [month for month in run[:-1] if spans[month][1] >= low]  # may have been as high
    beyond = any(span[1] >= low for month, span in spans.items() if month < run[0])
    since, rank = above[-1] if above else None, len(above) + 1
    reach = since.until(edition) if since else len(run)
    if reach >= NOTABLE_MONTHS and (since or not beyond):
        rule, count, surprise = record, 0, log2(reach / 6) + (0.0 if since else 1.0)
    elif len(run) >= RANKED_MONTHS and not beyond and 1 < rank <= LAST_PLACE:
        rule, count, surprise = nth, rank, log2(len(run) / 6) - 0.5 * rank
    else:
        return
    if rule == record or all(spans[month][0] > high for month in above):
        evidence = course.figures((edition, *run[:-1]))
        yield Highlight(rule, surprise, evidence, since=since, run_start=run[0], count=count)


def pace(course: Course, edition: Month) -> Told:
    """What stands out in the running total, from January-February on; prices have no sum."""
    if edition.number == 1 or edition not in course.total_spans or course.series.measure == "unit_value":
        return
    yield from _passed(course, edition)
    yield from _of_years(course, edition)
    yield from _growth(course, edition)


def _growth(course: Course, edition: Month) -> Told:
    """The running total's change, large for the series, or with another sign than a month before."""
    pct, before = course.ytd.certain.get(edition), edition.plus(-1)
    if pct is None:
        return
    evidence, times = _totals(course, edition, edition.plus(-12)), times_usual(course.ytd, edition)
    if edition.number > 2 and pct * course.ytd.certain.get(before, 0.0) < 0:
        evidence += _totals(course, before)
        surprise = 1.2 + min(1.0, abs(pct) / LEAST_PCT)
        yield Highlight("year_to_date_turn", surprise, evidence, before=course.totals[before])
    elif abs(pct) >= LEAST_PCT and times >= 1:
        # January-February is what is published; later on the month itself is the news.
        weight = 1.0 if edition.number == 2 else 0.7
        surprise = weight * log2(1 + times) - 0.3
        yield Highlight("year_to_date", surprise, evidence, usual_pct=course.ytd.usual(edition))


def _passed(course: Course, edition: Month) -> Told:
    """The months so far are for the first time more than all of last year."""
    year, before, spans = Month(edition.year - 1, 12), edition.plus(-1), course.total_spans
    if year not in spans or before not in spans or edition.number > LAST_MONTH_TO_PASS:
        return
    most = spans[year][1]
    if spans[before][0] <= most < spans[edition][0]:
        evidence, surprise = _totals(course, edition, year, before), 2.0 + log2(12 / edition.number)
        yield Highlight("passed_last_year", surprise, evidence, before=course.totals[year])


def _of_years(course: Course, edition: Month) -> Told:
    """The most, or the least, of the same months of every year, three earlier ones in a row at least."""
    years, spans = list[Month](), course.total_spans
    while (earlier := edition.plus(-12 * (len(years) + 1))) in spans:
        years.append(earlier)
    if len(years) < LEAST_EARLIER_YEARS:
        return
    low, high = spans[edition]
    most = all(spans[year][1] < low for year in years)
    if most or all(spans[year][0] > high for year in years):
        rule: HighlightRule = "year_to_date_highest" if most else "year_to_date_lowest"
        surprise = (0.4 + 0.3 * len(years)) * ROUND_MONTHS.get(edition.number, 0.5)
        evidence, count = _totals(course, edition, *years), len(years) + 1
        yield Highlight(rule, surprise, evidence, run_start=years[-1], count=count)


def _totals(course: Course, *months: Month) -> tuple[Figure, ...]:
    return tuple(course.totals[month] for month in months if month in course.totals)


def net_trade(course: Course, edition: Month, dataset: Dataset) -> Told:
    """A turn of the month's balance, how long it has held, and a turn of the balance of twelve months."""
    sides = Changes({}, {month: side for month, span in course.spans.items() if (side := _sign(span))})
    if edition not in sides.certain:
        return
    run, before = sides.run(edition), edition.plus(-1)
    if run.since and run.count == 1:
        other = sides.run(before)
        surprise = 1.5 + log2(1 + other.count / 2)
        yield course.told("net_turn", edition, surprise, other, before=course.months[before])
    if run.since and run.count >= LONG:
        yield course.told("net_streak", edition, 0.3 + 0.5 * log2(run.count / LONG), run)
    yield from _twelve_months(course, edition, dataset)


def _sign(span: Span) -> int:
    return 1 if span[0] > 0 else -1 if span[1] < 0 else 0


def _twelve_months(course: Course, edition: Month, dataset: Dataset) -> Told:
    """The balance of twelve months is on the other side than a month before."""
    now_twelve, twelve = (Period.span(end.plus(1 - YEAR), end) for end in (edition, edition.plus(-1)))
    months = Period.span(twelve.start, edition).months
    if not course.spans.keys() >= {*months}:  # each of them on record in the one scope
        return
    now, before = (dataset.figure(course.series, each, course.scope) for each in (now_twelve, twelve))
    if now and before and _sign(span_of(now, dataset)) * _sign(span_of(before, dataset)) < 0:
        evidence, run = (now, before, *course.figures(months)), run_to(edition, course.spans)
        yield Highlight("net_twelve_months", 2.5, evidence, before=before, run_start=run.start)


def ratio(courses: Mapping[Series, Course], edition: Month, dataset: Dataset) -> Told:
    """Tonnes of one line for each of what is made of it, where that changed by half on a year earlier.

    The evidence is the one and the other now, the one and the other a year earlier, each in one scope.
    """
    lines, months = [Series(*line) for line in profile().ratio], (edition, edition.plus(-YEAR))
    if not lines or not set(lines) <= courses.keys():
        return
    every = (course_of(dataset, lines[1], scope) for scope in dataset.scopes(lines[1]))
    above, below = courses[lines[0]], next((each for each in every if each.spans.keys() >= {*months}), None)
    if not below or not above.spans.keys() >= {*months}:
        return
    now, then = (_quotient(above.spans[month], below.spans[month]) for month in months)
    factor = max(now[0] / then[1], then[0] / now[1]) if now and then else 0.0
    if factor >= LEAST_FACTOR:
        evidence = tuple(course.months[month] for month in months for course in (above, below))
        yield Highlight("input_ratio", 0.5 * log2(1 + factor), evidence)


def share_turns(world: Course, edition: Month, dataset: Dataset) -> Told:
    """A country's share of a month that has crossed one half, or moved by ten points, on a year earlier.

    The evidence is the country and the world now, the country and the world a year earlier.
    """
    months = (edition, edition.plus(-YEAR))
    if not all(month in world.spans for month in months):
        return
    for series in dataset.of_partners(world.series):
        own = (dataset.level(series, Period.month(month), world.scope) for month in months)
        if len(parts := list(filter(None, own))) < len(months):
            continue
        pairs = zip(parts, months, strict=True)
        now, then = (_quotient(span_of(part, dataset), world.spans[month]) for part, month in pairs)
        moved = max(now[0] - then[1], then[0] - now[1]) if now and then else 0.0
        crossed = now and then and min(now, then)[1] < HALF < max(now, then)[0]
        if moved >= LEAST_POINTS or crossed:
            evidence = (parts[0], world.months[edition], parts[1], world.months[months[1]])
            surprise = 0.5 * log2(1 + moved / LEAST_POINTS) + bool(crossed)
            yield Highlight("share_turn", surprise, evidence, before=parts[1])


def _quotient(above: Span, below: Span) -> Span | None:
    return (above[0] / below[1], above[1] / below[0]) if below[0] > 0 and above[0] > 0 else None

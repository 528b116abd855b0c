"""The year's pace: running totals against a year earlier, against all of last year, against every year."""

from collections.abc import Iterator
from math import log2

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.course import Course, Span
from bot.answers.highlights.moves import LEAST_PCT, times_usual
from bot.dataset.calendar import Month
from bot.dataset.model import Figure

LEAST_EARLIER_YEARS = 3
# How much a record of so many months counts: most after months at which totals are commonly looked at.
ROUND_MONTHS = {2: 0.9, 3: 0.9, 6: 1.0, 9: 0.9, 12: 1.3}
LAST_MONTH_TO_PASS = 10  # in November and December it is no news that a year passed the last one


def pace(course: Course, edition: Month) -> Iterator[Highlight]:
    """What stands out in the running total, from January-February on; prices have no sum."""
    if edition.number == 1 or edition not in course.total_spans or course.series.measure == "unit_value":
        return
    yield from _passed(course, edition)
    yield from _of_years(course, edition)
    yield from _growth(course, edition)


def _growth(course: Course, edition: Month) -> Iterator[Highlight]:
    """The running total's change, large for the series, or with another sign than a month before."""
    pct, earlier = course.ytd.certain.get(edition), course.ytd.certain.get(edition.plus(-1), 0.0)
    if pct is None:
        return
    turned = edition.number > 2 and pct * earlier < 0
    times = times_usual(course.ytd, edition)
    if turned or (abs(pct) >= LEAST_PCT and times >= 1):
        yield Highlight(
            "year_to_date_turn" if turned else "year_to_date",
            course.totals[edition],
            surprise=1.2 + min(1.0, abs(pct) / LEAST_PCT)
            if turned
            else _weight(edition) * log2(1 + times) - 0.3,
            evidence=_totals(course, edition, edition.plus(-12), *([edition.plus(-1)] if turned else [])),
            before=course.totals[edition.plus(-1)] if turned else None,
            usual_pct=None if turned else course.ytd.usual(edition),
        )


def _weight(edition: Month) -> float:
    """January-February is what is published; later on the month itself is the news."""
    return 1.0 if edition.number == 2 else 0.7


def _passed(course: Course, edition: Month) -> Iterator[Highlight]:
    """The months so far are for the first time more than all of last year."""
    year = Month(edition.year - 1, 12)
    whole, so_far = course.total_spans.get(year), course.total_spans[edition]
    if not whole or edition.number > LAST_MONTH_TO_PASS or so_far[0] <= whole[1]:
        return
    earlier = course.total_spans.get(edition.plus(-1))
    if earlier and earlier[0] <= whole[1]:
        yield Highlight(
            "passed_last_year",
            course.totals[edition],
            surprise=2.0 + log2(12 / edition.number),
            evidence=_totals(course, edition, year, edition.plus(-1)),
            before=course.totals[year],
        )


def _of_years(course: Course, edition: Month) -> Iterator[Highlight]:
    """The most, or the least, of the same months of every year, three earlier ones in a row at least."""
    years = _same_months(course, edition)
    if len(years) < LEAST_EARLIER_YEARS:
        return
    now, others = course.total_spans[edition], [course.total_spans[month] for month in years]
    if rule := _extreme(now, others):
        yield Highlight(
            rule,
            course.totals[edition],
            surprise=(0.4 + 0.3 * len(years)) * ROUND_MONTHS.get(edition.number, 0.5),
            evidence=_totals(course, edition, *years),
            run_start=years[-1],
            count=len(years) + 1,
        )


def _extreme(now: Span, others: list[Span]) -> HighlightRule | None:
    if all(high < now[0] for _, high in others):
        return "year_to_date_highest"
    return "year_to_date_lowest" if all(low > now[1] for low, _ in others) else None


def _same_months(course: Course, edition: Month) -> list[Month]:
    years: list[Month] = []
    while (earlier := edition.plus(-12 * (len(years) + 1))) in course.total_spans:
        years.append(earlier)
    return years


def _totals(course: Course, *months: Month) -> tuple[Figure, ...]:
    return tuple(course.totals[month] for month in months if month in course.totals)

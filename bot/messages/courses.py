"""First lines of the views over many months, trend and average, and what they share with rankings."""

from collections.abc import Sequence
from typing import Literal

from bot.answers.answer import Answer, Rank, Stretch
from bot.answers.readings import place_of
from bot.dataset.calendar import Month
from bot.dataset.model import Figure
from bot.messages.month_lists import month_list, month_runs
from bot.messages.names import Names, lower_first, scope_name
from bot.messages.number_format import places
from bot.messages.speech import of_scope, ranged, size, value, with_name, without_range
from bot.messages.wordings import degree
from bot.questions.named import named, period_name
from bot.questions.question import Order, Question, Unit
from bot.words import say, say_count
from bot.words.joints import clauses, in_brackets

MOST_NAMED = 5  # figures or series in a first line
Among = Literal["alone", "of_the_run", "within_rounding"]
MOST_RUNS = 2  # of unbroken months in a first line; more of them are counted


def trend(answer: Answer, question: Question) -> str:
    """From the first month to the last; of a single series its highest and lowest too."""
    assert question.period
    if len(answer.stretches) == 1:
        (stretch,) = answer.stretches
        return say(
            "courses.trend",
            series=titled(stretch, answer.catalogue),
            months=_covered(stretch, answer.figures),
            course=_course(answer.figures, question.unit, True),
            left_out=_left_out(stretch),
        )
    told_each = joined([_beside_others(stretch, answer) for stretch in answer.stretches])
    return say("courses.trends", period=period_name(question.period), told=lower_first(told_each))


def _beside_others(stretch: Stretch, answer: Answer) -> str:
    """One series among several, with its months where these are not all that were asked for."""
    months, unit = of_series(answer, stretch), answer.question.unit if answer.question else "t"
    series = titled(stretch, answer.catalogue)
    if stretch.holes and len(months) > 1:
        series += in_brackets(_covered(stretch, months))
    return with_name(series, _course(months, unit, False))


def _covered(stretch: Stretch, months: Sequence[Figure]) -> str:
    """The months that there are: March to May 2025; 22 of the 31 months from May 2023 to November 2025."""
    if not stretch.holes or not months:
        return period_name(stretch.period)
    if len(month_runs([figure.end for figure in months])) <= MOST_RUNS:
        return month_list([figure.end for figure in months])
    asked = stretch.period
    span = asked.kind == "range"
    return say(
        "courses.some_from" if span else "courses.some_of",
        count=len(months), months=asked.length, period=period_name(asked),
    )  # fmt: skip


def _left_out(stretch: Stretch) -> str:
    """The months that there are not, and those that count something else."""
    unknown = [month for month in stretch.holes if month not in stretch.elsewhere]
    told = ""
    if unknown and len(unknown) < stretch.period.length:
        told = say_count("courses.not_on_record", len(unknown), months=_told(unknown))
    if stretch.elsewhere:
        scope, months = scope_name(stretch.other_scope or ""), _told(stretch.elsewhere)
        told += say_count("courses.elsewhere", len(stretch.elsewhere), months=months, scope=scope)
    return told


def _told(months: Sequence[Month]) -> str:
    few = len(month_runs(months)) <= MOST_RUNS
    return month_list(months) if few else say("courses.many_months", count=len(months))


def _course(months: Sequence[Figure], unit: Unit, extremes: bool) -> str:
    if not months:
        return say("courses.no_month")
    if len(months) == 1:
        return say("courses.only_month", value=value(months[0], unit), month=named(months[0].end))
    if not extremes:
        first, last = (without_range(value(figure, unit)) for figure in (months[0], months[-1]))
        return say("courses.ends", first=first, last=last)
    return say(
        "courses.course",
        first=dated(months[0], unit),
        last=dated(months[-1], unit),
        highest=_extreme(max(months, key=_level), months, "highest", unit),
        lowest=_extreme(min(months, key=_level), months, "lowest", unit),
    )


def _extreme(figure: Figure, months: Sequence[Figure], order: Order, unit: Unit) -> str:
    """Highest 520 kt in April 2026; of a balance largest net exports about 190 kt in September 2025."""
    rank = place_of(figure, months, from_lowest=order == "lowest")
    return say(
        "courses.extreme",
        most=degree(figure, order).highest,
        size=without_range(size(figure, unit)),
        month=named(figure.end),
        tie=tie(rank, "within_rounding"),
    )


def dated(figure: Figure, unit: Unit) -> str:
    """510 kt in March 2024."""
    return say("courses.dated", value=without_range(value(figure, unit)), month=named(figure.end))


def _level(figure: Figure) -> float:
    return figure.value or 0.0


def tie(rank: Rank, among: Among) -> str:
    """' (2nd to 4th)' where rounding leaves several places, among whom they are where that is said."""
    return say(f"courses.tie_{among}", places=places(rank.first, rank.last)) if rank.first < rank.last else ""


def average(answer: Answer, question: Question) -> str:
    """The mean with its range and what it was made from; where it could not be, which months are missing."""
    means = {figure.series: figure for figure in answer.averages}
    return joined(
        [_average(stretch, means.get(stretch.series), answer, question) for stretch in answer.stretches]
    )


def _average(stretch: Stretch, mean: Figure | None, answer: Answer, question: Question) -> str:
    series, period = titled(stretch, answer.catalogue), period_name(stretch.period)
    if mean is None:
        lost = month_list(stretch.holes)
        if stretch.elsewhere:
            scope = scope_name(stretch.scope)
            return say("courses.no_average_in", series=series, period=period, months=lost, scope=scope)
        return say("courses.no_average", series=series, period=period, months=lost)
    told, count = mean_told(mean, question), stretch.period.length
    if not stretch.holes:
        return say("courses.average", series=series, period=period, mean=told, count=count)
    return say_count(
        "courses.average_of_total", len(stretch.holes),
        series=series, period=period, mean=told, total=_from_total(answer, stretch, question),
        months=month_list(stretch.holes),
    )  # fmt: skip


def _from_total(answer: Answer, stretch: Stretch, question: Question) -> str:
    """The total of 6.134 Mt by 12 months; by 365 days."""
    (total,) = of_series(answer, stretch)
    by_day = question.unit == "t/day"
    amount = without_range(value(total, "t" if by_day else question.unit))
    if by_day:
        return say("courses.total_by_days", total=amount, count=stretch.period.days)
    return say("courses.total_by_months", total=amount, count=stretch.period.length)


def mean_told(mean: Figure, question: Question) -> str:
    """About 245 kt a month (240 to 250 kt)."""
    by_month = question.measure != "unit_value" and question.unit != "t/day"
    return ranged(mean, question.unit, say("courses.a_month") if by_month else "")


def of_series(answer: Answer, stretch: Stretch) -> list[Figure]:
    """The answer's figures that belong to a stretch."""
    return [figure for figure in answer.figures if figure.series == stretch.series]


def ranks_of(answer: Answer, stretch: Stretch) -> list[Rank]:
    """The places of a ranking that belong to a stretch."""
    return [rank for rank in answer.ranks if rank.figure.series == stretch.series]


def titled(stretch: Stretch, names: Names) -> str:
    """The series of a stretch; where a later scope is served, that scope opens."""
    return of_scope(stretch.series, stretch.scope, names)


def joined(told: Sequence[str]) -> str:
    """The leading ones in one sentence, and how many more there are."""
    first, *others = told
    return leading([first, *map(lower_first, others)], MOST_NAMED)


def leading(told: Sequence[str], most: int) -> str:
    """So many of the clauses, and how many more there are."""
    more = len(told) - most
    return clauses([*told[:most], say("courses.more", count=more)] if more > 0 else told)

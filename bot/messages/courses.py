"""First lines of the views over many months, trend and average, and what they share with rankings."""

from collections.abc import Sequence

from bot.answers.answer import Answer, Rank, Stretch
from bot.answers.readings import place_of
from bot.dataset.calendar import Month
from bot.dataset.model import Figure
from bot.messages.numbers import places
from bot.messages.speech import (
    Names,
    lower_first,
    month_list,
    month_runs,
    ranged,
    series_name,
    size,
    value,
    with_name,
    without_range,
)
from bot.messages.wordings import degree
from bot.questions.question import Order, Question, Unit

MOST_NAMED = 5  # figures or series in a first line
WITHIN = " within rounding"
MOST_RUNS = 2  # of unbroken months in a first line; more of them are counted


def trend(answer: Answer, question: Question) -> str:
    """From the first month to the last; of a single series its highest and lowest too."""
    assert question.period
    if len(answer.stretches) == 1:
        (stretch,) = answer.stretches
        told = f"{titled(stretch, answer.catalogue)}, {_covered(stretch, answer.figures)}"
        return f"{told}: {_course(answer.figures, question.unit, True)}{_left_out(stretch)}"
    told_each = joined([_beside_others(stretch, answer) for stretch in answer.stretches])
    return f"{question.period.name}: {lower_first(told_each)}"


def _beside_others(stretch: Stretch, answer: Answer) -> str:
    """One series among several, with its months where these are not all that were asked for."""
    months, unit = of_series(answer, stretch), answer.question.unit if answer.question else "t"
    covered = f" ({_covered(stretch, months)})" if stretch.holes and len(months) > 1 else ""
    return with_name(titled(stretch, answer.catalogue) + covered, _course(months, unit, False))


def _covered(stretch: Stretch, months: Sequence[Figure]) -> str:
    """The months that there are: March to May 2025; 22 of the 31 months from May 2023 to November 2025."""
    if not stretch.holes or not months:
        return stretch.period.name
    if len(month_runs([figure.end for figure in months])) <= MOST_RUNS:
        return month_list([figure.end for figure in months])
    asked = stretch.period
    return (
        f"{len(months)} of the {asked.length} months {'from' if ' to ' in asked.name else 'of'} {asked.name}"
    )


def _left_out(stretch: Stretch) -> str:
    """The months that there are not, and those that count something else."""
    unknown = [month for month in stretch.holes if month not in stretch.elsewhere]
    told = f"; {_are(unknown)} not on record" if unknown and len(unknown) < stretch.period.length else ""
    if stretch.elsewhere:
        told += f"; {_are(stretch.elsewhere)} on record as {stretch.other_scope} alone, not mixed in"
    return told


def _are(months: Sequence[Month]) -> str:
    named = month_list(months) if len(month_runs(months)) <= MOST_RUNS else f"{len(months)} months"
    return f"{named} {'is' if len(months) == 1 else 'are'}"


def _course(months: Sequence[Figure], unit: Unit, extremes: bool) -> str:
    if not months:
        return "no month on record"
    if len(months) == 1:
        return f"{value(months[0], unit)} in {months[0].end.name}, the only month on record of it"
    if not extremes:
        first, last = (without_range(value(figure, unit)) for figure in (months[0], months[-1]))
        return f"{first} to {last}"
    told = f"{dated(months[0], unit)} to {dated(months[-1], unit)}"
    high, low = max(months, key=_level), min(months, key=_level)
    top, bottom = place_of(high, months, from_lowest=False), place_of(low, months, from_lowest=True)
    highest, lowest = _extreme(high, "highest", unit), _extreme(low, "lowest", unit)
    return f"{told}; {highest}{tie(top, WITHIN)}, {lowest}{tie(bottom, WITHIN)}"


def _extreme(figure: Figure, order: Order, unit: Unit) -> str:
    """Highest 520 kt in April 2026; of a balance largest net exports about 190 kt in September 2025."""
    return f"{degree(figure, order).highest} {without_range(size(figure, unit))} in {figure.end.name}"


def dated(figure: Figure, unit: Unit) -> str:
    """510 kt in March 2024."""
    return f"{without_range(value(figure, unit))} in {figure.end.name}"


def _level(figure: Figure) -> float:
    return figure.value or 0.0


def tie(rank: Rank, among: str = "") -> str:
    """' (2nd to 4th)' where rounding leaves several places, among whom they are where that is said."""
    return f" ({places(rank.first, rank.last)}{among})" if rank.first < rank.last else ""


def average(answer: Answer, question: Question) -> str:
    """The mean with its range and what it was made from; where it could not be, which months are missing."""
    means = {figure.series: figure for figure in answer.averages}
    return joined(
        [_average(stretch, means.get(stretch.series), answer, question) for stretch in answer.stretches]
    )


def _average(stretch: Stretch, mean: Figure | None, answer: Answer, question: Question) -> str:
    named = f"{titled(stretch, answer.catalogue)}, {stretch.period.name}"
    if mean is None:
        within = f" in {stretch.scope}" if stretch.elsewhere else ""
        return f"{named}: no average, for lack of {month_list(stretch.holes)}{within}"
    told, months = mean_told(mean, question), stretch.period.length
    if not stretch.holes:
        return f"{named}: {told}, the mean of {months} months"
    lost = f"{month_list(stretch.holes)} {'is' if len(stretch.holes) == 1 else 'are'} not on record singly"
    return f"{named}: {told}, {_from_total(answer, stretch, question)}, as {lost}"


def _from_total(answer: Answer, stretch: Stretch, question: Question) -> str:
    """The total of 6.134 Mt by 12 months; by 365 days."""
    (total,) = of_series(answer, stretch)
    by_day = question.unit == "t/day"
    parts = f"{stretch.period.days} days" if by_day else f"{stretch.period.length} months"
    return f"the total of {without_range(value(total, 't' if by_day else question.unit))} by {parts}"


def mean_told(mean: Figure, question: Question) -> str:
    """About 245 kt a month (240 to 250 kt)."""
    per = " a month" if question.measure != "unit_value" and question.unit != "t/day" else ""
    return ranged(mean, question.unit, per)


def of_series(answer: Answer, stretch: Stretch) -> list[Figure]:
    """The answer's figures that belong to a stretch."""
    return [figure for figure in answer.figures if figure.series == stretch.series]


def ranks_of(answer: Answer, stretch: Stretch) -> list[Rank]:
    """The places of a ranking that belong to a stretch."""
    return [rank for rank in answer.ranks if rank.figure.series == stretch.series]


def titled(stretch: Stretch, names: Names) -> str:
    """The series of a stretch; where a later scope is served, that scope opens."""
    commodity = names.get(stretch.series.commodity)
    named = series_name(stretch.series, names)
    later = bool(commodity and stretch.scope != commodity.scopes[0])
    return f"{stretch.scope}: {named}" if later else named


def joined(told: Sequence[str]) -> str:
    """The leading ones in one sentence, and how many more there are."""
    more = f"; {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    first, *others = told
    return "; ".join([first, *map(lower_first, others[: MOST_NAMED - 1])]) + more

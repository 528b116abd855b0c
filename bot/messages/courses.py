"""First lines of the views over many months: trend, ranking, average, record."""

from collections.abc import Sequence

from bot.answers.answer import Answer, Place, Rank, Stretch
from bot.answers.rankings import place_of
from bot.dataset.calendar import Month, Period
from bot.dataset.model import Figure
from bot.dataset.standing import guarded_range
from bot.messages.numbers import places
from bot.messages.speech import (
    Names,
    change,
    lower_first,
    month_list,
    month_runs,
    moved,
    opening,
    ranged,
    series_name,
    value,
    without_range,
)
from bot.questions.question import Question, Unit

MOST_NAMED = 5  # figures or series in a first line
MOST_RUNS = 2  # of unbroken months in a first line; more of them are counted
ORDERS = {"highest": "highest", "lowest": "lowest", "rise": "largest rises", "fall": "largest falls"}


def trend(answer: Answer, question: Question) -> str:
    """From the first month to the last; of a single series its highest and lowest too."""
    assert question.period
    if len(answer.stretches) == 1:
        (stretch,) = answer.stretches
        told = f"{_titled(stretch, answer.catalogue)}, {_covered(stretch, answer.figures)}"
        return f"{told}: {_course(answer.figures, question.unit, True)}{_left_out(stretch)}"
    told_each = joined([_beside_others(stretch, answer) for stretch in answer.stretches])
    return f"{question.period.name}: {lower_first(told_each)}"


def _beside_others(stretch: Stretch, answer: Answer) -> str:
    """One series among several, with its months where these are not all that were asked for."""
    months, unit = of_series(answer, stretch), answer.question.unit if answer.question else "t"
    covered = f" ({_covered(stretch, months)})" if stretch.holes and len(months) > 1 else ""
    return f"{_titled(stretch, answer.catalogue)}{covered} {_course(months, unit, False)}"


def _covered(stretch: Stretch, months: Sequence[Figure]) -> str:
    """The months that there are: March to December 2025; 22 of 31 months, January 2024 to July 2026."""
    if not stretch.holes or not months:
        return stretch.period.name
    if len(month_runs([figure.end for figure in months])) <= MOST_RUNS:
        return month_list([figure.end for figure in months])
    within = Period.span(months[0].end, months[-1].end).name
    return f"{len(months)} of {stretch.period.length} months, {within}"


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
    told = f"{_dated(months[0], unit)} to {_dated(months[-1], unit)}"
    high, low = max(months, key=_level), min(months, key=_level)
    top, bottom = place_of(high, months, from_lowest=False), place_of(low, months, from_lowest=True)
    return f"{told}; highest {_dated(high, unit)}{_tie(top)}, lowest {_dated(low, unit)}{_tie(bottom)}"


def _dated(figure: Figure, unit: Unit) -> str:
    return f"{without_range(value(figure, unit))} in {figure.end.name}"


def _level(figure: Figure) -> float:
    return figure.value or 0.0


def ranking(answer: Answer, question: Question) -> str:
    """The leading months of one series, or the first of each of several."""
    told = []
    for stretch in answer.stretches:
        ranks = ranks_of(answer, stretch)[: MOST_NAMED if len(answer.stretches) == 1 else 1]
        named = f"{_titled(stretch, answer.catalogue)}, {ranked_by(question)} of {stretch.period.name}"
        listed = [f"{rank.figure.end.name} {ranked(rank.figure, question)}{_tie(rank)}" for rank in ranks]
        told.append(f"{named}: {', '.join(listed) or 'none on record'}")
    return joined(told)


def _tie(rank: Rank) -> str:
    """' (2nd to 4th)' where rounding leaves several places, else nothing."""
    return f" ({places(rank.first, rank.last)})" if rank.first < rank.last else ""


def ranked_by(question: Question) -> str:
    """Highest months; largest rises on a year earlier."""
    by_change = bool(question.change) or question.order in ("rise", "fall")
    if not by_change:
        return f"{ORDERS[question.order]} months"
    what = ORDERS[question.order] + ("" if question.order in ("rise", "fall") else " changes")
    return f"{what} on {'the month before' if question.change == 'mom' else 'a year earlier'}"


def ranked(figure: Figure, question: Question) -> str:
    """A ranked month's level, or its change and then its level."""
    level = without_range(value(figure, question.unit))
    if not (question.change or question.order in ("rise", "fall")):
        return level
    grown = moved(figure.move) if question.change == "mom" and figure.move else change(figure.growth)
    return f"{without_range(grown)} ({level})"


def average(answer: Answer, question: Question) -> str:
    """The mean with its range; where months are missing, which."""
    means = {figure.series: figure for figure in answer.averages}
    told = []
    for stretch in answer.stretches:
        named = f"{_titled(stretch, answer.catalogue)}, {stretch.period.name}"
        mean = means.get(stretch.series)
        if mean is None:
            within = f" in {stretch.scope}" if stretch.elsewhere else ""
            told.append(f"{named}: no average, for lack of {month_list(stretch.holes)}{within}")
        else:
            told.append(f"{named}: {mean_told(mean, question)}, the mean of {stretch.period.length} months")
    return joined(told)


def mean_told(mean: Figure, question: Question) -> str:
    """About 245 kt a month (240 to 250 kt)."""
    per = " a month" if question.measure != "unit_value" and question.unit != "t/day" else ""
    return ranged(mean, question.unit, per)


def record(answer: Answer, question: Question) -> str:
    """The month, and since when there was none like it."""
    return joined([_record(place, answer.catalogue, question) for place in answer.places])


def _record(place: Place, names: Names, question: Question) -> str:
    figure, standing = place.figure, place.standing
    named = f"{opening(figure, names)}, {figure.end.name}: {value(figure, question.unit)}"
    most = "lowest" if question.order == "lowest" else "highest"
    if standing.months == 1:
        return f"{named}; nothing to measure it against, as the month before is not on record"
    if place.rival is None:
        known = standing.lowest_known if question.order == "lowest" else standing.highest_known
        run = f"the {standing.months} months from {standing.run_start.name}, all on record"
        before = (
            "" if known else f"; of the months before a hole some may have been as {most.removesuffix('est')}"
        )
        return f"{named}, the {most} of {run}{before}"
    rival = f"{_dated(place.rival, question.unit)} {_beside(place.rival, figure, most)}"
    if place.rival.end.plus(1) == figure.end:
        return f"{named}, no record: {rival}"
    return f"{named}, the {most} since {place.rival.end.name}: {rival}"


def _beside(rival: Figure, figure: Figure, most: str) -> str:
    """How the rival stands to the month; where rounding could put either of them first, that."""
    if rival.value == figure.value:
        return "was the same within rounding"
    above, below = (rival, figure) if most == "highest" else (figure, rival)
    sure = guarded_range(above)[0] > guarded_range(below)[1]
    return f"was {most.removesuffix('est')}er" if sure else "may have been as " + most.removesuffix("est")


def of_series(answer: Answer, stretch: Stretch) -> list[Figure]:
    """The answer's figures that belong to a stretch."""
    return [figure for figure in answer.figures if figure.series == stretch.series]


def ranks_of(answer: Answer, stretch: Stretch) -> list[Rank]:
    """The places of a ranking that belong to a stretch."""
    return [rank for rank in answer.ranks if rank.figure.series == stretch.series]


def _titled(stretch: Stretch, names: Names) -> str:
    commodity = names.get(stretch.series.commodity)
    named = series_name(stretch.series, names)
    later = bool(commodity and stretch.scope != commodity.scopes[0])
    return f"{stretch.scope}: {named}" if later else named


def joined(told: Sequence[str]) -> str:
    """The leading ones in one sentence, and how many more there are."""
    more = f"; {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    first, *others = told
    return "; ".join([first, *map(lower_first, others[: MOST_NAMED - 1])]) + more

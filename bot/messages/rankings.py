"""First lines of rankings and records: the run they are over, and what stands outside it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Place, Stretch
from bot.answers.readings import in_order
from bot.dataset.model import Figure
from bot.dataset.standing import guarded_range
from bot.messages.courses import MOST_NAMED, dated, joined, ranks_of, tie, titled
from bot.messages.speech import change, moved, opening, value, without_range
from bot.messages.wordings import HIGH, LOW, Degree, degree
from bot.questions.question import Order, Question

CHANGES = {
    "highest": "highest changes",
    "lowest": "lowest changes",
    "rise": "largest rises",
    "fall": "largest falls",
}


def ranking(answer: Answer, question: Question) -> str:
    """The leading months of one series, or the first of each of several; the run, and who outranks it."""
    return joined([_ranking(stretch, answer, question) for stretch in answer.stretches])


def _ranking(stretch: Stretch, answer: Answer, question: Question) -> str:
    ranks = ranks_of(answer, stretch)[: MOST_NAMED if len(answer.stretches) == 1 else 1]
    figures = [rank.figure for rank in ranks]
    outside = _beating(figures, [each for each in answer.around if each.series == stretch.series], question)
    among = " of the run" if outside else ""
    listed = [f"{rank.figure.end.name} {ranked(rank.figure, question)}{tie(rank, among)}" for rank in ranks]
    opened = f"{titled(stretch, answer.catalogue)}, {_over(stretch, question, figures)}"
    return f"{opened}: {', '.join(listed) or 'none on record'}{_outranked(figures, outside, question)}"


def _beating(told: Sequence[Figure], outside: Sequence[Figure], question: Question) -> list[Figure]:
    """Those of the months outside the run that beat one of the told."""
    last = in_order(told, question)[-1:]
    return [item.figure for item in in_order(outside, question) if last and item.value > last[0].value]


def _over(stretch: Stretch, question: Question, told: Sequence[Figure]) -> str:
    """Highest months of January 2026 to July 2026, the unbroken months on record of the 55 asked for."""
    what = ranked_by(question, told[0] if told else None)
    asked = question.period.length if question.period else 0
    of_how_many = f" of the {asked} asked for" if stretch.holes else ""
    if stretch.period.length == 1 and (stretch.holes or question.open_ended):
        return f"{what}, only one month{of_how_many} on record unbroken"
    unbroken = f", the unbroken months on record{of_how_many}" if stretch.holes else ""
    return f"{what} of {stretch.period.name}{unbroken}"


def _outranked(told: Sequence[Figure], outside: Sequence[Figure], question: Question) -> str:
    """'; on record outside that run and higher: October 2018 460.1 kt'; nothing where none is."""
    if not outside:
        return ""
    best, *_ = in_order(told, question)
    over_all = len(told) == 1 or all(item.value > best.value for item in in_order(outside, question))
    than = "" if over_all else " than some of these"
    more = "larger" if by_change(question) else _between(outside[0], told[0], question.order).higher
    listed = [f"{figure.end.name} {ranked(figure, question)}{_scope(figure, told[0])}" for figure in outside]
    return f"; on record outside that run and {more}{than}: {', '.join(listed[:MOST_NAMED])}"


def _scope(figure: Figure, told: Figure) -> str:
    return "" if figure.scope == told.scope else f" ({figure.scope})"


def ranked_by(question: Question, first: Figure | None = None) -> str:
    """Highest months; largest net imports, where the first is one; largest rises on a year earlier."""
    if by_change(question):
        base = "the month before" if question.change == "mom" else "a year earlier"
        return f"{CHANGES[question.order]} on {base}"
    if first and first.series.flow == "net":
        return degree(first, question.order).highest
    return f"{question.order} months"


def by_change(question: Question) -> bool:
    """Whether months are ranked by their change and not by their level."""
    return bool(question.change) or question.order in ("rise", "fall")


def ranked(figure: Figure, question: Question) -> str:
    """A ranked month's level, or its change and then its level."""
    level = without_range(value(figure, question.unit))
    if not by_change(question):
        return level
    grown = moved(figure.move) if question.change == "mom" and figure.move else change(figure.growth)
    return f"{without_range(grown)} ({level})"


def record(answer: Answer, question: Question) -> str:
    """The month, and since when there was none like it."""
    return joined([_record(place, answer, question) for place in answer.places])


def _record(place: Place, answer: Answer, question: Question) -> str:
    figure, standing, names = place.figure, place.standing, answer.catalogue
    named = f"{opening(figure, names)}, {figure.end.name}: {value(figure, question.unit)}"
    beyond = outside_record(place, answer, question)
    if standing.months == 1:
        return f"{named}; nothing to measure it against, as the month before is not on record{beyond}"
    most = degree(figure, question.order)
    if place.rival is None:
        run = f"the {standing.months} months from {standing.run_start.name}, all on record"
        return f"{named}, the {most.highest} of {run}{beyond or _unsure(place, question, most)}"
    rival = f"{dated(place.rival, question.unit)} {_beside(place.rival, figure, question.order)}"
    if place.rival.end.plus(1) == figure.end:
        return f"{named}, no record: {rival}"
    return f"{named}, the {most.highest} since {place.rival.end.name}: {rival}"


def _unsure(place: Place, question: Question, most: Degree) -> str:
    low = question.order == "lowest"
    known = place.standing.lowest_known if low else place.standing.highest_known
    return "" if known else f"; of the months before a hole some may have been as {most.high}"


def outside_record(place: Place, answer: Answer, question: Question) -> str:
    """'; on record outside that run and higher: October 2018 460.1 kt'; nothing where none is."""
    outside = [figure for figure in answer.around if figure.series == place.figure.series]
    return _outranked([place.figure], outside, replace(question, change=None))


def _beside(rival: Figure, figure: Figure, order: Order) -> str:
    """How the rival stands to the month; where rounding could put either of them first, that."""
    if rival.value == figure.value:
        return "was the same within rounding"
    above, below = (figure, rival) if order == "lowest" else (rival, figure)
    most = _between(rival, figure, order)
    sure = guarded_range(above)[0] > guarded_range(below)[1]
    return f"was {most.higher}" if sure else f"may have been as {most.high}"


def _between(rival: Figure, figure: Figure, order: Order) -> Degree:
    """Larger net exports; where a balance has changed sides, higher or lower."""
    same_side = (rival.value or 0) * (figure.value or 0) > 0
    return degree(rival, order) if same_side else (LOW if order == "lowest" else HIGH)

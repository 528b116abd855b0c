"""First lines of rankings and records: the run they are over, and what stands outside it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Place, Stretch
from bot.answers.readings import in_order
from bot.dataset.model import Figure
from bot.dataset.standing import guarded_range
from bot.messages.courses import MOST_NAMED, dated, joined, ranks_of, tie, titled
from bot.messages.names import scope_name
from bot.messages.speech import change, moved, opening, stated, value, without_range
from bot.messages.wordings import HIGH, LOW, Degree, degree
from bot.questions.named import named, period_name
from bot.questions.question import Order, Question
from bot.words import say
from bot.words.joints import in_brackets
from bot.words.joints import listed as commas


def ranking(answer: Answer, question: Question) -> str:
    """The leading months of one series, or the first of each of several; the run, and who outranks it."""
    return joined([_ranking(stretch, answer, question) for stretch in answer.stretches])


def _ranking(stretch: Stretch, answer: Answer, question: Question) -> str:
    ranks = ranks_of(answer, stretch)[: MOST_NAMED if len(answer.stretches) == 1 else 1]
    figures = [rank.figure for rank in ranks]
    outside = _beating(figures, [each for each in answer.around if each.series == stretch.series], question)
    listed = [
        _listed(rank.figure, question, tie(rank, "of_the_run" if outside else "alone")) for rank in ranks
    ]
    return say(
        "rankings.ranking",
        series=titled(stretch, answer.catalogue),
        over=_over(stretch, question, figures),
        months=commas(listed) or say("rankings.none"),
        outranked=_outranked(figures, outside, question),
    )


def _listed(figure: Figure, question: Question, beside: str) -> str:
    """December 2025 194.1 kt, and what stands in brackets beside it."""
    level = ranked(figure, question)
    return say("rankings.month", month=named(figure.end), level=level, beside=beside)


def _beating(told: Sequence[Figure], outside: Sequence[Figure], question: Question) -> list[Figure]:
    """Those of the months outside the run that beat one of the told."""
    last = in_order(told, question)[-1:]
    return [item.figure for item in in_order(outside, question) if last and item.value > last[0].value]


def _over(stretch: Stretch, question: Question, told: Sequence[Figure]) -> str:
    """Highest months of January 2026 to July 2026, the unbroken months on record of the 55 asked for."""
    what = ranked_by(question, told[0] if told else None)
    asked = question.period.length if question.period else 0
    period = stretch.period
    if period.length == 1 and stretch.holes:
        return say("rankings.over_one_of", what=what, count=asked)
    if period.length == 1 and question.open_ended:
        return say("rankings.over_one", what=what)
    if stretch.holes:
        return say("rankings.over_unbroken", what=what, period=period_name(period), count=asked)
    return say("rankings.over", what=what, period=period_name(period))


def _outranked(told: Sequence[Figure], outside: Sequence[Figure], question: Question) -> str:
    """'; on record outside that run and higher: October 2018 460.1 kt'; nothing where none is."""
    if not outside:
        return ""
    best, *_ = in_order(told, question)
    over_all = len(told) == 1 or all(item.value > best.value for item in in_order(outside, question))
    if by_change(question):
        more = say("rankings.larger")
    else:
        more = _between(outside[0], told[0], question.order).higher
    listed = [_listed(figure, question, _scope(figure, told[0])) for figure in outside[:MOST_NAMED]]
    return say(
        "rankings.outside" if over_all else "rankings.outside_some",
        more=more, months=commas(listed),
    )  # fmt: skip


def _scope(figure: Figure, told: Figure) -> str:
    return "" if figure.scope == told.scope else in_brackets(scope_name(figure.scope))


def ranked_by(question: Question, first: Figure | None = None) -> str:
    """Highest months; largest net imports, where the first is one; largest rises on a year earlier."""
    if by_change(question):
        base = "month" if question.change == "mom" else "year"
        return say(f"rankings.changes_{question.order}_on_{base}")
    if first and first.series.flow == "net":
        return degree(first, question.order).highest
    return say(f"rankings.levels_{question.order}")


def by_change(question: Question) -> bool:
    """Whether months are ranked by their change and not by their level."""
    return bool(question.change) or question.order in ("rise", "fall")


def ranked(figure: Figure, question: Question) -> str:
    """A ranked month's level, or its change and then its level."""
    level = without_range(value(figure, question.unit))
    if not by_change(question):
        return level
    grown = moved(figure.move) if question.change == "mom" and figure.move else change(figure.growth)
    return say("rankings.change_and_level", change=without_range(grown), level=level)


def record(answer: Answer, question: Question) -> str:
    """The month, and since when there was none like it."""
    return joined([_record(place, answer, question) for place in answer.places])


def _record(place: Place, answer: Answer, question: Question) -> str:
    figure, standing = place.figure, place.standing
    told = stated(opening(figure, answer.catalogue), named(figure.end), value(figure, question.unit))
    beyond = outside_record(place, answer, question)
    if standing.months == 1:
        return say("rankings.alone", told=told, beyond=beyond)
    most = degree(figure, question.order)
    if place.rival is None:
        beyond = beyond or _unsure(place, question, most)
        start, count = named(standing.run_start), standing.months
        return say("rankings.of_run", told=told, most=most.highest, count=count, start=start, beyond=beyond)
    rival = _beside(place.rival, figure, question)
    if place.rival.end.plus(1) == figure.end:
        return say("rankings.no_record", told=told, rival=rival)
    return say("rankings.since", told=told, most=most.highest, month=named(place.rival.end), rival=rival)


def _unsure(place: Place, question: Question, most: Degree) -> str:
    low = question.order == "lowest"
    known = place.standing.lowest_known if low else place.standing.highest_known
    return "" if known else say("rankings.unsure", high=most.high)


def outside_record(place: Place, answer: Answer, question: Question) -> str:
    """'; on record outside that run and higher: October 2018 460.1 kt'; nothing where none is."""
    outside = [figure for figure in answer.around if figure.series == place.figure.series]
    return _outranked([place.figure], outside, replace(question, change=None))


def _beside(rival: Figure, figure: Figure, question: Question) -> str:
    """How the rival stands to the month; where rounding could put either of them first, that."""
    order, told = question.order, dated(rival, question.unit)
    if rival.value == figure.value:
        return say("rankings.rival_same", rival=told)
    above, below = (figure, rival) if order == "lowest" else (rival, figure)
    most = _between(rival, figure, order)
    if guarded_range(above)[0] > guarded_range(below)[1]:
        return say("rankings.rival_more", rival=told, higher=most.higher)
    return say("rankings.rival_may", rival=told, high=most.high)


def _between(rival: Figure, figure: Figure, order: Order) -> Degree:
    """Larger net exports; where a balance has changed sides, higher or lower."""
    same_side = (rival.value or 0) * (figure.value or 0) > 0
    return degree(rival, order) if same_side else (LOW if order == "lowest" else HIGH)

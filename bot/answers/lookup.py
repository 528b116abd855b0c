"""What the views share: which series are asked for, their figures, and an Answer of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bot.answers.answer import Answer, Missing, Outcome, Reason, Rule
from bot.answers.missing import span
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.questions.question import Question, offers

Wanted = tuple[Series, Period]


def series_of(question: Question, dataset: Dataset) -> list[Series]:
    """The series asked for that there are, in the question's order."""
    pairs = (pair for pair in question.pairs if pair.flow in dataset.flows(pair.commodity))
    return [Series(*pair, question.measure) for pair in pairs]


def periods_of(question: Question) -> tuple[Period, ...]:
    """Its periods and the one that they are put beside."""
    return (*question.periods, *([question.against] if question.against else []))


def scopes_of(series: Series, question: Question, dataset: Dataset) -> tuple[str, ...]:
    """The scope asked for, else all in which the series is served."""
    return (question.scope,) if question.scope else dataset.scopes(series)


def stretch_of(periods: Sequence[Period]) -> Period | None:
    """The one stretch that periods make, where each follows on the one before."""
    ordered = sorted(periods, key=lambda each: each.start)
    joined = all(first.end.plus(1) == second.start for first, second in pairwise(ordered))
    return Period.span(ordered[0].start, ordered[-1].end) if joined else None


def newest_of(question: Question, dataset: Dataset) -> Month | None:
    """The newest month on record for what is asked."""
    return dataset.newest(
        question.commodities, question.flows, partner=question.partner, measure=question.measure
    )


def with_period(question: Question, dataset: Dataset, months: int = 1) -> Question | None:
    """The question, of so many months to the newest, or to the one that it names, where it names no stretch;
    None where nothing is on record.
    """
    period = question.period
    if period and period.length >= min(months, 2):
        return question
    end = period.end if period else newest_of(question, dataset)
    if end is None:
        return None
    return replace(question.at(span(end.plus(1 - months), end)), open_ended=question.open_ended or not period)


def to_date(question: Question) -> Question:
    """The question; of months' running totals where the change to date is meant."""
    if question.change != "ytd":
        return question
    periods = (Period.ytd(each.end) if each.kind == "month" else each for each in question.periods)
    return replace(question, periods=tuple(periods))


def look_up(
    question: Question, dataset: Dataset, *, levels: bool = False
) -> tuple[tuple[Figure, ...], tuple[Missing, ...]]:
    """Each series in each period that is asked for: the figures that are on record, and those that are not.

    `levels`: a figure of which only a change is on record is none.
    """
    wanted = [(series, period) for period in question.periods for series in series_of(question, dataset)]
    found = [dataset.figure(*item, question.scope) for item in wanted]
    if levels:
        found = [figure if figure and figure.value is not None else None for figure in found]
    return tuple(figure for figure in found if figure), lost(wanted, found, question, dataset)


def lost(
    wanted: Sequence[Wanted], found: Sequence[Figure | None], question: Question, dataset: Dataset
) -> tuple[Missing, ...]:
    """What of it is not on record."""
    both = zip(wanted, found, strict=True)
    return tuple(Missing(*item, scope=question.scope) for item, figure in both if not figure)


def answer_of(question: Question, dataset: Dataset, figures: Sequence[Figure], **parts: Any) -> Answer:
    """The answer with these figures and parts, as yet without sources and what to ask next."""
    outcome: Outcome = "answered" if figures else "no_figure"
    return Answer(outcome, question, tuple(figures), catalogue=dataset.catalogue, **parts)


def asked_back(
    rule: Rule, instead: Iterable[Question], dataset: Dataset, *,
    period: Period | None = None, series: Iterable[Series] = (),
) -> Answer:  # fmt: skip
    """A question that cannot be answered as it stands: why, and what it may have meant where on record."""
    reason = Reason(rule, period, tuple(dict.fromkeys(series)))
    return Answer("ask_back", None, reason=reason, suggestions=offers(instead), catalogue=dataset.catalogue)

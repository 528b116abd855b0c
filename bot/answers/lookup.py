"""What the views share: which series are asked for, their figures, and an Answer of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.answers.answer import Answer, Reason, Rule
from bot.answers.missing import missing_of
from bot.dataset.calendar import Month, Period, span
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


def newest_of(question: Question, dataset: Dataset) -> Month | None:
    """The newest month on record for what is asked."""
    return dataset.newest(
        question.commodities, question.flows, partner=question.partner, measure=question.measure
    )


def with_period(question: Question, dataset: Dataset, months: int = 1) -> Question:
    """The question, of so many months to the newest on record, if any, or to the one that it names, where it
    names no stretch.
    """
    period = question.period
    end = period.end if period else newest_of(question, dataset)
    if end is None or (period and period.length >= min(months, 2)):
        return question
    return replace(question.at(span(end.plus(1 - months), end)), open_ended=question.open_ended or not period)


def to_date(question: Question) -> Question:
    """The question; of months' running totals where the change to date is meant."""
    if question.change != "ytd":
        return question
    periods = (Period.ytd(each.end) if each.kind == "month" else each for each in question.periods)
    return replace(question, periods=tuple(periods))


def look_up(
    question: Question, dataset: Dataset, *, levels: bool = False
) -> tuple[tuple[Figure, ...], list[Wanted]]:
    """Each series in each period that is asked for: the figures that are on record, and what is not.

    `levels`: a figure of which only a change is on record is none.
    """
    wanted = [(series, period) for period in question.periods for series in series_of(question, dataset)]
    of = dataset.level if levels else dataset.figure
    found = [of(*item, question.scope) for item in wanted]
    return tuple(figure for figure in found if figure), lost_of(wanted, found)


def lost_of(wanted: Sequence[Wanted], found: Sequence[Figure | None]) -> list[Wanted]:
    """What of it is not on record."""
    return [item for item, figure in zip(wanted, found, strict=True) if not figure]


def answer_of(
    question: Question, dataset: Dataset, figures: Sequence[Figure], lost: Iterable[Wanted] = (), **parts: Any
) -> Answer:
    """The answer with these figures and parts, as yet without sources and what to ask next."""
    return Answer(
        "answered" if figures else "no_figure", question, tuple(figures), catalogue=dataset.catalogue,
        missing=tuple(missing_of(*item, dataset, question.scope) for item in lost), **parts,
    )  # fmt: skip


def asked_back(
    rule: Rule, instead: Iterable[Question], dataset: Dataset, *,
    period: Period | None = None, series: Iterable[Series] = (),
) -> Answer:  # fmt: skip
    """A question that cannot be answered as it stands: why, and what it may have meant where on record."""
    reason = Reason(rule, period, tuple(dict.fromkeys(series)))
    return Answer("ask_back", None, reason=reason, suggestions=offers(instead), catalogue=dataset.catalogue)

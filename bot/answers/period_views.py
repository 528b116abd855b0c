"""Views that answer with the figure of a period: figure, overview, growth, sources, export, highlights."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.answers.answer import Answer
from bot.answers.bounds import in_part
from bot.answers.highlights import every_highlight
from bot.answers.lookup import Wanted, answer_of, asked_back, look_up, series_of, to_date, with_highlights
from bot.answers.one_scope import clashes
from bot.answers.stretches import trend
from bot.answers.suggestions import newest_each
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.questions.question import Question


def figures(question: Question, dataset: Dataset) -> Answer:
    """Each series' figure of the period, and beside a month its running total."""
    return _figures(question, dataset, alone=False)


def sources(question: Question, dataset: Dataset) -> Answer:
    """The figures alone, to be told with everything behind them; a stretch without a total by its months."""
    answer = _figures(question, dataset, alone=True)
    whole = answer.figures or not question.period or question.period.kind != "range"
    return answer if whole else in_part(question, dataset, trend)


def _figures(question: Question, dataset: Dataset, *, alone: bool) -> Answer:
    assert question.period
    wanted = [(series, period) for period in question.periods for series in series_of(question, dataset)]
    found, missing = look_up(wanted, question, dataset)
    alone = alone or len(question.periods) > 1
    totals, around = ((), ()) if alone or not found else _beside(question, found, wanted, dataset)
    around = around or tuple(_together(question, found, dataset))
    refused = tuple(clashes(found, wanted, dataset))
    answer = answer_of(question, dataset, found + totals, around=around, missing=missing, clashes=refused)
    ended = question.open_ended and question.view != "overview" and found
    return replace(answer, suggestions=newest_each(question, missing)) if ended else answer


def _together(question: Question, found: Sequence[Figure], dataset: Dataset) -> Iterator[Figure]:
    """The figure of the stretch that several years make, of one series that has all of them."""
    years = sorted(question.periods, key=lambda each: each.start)
    one_scope = len({(each.series, each.scope) for each in found}) == 1 < len(found) == len(years)
    joined = all(first.end.plus(1) == second.start for first, second in pairwise(years))
    if one_scope and joined and all(each.kind == "year" for each in years):
        first = found[0]
        whole = dataset.figure(first.series, Period.span(years[0].start, years[-1].end), first.scope)
        yield from [whole] if whole and first.series.measure != "unit_value" else []


def growth(question: Question, dataset: Dataset) -> Answer:
    """The figures whose change is asked for: of a month's running total where the change to date is meant."""
    assert question.period
    period = question.period
    question = to_date(question)
    if question.change == "mom" and any(each.kind != "month" for each in question.periods):
        instead = (
            *_on_the_one_before(question, period),
            replace(question, change="yoy"),
            question.at(Period.month(period.end)),
        )
        return asked_back("no_month_change", _on_record(instead, dataset), dataset, period=period)
    return _figures(question, dataset, alone=True)


def _on_the_one_before(question: Question, period: Period) -> tuple[Question, ...]:
    """A quarter or a half beside the one before it."""
    if period.kind not in ("quarter", "half"):
        return ()
    return (replace(question, view="compare", change=None, against=period.plus(-period.length)),)


def export(question: Question, dataset: Dataset) -> Answer:
    """The figures as lines of a file: of a stretch its months, else the period's own."""
    if question.period is None or question.period.kind == "range" or question.monthly:
        return trend(question, dataset)
    return _figures(question, dataset, alone=True)


def told_highlights(question: Question, dataset: Dataset) -> Answer:
    """The figures of a month and all that stands out among them."""
    assert question.period
    edition = question.period.end
    if question.period.kind != "month":
        tries = _on_record((question.at(Period.month(edition)),), dataset)
        return asked_back("highlights_of_month", tries, dataset, period=question.period)
    found = _figures(question, dataset, alone=True)
    if not found.figures:
        return found
    asked = series_of(question, dataset)
    return with_highlights(found, every_highlight(dataset, edition, asked, question.scope), dataset)


def _on_record(questions: Iterable[Question], dataset: Dataset) -> list[Question]:
    return [asked for asked in questions if figures(asked, dataset).figures]


def _beside(
    question: Question, found: Iterable[Figure], wanted: Iterable[Wanted], dataset: Dataset
) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The running totals of months, each in its month's scope: of an overview, else around the figures."""
    scopes = {figure.series: figure.scope for figure in found}
    totals = tuple(
        total
        for series, period in wanted
        if period.kind == "month"
        and (total := dataset.figure(series, Period.ytd(period.end), question.scope or scopes.get(series)))
    )
    if question.view == "overview":
        return totals, ()
    return (), tuple(total for total in totals if total.end.number > 1)

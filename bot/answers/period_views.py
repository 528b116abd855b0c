"""Views that answer with the figure of a period: figure, overview, growth, sources, export, highlights."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.bounds import in_part
from bot.answers.highlights.choice import every_highlight
from bot.answers.lookup import (
    answer_of,
    asked_back,
    look_up,
    series_of,
    stretch_of,
    to_date,
)
from bot.answers.one_scope import clashes
from bot.answers.stretches import trend
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.questions.question import Question


def figures(question: Question, dataset: Dataset) -> Answer:
    """Each series' figure of the period, and beside a month its running total in the month's scope."""
    return _figures(question, dataset, alone=False)


def sources(question: Question, dataset: Dataset) -> Answer:
    """The figures alone, to be told with everything behind them; a stretch without a total by its months."""
    answer = _figures(question, dataset, alone=True)
    whole = answer.figures or not question.period or question.period.kind != "range"
    return answer if whole else in_part(question, dataset, trend)


def _figures(question: Question, dataset: Dataset, *, alone: bool) -> Answer:
    found, missing = look_up(question, dataset)
    period, scopes = question.periods[0], {figure.series: figure.scope for figure in found}
    beside = found and not alone and period.kind == "month" and len(question.periods) == 1
    series = series_of(question, dataset) if beside else ()
    to_month = Period.ytd(period.end)
    every = (dataset.figure(each, to_month, question.scope or scopes.get(each)) for each in series)
    totals = tuple(filter(None, every))
    among = totals if question.view == "overview" else ()
    around = tuple(total for total in totals if total.end.number > 1 and not among)
    return answer_of(
        question, dataset, found + among,
        around=around or tuple(_together(question, found, dataset)),
        missing=missing,
        clashes=tuple(clashes(found, missing, dataset)),
    )  # fmt: skip


def _together(question: Question, found: Sequence[Figure], dataset: Dataset) -> Iterator[Figure]:
    """The figure of the stretch that several years make, of one series that has all of them."""
    one_scope = len({(each.series, each.scope) for each in found}) == 1 < len(found) == len(question.periods)
    stretch = stretch_of(question.periods) if one_scope else None
    if stretch and all(each.kind == "year" for each in question.periods):
        whole = dataset.figure(found[0].series, stretch, found[0].scope)
        yield from [whole] if whole and question.measure != "unit_value" else []


def growth(question: Question, dataset: Dataset) -> Answer:
    """The figures whose change is asked for: of a month's running total where the change to date is meant."""
    period, question = question.periods[0], to_date(question)
    if question.change == "mom" and any(each.kind != "month" for each in question.periods):
        before = period.plus(-period.length) if period.kind in ("quarter", "half") else None
        instead = (
            *([replace(question, view="compare", change=None, against=before)] if before else []),
            replace(question, change="yoy"),
            question.at(Period.month(period.end)),
        )
        return asked_back("no_month_change", instead, dataset, period=period)
    return _figures(question, dataset, alone=True)


def export(question: Question, dataset: Dataset) -> Answer:
    """The figures as lines of a file: of a stretch its months, else the period's own."""
    if question.period is None or question.period.kind == "range" or question.monthly:
        return trend(question, dataset)
    return _figures(question, dataset, alone=True)


def told_highlights(question: Question, dataset: Dataset) -> Answer:
    """The figures of a month and all that stands out among them."""
    period = question.periods[0]
    if period.kind != "month":
        instead = [question.at(Period.month(period.end))]
        return asked_back("highlights_of_month", instead, dataset, period=period)
    found = _figures(question, dataset, alone=True)
    if not found.figures:
        return found
    asked = series_of(question, dataset)
    return found._replace(highlights=every_highlight(dataset, period.end, asked, question.scope))

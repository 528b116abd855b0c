"""Views that answer with the figure of a period: figure, overview, growth, sources, export, highlights."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.bounds import in_part
from bot.answers.highlights.choice import every_highlight
from bot.answers.lookup import answer_of, asked_back, look_up, series_of, to_date
from bot.answers.one_scope import clashes
from bot.answers.stretches import trend
from bot.dataset.calendar import Period, joined
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.questions.question import Question


def figures(question: Question, dataset: Dataset, *, alone: bool = False) -> Answer:
    """Each series' figure of the period, and beside a month its running total in the month's scope."""
    found, lost = look_up(question, dataset)
    period, scopes = question.periods[0], {figure.series: figure.scope for figure in found}
    beside = found and not alone and period.kind == "month" and len(question.periods) == 1
    series = series_of(question, dataset) if beside else ()
    to_month = Period.ytd(period.end)
    every = (dataset.figure(each, to_month, question.scope or scopes.get(each)) for each in series)
    totals = tuple(filter(None, every))
    among = totals if question.view == "overview" else ()
    around = () if among else tuple(total for total in totals if total.end.number > 1)
    return answer_of(
        question, dataset, found + among, lost,
        around=around or _together(question, found, dataset),
        clashes=tuple(clashes(found, lost, dataset)),
    )  # fmt: skip


def _together(question: Question, found: Sequence[Figure], dataset: Dataset) -> tuple[Figure, ...]:
    """The figure of the stretch that several years make, of one series that has all of them."""
    years = question.measure != "unit_value" and {each.kind for each in question.periods} == {"year"}
    one_scope = len({(each.series, each.scope) for each in found}) == 1 < len(found) == len(question.periods)
    stretch = joined(question.periods) if years and one_scope else None
    whole = stretch and dataset.figure(found[0].series, stretch, found[0].scope)
    return (whole,) if whole else ()


def sources(question: Question, dataset: Dataset) -> Answer:
    """The figures alone, to be told with everything behind them; a stretch without a total by its months."""
    answer = figures(question, dataset, alone=True)
    whole = answer.figures or not question.period or question.period.kind != "range"
    return answer if whole else in_part(question, dataset, trend)


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
    return figures(question, dataset, alone=True)


def export(question: Question, dataset: Dataset) -> Answer:
    """The figures as lines of a file: of a stretch its months, else the period's own."""
    if question.period is None or question.period.kind == "range" or question.monthly:
        return trend(question, dataset)
    return figures(question, dataset, alone=True)


def told_highlights(question: Question, dataset: Dataset) -> Answer:
    """The figures of a month and all that stands out among them."""
    period = question.periods[0]
    if period.kind != "month":
        instead = [question.at(Period.month(period.end))]
        return asked_back("highlights_of_month", instead, dataset, period=period)
    found = figures(question, dataset, alone=True)
    if not found.figures:
        return found
    asked = series_of(question, dataset)
    return found._replace(highlights=every_highlight(dataset, period.end, asked, question.scope))

"""What figures were, printing by printing: which were revised, by how much, and which were not."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.answers.answer import Answer, Revised, Revisions
from bot.answers.lookup import answer_of, asked_back, citations, look_up, series_of
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.dataset.revision_history import Steps
from bot.questions.question import Question

PARTS = {"net": {"flows": ("export", "import")}, "unit_value": {"measure": "value", "unit": "USD"}}
ALONE = ("month", "ytd")  # of these every printing is told, revised or not


def revisions(question: Question, dataset: Dataset) -> Answer:
    """Every printing of what was revised of the asked figures, and how many were not.

    `figures` are the revised ones as they are today; where none was, the asked period's own.
    """
    if question.measure == "unit_value" or question.flows == ("net",) or question.unit == "%":
        return asked_back("not_printed", _parts(question), dataset)
    found = tuple(
        of_series
        for series in series_of(question, dataset)
        for scope in _scopes(series, question, dataset)
        if (of_series := _of_series(series, scope, question, dataset))
    )
    told = [each for of_series in found for each in of_series.revised or of_series.alone]
    figures = [figure for each in told if (figure := dataset.figure(each.series, each.period, each.scope))]
    rest, missing = look_up(_asked(question, dataset), question, dataset)
    answer = answer_of(question, dataset, figures or rest, missing=() if found else missing, revisions=found)
    rows = [step.figure for of_series in found for each in of_series.told for step in each.steps]
    cited = citations([*answer.figures, *rows], dataset)
    return replace(answer, outcome="answered" if found else answer.outcome, citations=cited)


def _parts(question: Question) -> list[Question]:
    """The same of what is printed."""
    plain = replace(question, unit="t" if question.unit == "%" else question.unit)
    if question.flows == ("net",):
        plain = plain.about(flows=("export", "import"))
    return [replace(plain, measure="value", unit="USD") if question.measure == "unit_value" else plain]


def _asked(question: Question, dataset: Dataset) -> list[tuple[Series, Period]]:
    period = question.period
    return [(series, period) for series in series_of(question, dataset)] if period else []


def _scopes(series: Series, question: Question, dataset: Dataset) -> tuple[str, ...]:
    """The scope asked for, else the one that serves the period, else each that there is."""
    if question.scope:
        return (question.scope,)
    served = dataset.figure(series, question.period) if question.period else None
    return (served.scope,) if served else dataset.scopes(series)


def _of_series(series: Series, scope: str, question: Question, dataset: Dataset) -> Revisions | None:
    """What of one series was revised; None where nothing of it is on record."""
    alone = question.period is not None and question.period.kind in ALONE
    each = [
        Revised(series, period, scope, steps)
        for period in _periods(series, scope, question, dataset)
        if (steps := _since(dataset.history(series, period, scope), question))
    ]
    if not each:
        return None
    revised = tuple(one for one in each if one.moved)
    finer = tuple(one.period for one in each if not one.moved and len(one.steps) > 1)
    once = tuple(one.period for one in each if len(one.steps) == 1)
    return Revisions(series, scope, revised, finer, once, tuple(each) if alone else ())


def _since(steps: Steps, question: Question) -> Steps:
    """The steps from the one that was known on the day since when revisions are asked for."""
    if question.since is None:
        return steps
    before = [step for step in steps if step.day <= question.since]
    return tuple(steps[len(before) - 1 :]) if before else ()


def _periods(series: Series, scope: str, question: Question, dataset: Dataset) -> Iterator[Period]:
    """The months and running totals that are asked about, in order; of a quarter or a half that too."""
    own = question.period
    if own is None:
        both = (*dataset.periods(series, "month", scope), *dataset.periods(series, "ytd", scope))
        yield from sorted(both, key=lambda period: (period.end, period.length))
        return
    if own.kind in ("quarter", "half"):
        yield own
    yield from _within([own.end] if own.kind in ALONE else own.months)


def _within(months: Iterable[Month]) -> Iterator[Period]:
    """Each month, and from February on the running total to it."""
    for month in months:
        yield Period.month(month)
        if month.number > 1:
            yield Period.ytd(month)

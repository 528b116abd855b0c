"""Months that meet a criterion: how many of them there are, and how many in a row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import ge, gt, le, lt

from bot.answers.answer import Answer
from bot.answers.lookup import answer_of, asked_back, citations, series_of
from bot.answers.missing import missing_of
from bot.answers.readings import edges_of
from bot.answers.results import Count, Streak
from bot.answers.stretches import best_scope, in_scope
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.dataset.standing import guarded_range
from bot.questions.question import Criterion, Question, Side

SIDES: Mapping[Side, Callable[[float, float], bool]] = {
    "above": gt,
    "at_least": ge,
    "below": lt,
    "at_most": le,
}

Edges = tuple[float, float]


def meets(figure: Figure, criterion: Criterion) -> bool | None:
    """Whether a month meets it, as it was published; None where it has no such level or change."""
    match criterion.of:
        case "level":
            found = figure.value
        case "yoy":
            found = figure.growth.pct
        case "mom":
            found = figure.move.pct if figure.move else None
    return None if found is None else _beyond(found, criterion)


def _beyond(found: float, criterion: Criterion) -> bool:
    return SIDES[criterion.side](found, criterion.bound)


def is_open(figure: Figure, criterion: Criterion) -> bool:
    """Whether rounding could turn that."""
    edges = _edges(figure, criterion)
    return edges is not None and _beyond(edges[0], criterion) != _beyond(edges[1], criterion)


def _edges(figure: Figure, criterion: Criterion) -> Edges | None:
    """What the level, or the change, may be."""
    if criterion.of == "level":
        return guarded_range(figure) if figure.value is not None else None
    if criterion.of == "mom":
        return figure.move.range if figure.move else None
    return edges_of(figure.growth)


def count(question: Question, dataset: Dataset) -> Answer:
    """How many months of the period meet the criterion; of all on record where no period is named."""
    if not question.criterion:
        return asked_back("criterion_missing", [], dataset)
    series, counts = series_of(question, dataset), list[Count]()
    for each in series:
        counts += _count(each, question, question.criterion, dataset)
    figures = [figure for each in counts for figure in each.months]
    return _answer(question, dataset, figures, counts, series)


def _answer(
    question: Question, dataset: Dataset, figures: Sequence[Figure],
    results: Sequence[Count | Streak], series: Sequence[Series],
) -> Answer:  # fmt: skip
    """The answer with these results; none of the months may meet the criterion, which is an answer too."""
    known = {each.series for each in results}
    missing = [
        missing_of(each, question.period, dataset, question.scope)
        for each in series
        if each not in known and question.period
    ]
    answer = answer_of(question, dataset, figures, missing=tuple(missing), results=tuple(results))
    if not results or figures:
        return answer
    looked_at = [figure for each in results for figure in each.looked_at]
    return replace(answer, outcome="answered", suggestions=(), citations=citations(looked_at, dataset))


def _count(series: Series, question: Question, criterion: Criterion, dataset: Dataset) -> Iterator[Count]:
    period = question.period or _on_record(series, question, dataset)
    scope = best_scope(series, question.at(period), dataset) if period else None
    if not period or not scope:
        return
    each = (dataset.figure(series, Period.month(month), scope) for month in period.months)
    known = tuple(figure for figure in each if figure and meets(figure, criterion) is not None)
    if known:
        months = tuple(figure for figure in known if meets(figure, criterion))
        turned = tuple(figure.end for figure in known if is_open(figure, criterion))
        yield Count(series, scope, period, criterion, months, known, turned)


def _on_record(series: Series, question: Question, dataset: Dataset) -> Period | None:
    """The stretch from the first month on record to the newest."""
    months = dataset.months(series, question.scope)
    return Period.span(min(months), max(months)) if months else None


def streak(question: Question, dataset: Dataset) -> Answer:
    """How many months in a row meet it, to the newest or the one named; in a stretch the longest streak."""
    if not question.criterion:
        return asked_back("criterion_missing", [], dataset)
    series = series_of(question, dataset)
    found = [_streak(each, question, question.criterion, dataset) for each in series]
    streaks = [each for each in found if each]
    figures = [figure for each in streaks for figure in each.months]
    return _answer(question, dataset, figures, streaks, series)


def _streak(series: Series, question: Question, criterion: Criterion, dataset: Dataset) -> Streak | None:
    period, open_end = question.period, question.open_ended
    if period and period.length > 1 and not open_end:
        return _longest(series, period, question, criterion, dataset)
    end = period.end if period else max(dataset.months(series, question.scope), default=None)
    figure = dataset.figure(series, Period.month(end), question.scope) if end else None
    if not figure:
        return None
    return _Look(series, figure.scope, criterion, dataset).back_from(figure.end)


def _longest(
    series: Series, period: Period, question: Question, criterion: Criterion, dataset: Dataset
) -> Streak | None:
    """The longest of the streaks in a period; of several the newest."""
    scope = best_scope(series, question, dataset)
    if not scope or not in_scope(series, scope, period, dataset)[1]:
        return None
    look = _Look(series, scope, criterion, dataset)
    runs: list[list[Figure]] = [[]]
    for month in period.months:
        figure = look.month(month)
        if figure and meets(figure, criterion):
            runs[-1].append(figure)
        elif runs[-1]:
            runs.append([])
    months = max(reversed(runs), key=len)
    left = tuple(each.end for each in months if is_open(each, criterion))
    end = months[-1].end if months else period.end
    return Streak(series, scope, end, criterion, tuple(months), open=left, longest=True)


@dataclass(frozen=True, slots=True)
class _Look:
    """One series in one scope, looked at back from a month."""

    series: Series
    scope: str
    criterion: Criterion
    dataset: Dataset

    def month(self, month: Month) -> Figure | None:
        """The figure of a month."""
        return self.dataset.figure(self.series, Period.month(month), self.scope)

    def back_from(self, end: Month) -> Streak:
        """The months in a row to that one, and what came before them."""
        months: list[Figure] = []
        at = end
        while (figure := self.month(at)) and meets(figure, self.criterion):
            months.insert(0, figure)
            at = at.plus(-1)
        return self._ended(end, months, at, figure)

    def _ended(self, end: Month, months: list[Figure], at: Month, figure: Figure | None) -> Streak:
        broken = figure if figure and meets(figure, self.criterion) is False else None
        looked = [*months, *([broken] if broken else [])]
        return Streak(
            self.series, self.scope, end, self.criterion, tuple(months),
            broken_by=broken,
            hole=None if broken else at,
            open=tuple(each.end for each in looked if is_open(each, self.criterion)),
            last=None if months else self._last(end),
        )  # fmt: skip

    def _last(self, end: Month) -> Figure | None:
        """The last month before that met it."""
        months = sorted(self.dataset.months(self.series, self.scope), reverse=True)
        figures = (self.month(month) for month in months if month < end)
        return next((each for each in figures if each and meets(each, self.criterion)), None)

"""Totals of one series: over several periods, over twelve months to each month, and a season's mean."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.answers.answer import Answer
from bot.answers.lookup import answer_of, asked_back, newest_of, series_of
from bot.answers.one_scope import level_of, levels, lost, worked_out
from bot.answers.results import Computed, Seasonal, Total, Working
from bot.answers.tabulate import table_of
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.growth import change_pct
from bot.dataset.model import Figure, Series
from bot.questions.question import Question

YEAR = 12
YEARS_BEFORE = 5
ROWS = 24


def total(question: Question, dataset: Dataset) -> Answer:
    """The sum over the periods, each series for itself: a figure where they are one stretch."""
    series, periods = series_of(question, dataset), sorted(question.periods, key=lambda each: each.start)
    if question.measure == "unit_value":
        return asked_back("total_of_unit_values", [_as_figures(question)], dataset)
    if len(series) > 1 and len(periods) == 1 and periods[0].length == 1:
        return asked_back("total_of_series", [_as_figures(question)], dataset, series=series)
    if any(first.end >= second.start for first, second in pairwise(periods)):
        return asked_back("total_overlaps", [_as_figures(question)], dataset, period=periods[0])
    stretch = _stretch(periods)
    return _whole(question, stretch, dataset) if stretch else _added(question, series, periods, dataset)


def _as_figures(question: Question) -> Question:
    return Question(question.pairs, question.periods, measure=question.measure, unit=question.unit)


def _stretch(periods: Sequence[Period]) -> Period | None:
    """The one period that these are, or make together."""
    if len(periods) == 1:
        return periods[0]
    joined = all(first.end.plus(1) == second.start for first, second in pairwise(periods))
    return Period.span(periods[0].start, periods[-1].end) if joined else None


def _whole(question: Question, period: Period, dataset: Dataset) -> Answer:
    """The figure of a stretch: what was printed of it, else derived from that."""
    asked = question.at(period)
    wanted = [(series, period) for series in series_of(question, dataset)]
    found = levels(wanted, asked, dataset)
    results = tuple(Total((figure,)) for figure in found if figure)
    figures = [figure for figure in found if figure]
    return answer_of(asked, dataset, figures, missing=lost(wanted, found, asked, dataset), results=results)


def _added(
    question: Question, every: Sequence[Series], periods: Sequence[Period], dataset: Dataset
) -> Answer:
    """The sum of periods with others between them, of each series that has all of them in one scope."""
    groups = [[(series, period) for period in periods] for series in every]
    return worked_out(groups, "sum", lambda own: [Total(own, (summed(own),))], question, dataset)


def mean_of(question: Question, dataset: Dataset) -> Answer:
    """The mean of periods of one length with others between them, each series for itself."""
    groups = [[(series, period) for period in question.periods] for series in series_of(question, dataset)]
    return worked_out(
        groups, "sum", lambda own: [Total(own, (summed(own, "mean", len(own)),))], question, dataset
    )  # fmt: skip


def summed(figures: Sequence[Figure], working: Working = "total", parts: int = 1) -> Computed:
    """The figures added up, or their mean; its range has the roundings of all of them."""
    low, high = (sum((figure.range or (0.0, 0.0))[edge] for figure in figures) / parts for edge in (0, 1))
    value = round(sum(figure.value or 0.0 for figure in figures) / parts, 6)
    return Computed(working, value, (low, high), figures[0].unit, tuple(figures))


def rolling(question: Question, dataset: Dataset) -> Answer:
    """The totals of twelve months to each month of the period; to the newest one where none is named."""
    assert question.period
    whole = question.period
    ends = whole.months[-ROWS:] if whole.kind == "range" else (whole.end,)
    windows = [Period.span(end.plus(1 - YEAR), end) for end in ends]
    cut = 1 < len(ends) < whole.length
    shown = question.at(Period.span(ends[0], ends[-1])) if cut else question
    return replace(table_of(shown, "twelve", windows, dataset), cut=whole if cut else None)


def season(question: Question, dataset: Dataset) -> Answer:
    """A period beside the same one of five years before, in its own scope, and the mean of these."""
    assert question.period
    if question.period.length > YEAR:
        newest = newest_of(question, dataset)
        instead = [question.at(Period.month(newest))] if newest else []
        return asked_back("season_of_a_year", instead, dataset, period=question.period)
    wanted = [(series, question.period) for series in series_of(question, dataset)]
    found = levels(wanted, question, dataset)
    results = tuple(_season(figure, dataset) for figure in found if figure)
    figures = [each for result in results for each in (*reversed(result.earlier), result.figure)]
    missing = lost(wanted, found, question, dataset)
    return answer_of(question, dataset, figures, missing=missing, results=results)


def _season(figure: Figure, dataset: Dataset) -> Seasonal:
    periods = [figure.period.plus(-YEAR * back) for back in range(1, YEARS_BEFORE + 1)]
    found = {period: level_of((figure.series, period), figure.scope, dataset) for period in periods}
    earlier = tuple(each for each in found.values() if each)
    lost = tuple(period for period, each in found.items() if not each)
    if not earlier:
        return Seasonal(figure, (), lost, ())
    mean = summed(earlier, "mean", len(earlier))
    return Seasonal(figure, earlier, lost, (mean, *_on_the_mean(figure, mean)))


def _on_the_mean(figure: Figure, mean: Computed) -> Iterator[Computed]:
    """By how much the figure lies above or below the mean."""
    beside = replace(mean.of[0], value=mean.value, range=mean.range)
    if change := change_pct(figure, beside):
        yield Computed("change", *change, "%", (figure, *mean.of))

"""Months in order of their level or change, over an unbroken run, each with the places rounding leaves it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Rank, Stretch
from bot.answers.daily import as_asked
from bot.answers.lookup import asked_back, series_of
from bot.answers.outranking import on_record, outranking
from bot.answers.readings import in_order
from bot.answers.stretches import Found, elsewhere, in_scope, of_stretches
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.questions.question import Question

MOST = 120  # places of all series together


def ranking(question: Question, dataset: Dataset) -> Answer:
    """The highest or lowest months, or those with the largest changes, of an unbroken run; best first.

    `around` are the months on record outside the run that would stand among them.
    """
    if question.change == "ytd":
        return asked_back("by_month", [replace(question, change="yoy")], dataset)
    runs = [run for series in series_of(question, dataset) if (run := _run(series, question, dataset))]
    asked, question = question.top, replace(question, top=min(question.top, MOST // max(len(runs), 1)))
    ranks = [(stretch, _ranked(as_asked(months, question), question)) for stretch, months in runs]
    shown = question if question.period or not runs else _restated(question, runs)
    found = [(stretch, tuple(rank.figure for rank in own)) for stretch, own in ranks]
    outside = [figure for run in found for figure in _outside(run, question, dataset)]
    every_rank = tuple(rank for _, own in ranks for rank in own)
    cut = asked if asked > question.top else 0
    return of_stretches(shown, found, dataset, ranks=every_rank, around=tuple(outside), top=cut)


def _ranked(months: Sequence[Figure], question: Question) -> list[Rank]:
    readings = in_order(months, question)
    return [reading.among(readings) for reading in readings[: question.top]]


def _outside(found: Found, question: Question, dataset: Dataset) -> tuple[Figure, ...]:
    """The months on record outside the run, of the period asked for, else of all, that outrank some of it."""
    stretch, told = found
    run, asked = stretch.period, question.period
    months = asked.months if asked else on_record(stretch.series, question, dataset)
    return outranking(told, [each for each in months if not run.start <= each <= run.end], question, dataset)


def _run(series: Series, question: Question, dataset: Dataset) -> Found | None:
    """The unbroken run to rank, in one scope: the one that ends newest, within the period that was named."""
    if question.period:
        scopes = (question.scope,) if question.scope else dataset.scopes(series)
        found = [in_scope(series, scope, question.period, dataset) for scope in scopes]
        runs = [(stretch, run) for stretch, months in found for run in _unbroken(months)]
        newest_run = max(runs, key=lambda item: (item[1][-1].end, len(item[1])), default=None)
        return (_narrowed(*newest_run, dataset), newest_run[1]) if newest_run else None
    newest = dataset.newest(
        (series.commodity,), (series.flow,), partner=series.partner, measure=series.measure
    )
    figure = dataset.figure(series, Period.month(newest), question.scope) if newest else None
    standing = dataset.standing(figure) if figure else None
    if not figure or not standing:
        return None
    return in_scope(series, figure.scope, Period.span(standing.run_start, figure.end), dataset)


def _narrowed(stretch: Stretch, run: Sequence[Figure], dataset: Dataset) -> Stretch:
    """The stretch of the run; what was asked for and lies outside it are its holes."""
    within = Period.span(run[0].end, run[-1].end)
    outside = tuple(month for month in stretch.period.months if not within.start <= month <= within.end)
    other, months = elsewhere(stretch.series, stretch.scope, outside, dataset)
    return replace(stretch, period=within, holes=outside, other_scope=other, elsewhere=months)


def _unbroken(figures: Sequence[Figure]) -> list[tuple[Figure, ...]]:
    runs: list[list[Figure]] = []
    for figure in figures:
        if runs and runs[-1][-1].end.plus(1) == figure.end:
            runs[-1].append(figure)
        else:
            runs.append([figure])
    return [tuple(run) for run in runs]


def _restated(question: Question, runs: Sequence[Found]) -> Question:
    """The question with the run as its period, so that its words say which months were ranked."""
    start = min(stretch.period.start for stretch, _ in runs)
    end = max(stretch.period.end for stretch, _ in runs)
    return replace(question.at(Period.span(start, end)), open_ended=True)

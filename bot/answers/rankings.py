"""Months in order of their level or change, of all on record, each with the places rounding leaves it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer, Rank
from bot.answers.daily import as_asked
from bot.answers.lookup import asked_back, series_of
from bot.answers.outranking import on_record
from bot.answers.readings import in_order
from bot.answers.stretches import Found, best_scope, in_scope, of_stretches
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.questions.question import Question

MOST = 120  # places of all series together


def ranking(question: Question, dataset: Dataset) -> Answer:
    """The highest or lowest months, or those with the largest changes; best first."""
    if question.change == "ytd":
        return asked_back("by_month", [replace(question, change="yoy")], dataset)
    runs = [run for series in series_of(question, dataset) if (run := _months(series, question, dataset))]
    asked, question = question.top, replace(question, top=min(question.top, MOST // max(len(runs), 1)))
    ranks = [(stretch, _ranked(as_asked(months, question), question)) for stretch, months in runs]
    shown = question if question.period or not runs else _restated(question, runs)
    found = [(stretch, tuple(rank.figure for rank in own)) for stretch, own in ranks]
    every_rank = tuple(rank for _, own in ranks for rank in own)
    return of_stretches(shown, found, dataset, ranks=every_rank, top=asked if asked > question.top else 0)


def _ranked(months: Sequence[Figure], question: Question) -> list[Rank]:
    readings = in_order(months, question)
    return [reading.among(readings) for reading in readings[: question.top]]


def _months(series: Series, question: Question, dataset: Dataset) -> Found | None:
    """The months to rank: of the period that was named, else all; in the scope that has most of them."""
    months = on_record(series, question, dataset)
    if not months:
        return None
    period = question.period or Period.span(months[0], months[-1])
    scope = best_scope(series, question.at(period), dataset)
    found = in_scope(series, scope, period, dataset) if scope else None
    return found if found and found[1] else None


def _restated(question: Question, runs: Sequence[Found]) -> Question:
    """The question with the months as its period, so that its words say which were ranked."""
    start = min(stretch.period.start for stretch, _ in runs)
    end = max(stretch.period.end for stretch, _ in runs)
    return replace(question.at(Period.span(start, end)), open_ended=True)

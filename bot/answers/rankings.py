"""Months in order of their level or change, and one month among those before it."""

from collections.abc import Iterable
from dataclasses import replace

from bot.answers.answer import Answer, Place, Rank
from bot.answers.lookup import answer_of, asked_back, look_up
from bot.answers.readings import as_asked, by_level, in_order
from bot.answers.stretches import Found, looked_at, of_stretches
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.questions.question import Question

MOST = 120  # places of all series together


def ranking(question: Question, dataset: Dataset) -> Answer:
    """The highest or lowest months, or those with the largest changes; best first."""
    if question.change == "ytd":
        return asked_back("by_month", [replace(question, change="yoy")], dataset)
    runs = [run for run in looked_at(question, dataset) if run[1]]
    question = replace(question, top=min(question.top, MOST // max(len(runs), 1)))
    found: list[Found] = []
    ranks: list[Rank] = []
    for stretch, months in runs:
        if not by_level(question):
            months = as_asked(months, question)
        readings = in_order(months, question)
        own = [reading.among(readings) for reading in readings[: question.top]]
        shown = tuple(rank.figure for rank in own)
        if by_level(question):
            shown = as_asked(shown, question)
        found.append((stretch, shown))
        ranks += [rank._replace(figure=figure) for rank, figure in zip(own, shown, strict=True)]
    if runs and not question.period:  # its words say which months were ranked
        start = min(stretch.period.start for stretch, _ in runs)
        end = max(stretch.period.end for stretch, _ in runs)
        question = replace(question.at(Period.span(start, end)), open_ended=True)
    return of_stretches(question, found, dataset, ranks=tuple(ranks))


def record(question: Question, dataset: Dataset) -> Answer:
    """A month in its unbroken run, and the last month before it that may have been as high, or as low.

    `around` are months before the run, on record but past a hole, that were higher still.
    """
    assert question.period
    if question.period.kind != "month":
        instead = [question.at(Period.month(question.period.end))]
        return asked_back("record_of_month", instead, dataset, period=question.period)
    if question.order in ("rise", "fall"):
        return asked_back("of_levels", [replace(question, view="ranking", periods=())], dataset)
    found, missing = look_up(question, dataset)
    places = tuple(place for figure in found if (place := _place(figure, question, dataset)))
    rivals = {place.figure.series: place.rival for place in places}
    figures = [item for figure in found for item in (figure, rivals.get(figure.series)) if item]
    before = tuple(figure for place in places for figure in _before(place, question, dataset))
    return answer_of(question, dataset, figures, missing=missing, places=places, around=before)


def _place(figure: Figure, question: Question, dataset: Dataset) -> Place | None:
    standing = dataset.line(figure.series, figure.scope).standing(figure.period)
    if standing is None:
        return None
    since = standing.lowest_since if question.order == "lowest" else standing.highest_since
    rival = dataset.figure(figure.series, Period.month(since), figure.scope) if since else None
    months = Period.span(standing.run_start, figure.end).months
    readings = in_order(_served(figure.series, months, figure.scope, dataset), _of_levels(question))
    own = next(reading for reading in readings if reading.figure.end == figure.end)
    return Place(figure, standing, rival, own.among(readings))


def _before(place: Place, question: Question, dataset: Dataset) -> tuple[Figure, ...]:
    """The highest month on record before the run, where it was higher than this one; lowest likewise."""
    series = place.figure.series
    months = sorted(dataset.months(series, question.scope))
    earlier = (month for month in months if month < place.standing.run_start)
    of_levels = _of_levels(question)
    (own,) = in_order([place.figure], of_levels)
    outside = in_order(_served(series, earlier, question.scope, dataset), of_levels)
    return tuple(reading.figure for reading in outside[:1] if reading.value > own.value)


def _of_levels(question: Question) -> Question:
    """The question of levels of whole months, from the highest or the lowest."""
    return replace(question, change=None, unit="t")


def _served(series: Series, months: Iterable[Month], scope: str | None, dataset: Dataset) -> list[Figure]:
    every = (dataset.figure(series, Period.month(month), scope) for month in months)
    return [figure for figure in every if figure]

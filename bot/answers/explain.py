"""What stands around a change, what happened in a time, and what a term means. No cause is claimed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.answers.answer import Answer, Outcome
from bot.answers.lookup import answer_of, look_up, series_of, to_date
from bot.answers.one_scope import level_of
from bot.answers.results import Computed, Why
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.growth import change_pct
from bot.dataset.model import Event, Figure
from bot.questions.question import Question

NEAR = 2  # months before a period, in which an event still bears on it
MOST_NEAR = 3
MOST_EVENTS = 10


def why(question: Question, dataset: Dataset) -> Answer:
    """Each figure with what arithmetic says of its change, and the dated events near it."""
    asked = to_date(question)
    wanted = [(series, period) for period in asked.periods for series in series_of(asked, dataset)]
    found, missing = look_up(wanted, asked, dataset)
    results = tuple(_why(figure, asked, dataset) for figure in found)
    return answer_of(asked, dataset, found, missing=missing, results=results)


def _why(figure: Figure, question: Question, dataset: Dataset) -> Why:
    before = figure.period.plus(-1) if question.change == "mom" and figure.period.length == 1 else None
    base = before or figure.period.year_before
    return Why(
        figure,
        tuple(_parts(figure, base, dataset)),
        None if figure.series.partner else _partner(figure, base, dataset),
        _near(figure, dataset),
    )


def _parts(figure: Figure, base: Period, dataset: Dataset) -> Iterator[Computed]:
    """By how much volume and unit value changed, in the figure's scope."""
    for measure in ("quantity", "unit_value") if figure.series.flow != "net" else ():
        series = replace(figure.series, measure=measure)
        now, then = (dataset.figure(series, each, figure.scope) for each in (figure.period, base))
        change = change_pct(now, then) if now and then else None
        if now and then and change:
            yield Computed("change", *change, "%", (now, then))


def _partner(figure: Figure, base: Period, dataset: Dataset) -> tuple[Figure, Figure] | None:
    """The partner whose figure moved most, of those on record in that scope for both periods."""
    moved = [
        (now, then)
        for partner in dataset.partners
        if (series := replace(figure.series, partner=partner)) in dataset.lines
        and (now := level_of((series, figure.period), figure.scope, dataset))
        and (then := level_of((series, base), figure.scope, dataset))
    ]
    return max(moved, key=lambda pair: abs((pair[0].value or 0) - (pair[1].value or 0)), default=None)


def _near(figure: Figure, dataset: Dataset) -> tuple[Event, ...]:
    """The events from shortly before the period to its end, the last ones."""
    within = Period.span(figure.period.start.plus(-NEAR), figure.end)
    return dataset.happened((figure.series.commodity,), within)[-MOST_NEAR:]


def events(question: Question, dataset: Dataset) -> Answer:
    """The dated events of the period that bear on the series; the newest ones where none is named."""
    commodities = question.commodities or tuple(dataset.catalogue)
    found = {
        event: None
        for period in question.periods or (None,)
        for event in dataset.happened(commodities, period)
    }
    shown = tuple(sorted(found, key=_day))[-MOST_EVENTS:]
    outcome: Outcome = "answered" if shown else "no_figure"
    return Answer(outcome, question, events=shown, catalogue=dataset.catalogue)


def _day(event: Event) -> date:
    return event.day


def definition(question: Question, dataset: Dataset) -> Answer:
    """The glossary's entries of the topics, else of the series asked for; all of them where none is named."""
    glossary = dataset.record.glossary
    named = question.topics or question.commodities
    found = tuple(glossary[name] for name in named if name in glossary)
    shown = found or (() if named else tuple(glossary.values()))
    outcome: Outcome = "answered" if shown else "outside"
    return Answer(outcome, question, definitions=shown, catalogue=dataset.catalogue)

"""What the views share: which series are asked for, what of them is missing, and an Answer round it."""

from bisect import bisect, bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.answers.answer import Answer, Citation, Lack, Missing
from bot.answers.suggestions import suggestions
from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Measure, Row, Series
from bot.dataset.releases import STAGES, stage_of
from bot.questions import words
from bot.questions.question import Issue, Question

JANUARY_WITH_FEBRUARY = 2  # the month number under which customs publish January and February together
Wanted = tuple[Series, Period]


def series_of(question: Question, dataset: Dataset) -> list[Series]:
    """The series asked for that there are, in the question's order."""
    return [
        Series(name, flow, question.partner, question.measure)
        for name, flow in question.lines
        if flow in dataset.flows(name)
    ]


def newest_of(question: Question, dataset: Dataset, kind: Kind = "month") -> Month | None:
    """The last month of the newest such period on record for what is asked."""
    return dataset.newest(
        question.commodities, question.flows, partner=question.partner, measure=question.measure, kind=kind
    )


def with_period(question: Question, dataset: Dataset) -> Question | None:
    """The question, of the newest month where it names no period; None where nothing is on record."""
    if question.period:
        return question
    newest = newest_of(question, dataset)
    return replace(question, period=Period.month(newest), open_ended=True) if newest else None


def look_up(
    wanted: Iterable[Wanted], question: Question, dataset: Dataset
) -> tuple[tuple[Figure, ...], tuple[Missing, ...]]:
    """The figures that are on record, and those that are not with what there is instead."""
    looked_up = [(item, dataset.figure(*item, question.scope)) for item in wanted]
    found = tuple(figure for _, figure in looked_up if figure)
    return found, tuple(
        missing_of(*item, dataset, question.scope) for item, figure in looked_up if not figure
    )


def answer_of(question: Question, dataset: Dataset, figures: Sequence[Figure], **parts: Any) -> Answer:
    """The answer with these figures and parts: its outcome, sources, newer end, and what to ask instead."""
    around, missing = parts.get("around", ()), parts.get("missing", ())
    return Answer(
        outcome="answered" if figures else "no_figure",
        question=question,
        figures=tuple(figures),
        citations=citations((*figures, *around), dataset),
        lack=lack_of(question, dataset) if question.open_ended else None,
        suggestions=() if figures else suggestions(question, missing, dataset),
        catalogue=dataset.catalogue,
        **parts,
    )


def asked_back(sentence: str, instead: Iterable[Question], dataset: Dataset) -> Answer:
    """A question that cannot be answered as it stands: why, and the questions it may have meant."""
    tries = tuple(dict.fromkeys(words(asked, dataset.catalogue) for asked in instead))
    issue = Issue("", sentence, tries[:3])
    return Answer("ask_back", None, issues=(issue,), suggestions=tries, catalogue=dataset.catalogue)


def missing_of(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Missing:
    """What is to be said of a figure that is not on record."""
    nearest, beyond = _nearest(series, period, dataset, scope)
    dated = beyond and series.measure != "unit_value" and not series.partner  # no partner in a bulletin
    due = _due(series, period, dataset) if dated else None
    return Missing(
        series,
        period,
        nearest=nearest,
        due=due,
        overdue=bool(due and due <= dataset.today),
        together=_january_february(series, period, dataset, scope),
        measures=_other_measures(series, period, dataset, scope),
        scope=scope,
        holes=_holes(series, period, dataset, scope),
    )


def _nearest(
    series: Series, period: Period, dataset: Dataset, scope: str | None
) -> tuple[tuple[Period, ...], bool]:
    """The periods on record next to it (months, where it is a stretch), and whether it lies beyond them."""
    on_record = dataset.periods(series, "month" if period.kind == "range" else period.kind, scope)
    beyond = bool(on_record) and on_record[-1].end < period.end
    if period.kind != "range":
        place = bisect(on_record, period)
        return on_record[max(place - 1, 0) : place + 1], beyond
    first = bisect_left(on_record, Period.month(period.start))
    last = bisect(on_record, Period.month(period.end))
    inside = on_record[first:last]
    if not inside:
        return on_record[max(first - 1, 0) : first + 1], beyond
    return ((inside[0], inside[-1]) if len(inside) > 1 else inside), beyond


def _holes(series: Series, period: Period, dataset: Dataset, scope: str | None) -> tuple[Month, ...]:
    if period.kind != "range":
        return ()
    scopes = (scope,) if scope else dataset.scopes(series)
    return min((dataset.holes(series, period, name) for name in scopes), key=len, default=period.months)


def _due(series: Series, period: Period, dataset: Dataset) -> date:
    return dataset.calendar.release(period.end, stage_of(series)).day


def _january_february(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Figure | None:
    if period.kind != "month" or period.end.number > JANUARY_WITH_FEBRUARY:
        return None
    return dataset.figure(series, Period.ytd(Month(period.end.year, JANUARY_WITH_FEBRUARY)), scope)


def _other_measures(
    series: Series, period: Period, dataset: Dataset, scope: str | None
) -> tuple[Measure, ...]:
    measures: tuple[Measure, ...] = ("quantity", "value", "unit_value")
    return tuple(
        measure
        for measure in measures
        if measure != series.measure and dataset.figure(replace(series, measure=measure), period, scope)
    )


def lack_of(question: Question, dataset: Dataset) -> Lack | None:
    """What the record lacks at its newer end of what is asked."""
    newest = newest_of(question, dataset)
    if newest is None:
        return None
    stage = max((stage_of(series) for series in series_of(question, dataset)), key=STAGES.index)
    due = dataset.calendar.newest_due(stage, dataset.today)
    following = newest.plus(1)
    return Lack(
        newest=newest,
        due=due if due > newest else None,
        since=dataset.calendar.release(due, stage).day if due > newest else None,
        between=tuple(newest.plus(step) for step in range(1, newest.until(due))),
        following=following,
        expected=dataset.calendar.release(following, stage).day,
        partly=_partly(newest, question, dataset),
    )


def _partly(newest: Month, question: Question, dataset: Dataset) -> tuple[Month, ...]:
    """The months after the newest whole one that some of the series have."""
    months = {
        period.end for series in series_of(question, dataset) for period in dataset.periods(series, "month")
    }
    return tuple(sorted(month for month in months if month > newest))


def citations(figures: Iterable[Figure], dataset: Dataset) -> tuple[Citation, ...]:
    """Every source behind the figures, once."""
    rows: dict[str, Row] = {}
    for figure in figures:
        for row in figure.rows:
            rows.setdefault(row.source, row)
    return tuple(Citation(dataset.source(name), row.published) for name, row in rows.items())

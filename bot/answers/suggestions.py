"""What to ask instead of what is not on record: whole questions in words, each of them with a figure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers.answer import Missing, Stretch
from bot.dataset.calendar import Kind, Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Measure, Series
from bot.questions import words
from bot.questions.question import Question, Unit

MOST = 5
LONGEST_RUN = 12  # months of a stretch that is offered
BASE: dict[Measure, Unit] = {"quantity": "t", "value": "USD", "unit_value": "USD/t"}
PLAIN = ("figure", "overview", "growth", "sources", "export")  # views that keep their name in a suggestion


def suggestions(question: Question, missing: Sequence[Missing], dataset: Dataset) -> tuple[str, ...]:
    """Up to five questions near the one that has no figure, the nearest first."""
    if question.period is None:
        return tuple(words(near) for near in _other_measures(question, dataset))
    plain = replace(question, against=None, open_ended=False, restated=())
    if question.view not in PLAIN:
        plain = replace(plain, view="figure", change=None)
    if question.view == "overview":
        found = [replace(plain, period=period) for period in _newest_like(plain, dataset)]
    else:
        found = [_said(near, dataset) for item in missing for near in _instead(plain, item, dataset)]
    return tuple(dict.fromkeys(words(near) for near in found))[:MOST]


def newest_each(question: Question, missing: Sequence[Missing]) -> tuple[str, ...]:
    """Of each series that ends before the newest month of the others, its own newest."""
    plain = replace(question, open_ended=False, restated=())
    near = [
        _of_series(replace(plain, period=item.nearest[-1]), item.series) for item in missing if item.nearest
    ]
    return tuple(map(words, near))[:MOST]


def instead_of_months(question: Question, stretches: Sequence[Stretch], dataset: Dataset) -> tuple[str, ...]:
    """Where months are missing: the stretch's own total if that is on record, and its unbroken months."""
    plain = replace(question, open_ended=False, restated=())
    found = [near for stretch in stretches for near in _without_months(plain, stretch, dataset)]
    return tuple(dict.fromkeys(words(near) for near in found))[:MOST]


def other_part(question: Question, stretches: Sequence[Stretch]) -> tuple[str, ...]:
    """The newest unbroken months that a trend left out because they count something else."""
    if question.view != "trend":
        return ()
    plain = replace(question, open_ended=False, restated=())
    runs = [(stretch.series, _last_run(stretch.elsewhere)) for stretch in stretches]
    parts = [(series, Period.span(run[0], run[-1])) for series, run in runs if len(run) > 1]
    return tuple(words(_of_series(replace(plain, period=period), series)) for series, period in parts)[:MOST]


def _without_months(question: Question, stretch: Stretch, dataset: Dataset) -> Iterator[Question]:
    series, whole = stretch.series, question.period or stretch.period
    own = _of_series(question, series)
    if question.view == "ranking":  # its run is on record, but holds no such change
        own = replace(own, view="trend", change=None)
    if dataset.figure(series, whole, question.scope):
        yield replace(own, period=whole, view="figure")
    on_record = [period.end for period in dataset.periods(series, "month", question.scope)]
    run = _last_run(on_record)
    if len(run) > 1:
        yield replace(own, period=Period.span(run[-LONGEST_RUN:][0], run[-1]))


def _of_series(question: Question, series: Series) -> Question:
    return replace(question, commodities=(series.commodity,), flows=(series.flow,))


def _last_run(months: Sequence[Month]) -> list[Month]:
    """The unbroken months at the end."""
    run = list(months[-1:])
    for month in reversed(months[:-1]):
        if month.plus(1) != run[0]:
            break
        run.insert(0, month)
    return run


def _said(near: Question, dataset: Dataset) -> Question:
    """A share stays one where both its figures are on record in one scope; else the figure is offered."""
    if near.unit != "%":
        return near
    assert near.period
    (name,), (flow,) = near.commodities, near.flows
    part = Series(name, flow, near.partner, near.measure)
    both = (part, replace(part, partner=""))
    scopes = dataset.scopes(part) if near.partner else ()
    whole = any(all(dataset.figure(series, near.period, scope) for series in both) for scope in scopes)
    return near if whole else replace(near, unit=BASE[near.measure])


def _other_measures(question: Question, dataset: Dataset) -> Iterator[Question]:
    """The newest month of what is asked in each measure that is on record."""
    own = replace(question, against=None, change=None, restated=(), scope=None)
    for measure, unit in BASE.items():
        newest = dataset.newest(own.commodities, own.flows, partner=own.partner, measure=measure)
        if newest and measure != question.measure:
            yield replace(own, view="figure", period=Period.month(newest), measure=measure, unit=unit)


def _instead(question: Question, item: Missing, dataset: Dataset) -> Iterator[Question]:
    series = item.series
    own = replace(
        question,
        commodities=(series.commodity,),
        flows=(series.flow,),
        partner=series.partner,
        scope=item.scope,
    )
    if item.together:
        yield replace(own, period=item.together.period)
    for measure in item.measures:
        yield replace(own, period=item.period, measure=measure, unit=_unit(own, measure), scope=None)
    for period in (*item.nearest[::-1], *_newest_like(replace(own, period=item.period), dataset)):
        if dataset.figure(series, period, item.scope):
            yield replace(own, period=period)


def _unit(question: Question, measure: Measure) -> Unit:
    return "%" if question.unit == "%" and measure != "unit_value" else BASE[measure]


def _newest_like(question: Question, dataset: Dataset) -> Iterator[Period]:
    """The newest period of that kind and number, and the newest of that kind."""
    period = question.period
    if period is None:
        return
    kind: Kind = "month" if period.kind == "range" else period.kind
    for number in (period.end.number, None):
        end = dataset.newest(
            question.commodities, question.flows, partner=question.partner, measure=question.measure,
            kind=kind, number=number,
        )  # fmt: skip
        if end:
            yield _ending(kind, end)


def _ending(kind: Kind, end: Month) -> Period:
    match kind:
        case "month":
            return Period.month(end)
        case "ytd":
            return Period.ytd(end)
        case "quarter":
            return Period.quarter(end.year, end.number // 3)
        case "half":
            return Period.half(end.year, end.number // 6)
        case _:
            return Period.whole_year(end.year)

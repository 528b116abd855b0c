"""What to ask instead of what is not on record: whole questions, each of them with a figure."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers.answer import Missing, Stretch
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Measure, Series
from bot.questions.question import Question, Unit, offers

MOST = 5
MOST_OF_ALL = 2  # periods of several series together
LONGEST_RUN = 12  # months of a stretch that is offered
BASE: dict[Measure, Unit] = {"quantity": "t", "value": "USD", "unit_value": "USD/t"}
PLAIN = (
    "figure",
    "overview",
    "growth",
    "highlights",
    "record",
    "sources",
    "export",
)  # views that keep their name in a suggestion


def suggestions(question: Question, missing: Sequence[Missing], dataset: Dataset) -> tuple[Question, ...]:
    """Up to five questions near the one that has no figure, the nearest first."""
    if question.period is None:
        return offers(tuple(_other_measures(question, dataset)))
    plain = replace(question.plain, against=None)
    if question.view not in PLAIN:
        plain = replace(plain, view="figure", change=None, by=None, criterion=None, claim=None)
    whole = [_said(plain, dataset)] if question.unit == "%" and _has_figure(plain, dataset) else []
    found = whole or ([*_of_all(plain, missing)] if len(missing) > 1 and plain.unit != "%" else [])
    if question.view != "overview":
        found += [_said(near, dataset) for item in missing for near in _instead(plain, item, dataset)]
    if not found and question.partner:
        found = [*_of_partner(plain, dataset)]
    return offers(found)[:MOST]


def _of_all(question: Question, missing: Sequence[Missing]) -> Iterator[Question]:
    """What all of several series have so far, and the periods that are nearest to most of them."""
    begun = Counter(sorted(item.so_far.period for item in missing if item.so_far))
    for period, _ in begun.most_common(1):  # of several as common the first, which more series have
        yield question.at(period)
    if question.period and question.period.kind != "range":
        counted = Counter(period for item in missing for period in item.nearest)
        for period, _ in counted.most_common(MOST_OF_ALL):
            yield question.at(period)


def _has_figure(question: Question, dataset: Dataset) -> bool:
    """Whether its one series has a figure of the whole period, though none of its months."""
    if not question.period or len(question.lines) > 1:
        return False
    ((name, flow),) = question.lines
    series = Series(name, flow, question.partner, question.measure)
    return dataset.figure(series, question.period, question.scope) is not None


def _of_partner(question: Question, dataset: Dataset) -> Iterator[Question]:
    """The newest month of whatever is on record with that partner, since this is not."""
    for name in dataset.catalogue:
        for flow in dataset.flows(name):
            for measure, unit in BASE.items():
                month = dataset.newest([name], [flow], partner=question.partner, measure=measure)
                if month:
                    own = _of_series(question, Series(name, flow, question.partner, measure))
                    when = Period.month(month)
                    yield replace(own.at(when), measure=measure, unit=unit, scope=None, view="figure")


def newest_each(question: Question, missing: Sequence[Missing]) -> tuple[Question, ...]:
    """Of each series that ends before the newest month of the others, its own newest."""
    near = [_of_series(question.at(item.nearest[-1]), item.series) for item in missing if item.nearest]
    return offers(near)[:MOST]


def instead_of_months(
    question: Question, stretches: Sequence[Stretch], dataset: Dataset
) -> tuple[Question, ...]:
    """Where months are missing: the stretch's own total if that is on record, and its unbroken months."""
    found = [near for stretch in stretches for near in _without_months(question, stretch, dataset)]
    return offers(found)[:MOST]


def other_part(question: Question, stretches: Sequence[Stretch]) -> tuple[Question, ...]:
    """The newest unbroken months that a trend or a ranking left out because they count something else."""
    if question.view not in ("trend", "ranking"):
        return ()
    runs = [(stretch.series, _last_run(stretch.elsewhere)) for stretch in stretches]
    parts = [(series, Period.span(run[0], run[-1])) for series, run in runs if len(run) > 1]
    return offers([_of_series(question.at(period), series) for series, period in parts])[:MOST]


def _without_months(question: Question, stretch: Stretch, dataset: Dataset) -> Iterator[Question]:
    series, whole = stretch.series, question.period or stretch.period
    own = _of_series(question, series)
    if question.view == "ranking":  # its run is on record, but holds no such change
        yield replace(own.at(stretch.period), view="trend", change=None)
        return
    if dataset.figure(series, whole, question.scope):
        yield replace(own.at(whole), view="figure")
    on_record = [period.end for period in dataset.periods(series, "month", question.scope)]
    run = _last_run(on_record)
    if len(run) > 1:
        yield own.at(Period.span(run[-LONGEST_RUN:][0], run[-1]))


def _of_series(question: Question, series: Series) -> Question:
    return question.about(commodities=(series.commodity,), flows=(series.flow,))


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
            yield replace(own.at(Period.month(newest)), view="figure", measure=measure, unit=unit)


def _instead(question: Question, item: Missing, dataset: Dataset) -> Iterator[Question]:
    """What holds it, the same period counted or measured otherwise, its neighbours, the other flow."""
    own = replace(_of_series(question, item.series).about(partner=item.series.partner), scope=item.scope)
    yield from (own.at(figure.period) for figure in item.told)
    yield from (own.at(period) for period in _whole_parts(item, dataset))
    if item.scope and dataset.figure(item.series, item.period):
        yield replace(own.at(item.period), scope=None)
    for measure in item.measures:
        yield replace(own.at(item.period), measure=measure, unit=_unit(own, measure), scope=None)
    if _broken(item) and own.unit != "%":
        yield replace(own.at(item.period), view="trend", change=None)
    yield from (own.at(period) for period in _neighbours(item, dataset))
    if not item.nearest and item.series.measure != "quantity":  # never published: its tonnes
        tonnes = replace(item, series=replace(item.series, measure="quantity"))
        for period in _neighbours(tonnes, dataset):
            yield replace(own.at(period), measure="quantity", unit="t")
    for flow in dataset.flows(item.series.commodity):
        if flow != item.series.flow and dataset.figure(replace(item.series, flow=flow), item.period):
            yield replace(own.at(item.period).about(flows=(flow,)), scope=None)


def _whole_parts(item: Missing, dataset: Dataset) -> Iterator[Period]:
    """The parts of a stretch that have a figure in their own scope, the newest first."""
    for part in reversed(item.parts):
        first, last = part.months[0], part.months[-1]
        period = Period.month(first) if first == last else Period.span(first, last)
        figure = dataset.figure(item.series, period, item.scope)
        if figure and figure.scope == part.scope:
            yield period


def _broken(item: Missing) -> bool:
    """Whether it is a stretch with some of its months on record: their first and last are the nearest."""
    inside = item.nearest and item.nearest[0].start >= item.period.start
    return item.period.kind == "range" and bool(inside) and item.nearest[-1].end <= item.period.end


def _neighbours(item: Missing, dataset: Dataset) -> Iterator[Period]:
    """What has a figure of the periods next to it, the newer first, and of the years around it."""
    period = item.period
    near = [period.plus(12), period.year_before] if period.kind == "range" else []
    near += [] if _broken(item) else reversed(item.nearest)
    kind_of = dataset.periods(item.series, period.kind, item.scope)
    alike = [each for each in kind_of if each.end.number == period.end.number]
    place = bisect(alike, period)
    near += reversed(alike[max(place - 1, 0) : place + 1])
    return (each for each in near if dataset.figure(item.series, each, item.scope))


def _unit(question: Question, measure: Measure) -> Unit:
    return "%" if question.unit == "%" and measure != "unit_value" else BASE[measure]

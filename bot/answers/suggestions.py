"""What to ask instead of what is not on record: whole questions, each of them with a figure."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from bot.answers.answer import Answer, Stretch
from bot.answers.missing import Missing, run_to
from bot.dataset.calendar import Month, Period, span
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS, Measure, Series
from bot.questions.question import Pair, Question, Unit, View, offers

MOST = 5
MOST_OF_ALL = 2  # periods of several series together
TRIED = 20  # missing figures, near which others are looked for
LONGEST_RUN = 12  # months of a stretch that is offered
# Views that keep their name in a suggestion.
KEPT: Sequence[View] = ("figure", "overview", "growth", "highlights", "record", "sources", "export")
# Views in which a series that ends before the others is told with its own newest month.
ENDED: Sequence[View] = ("figure", "compare", "growth", "highlights", "sources", "export")


def suggestions(answer: Answer, dataset: Dataset) -> tuple[Question, ...]:
    """Up to five questions near what has no figure, the nearest first."""
    question, missing, stretches = answer.question, answer.missing, answer.stretches
    assert question
    if answer.outcome == "no_figure":
        found = _instead_of_months(question, stretches, dataset) if stretches else ()
        return found or _without_figure(question, missing, dataset)
    if stretches:
        return _other_part(question, stretches)
    ended = question.open_ended and question.view in ENDED and question.unit != "%" and not question.against
    near = (_of_series(question.at(item.nearest[-1]), item.series) for item in missing if item.nearest)
    return offers(near, MOST) if ended else ()


def _without_figure(question: Question, missing: Sequence[Missing], dataset: Dataset) -> tuple[Question, ...]:
    if question.period is None:
        return offers(_other_measures(question, dataset))
    plain = replace(question.plain, against=None)
    if question.view not in KEPT:
        plain = replace(plain, view="figure", change=None, by=None, criterion=None, claim=None)
    if found := offers(_near(plain, question.period, missing, dataset), MOST):
        return found
    plain = replace(plain, scope=None, view="figure")
    near = newest_of_each(dataset, [plain.partner] if plain.partner else [])
    own = (replace(plain, pairs=q.pairs, periods=q.periods, measure=q.measure, unit=q.unit) for q in near)
    return offers(own, MOST)


def _near(
    plain: Question, period: Period, missing: Sequence[Missing], dataset: Dataset
) -> Iterator[Question]:
    if plain.unit == "%":
        series = [Series(*pair, plain.measure) for pair in plain.pairs]
        if len(series) == 1 and dataset.figure(series[0], period, plain.scope):
            yield _share_or_level(plain, dataset)
    elif len(missing) > 1:
        yield from _of_all(plain, period, missing)
    if plain.view != "overview":
        near = (each for item in missing[:TRIED] for each in _instead(plain, item, dataset))
        yield from (_share_or_level(each, dataset) for each in near)


def newest_of_each(
    dataset: Dataset, partners: Iterable[str], measures: Iterable[Measure] = tuple(UNITS)
) -> Iterator[Question]:
    """The newest month of each series in each flow and measure, where there is one."""
    for partner, name in product(partners, dataset.catalogue):
        for flow, measure in product(dataset.flows(name), measures):
            if month := dataset.newest((name,), (flow,), partner=partner, measure=measure):
                pairs, periods = (Pair(name, flow, partner),), (Period.month(month),)
                yield Question(pairs, periods, measure=measure, unit=UNITS[measure])


def _of_all(question: Question, period: Period, missing: Sequence[Missing]) -> Iterator[Question]:
    """What all of several series have so far, and the periods that are nearest to most of them."""
    begun = Counter(sorted(item.so_far.period for item in missing if item.so_far))
    near = Counter(each for item in missing for each in item.nearest if period.kind != "range")
    # Of several as common the first, which more series have.
    for common, _ in (*begun.most_common(1), *near.most_common(MOST_OF_ALL)):
        yield question.at(common)


def _instead_of_months(
    question: Question, stretches: Sequence[Stretch], dataset: Dataset
) -> tuple[Question, ...]:
    """Where months are missing: the stretch's own total if that is on record, and its unbroken months."""
    found: list[Question] = []
    for stretch in stretches:
        series, whole = stretch.series, question.period or stretch.period
        own = _of_series(question, series)
        run = _last_run(sorted(dataset.months(series, question.scope)))[-LONGEST_RUN:]
        if question.view == "ranking":  # its run is on record, but holds no such change
            found.append(replace(own.at(stretch.period), view="trend", change=None))
            continue
        if dataset.figure(series, whole, question.scope):
            found.append(replace(own.at(whole), view="figure"))
        if len(run) > 1:
            found.append(own.at(Period.span(run[0], run[-1])))
    return offers(found, MOST)


def _other_part(question: Question, stretches: Sequence[Stretch]) -> tuple[Question, ...]:
    """The newest unbroken months that a trend or a ranking left out because they count something else."""
    if question.view not in ("trend", "ranking"):
        return ()
    runs = ((_of_series(question, stretch.series), _last_run(stretch.elsewhere)) for stretch in stretches)
    return offers((own.at(Period.span(run[0], run[-1])) for own, run in runs if len(run) > 1), MOST)


def _of_series(question: Question, series: Series) -> Question:
    return replace(question, pairs=(Pair(series.commodity, series.flow, series.partner),))


def _last_run(months: Sequence[Month]) -> tuple[Month, ...]:
    return run_to(months[-1], months) if months else ()


def _share_or_level(near: Question, dataset: Dataset) -> Question:
    """A share stays one where both its figures are on record in one scope; else the figure is offered."""
    if near.unit != "%":
        return near
    assert near.period
    part = Series(*near.lines[0], near.partner, near.measure)
    both = (part, part._replace(partner=""))
    scopes = dataset.scopes(part) if near.partner else ()
    whole = any(all(dataset.figure(series, near.period, scope) for series in both) for scope in scopes)
    return near if whole else replace(near, unit=UNITS[near.measure])


def _other_measures(question: Question, dataset: Dataset) -> Iterator[Question]:
    """The newest month of what is asked in each measure that is on record."""
    own = replace(question, against=None, change=None, restated=(), scope=None)
    for measure, unit in UNITS.items():
        newest = dataset.newest(own.commodities, own.flows, partner=own.partner, measure=measure)
        if newest and measure != question.measure:
            yield replace(own.at(Period.month(newest)), view="figure", measure=measure, unit=unit)


def _instead(question: Question, item: Missing, dataset: Dataset) -> Iterator[Question]:
    """What holds it, the same period counted or measured otherwise, its neighbours, the other flow."""
    series, broken = item.series, _broken(item)
    own = replace(_of_series(question, series), scope=item.scope)
    yield from (own.at(figure.period) for figure in item.told)
    yield from (own.at(period) for period in _whole_parts(item, dataset))
    if item.scope and dataset.figure(series, item.period):
        yield replace(own.at(item.period), scope=None)
    for other in (series._replace(measure=measure) for measure in UNITS if measure != series.measure):
        if dataset.figure(other, item.period, item.scope):
            unit: Unit = "%" if own.unit == "%" and other.measure != "unit_value" else UNITS[other.measure]
            yield replace(own.at(item.period), measure=other.measure, unit=unit, scope=None)
    if broken and own.unit != "%":
        yield replace(own.at(item.period), view="trend", change=None)
    yield from (own.at(period) for period in _neighbours(item, series, dataset))
    if not item.nearest and series.measure != "quantity":  # never published: its tonnes
        for period in _neighbours(item, series._replace(measure="quantity"), dataset):
            yield replace(own.at(period), measure="quantity", unit="t")
    for flow in dataset.flows(series.commodity):
        if flow != series.flow and dataset.figure(series._replace(flow=flow), item.period):
            yield replace(own.at(item.period).about(flows=(flow,)), scope=None)


def _whole_parts(item: Missing, dataset: Dataset) -> Iterator[Period]:
    """The parts of a stretch that have a figure in their own scope, the newest first."""
    for part in reversed(item.parts):
        period = span(part.months[0], part.months[-1])
        figure = dataset.figure(item.series, period, item.scope)
        if figure and figure.scope == part.scope:
            yield period


def _broken(item: Missing) -> bool:
    """Whether it is a stretch with some of its months on record: their first and last are the nearest."""
    inside = item.nearest and item.nearest[0].start >= item.period.start
    return item.period.kind == "range" and bool(inside) and item.nearest[-1].end <= item.period.end


def _neighbours(item: Missing, series: Series, dataset: Dataset) -> Iterator[Period]:
    """What has a figure of the periods next to it, the newer first, and of the years around it."""
    period = item.period
    near = [period.plus(12), period.year_before] if period.kind == "range" else []
    near += [] if _broken(item) else reversed(item.nearest)
    kind_of = dataset.periods(series, period.kind, item.scope)
    alike = [each for each in kind_of if each.end.number == period.end.number]
    place = bisect(alike, period)
    near += reversed(alike[max(place - 1, 0) : place + 1])
    return (each for each in near if dataset.figure(series, each, item.scope))

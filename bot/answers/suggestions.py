"""What to ask instead of what is not on record: whole questions, each with a figure; or examples.

A follow-up never means an example, as it can mean a suggestion: it is no reading of what was typed.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, product

from bot.answers.answer import Answer, Stretch
from bot.answers.missing import Missing, run_to
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS, Flow, Measure, Series
from bot.questions.question import Pair, Question, Unit, View, offers

MOST = 5
MOST_OF_ALL = 2  # periods of several series together
TRIED = 20  # missing figures, near which others are looked for
LONGEST_RUN = 12  # months of a stretch that is offered
MONTHS = 13  # of a course that is an example
BOTH: tuple[Flow, ...] = ("export", "import")
# Views that keep their name in a suggestion.
KEPT: Sequence[View] = ("figure", "overview", "growth", "highlights", "record", "sources", "export")
# Views in which a series that ends before the others is told with its own newest month.
ENDED: Sequence[View] = ("figure", "compare", "growth", "highlights", "sources", "export")


def suggestions(answer: Answer, dataset: Dataset) -> tuple[Question, ...]:
    """Up to five questions near what has no figure, the nearest first."""
    question, missing, stretches = answer.question, answer.missing, answer.stretches
    assert question
    if answer.outcome == "no_figure":
        found = offers(_in_months(question, stretches, dataset), MOST)
        return found or _without_figure(question, missing, dataset)
    if stretches and question.view in ("trend", "ranking"):  # what counts something else was left out
        runs = ((each, run) for each in stretches for run in _newest_run(each.elsewhere))
        return offers((_of_series(question, each.series).at(run) for each, run in runs), MOST)
    ended = question.open_ended and question.view in ENDED and question.unit != "%" and not question.against
    near = (_of_series(question.at(item.nearest[-1]), item.series) for item in missing if item.nearest)
    return offers(near, MOST) if ended and not stretches else ()


def _in_months(question: Question, stretches: Sequence[Stretch], dataset: Dataset) -> Iterator[Question]:
    """Where months are missing: the stretch's own total if that is on record, and its unbroken months."""
    for series, stretch in ((each.series, each.period) for each in stretches):
        own, whole = _of_series(question, series), question.period or stretch
        if question.view == "ranking":  # its run is on record, but holds no such change
            yield replace(own.at(stretch), view="trend", change=None)
            continue
        if dataset.figure(series, whole, question.scope):
            yield replace(own.at(whole), view="figure")
        yield from map(own.at, _newest_run(dataset.months(series, question.scope), LONGEST_RUN))


def _newest_run(months: Collection[Month], most: int | None = None) -> Iterator[Period]:
    """The last so many unbroken months of them, where that is more than one."""
    run = run_to(max(months), months) if months else None
    if run and run.length > 1:
        start = max(run.start, run.end.plus(1 - most)) if most else run.start
        yield Period.span(start, run.end)


def _without_figure(question: Question, missing: Sequence[Missing], dataset: Dataset) -> tuple[Question, ...]:
    newest = newest_of_each(dataset, [question.partner] if question.partner or not question.period else [])
    if question.period is None:  # in each measure that is on record
        other = (each for each in newest if each.pairs[0] in question.pairs)
        return offers(
            replace(each, as_of=question.as_of) for each in other if each.measure != question.measure
        )
    plain = replace(question.plain, against=None)
    if question.view not in KEPT:
        plain = replace(plain, view="figure", change=None, by=None, criterion=None, claim=None)
    if found := offers(_near(plain, missing, dataset), MOST):
        return found
    plain = replace(plain, scope=None, view="figure")
    own = (replace(plain, pairs=q.pairs, periods=q.periods, measure=q.measure, unit=q.unit) for q in newest)
    return offers(own, MOST)


def _near(plain: Question, missing: Sequence[Missing], dataset: Dataset) -> Iterator[Question]:
    """What all of several series have so far, or are nearest to; then what is near each, as it is known."""
    tried = [plain] if plain.unit == "%" and len(plain.pairs) == 1 else []
    if plain.unit != "%" and len(missing) > 1:
        begun = Counter(sorted(item.so_far.period for item in missing if item.so_far))
        near = Counter(each for item in missing for each in item.nearest if item.period.kind != "range")
        # Of several as common the first, which more series have.
        yield from (plain.at(common) for common, _ in (*begun.most_common(1), *near.most_common(MOST_OF_ALL)))
    of_each = (_instead(plain, item, dataset) for item in missing[:TRIED] if plain.view != "overview")
    yield from filter(None, (_as_known(each, dataset) for each in chain(tried, *of_each)))


def _as_known(near: Question, dataset: Dataset) -> Question | None:
    """The question where it has a figure; without both figures of a share the one, in a unit of levels."""
    part, period = Series(*near.pairs[0], near.measure), near.periods[0]
    if near.view != "trend" and not dataset.figure(part, period, near.scope):
        return None
    both, scopes = (part, part._replace(partner="")), dataset.scopes(part) if near.partner else ()
    if near.unit != "%" or any(all(dataset.figure(each, period, name) for each in both) for name in scopes):
        return near
    return replace(near, unit=UNITS[near.measure])


def _instead(question: Question, item: Missing, dataset: Dataset) -> Iterator[Question]:
    """What may hold it, the same period counted or measured otherwise, its neighbours, the other flow."""
    series, period = item.series, item.period
    own = replace(_of_series(question.at(period), series), scope=item.scope)
    in_any = replace(own, scope=None)
    inside = item.nearest and item.nearest[0].start >= period.start and item.nearest[-1].end <= period.end
    broken = period.kind == "range" and bool(inside)  # some of its months are on record
    yield from map(own.at, (*(figure.period for figure in item.told), *reversed(item.parts)))
    yield in_any
    for measure in (each for each in UNITS if each != series.measure):
        unit: Unit = "%" if own.unit == "%" and measure != "unit_value" else UNITS[measure]
        yield replace(in_any, measure=measure, unit=unit)
    if broken and own.unit != "%":
        yield replace(own, view="trend", change=None)
    nearest = [] if broken else item.nearest
    yield from map(own.at, _neighbours(item, nearest, series, dataset))
    if not item.nearest and series.measure != "quantity":  # never published: its tonnes
        tonnes = replace(own, measure="quantity", unit="t")
        in_tonnes = series._replace(measure="quantity")
        yield from map(tonnes.at, _neighbours(item, nearest, in_tonnes, dataset))
    yield from (in_any.about(flows=(flow,)) for flow in dataset.flows(series.commodity))


def _neighbours(
    item: Missing, nearest: Sequence[Period], series: Series, dataset: Dataset
) -> Iterator[Period]:
    """The periods next to it, the newer first, and those of the years around it."""
    period = item.period
    if period.kind == "range":
        yield from (period.plus(12), period.year_before)
    yield from reversed(nearest)
    of_kind = dataset.periods(series, period.kind, item.scope)
    alike = [each for each in of_kind if each.end.number == period.end.number]
    place = bisect(alike, period)
    yield from reversed(alike[max(place - 1, 0) : place + 1])


def _of_series(question: Question, series: Series) -> Question:
    return replace(question, pairs=(Pair(series.commodity, series.flow, series.partner),))


def newest_of_each(
    dataset: Dataset, partners: Iterable[str], measures: Iterable[Measure] = tuple(UNITS)
) -> Iterator[Question]:
    """The newest month of each series in each flow and measure, where there is one."""
    for partner, name in product(partners, dataset.catalogue):
        for flow, measure in product(dataset.flows(name), measures):
            if month := dataset.newest((name,), (flow,), partner=partner, measure=measure):
                pairs, periods = (Pair(name, flow, partner),), (Period.month(month),)
                yield Question(pairs, periods, measure=measure, unit=UNITS[measure])


def examples(answer: Answer, dataset: Dataset) -> tuple[Question, ...]:
    """Up to five questions, by why it is not answered, for an answer that has none of its own to offer."""
    if answer.suggestions or answer.outcome in ("ask_back", "answered"):  # has choices, or needs none
        return ()
    reason, found = answer.reading.reason if answer.reading else None, _anything(dataset)
    match reason.kind if reason else "":
        case "price":  # what a tonne was worth at customs is the nearest there is
            found = newest_of_each(dataset, [""], ["unit_value"])
        case "future":
            found = chain([_next_release(dataset)], found)
        case "country":
            newest = newest_of_each(dataset, dataset.partners)
            found = iter(sorted(newest, key=lambda each: each.periods[0].end, reverse=True))
        case "metal" | "part" | "grade" | "industry" | "code":
            found = _series(dataset)
    return tuple(islice(found, MOST))


def _anything(dataset: Dataset) -> Iterator[Question]:
    """The newest month, what stands out in it, and the course of the first series to it."""
    names = tuple(dataset.catalogue)
    if month := dataset.newest(names, BOTH):
        yield Question.of(names, BOTH, Period.month(month), "overview")
        yield Question.of(names, BOTH, Period.month(month), "highlights")
        for first in islice(newest_of_each(dataset, [""], ["quantity"]), 1):
            end = first.periods[0].end
            yield replace(first.at(Period.span(end.plus(1 - MONTHS), end)), view="trend")


def _next_release(dataset: Dataset) -> Question:
    return Question.of(tuple(dataset.catalogue), BOTH, view="release")


def _series(dataset: Dataset) -> Iterator[Question]:
    """The newest month of each series, with the flows that are on record of it."""
    for name in dataset.catalogue:
        flows = tuple(flow for flow in BOTH if dataset.newest((name,), (flow,)))
        if flows and (month := dataset.newest((name,), flows)):
            yield Question.of((name,), flows, Period.month(month))


def first_questions(dataset: Dataset) -> Iterator[Question]:
    """Up to five questions for whoever asks how to ask: one of each kind."""
    yield from (every := tuple(_anything(dataset)))
    for overview in every[:1]:  # beside a year earlier, where that is on record
        before = overview.periods[0].year_before
        if any(dataset.figure(Series(*line), before) for line in overview.lines):
            yield replace(overview, view="compare", against=before)
    yield _next_release(dataset)

"""What to ask instead of what is not on record: whole questions, each with a figure; or examples.

A follow-up never means an example, as it can mean a suggestion: it is no reading of what was typed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, product

from bot.answers.answer import Answer
from bot.answers.missing import Missing, missing_of
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS, Flow, Measure, Series
from bot.questions.question import Pair, Question, View, offers

MOST = 5
MONTHS = 13  # of a course that is an example
BOTH: tuple[Flow, ...] = ("export", "import")
# Views that keep their name in a suggestion.
KEPT: Sequence[View] = ("figure", "overview", "growth", "highlights", "record", "sources", "export")


def suggestions(answer: Answer, dataset: Dataset) -> tuple[Question, ...]:
    """Up to five questions near what has no figure, the nearest first."""
    question, stretches = answer.question, answer.stretches
    if answer.outcome != "no_figure" or question is None:
        return ()
    unit = UNITS[question.measure] if question.unit == "%" else question.unit
    plain = replace(question.plain, against=None, unit=unit)
    if plain.view not in KEPT and plain.periods:
        plain = replace(plain, view="figure", change=None, by=None, criterion=None, claim=None)
    none = [each for each in stretches if len(each.holes) == each.period.length]
    trends = [_trend(_of_series(plain, each.series), each.period) for each in stretches if each not in none]
    lost = [missing_of(each.series, each.period, dataset, question.scope) for each in none]
    newest = (each for each in newest_of_each(dataset, [plain.partner]) if each.pairs[0] in plain.pairs)
    as_known = (replace(each, as_of=plain.as_of, first=plain.first) for each in newest)
    near = offers(chain(trends, _near(plain, [*answer.missing, *lost], dataset)), MOST)
    return near or offers(as_known, MOST)


def _near(plain: Question, lost: Sequence[Missing], dataset: Dataset) -> Iterator[Question]:
    """What most of several series have; then of each its tonnes, what is told or nearest, the other flow."""
    if len(lost) > 1:
        begun = sorted(figure.period for item in lost for figure in item.told)
        told = Counter(map(plain.at, begun))  # of as common ones the first, which more series have
        common = told or Counter(near for item in lost for near in _nearest(plain, item))
        yield from (near for near, _ in common.most_common(1))
    for item in lost if plain.view != "overview" else ():
        flows, at = dataset.flows(item.series.commodity), replace(plain.at(item.period), scope=None)
        series = (item.series._replace(flow=flow) for flow in flows)
        other = [_of_series(at, each) for each in series if dataset.figure(each, item.period)]
        near = [_of_series(each, item.series) for each in _nearest(plain, item)]
        tonnes = item.series._replace(measure="quantity")
        if tonnes != item.series and dataset.figure(tonnes, item.period):
            yield replace(_of_series(at, tonnes), measure="quantity", unit="t")
        yield from (*other, *near) if item.scope else (*near, *other)


def _nearest(plain: Question, item: Missing) -> list[Question]:
    """What is told in its place and the nearest to it, the newer first; of a stretch its months or runs."""
    period, nearest = item.period, item.nearest
    if item.runs:
        return [plain.at(run) for _, run in reversed(item.runs)]
    if period.kind == "range" and nearest and period.start <= nearest[0].end <= period.end:
        return [_trend(plain, period)]
    return [plain.at(each) for each in (*(figure.period for figure in item.told), *reversed(nearest))]


def _trend(plain: Question, period: Period) -> Question:
    return replace(plain.at(period), view="trend", change=None)


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


def first_questions(dataset: Dataset) -> Iterator[Question]:
    """The questions for whoever asks how to ask: one of each kind."""
    yield from _anything(dataset)
    yield _next_release(dataset)

"""What is told round the figures of an answer: sources, what is held, what to ask instead or next.

What is offered is a whole question with a figure. A follow-up never means an example, as it can mean a
suggestion: it is no reading of what was typed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice, product
from typing import Any

from bot.answers.answer import Answer, Citation
from bot.answers.missing import Missing, missing_of
from bot.answers.query import Query
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS, Figure, Flow, Held, Measure, Row, Series
from bot.questions.partners import ROWS
from bot.questions.question import FIRST_VIEWS, Pair, Question, View, offers

MOST, MOST_ONWARD = 5, 4  # questions instead, and next
FEWEST_MONTHS, MONTHS = 3, 13  # of a trend: that make one, that are asked for
OTHER: Mapping[Flow, Flow] = {"export": "import", "import": "export"}
# What these show is no figure of a line: nothing is asked on from it.
WITHOUT_FIGURES: frozenset[View] = frozenset({"help", "release", "coverage", "definition", "events"})
# Views that tell of a figure, which is asked for next; that keep their name in a suggestion.
ABOUT_FIGURES: Sequence[View] = ("highlights", "sources", "revisions", "partners")
KEPT: Sequence[View] = ("figure", "overview", "growth", "highlights", "record", "sources", "export")


def complete(answer: Answer, dataset: Dataset) -> Answer:
    """The answer with its sources, what is held, and the questions that it brings."""
    question = answer.question
    if question is None or question.view in WITHOUT_FIGURES:
        return answer
    instead = [figure for item in answer.missing for figure in item.told]
    if not answer.figures:
        instead += [item.newest for item in answer.missing if item.newest]
    shown = [*answer.figures, *answer.around, *instead]
    shown += [figure for item in answer.highlights for figure in item.evidence]
    shown += answer.plot.figures if answer.plot else ()
    return answer._replace(
        citations=answer.citations or citations(shown, dataset),
        suggestions=answer.suggestions or suggestions(answer, dataset),
        onward=tuple(islice(_onward(question, answer, dataset), MOST_ONWARD)),
        held=_held(Query(question, dataset), (*answer.figures, *answer.missing)),
    )


def _held(query: Query, told: Sequence[Figure | Missing]) -> tuple[Held, ...]:
    dataset = query.dataset
    if not dataset.record.held:
        return ()
    series = query.series
    if query.question.view == "partners":
        series += [each._replace(partner=partner) for each in series for partner in dataset.partners]
    every = [(each, period) for each in series for period in query.periods]
    every += [(each.series, each.period) for each in told]
    return tuple(dict.fromkeys(held for wanted in every for held in dataset.held(*wanted)))


def citations(figures: Iterable[Figure], dataset: Dataset) -> tuple[Citation, ...]:
    """Every source behind the figures, once."""
    rows: dict[str, Row] = {}
    for figure in figures:
        for row in figure.rows:
            rows.setdefault(row.source, row)
    return tuple([Citation(dataset.record.sources[name], row.published) for name, row in rows.items()])


def _onward(question: Question, answer: Answer, dataset: Dataset) -> Iterator[Question]:
    """What people ask next, each with a figure: of months that were looked at on to the last."""
    if not answer.figures:
        return
    first, by_month = answer.figures[0], bool(answer.stretches)
    period = answer.stretches[0].period if by_month else question.period or answer.figures[-1].period
    view, scope, pairs = question.view, question.scope, question.pairs
    series = first.series._replace(partner=question.partner)  # of countries the world's
    at = Period.month(period.end) if by_month else period
    everything = len(question.commodities) > 1 and question.commodities == tuple(dataset.catalogue)

    def has(period: Period, scope: str | None, **other: Any) -> bool:
        return dataset.level(series._replace(**other), period, scope) is not None

    if view in ABOUT_FIGURES and has(at, scope):
        yield _asks(question, "overview" if everything else "figure", at)
    if by_month and view != "trend" and period.length > 1:
        yield _asks(question, "trend", period)
    elif not by_month and not everything:
        months, end = dataset.months(series, first.scope), first.end
        if sum(end.plus(-step) in months for step in range(MONTHS)) >= FEWEST_MONTHS:
            yield _asks(question, "trend", Period.month(end))
    one, alike = len(pairs) == 1 and not question.against, not by_month or view == "trend"
    flow = OTHER.get(series.flow) if one and alike and not scope else None
    if flow and has(at, None, flow=flow):
        turned = (pairs[0]._replace(flow=flow),)
        yield _asks(question, "trend" if by_month else "figure", period, pairs=turned)
    partners = dataset.lines.of_partners(first.series) if one and not first.series.partner else ()
    if any(dataset.level(each, at, first.scope) for each in partners):
        yield _asks(question, "partners", at, top=ROWS)
    levels = question.unit != "%" and not question.against and at.kind != "range"
    if levels and has(at.year_before, first.scope):
        yield _asks(question, "compare", at, against=at.year_before)
    if at.kind == "month" and question.unit == "t" and view != "highlights":
        every = tuple(Pair(name, flow) for name in dataset.catalogue for flow in OTHER)
        yield _asks(question, "highlights", at, pairs=every, measure="quantity", scope=None)


def _asks(question: Question, view: View, period: Period, **other: Any) -> Question:
    """The same series in that view, as they are known on the same day; `other` are further fields."""
    kept: dict[str, Any] = {
        "pairs": question.pairs, "measure": question.measure, "unit": question.unit,
        "scope": question.scope, "as_of": question.as_of, "language": question.language,
        "periods": (period,), "view": view, "first": question.first and view in FIRST_VIEWS, **other,
    }  # fmt: skip
    return Question(**kept)


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
    if month := dataset.newest(names, tuple(OTHER)):
        yield Question.of(names, tuple(OTHER), Period.month(month), "overview")
        yield Question.of(names, tuple(OTHER), Period.month(month), "highlights")
        for first in islice(newest_of_each(dataset, [""], ["quantity"]), 1):
            end = first.periods[0].end
            yield replace(first.at(Period.span(end.plus(1 - MONTHS), end)), view="trend")


def _next_release(dataset: Dataset) -> Question:
    return Question.of(tuple(dataset.catalogue), tuple(OTHER), view="release")


def first_questions(dataset: Dataset) -> Iterator[Question]:
    """The questions for whoever asks how to ask: one of each kind."""
    yield from _anything(dataset)
    yield _next_release(dataset)

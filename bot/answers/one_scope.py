"""Figures for one operation: of one commodity all in one scope, or refused."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from bot.answers.answer import Answer, Operation, ScopeClash
from bot.answers.lookup import Wanted, answer_of, lost_of, scopes_of
from bot.answers.results import Result
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.lines import parts_of
from bot.dataset.model import Figure, Series
from bot.questions.question import Question

Found = tuple[Figure | None, ...]


def in_one_scope(wanted: Sequence[Wanted], question: Question, dataset: Dataset) -> Found:
    """The figures of one commodity in the first scope that has all of them; else each where it is."""
    for scope in scopes_of(wanted[0][0], question, dataset):
        found = tuple(dataset.figure(*item, scope) for item in wanted)
        if all(found):
            return found
    return tuple(dataset.figure(*item, question.scope) for item in wanted)


def _levels_in_one_scope(wanted: Sequence[Wanted], question: Question, dataset: Dataset) -> Found:
    """The same of several commodities, each in a scope of its own; without figures that have no level."""
    found: dict[Wanted, Figure | None] = {}
    for name in dict.fromkeys(series.commodity for series, _ in wanted):
        own = [item for item in wanted if item[0].commodity == name]
        found |= zip(own, in_one_scope(own, question, dataset), strict=True)
    return tuple(figure if figure and figure.value is not None else None for figure in map(found.get, wanted))


def worked_out(
    groups: Sequence[Sequence[Wanted]],
    operation: Operation,
    make: Callable[[tuple[Figure, ...]], Iterable[Result]],
    question: Question,
    dataset: Dataset,
) -> Answer:
    """What is made of each group whose figures are all on record, of one commodity in one scope; what is not
    on record; and which figures count different things.
    """
    figures, lost, refused, results = list[Figure](), list[Wanted](), list[ScopeClash](), list[Result]()
    for group in groups:
        found = _levels_in_one_scope(group, question, dataset)
        own = tuple(figure for figure in found if figure)
        clashes, figures = [*apart(own, operation)], [*figures, *own]
        lost += lost_of(group, found)
        refused += clashes
        results += make(own) if len(own) == len(group) and not clashes else ()
    return answer_of(question, dataset, figures, lost, clashes=tuple(refused), results=tuple(results))


def apart(figures: Sequence[Figure], operation: Operation) -> Iterator[ScopeClash]:
    """Neighbours of one commodity that count different things."""
    for one, other in pairwise(sorted(figures, key=lambda figure: figure.series.commodity)):
        if one.series.commodity == other.series.commodity and one.scope != other.scope:
            yield ScopeClash(operation, one.series, one.period, one.scope, other.scope)


def clashes(found: Iterable[Figure], lost: Iterable[Wanted], dataset: Dataset) -> Iterator[ScopeClash]:
    """Changes without a base in the figure's own scope, and unit values whose parts stand in two scopes."""
    for figure in (figure for figure in found if figure.value is not None):
        bases: list[tuple[Operation, Period]] = []
        if figure.growth.pct is None:
            bases += [("year", figure.period.year_before)]
        if figure.move is None and figure.period.kind == "month":
            bases += [("month", figure.period.plus(-1))]
        for operation, base in bases:
            other = dataset.figure(figure.series, base)
            if other and not dataset.figure(figure.series, base, figure.scope):
                yield ScopeClash(operation, figure.series, figure.period, figure.scope, other.scope)
    for item in lost:
        if not dataset.figure(*item):
            yield from parts_apart(*item, dataset)


def parts_apart(series: Series, period: Period, dataset: Dataset) -> Iterator[ScopeClash]:
    """The parts of a quotient or a net that stand in two scopes."""
    found = [figure for part in parts_of(series) if (figure := dataset.figure(part, period))]
    if len({figure.scope for figure in found}) == 2:
        operation: Operation = "unit_value" if series.measure == "unit_value" else "net"
        yield ScopeClash(operation, series, period, *(figure.scope for figure in found))

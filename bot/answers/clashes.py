"""Operations that were refused because the two figures count different things: said, never mixed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.answers.answer import Operation, ScopeClash
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series


def clashes(
    found: Iterable[Figure], wanted: Iterable[tuple[Series, Period]], dataset: Dataset
) -> Iterator[ScopeClash]:
    """Changes without a base in the figure's own scope, and unit values whose parts stand in two scopes."""
    for figure in found:
        if figure.value is not None:
            yield from _changes(figure, dataset)
    for series, period in wanted:
        if not dataset.figure(series, period):
            yield from parts_apart(series, period, dataset)


def _changes(figure: Figure, dataset: Dataset) -> Iterator[ScopeClash]:
    if figure.growth.pct is None:
        yield from _other_scope("year", figure, figure.period.year_before, dataset)
    if figure.move is None and figure.period.kind == "month":
        yield from _other_scope("month", figure, figure.period.plus(-1), dataset)


def _other_scope(
    operation: Operation, figure: Figure, base: Period, dataset: Dataset
) -> Iterator[ScopeClash]:
    other = dataset.figure(figure.series, base)
    if other and other.scope != figure.scope and not dataset.figure(figure.series, base, figure.scope):
        yield ScopeClash(operation, figure.series, figure.period, figure.scope, base, other.scope)


def parts_apart(series: Series, period: Period, dataset: Dataset) -> Iterator[ScopeClash]:
    """The parts of a quotient or a net that stand in two scopes."""
    operation: Operation
    if series.measure == "unit_value":
        operation, first, second = (
            "unit_value",
            replace(series, measure="value"),
            replace(series, measure="quantity"),
        )
    elif series.flow == "net":
        operation, first, second = "net", replace(series, flow="export"), replace(series, flow="import")
    else:
        return
    one, other = dataset.figure(first, period), dataset.figure(second, period)
    if one and other and one.scope != other.scope:
        yield ScopeClash(operation, series, period, one.scope, period, other.scope)

"""A question over a dataset: its series, their figures, of one commodity all in one scope, and an Answer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from bot.answers.answer import Answer, Operation, Outcome, Rule, ScopeClash
from bot.answers.missing import missing_of
from bot.dataset.calendar import Month, Period, range_or_month
from bot.dataset.dataset import Dataset
from bot.dataset.lines import parts_of
from bot.dataset.model import Figure, Series
from bot.questions.question import Question, offers

Wanted = tuple[Series, Period]
Found = tuple[Figure | None, ...]


class Query(NamedTuple):
    """A question, and the dataset that it is asked of."""

    question: Question
    dataset: Dataset

    def of(self, **fields: Any) -> "Query":
        """The same with other fields of the question."""
        return Query(replace(self.question, **fields), self.dataset)

    def at(self, period: Period | None) -> "Query":
        """The same of another period."""
        return Query(self.question.at(period), self.dataset)

    @property
    def series(self) -> list[Series]:
        """The series asked for that there are, in the question's order."""
        flows, measure = self.dataset.flows, self.question.measure
        return [Series(*pair, measure) for pair in self.question.pairs if pair.flow in flows(pair.commodity)]

    @property
    def periods(self) -> tuple[Period, ...]:
        """Its periods and the one that they are put beside."""
        against = self.question.against
        return (*self.question.periods, against) if against else self.question.periods

    @property
    def newest(self) -> Month | None:
        """The newest month on record for what is asked."""
        asked, partner = self.question, self.question.partner
        return self.dataset.newest(asked.commodities, asked.flows, partner=partner, measure=asked.measure)

    def scopes(self, series: Series) -> tuple[str, ...]:
        """The scope asked for, else all in which the series is served."""
        return (self.question.scope,) if self.question.scope else self.dataset.lines.scopes(series)

    def with_period(self, months: int = 1) -> "Query":
        """The same, unless it names a stretch, of so many months to the one named or the newest on record."""
        period, open_ended = self.question.period, self.question.open_ended
        end = period.end if period else self.newest
        if end is None or (period and period.length >= min(months, 2)):
            return self
        return self.at(range_or_month(end.plus(1 - months), end)).of(open_ended=open_ended or not period)

    def look_up(self, *, levels: bool = False) -> tuple[tuple[Figure, ...], list[Wanted]]:
        """Each series in each period: the figures on record, or those with a level alone; and what is not."""
        wanted = [(series, period) for period in self.question.periods for series in self.series]
        of = self.dataset.level if levels else self.dataset.figure
        found = [of(*item, self.question.scope) for item in wanted]
        return tuple(figure for figure in found if figure), lost_of(wanted, found)

    def answer(self, figures: Sequence[Figure] = (), lost: Iterable[Wanted] = (), **parts: Any) -> Answer:
        """The answer with these figures and parts, as yet without sources and what to ask next."""
        outcome: Outcome = "answered" if figures else "no_figure"
        missing = tuple(missing_of(*item, self.dataset, self.question.scope) for item in lost)
        shown, catalogue = tuple(figures), self.dataset.catalogue
        return Answer(outcome, self.question, shown, missing=missing, catalogue=catalogue, **parts)

    def back(self, rule: Rule, *instead: Question) -> Answer:
        """It cannot be answered as it stands: why, and what it may have meant where on record."""
        near, catalogue = offers(instead), self.dataset.catalogue
        return Answer("ask_back", None, reason=rule, suggestions=near, catalogue=catalogue)

    def in_one_scope(self, wanted: Sequence[Wanted]) -> Found:
        """The levels, of each commodity in the first scope that has all of its own; else each where it is."""
        found: dict[Wanted, Figure | None] = {}
        for name in dict.fromkeys(series.commodity for series, _ in wanted):
            own = [item for item in wanted if item[0].commodity == name]
            scopes = (*self.scopes(own[0][0]), self.question.scope)
            levels = [[self.dataset.level(*item, scope) for item in own] for scope in scopes]
            found |= zip(own, next(filter(all, levels), levels[-1]), strict=True)
        return tuple(map(found.get, wanted))

    def worked_out(
        self, groups: Sequence[Sequence[Wanted]], operation: Operation, make: Callable[..., Iterable[Any]]
    ) -> tuple[Answer, tuple[Any, ...]]:
        """An answer with the levels of all groups; what is made of each that is whole and in one scope."""
        figures, lost, refused, made = list[Figure](), list[Wanted](), list[ScopeClash](), list[Any]()
        for group in groups:
            found = self.in_one_scope(group)
            own = [figure for figure in found if figure]
            clashes = [*apart(own, operation)]
            figures += own
            lost += lost_of(group, found)
            refused += clashes
            made += make(*own) if len(own) == len(group) and not clashes else ()
        refused += (clash for item in lost for clash in parts_apart(*item, self.dataset))
        return self.answer(figures, lost, clashes=tuple(refused)), tuple(made)


def lost_of(wanted: Sequence[Wanted], found: Sequence[Figure | None]) -> list[Wanted]:
    """What of it is not on record."""
    return [item for item, figure in zip(wanted, found, strict=True) if not figure]


def apart(figures: Sequence[Figure], operation: Operation) -> Iterator[ScopeClash]:
    """Neighbours of one commodity that count different things."""
    for one, other in pairwise(sorted(figures, key=lambda figure: figure.series.commodity)):
        if one.series.commodity == other.series.commodity and one.scope != other.scope:
            yield ScopeClash(operation, one.series, one.period, one.scope, other.scope)


def clashes(found: Iterable[Figure], lost: Iterable[Wanted], dataset: Dataset) -> Iterator[ScopeClash]:
    """Changes without a base in the figure's own scope, and unit values whose parts stand in two scopes."""
    for figure in (figure for figure in found if figure.value is not None):
        series, period, scope = figure.series, figure.period, figure.scope
        bases: dict[Operation, Period] = {"year": period.year_before} if figure.growth.pct is None else {}
        if figure.move is None and period.kind == "month":
            bases["month"] = period.plus(-1)
        for operation, base in bases.items():
            other = dataset.figure(series, base)
            if other and not dataset.figure(series, base, scope):
                yield ScopeClash(operation, series, period, scope, other.scope)
    for item in lost:
        yield from parts_apart(*item, dataset)


def parts_apart(series: Series, period: Period, dataset: Dataset) -> Iterator[ScopeClash]:
    """The parts of a quotient or a net that stand in two scopes, where there is no figure of it."""
    parts = () if dataset.figure(series, period) else parts_of(series)
    found = [figure for part in parts if (figure := dataset.figure(part, period))]
    if len({figure.scope for figure in found}) == 2:
        operation: Operation = "unit_value" if series.measure == "unit_value" else "net"
        yield ScopeClash(operation, series, period, *(figure.scope for figure in found))

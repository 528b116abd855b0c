"""The Question: what was asked, as a value. The same Question gives the same Answer.

Of one that is asked again after each release, the same of newer periods.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from typing import Any, Literal, NamedTuple

from bot.dataset.calendar import LENGTHS, Month, Period
from bot.dataset.model import FLOWS, Flow, Measure
from bot.errors import InternalError, StoredValueError
from bot.questions import serialise
from bot.words import Language

View = Literal[
    "figure", "overview", "compare", "trend", "ranking", "record", "average",
    "growth", "highlights", "sources", "revisions", "coverage", "export", "release", "help",
    "total", "difference", "share", "ratio", "count", "streak", "table", "rolling", "season",
    "why", "events", "check", "definition", "partners",
]  # fmt: skip
# t/day: the period's tonnes by its days. %: a partner's part of the world's figure.
Unit = Literal["t", "kt", "Mt", "wan_t", "lb", "st", "t/day", "USD", "USD/t", "%"]
WEIGHTS: tuple[Unit, ...] = ("t", "kt", "Mt", "wan_t", "lb", "st", "t/day")
UNITS_OF: Mapping[Measure, frozenset[Unit]] = {
    "quantity": frozenset({*WEIGHTS, "%"}),
    "value": frozenset({"USD", "%"}),
    "unit_value": frozenset({"USD/t"}),
}
FIRST_VIEWS = frozenset[View]({"figure", "overview", "compare", "growth", "sources", "export"})
Change = Literal["yoy", "mom"]
Order = Literal["highest", "lowest", "rise", "fall"]
Side = Literal["above", "below", "at_least", "at_most"]
By = Literal["month", "quarter", "half", "year"]
Way = Literal["rise", "fall", ""]


class Pair(NamedTuple):
    """One line of trade that is asked for; '' is the world."""

    commodity: str
    flow: Flow
    partner: str = ""


class Criterion(NamedTuple):
    """What a month must be to be counted: its level or its change beyond a bound; net exports above 0."""

    side: Side
    bound: float
    of: Literal["level", "yoy", "mom"] = "level"


class Claim(NamedTuple):
    """What somebody says of a figure, to be confirmed: its value, its change in percent, or its way.

    `value` is in tonnes, US$ or US$/t; None where only a change, or only a direction, is claimed.
    """

    value: float | None = None
    pct: float | None = None
    way: Way = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: pairs, periods and view.

    Several periods are each answered in a figure or its growth; a total adds them up, a difference and a
    ratio put the first beside the second (the first pair beside the second where there is one period); a
    share is that of the period in `against`. `criterion` is what a count or a streak looks for, in the
    months of the period; `by` cuts a table's period into months, quarters, halves or years; `claim` is what
    a check confirms or refutes; `topics` are the glossary's entries that a definition is about; in the view
    of partners the `top` of them are listed.

    `open_ended` marks a period that the asker left to the record ("latest", a month without a year). `scope`
    is set where an HS code in the question picked one.
    `change` is the growth that was asked for by name; a ranking sorts by `order` and shows `top` months.
    `as_of` is the day on whose knowledge the answer rests, where that is not today; `first`: each figure as
    it was first published. `since`: what was revised after that day. `language` is the one in which it was
    asked, and is answered. `whether`: it was asked if a month is out yet; that is not serialised.
    """

    pairs: tuple[Pair, ...] = ()
    periods: tuple[Period, ...] = ()
    view: View = "figure"
    measure: Measure = "quantity"
    unit: Unit = "t"
    against: Period | None = None
    scope: str | None = None
    as_of: date | None = None
    first: bool = False
    since: date | None = None
    change: Change | None = None
    order: Order = "highest"
    top: int = 5
    by: By | None = None
    criterion: Criterion | None = None
    claim: Claim | None = None
    topics: tuple[str, ...] = ()
    open_ended: bool = False
    language: Language = "en"
    whether: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.view in ("figure", "overview") and not (self.pairs and self.periods):
            raise InternalError(f"a {self.view} needs a series and a period")

    @classmethod
    def of(
        cls,
        commodities: tuple[str, ...],
        flows: tuple[Flow, ...],
        period: Period | None = None,
        view: View = "figure",
        *,
        partner: str = "",
        **rest: Any,
    ) -> "Question":
        """The question of each series in each flow; `rest` are further fields."""
        return cls(_each(commodities, flows, partner), (period,) if period else (), view, **rest)

    @classmethod
    def from_json(cls, text: str) -> "Question":
        """Reads what `to_json` wrote; StoredValueError for anything else, a unit of another measure too."""
        question = serialise.read(cls, text)
        if question.unit not in UNITS_OF[question.measure]:
            raise StoredValueError(f"A {question.measure} is not told in {question.unit}.")
        return question

    def to_json(self) -> str:
        """Serialises it with a version; fields at their default are left out."""
        return serialise.dumped(serialise.as_json(self))

    def about(
        self,
        *,
        commodities: tuple[str, ...] | None = None,
        flows: tuple[Flow, ...] | None = None,
        partner: str | None = None,
    ) -> "Question":
        """The same of each of these series in each of these flows; what is not given stays."""
        if commodities is None and flows is None:
            return replace(self, pairs=tuple(pair._replace(partner=partner or "") for pair in self.pairs))
        named = self.commodities if commodities is None else commodities
        whose = self.partner if partner is None else partner
        return replace(self, pairs=_each(named, self.flows if flows is None else flows, whose))

    def at(self, period: Period | None) -> "Question":
        """The same of another period."""
        return replace(self, periods=(period,) if period else ())

    @property
    def commodities(self) -> tuple[str, ...]:
        """The series by id, each once."""
        return tuple(dict.fromkeys([pair.commodity for pair in self.pairs]))

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The flows, each once: exports, imports, net trade."""
        asked = {pair.flow for pair in self.pairs}
        return tuple([flow for flow in FLOWS if flow in asked])

    @property
    def partner(self) -> str:
        """The partner country of all pairs; '' for the world."""
        return self.pairs[0].partner if self.pairs else ""

    @property
    def period(self) -> Period | None:
        """The period; None where none is asked for."""
        return self.periods[0] if self.periods else None

    @property
    def lines(self) -> tuple[tuple[str, Flow], ...]:
        """Each series with each flow that is asked for."""
        return tuple((pair.commodity, pair.flow) for pair in self.pairs)

    @property
    def plain(self) -> "Question":
        """The same without what marks how it was read."""
        return replace(self, open_ended=False, whether=False) if self.open_ended or self.whether else self


def offers(questions: Iterable[Question], most: int | None = None) -> tuple[Question, ...]:
    """The first `most` questions as they are offered, each once: without what marks how they were read."""
    found: dict[Question, None] = {}
    for question in questions:
        found[question.plain] = None
        if len(found) == most:
            break
    return tuple(found)


def _each(commodities: tuple[str, ...], flows: tuple[Flow, ...], partner: str) -> tuple[Pair, ...]:
    return tuple(Pair(name, flow, partner) for name, flow in product(commodities, flows))


ROOM = 1_100  # of a question: a button and a modal hold it with how it is told


def is_schedulable(question: Question) -> bool:
    """Whether its answer moves on with each release, and a button holds it; a month has its own post."""
    moves = bool(question.pairs and question.periods) and question.view not in ("overview", "highlights")
    return moves and len(question.to_json()) < ROOM


def moved(question: Question, month: Month) -> Question:
    """The same of the newest periods that end by that month, as known today."""
    months = max((period.end for period in question.periods), default=month).until(month)
    periods = tuple(_moved(period, months) for period in question.periods)
    against = question.against and _moved(question.against, months)
    return replace(question.plain, periods=periods, against=against, as_of=None)


def _moved(period: Period, months: int) -> Period:
    """A stretch that long ago; of quarters, halves and years the newest that is over."""
    end = period.end.plus(months)
    if period.kind == "ytd":
        return Period.ytd(end)
    if period.kind in ("quarter", "half", "year"):
        return Period.around(end.plus(1 - LENGTHS[period.kind]), period.kind)
    return period.plus(months)

"""The Question: what was asked, as a value. The same Question gives the same Answer."""

from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal, get_args

from bot.dataset.calendar import Period
from bot.dataset.model import MEASURES, Flow, Measure
from bot.errors import InternalError
from bot.words import Language

View = Literal[
    "figure", "overview", "compare", "trend", "ranking", "record", "average",
    "growth", "highlights", "sources", "revisions", "coverage", "export", "release", "help",
]  # fmt: skip
# t/day: the period's tonnes by its days. %: a partner's part of the world's figure.
Unit = Literal["t", "kt", "Mt", "wan_t", "lb", "st", "t/day", "USD", "USD/t", "%"]
VIEWS = frozenset(get_args(View))
Change = Literal["yoy", "mom", "ytd"]
Order = Literal["highest", "lowest", "rise", "fall"]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: series, period and view.

    `open_ended` marks a period that the asker left to the record ("latest", a month without a year): the
    answer then ends with what the record lacks. `scope` is set where an HS code in the question picked one.
    `change` is the growth that was asked for by name; a ranking sorts by `order` and shows `top` months.
    `earlier` is the period of the question before it in its thread, where that was the same for another time:
    "both together" are these two. `restated` are corrections and readings that the answer's first line has to
    own up to. `monthly`: the lines of a file are the months of the
    period. `pairs` is set where not every series is asked for in every flow: alumina exports and bauxite
    imports. `as_of` is the day on whose knowledge the answer rests, where that is not today; `first`: each
    figure as it was first published. `since`: what was revised after that day. `language` is the one in
    which it was asked, and is answered.
    """

    commodities: tuple[str, ...]
    flows: tuple[Flow, ...]
    period: Period | None
    view: View = "figure"
    partner: str = ""
    measure: Measure = "quantity"
    unit: Unit = "t"
    against: Period | None = None
    scope: str | None = None
    open_ended: bool = False
    change: Change | None = None
    order: Order = "highest"
    top: int = 5
    restated: tuple[str, ...] = ()
    earlier: Period | None = None
    monthly: bool = False
    pairs: tuple[tuple[str, Flow], ...] = ()
    as_of: date | None = None
    first: bool = False
    since: date | None = None
    language: Language = "en"

    def __post_init__(self) -> None:
        if self.view not in VIEWS or self.measure not in MEASURES:
            raise InternalError(f"not a question: view {self.view}, measure {self.measure}")
        if self.view in ("figure", "overview") and (not self.commodities or self.period is None):
            raise InternalError(f"a {self.view} needs a series and a period")

    @property
    def lines(self) -> tuple[tuple[str, Flow], ...]:
        """Each series with each flow that is asked for."""
        return self.pairs or tuple(product(self.commodities, self.flows))


@dataclass(frozen=True, slots=True)
class Issue:
    """A part of the text that did not resolve, with its own sentence and up to three near names.

    `topic` says what it is about, where that is known and lies outside the data: price, future, country.
    """

    words: str
    sentence: str
    near: tuple[str, ...] = ()
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """No question could be made: all that is wrong, and whether it lies outside the data, or asks back.

    outcome: outside (understood, but not in this data), ask_back (one thing is missing or ambiguous; `near`
    names complete the question), not_understood.
    """

    outcome: Literal["outside", "ask_back", "not_understood"]
    issues: tuple[Issue, ...]
    suggestions: tuple[str, ...] = ()
    language: Language = "en"

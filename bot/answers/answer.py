"""The Answer: figures, growth, highlights, notes and sources as values; not how they are said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Literal, NamedTuple

from bot.answers.missing import Missing
from bot.answers.plots import Plot
from bot.answers.results import Computed, Contrast, Place, Rank, Result, Revised, Share
from bot.dataset.calendar import Month, Period
from bot.dataset.companions import Commodity, Entry
from bot.dataset.coverage import Covered, Waiting
from bot.dataset.model import Event, Figure, Held, Series, Source
from bot.dataset.releases import Stage
from bot.questions.question import Question
from bot.questions.reading import Reading
from bot.words.spoken import Language

Outcome = Literal["answered", "no_figure", "outside", "ask_back", "not_understood", "courtesy", "silent"]
HighlightRule = Literal[
    "largest_rise", "largest_fall", "month_move", "turn",
    "highest_since", "lowest_since", "year_to_date", "net_turn", "share_turn",
]  # fmt: skip

# What is worked out from two figures.
Operation = Literal["year", "month", "unit_value", "net", "compare", "share", "sum", "difference", "ratio"]
# Why a question cannot be answered as it stands.
Rule = Literal[
    "one_period", "one_month", "several_months", "two_figures", "of_levels", "not_added", "too_much",
    "share_of_whom", "criterion_missing", "claim_missing",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Highlight:
    """One thing an analyst would lead with, and the evidence it rests on: every figure, its own first.

    `surprise` ranks it. `since` is the month that was as high or as low before, or last went the same way,
    where one is known; `run_start` is where the unbroken record begins; `before` is the figure that it is
    told against; `count` is how many months in a row; `usual_pct` is the series' usual change; `new_year`
    is Lunar New Year of this year and of the last, where it bears on it.
    """

    rule: HighlightRule
    evidence: tuple[Figure, ...] = field(repr=False)
    surprise: float = 0.0
    since: Month | None = None
    run_start: Month | None = None
    before: Figure | None = None
    count: int = 0
    usual_pct: float | None = None
    new_year: tuple[date, date] | None = None

    @property
    def figure(self) -> Figure:
        """The figure that it is about."""
        return self.evidence[0]


class ScopeClash(NamedTuple):
    """An operation that was refused because its two figures count different things; names both."""

    operation: Operation
    series: Series
    period: Period
    scope: str
    other_scope: str


class Stretch(NamedTuple):
    """The months of one series that an answer looked at, all of one scope.

    `holes` are those that are not on record in it; of them `elsewhere` are in `other_scope` alone.
    """

    series: Series
    scope: str
    period: Period
    holes: tuple[Month, ...] = ()
    other_scope: str | None = None
    elsewhere: tuple[Month, ...] = ()


class Publication(NamedTuple):
    """When customs publish a month's stage, and which of the asked series it is the first to hold.

    `expected`: a planned or reckoned day, not one that was seen; `past`: before today or today; `with_next`:
    the next month comes with it, as February does with January; `on_record` are those of the series whose
    month is here.
    """

    stage: Stage
    month: Month
    day: date
    expected: bool
    past: bool
    series: tuple[Series, ...]
    with_next: bool = False
    on_record: tuple[Series, ...] = ()


class Citation(NamedTuple):
    """A source and the date of publication of what was read there, where known."""

    source: Source
    published: date | None


class Answer(NamedTuple):
    """What is said to a question: the same value behind the terminal, the JSON document and Slack.

    `figures` answer the question; `around` are shown beside them. `refusal` says what is wrong with what was
    sent, `reason` is why what did is asked back.
    `suggestions` are what to ask instead of what is not on record, `examples` what there is where nothing
    near can be named, `onward` what to ask next. `ranks` are in the order of the figures; `further` are the
    answers to the other questions of the message. `cut` is the period asked for where a list of all of it is
    too long. `edition` is set for a monthly post; `not_out` is last month, where "last month" was answered
    with an earlier one.
    """

    outcome: Outcome
    question: Question | None
    figures: tuple[Figure, ...] = ()
    around: tuple[Figure, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    missing: tuple[Missing, ...] = ()
    clashes: tuple[ScopeClash, ...] = ()
    citations: tuple[Citation, ...] = ()
    refusal: str = ""
    reason: Rule | None = None
    suggestions: tuple[Question, ...] = ()
    examples: tuple[Question, ...] = ()
    onward: tuple[Question, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    averages: tuple[Figure, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    shares: tuple[Share, ...] = ()
    places: tuple[Place, ...] = ()
    ranks: tuple[Rank, ...] = ()
    publications: tuple[Publication, ...] = ()
    plot: Plot | None = None
    revisions: tuple[Revised, ...] = ()
    covered: tuple[Covered, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    held: tuple[Held, ...] = ()
    results: tuple[Result, ...] = ()
    events: tuple[Event, ...] = ()
    definitions: tuple[Entry, ...] = ()
    further: tuple["Answer", ...] = ()
    cut: Period | None = None
    edition: Month | None = None
    language: Language = "en"
    reading: Reading | None = None
    not_out: Missing | None = None
    catalogue: Mapping[str, Commodity] = MappingProxyType({})

    @property
    def all(self) -> tuple["Answer", ...]:
        """The answer itself and the further ones."""
        return (self, *self.further)

    @property
    def computed(self) -> tuple[Computed, ...]:
        """The numbers that were worked out from its figures."""
        alone = tuple(each for each in self.results if isinstance(each, Computed))
        return alone or tuple(chain(*(getattr(each, "computed", ()) for each in self.results)))

    @property
    def offers(self) -> tuple[Question, ...]:
        """The questions to try instead: those near what was asked, else what there is."""
        return self.suggestions or self.examples

    @property
    def understood(self) -> bool:
        """Whether it was a question we know how to take, though there may be no figure for it."""
        return self.outcome in ("answered", "no_figure", "outside")

    @property
    def source_numbers(self) -> dict[str, int]:
        """By the id of each cited source the number that it is cited by, from 1."""
        return {citation.source.id: place for place, citation in enumerate(self.citations, start=1)}

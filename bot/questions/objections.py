"""Why what a condition compares cannot be watched as it was said, as a table; with what may be meant."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from bot.dataset.dataset import Dataset
from bot.dataset.model import MEASURES, Series
from bot.questions import condition
from bot.questions.comparison import EXAMPLE_PCT, Comparison
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, SignChange, Test, Threshold
from bot.questions.draft import Draft
from bot.questions.reading import Reason

_REVISED = (Revision(),)
EXAMPLES = (PercentChange("yoy", "either", EXAMPLE_PCT), NewRecord("either"), *_REVISED)
_OF_NET_IMPORTS = (SignChange("balance", "either"), NewRecord("lowest"))
# Views that are worked out of several months, or put them in order.
_OF_SEVERAL = "total average rolling season table quarters halves years count streak ranking ratio".split()


class Subject(NamedTuple):
    """The series of a condition, the scope where a code picked one, and whether net imports are meant."""

    record: Dataset
    series: Series
    scope: str | None
    net_imports: bool

    def is_on_record(self, series: Series | None = None) -> bool:
        """Whether any month of it, or of another series, is."""
        return bool(self.record.months(series or self.series, self.scope))

    def offered(self, tests: Iterable[Test], *, once: bool = False) -> Iterator[Condition]:
        """Conditions of it; of other series of the same trade where it has no such test."""
        for test in tests:
            measure = test.amount.measure if isinstance(test, Threshold) else self.series.measure
            own = self.series._replace(measure=measure)
            others = product((measure, *MEASURES), self.record.flows(own.commodity))
            every = [own] if not _unfit(test, own) else [own._replace(measure=m, flow=f) for m, f in others]
            fit = [each for each in every if not _unfit(test, each) and self.is_on_record(each)]
            yield from (Condition(each, test, once, self.scope) for each in fit)


def _unfit(test: Test, series: Series) -> str:
    return condition.unfit(test, series) or condition.idle(test, series)


class Objection(NamedTuple):
    """A row of the table: where it holds a condition is asked back, for `reason`; `offers` may be meant.

    `about` is the kind of the words that it is about.
    """

    reason: str
    holds: Callable[[Comparison], object]
    offers: Callable[[Comparison], Iterable[Test]] = lambda c: c.tests
    about: str = ""


def _of_unfit(reason: str) -> Objection:
    return Objection(reason, lambda c: reason in {_unfit(test, c.series) for test in c.tests}, _likely)


def _likely(said: Comparison) -> Iterator[Test]:
    for test in said.tests:
        yield replace(test, pct=EXAMPLE_PCT) if isinstance(test, PercentChange) else test
        if isinstance(test, SignChange):
            yield replace(test, of="yoy")


# The first row that holds decides; where none does there is one test.
OBJECTIONS = (
    Objection("by_day", lambda c: c.has("by_day"), lambda c: ()),
    Objection("no_runs", lambda c: c.has("run"), lambda c: c.tests or c.changes),
    Objection("whole_record", lambda c: c.has("span")),
    Objection("any_revision", lambda c: c.has("revised") and c.is_change and not c.bases, lambda c: _REVISED),
    Objection("turn_mom", lambda c: c.has("turned") and "mom" in c.bases),
    Objection("change_in_pct", lambda c: c.has("bare") and c.is_against, lambda c: c.in_pct),
    Objection("no_unit", lambda c: c.has("bare"), about="bare"),
    Objection("one_amount", lambda c: len(c.amounts) > 1),
    *map(_of_unfit, ("not_printed", "no_sign")),
    *(_of_unfit(f"amount_of_{measure}") for measure in MEASURES),
    Objection("change_in_pct", lambda c: c.amounts and c.is_by_amount, lambda c: c.in_pct),
    Objection("which_side", lambda c: c.amounts and len(c.sides) > 1),
    _of_unfit("above_zero"),
    Objection("no_percentage", lambda c: c.is_change and c.net_imports, lambda c: _OF_NET_IMPORTS),
    Objection("no_pct", lambda c: c.is_change and not c.pcts and not c.has("than")),
    Objection("by_or_of", lambda c: c.by_or_of, lambda c: c.by_or_of, about="percent"),
    *map(_of_unfit, ("pct_below_whole", "pct_above_zero")),
    Objection("more_than", lambda c: c.is_change and not c.is_by_more),
    Objection("one_pct", lambda c: c.is_change and len(c.pcts) > 1),
    Objection("yoy_or_mom", lambda c: c.is_change and len(c.bases) != 1),
    Objection("which_way", lambda c: c.is_change and not c.way),
    Objection("no_amount", lambda c: c.has("side") and not (c.amounts or c.is_change), about="side"),
    Objection("one_test", lambda c: len(c.tests) > 1),
    Objection("what", lambda c: not c.tests, lambda c: EXAMPLES),
    Objection("single_months", lambda c: c.has("view", *_OF_SEVERAL)),
)


def decide(draft: Draft, of: Subject) -> tuple[Reason | None, list[Condition]]:
    """The condition; or why it is none, and what may be meant."""
    said = Comparison(draft, of.series, of.net_imports)
    if row := next((row for row in OBJECTIONS if row.holds(said)), None):
        about = tuple(m.text.strip(" %") for m in draft.live(row.about)[:1])
        return Reason(row.reason, about), [*of.offered(row.offers(said))]
    if len(said.values("often")) > 1:
        return Reason("once_or_every"), [*of.offered(said.tests), *of.offered(said.tests, once=True)]
    return None, [*of.offered(said.tests, once=said.has("often", "once"))]

"""What the words of a condition compare, as one test of its series; or why they are none, as a table."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple, Protocol, get_args

from bot.dataset.calendar import Month
from bot.dataset.model import Flow, Measure, Series
from bot.questions.amounts import UNITS, Amount, in_unit
from bot.questions.condition import (
    WHOLE,
    Basis,
    Condition,
    NewRecord,
    PercentChange,
    Revision,
    Side,
    SignChange,
    Test,
    Threshold,
    Way,
    applies,
)  # fmt: skip
from bot.questions.condition_roles import NAMES_LEVEL
from bot.questions.draft import Draft
from bot.questions.record import Record

EXAMPLE_PCT = Decimal(20)
EXAMPLES = (PercentChange("yoy", "either", EXAMPLE_PCT), NewRecord("either"), Revision())
_OPPOSITE: dict[Any, Any] = {
    "above": "below", "below": "above", "at least": "at most", "at most": "at least",
    "highest": "lowest", "lowest": "highest", "either": "either",
}  # fmt: skip
# Views that are worked out of several months, or put them in order.
_OF_SEVERAL = "total average rolling season table quarters halves years count streak ranking ratio".split()


class Watched(Record, Protocol):
    """The record, with what is on it by the month."""

    def flows(self, commodity: str) -> tuple[Flow, ...]:
        """The flows that can be asked of a commodity, net trade where it has both."""

    def months(self, series: Series, scope: str | None = None) -> frozenset[Month]:
        """The months that have a value on record."""


class Subject(NamedTuple):
    """The series of a condition, the scope where a code picked one; `net_imports`: a balance that was spoken
    of from the side of imports, where more is further below zero.
    """

    record: Watched
    series: Series
    scope: str | None = None
    net_imports: bool = False

    @property
    def is_on_record(self) -> bool:
        """Whether any month of it is."""
        return bool(self.record.months(self.series, self.scope))

    def offered(self, tests: Iterable[Test], *, once: bool = False) -> Iterator[Condition]:
        """Conditions of it, or of what such a test can be made of; none that can never be set."""
        for test in tests:
            for series in self._fit_for(test):
                if applies(test, series) and self._replace(series=series).is_on_record:
                    yield Condition(series, test, once, self.scope)

    def _fit_for(self, test: Test) -> Iterator[Series]:
        own = (
            replace(self.series, measure=test.amount.measure) if isinstance(test, Threshold) else self.series
        )
        if applies(test, own):
            yield own
        elif isinstance(test, Revision):  # of what a balance or a unit value is made of
            flows: tuple[Flow, ...] = ("export", "import") if own.flow == "net" else (own.flow,)
            worked_out = own.measure == "unit_value"
            measures: tuple[Measure, ...] = ("value", "quantity") if worked_out else (own.measure,)
            yield from (replace(own, flow=flow, measure=each) for flow, each in product(flows, measures))
        else:
            yield replace(own, flow="net")


class Comparison:
    """The words of a condition beside its series, and the tests that they may mean."""

    def __init__(self, draft: Draft, of: Subject) -> None:
        self.of, self.has, self.values, self.live = of, draft.has, draft.values, draft.live
        said = {*self.values("side"), *self.values("beyond")}
        self.sides = tuple(side for side in get_args(Side) if side in said) or ("above", "below")
        said = {*self.values("basis"), *self.values("than")}
        self.bases = tuple(basis for basis in get_args(Basis) if basis in said)
        self.numbers = list(dict.fromkeys(map(abs, self.values("percent"))))
        self.often = self.values("often")

    def any(self, *kinds: str) -> bool:
        """Whether there is a word of any of these kinds."""
        return any(map(self.has, kinds))

    @cached_property
    def amounts(self) -> list[Amount]:
        """Each amount, or each that a number without a unit may be; of a unit value dollars are a tonne's."""
        measure = self.of.series.measure
        if self.has("bare") and not self.has("amount"):
            number, times = self.values("bare")[0]
            units = UNITS[measure][1:4] or UNITS[measure]
            return (
                [in_unit(number, times, UNITS[measure][0])]
                if times > 1
                else [Amount(number, each) for each in units]
            )
        dear = measure == "unit_value"
        found = (
            replace(each, unit="US$/t") if dear and each.unit == "US$" else each
            for each in self.values("amount")
        )
        return list(dict.fromkeys(found))

    @cached_property
    def way(self) -> Way | None:
        """As it was said; up where it is above a percentage, down where below one under zero."""
        said = self.values("way")
        if said:
            return said[0] if len(said) == 1 else "either"
        if self.has("beyond"):
            return "down" if self.has("beyond", "below", "at most") else "up"
        if self.has("side") and self.values("percent"):
            return "down" if min(self.values("percent")) < 0 else "up"
        return None

    @property
    def is_change(self) -> bool:
        """Whether a change is asked for, and not only a level."""
        return self.has("percent") or (self.moves and not self.any("turned", "amount", "bare"))

    @property
    def moves(self) -> bool:
        """Whether it is compared with another month, or goes some way that is not up to a level."""
        ways = self.has("way") and not any(side.text in NAMES_LEVEL for side in self.live("side"))
        return ways or self.any("basis", "growth", "than")

    @property
    def is_bounded(self) -> bool:
        """Whether a change is by more than a percentage; by less than one that is below zero."""
        said = {side.value for side in self.live("side") if side.text != "以上"}
        return said == {"below"} if min(self.values("percent"), default=0) < 0 else said <= {"above"}

    @property
    def is_strict(self) -> bool:
        """Whether it is strictly above last year, and the figure itself: growth may be above last year's."""
        beyond = set(self.values("beyond"))
        return beyond <= {"above", "below"} and not (beyond and self.any("basis", "growth", "way"))

    @property
    def changes(self) -> list[PercentChange]:
        """Each change that may be meant; nothing falls by the whole."""
        ways = (self.way,) if self.way else get_args(Way)
        pcts = self.numbers or [Decimal(0) if self.has("than") else EXAMPLE_PCT]
        each = product(self.bases or get_args(Basis), ways, pcts)
        return [PercentChange(*one) for one in each if self.way or one[1] != "down" or one[2] < WHOLE]

    @property
    def of_what_it_was(self) -> list[PercentChange]:
        """The change where a year before is followed by a percentage of it: 去年同期的80% is down by 20 %."""
        gaps = [pct.start - than.end for pct in self.live("percent") for than in self.live("than")]
        far = [each for each in self.changes if (each.pct >= WHOLE) == (each.way == "up")]
        return [replace(each, pct=abs(WHOLE - each.pct)) for each in far if 0 in gaps or 1 in gaps]

    @property
    def levels(self) -> list[Test]:
        """Each amount on its own side, where each was said with one; else on each side."""
        own = [side.value for side in self.live("side")]
        if len(own) == len(self.amounts) > 1:
            return [self.level(*each) for each in zip(own, self.amounts, strict=True)]
        return [self.level(*each) for each in product(self.sides, self.amounts)]

    def level(self, side: Side, amount: Amount) -> Test:
        """The level; net imports above an amount are a balance below it, on the other side of zero."""
        if self.of.net_imports:
            return Threshold(_OPPOSITE[side], replace(amount, number=-amount.number))
        return Threshold(side, amount)

    @property
    def in_pct(self) -> Iterator[Test]:
        """What can be watched in place of a change by an amount: one in percent, and the level after it."""
        if not self.of.net_imports and self.any("way", "than"):
            yield from self.changes
        if self.has("bare"):
            pcts = [abs(self.values("bare")[0].number)]
            yield from (replace(each, pct=pct) for each in self.changes for pct in pcts if 0 < pct < WHOLE)
        else:
            side = "below" if self.way == "down" else self.sides[0]
            yield from (self.level(side, amount) for amount in self.amounts)

    @property
    def tests(self) -> list[Test]:
        """All that it may mean, each once."""
        found: list[Test] = []
        if extremes := self.values("record") or self.values("span"):
            extreme = extremes[0] if len(extremes) == 1 else "either"
            found.append(NewRecord(_OPPOSITE[extreme] if self.of.net_imports else extreme))
        if signs := self.values("turned"):
            of = "yoy" if self.any("basis", "growth") else "balance"
            found.append(SignChange(of, signs[0] if len(signs) == 1 else "either"))
        if self.has("revised"):
            found.append(Revision())
        return list(dict.fromkeys([*found, *self.levels, *(self.changes if self.is_change else ())]))

    @property
    def unfit(self) -> str:
        """Why the first test that is none of this series is none; '' where all are."""
        for test in self.tests:
            match test:
                case _ if applies(test, self.of.series):
                    continue
                case Threshold(_, amount):
                    return (
                        f"amount_of_{amount.measure}"
                        if amount.measure != self.of.series.measure
                        else "above_zero"
                    )
                case PercentChange(_, way):
                    return "pct_below_whole" if way == "down" else "pct_above_zero"
                case SignChange():
                    return "no_sign"
                case Revision():
                    return "not_printed"
        return ""


class Doubt(NamedTuple):
    """A row of the table: where it holds the condition is asked back, for `reason`, with what may be meant."""

    reason: str
    holds: Callable[[Comparison], object]
    offers: Callable[[Comparison], Iterable[Test]] = lambda c: c.tests


def _unfit(reason: str) -> Doubt:
    return Doubt(reason, lambda c: c.unfit == reason, lambda c: map(_likely, c.tests))


# The first row that holds decides; where none does there is one test.
DOUBTS = (
    Doubt("by_day", lambda c: c.has("by_day"), lambda c: ()),
    Doubt("no_runs", lambda c: c.has("run"), lambda c: c.tests or c.changes),
    Doubt("whole_record", lambda c: c.has("span")),
    Doubt("any_revision", lambda c: c.has("revised") and c.is_change and not c.bases, lambda c: [Revision()]),
    Doubt("turn_mom", lambda c: c.has("turned") and "mom" in c.bases),
    Doubt("change_in_pct", lambda c: c.has("bare") and c.any("basis", "growth", "than"), lambda c: c.in_pct),
    Doubt("no_unit", lambda c: c.has("bare")),
    Doubt("one_amount", lambda c: len(c.amounts) > 1),
    *map(_unfit, ("not_printed", "no_sign", "amount_of_quantity", "amount_of_value", "amount_of_unit_value")),
    Doubt("change_in_pct", lambda c: c.amounts and c.moves and not c.any("percent", "turned"), lambda c: c.in_pct),
    Doubt("which_side", lambda c: c.amounts and len(c.sides) > 1),
    Doubt("above_zero", lambda c: c.unfit == "above_zero"),
    Doubt(
        "no_percentage", lambda c: c.is_change and c.of.net_imports,
        lambda c: [SignChange("balance", "either"), NewRecord("lowest")],
    ),
    Doubt("no_pct", lambda c: c.is_change and not c.numbers and not c.has("than")),
    Doubt("by_or_of", lambda c: c.is_change and c.of_what_it_was, lambda c: [*c.changes, *c.of_what_it_was]),
    *map(_unfit, ("pct_below_whole", "pct_above_zero")),
    Doubt("more_than", lambda c: c.is_change and not (c.is_bounded and c.is_strict)),
    Doubt("one_pct", lambda c: c.is_change and len(c.numbers) > 1),
    Doubt("yoy_or_mom", lambda c: c.is_change and len(c.bases) != 1),
    Doubt("which_way", lambda c: c.is_change and not c.way),
    Doubt("no_amount", lambda c: c.has("side") and not c.amounts and not c.is_change),
    Doubt("one_test", lambda c: len(c.tests) > 1),
    Doubt("what", lambda c: not c.tests, lambda c: EXAMPLES),
    Doubt("single_months", lambda c: c.has("view", *_OF_SEVERAL)),
)  # fmt: skip


def decide(draft: Draft, of: Subject) -> tuple[str, list[Condition]]:
    """The condition; or for which reason it is none, and what may be meant."""
    said = Comparison(draft, of)
    once = said.has("often", "once")
    if doubt := next((doubt for doubt in DOUBTS if doubt.holds(said)), None):
        return doubt.reason, list(of.offered(doubt.offers(said)))
    if len(said.often) > 1:
        return "once_or_every", [*of.offered(said.tests), *of.offered(said.tests, once=True)]
    return "", list(of.offered(said.tests, once=once))


def _likely(test: Test) -> Test:
    return replace(test, pct=EXAMPLE_PCT) if isinstance(test, PercentChange) else test

"""What the words of a condition compare, as one test of its series; or why they are none, as a table."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple, Protocol, get_args

from bot.dataset.calendar import Month
from bot.dataset.model import MEASURES, Flow, Series
from bot.questions.amounts import UNITS, Amount, in_unit
from bot.questions.clauses import content
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
    idle,
    unfit,
)  # fmt: skip
from bot.questions.condition_roles import NAMES_LEVEL
from bot.questions.draft import Draft
from bot.questions.record import Record

EXAMPLE_PCT = Decimal(20)
EXAMPLES = (PercentChange("yoy", "either", EXAMPLE_PCT), NewRecord("either"), Revision())
OPPOSITE: dict[Any, Any] = {
    "above": "below", "below": "above", "at least": "at most", "at most": "at least",
    "highest": "lowest", "lowest": "highest", "either": "either",
}  # fmt: skip
# Views that are worked out of several months, or put them in order.
OF_SEVERAL = "total average rolling season table quarters halves years count streak ranking ratio".split()


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

    def is_on_record(self, series: Series | None = None) -> bool:
        """Whether any month of it, or of another series, is."""
        return bool(self.record.months(series or self.series, self.scope))

    def offered(self, tests: Iterable[Test], *, once: bool = False) -> Iterator[Condition]:
        """Conditions of it; of the same trade's other series where it has no such test."""
        for test in tests:
            measure = test.amount.measure if isinstance(test, Threshold) else self.series.measure
            own = replace(self.series, measure=measure)
            others = product((measure, *MEASURES), self.record.flows(own.commodity))
            every = [own] if not _unfit(test, own) else [replace(own, measure=m, flow=f) for m, f in others]
            fit = [each for each in every if not _unfit(test, each) and self.is_on_record(each)]
            yield from (Condition(each, test, once, self.scope) for each in fit)


def _unfit(test: Test, series: Series) -> str:
    """Why such a test of a series is not watched; '' where it is."""
    return unfit(test, series) or idle(test, series)


class Comparison:
    """The words of a condition beside its series, and the tests that they may mean."""

    def __init__(self, draft: Draft, of: Subject) -> None:
        self.draft, self.of = draft, of
        self.has, self.values, self.live = draft.has, draft.values, draft.live
        self.pcts: list[Decimal] = list(dict.fromkeys(map(abs, self.values("percent"))))
        if self.has("bare") and self.is_against:
            self.pcts = [abs(self.values("bare")[0].number)]
        self.bases = self._said(Basis, "basis", "than")
        self.sides: tuple[Side, ...] = self._said(Side, "side", "beyond") or ("above", "below")
        self.way, self.amounts = self._way(), self._amounts()

    def _said(self, every: Any, *kinds: str) -> tuple[Any, ...]:
        said = {value for kind in kinds for value in self.values(kind)}
        return tuple(each for each in get_args(every) if each in said)

    def _one(self, kind: str) -> Any:
        """What is said with words of a kind; either where it is several things."""
        said = self.values(kind)
        return said[0] if len(said) == 1 else "either"

    def _way(self) -> Way | None:
        """As it was said; up where it is above a percentage, down where below one under zero."""
        if self.has("way"):
            return self._one("way")  # type: ignore[no-any-return]
        if self.has("beyond"):
            return "down" if self.has("beyond", "below", "at most") else "up"
        if self.has("side") and self.pcts and not self._verb_unread():
            return "down" if self.is_below_zero else "up"
        return None

    def _verb_unread(self) -> bool:
        """Whether a word that may say which way stands unread before the percentage: "tank more than 10 %"."""
        start, end = (min((m.start for m in self.live(kind)), default=0) for kind in ("series", "percent"))
        return bool(content([token for token in self.draft.left if start < token.start < end]))

    @property
    def is_below_zero(self) -> bool:
        """Whether a change is below a percentage of zero or less."""
        pcts = self.values("percent") or [1]
        return min(pcts) < 0 or (min(pcts) == 0 and self.has("side", "below"))

    def _amounts(self) -> list[Amount]:
        """Each amount, or each that a number without a unit may be; of a unit value dollars are a tonne's."""
        units = UNITS[self.of.series.measure]
        said = [replace(each, unit="US$/t") if len(units) == 1 and each.unit == "US$" else each for each in self.values("amount")]
        for number, times in () if said else self.values("bare")[:1]:
            said = [in_unit(number, times, units[0])] if times > 1 else [Amount(number, unit) for unit in units[1:4] or units]
        return list(dict.fromkeys(said))

    @property
    def is_against(self) -> bool:
        """Whether it is compared with another month."""
        return any(map(self.has, ("basis", "growth", "than")))

    @property
    def moves(self) -> bool:
        """Whether it is compared with another month, or goes some way that is not up to a level."""
        level = any(side.text in NAMES_LEVEL for side in self.live("side"))
        return self.is_against or (self.has("way") and not level)

    @property
    def is_change(self) -> bool:
        """Whether a change is asked for, and not only a level."""
        return self.has("percent") or (self.moves and not self.has("turned") and not self.amounts)

    @property
    def is_by_more(self) -> bool:
        """Whether a change is by more than a percentage, or the figure itself is above last year's."""
        bounds = {side.value for side in self.live("side") if side.text != "以上"}
        growth = self.has("beyond") and any(map(self.has, ("basis", "growth", "way")))
        strict = set(self.values("beyond")) <= {"above", "below"} and not growth
        return strict and (bounds == {"below"} if self.is_below_zero else bounds <= {"above"})

    @property
    def changes(self) -> list[PercentChange]:
        """Each change that may be meant; nothing falls by the whole."""
        ways = (self.way,) if self.way else get_args(Way)
        pcts = self.pcts or [Decimal(0) if self.has("than") else EXAMPLE_PCT]
        each = product(self.bases or get_args(Basis), ways, pcts)
        return [PercentChange(*one) for one in each if self.way or one[1] != "down" or one[2] < WHOLE]

    @property
    def by_or_of(self) -> list[PercentChange]:
        """By so many percent, or to so many percent of what it was: 去年同期的80%, 低于去年同期80%."""
        gaps = [pct.start - than.end for pct in self.live("percent") for than in self.live("than")]
        far = [each for each in self.changes if (each.pct >= WHOLE) == (each.way == "up")]
        of_it = [replace(each, pct=abs(WHOLE - each.pct)) for each in far]
        return [*self.changes, *of_it] if 1 in gaps or (0 in gaps and of_it) else []

    @property
    def levels(self) -> list[Test]:
        """Each amount on its own side, where each was said with one; else on each side."""
        own = [side.value for side in self.live("side")]
        paired = len(own) == len(self.amounts) > 1
        return [self._level(*each) for each in (zip(own, self.amounts) if paired else product(self.sides, self.amounts))]

    def _level(self, side: Side, amount: Amount) -> Test:
        """The level; net imports above an amount are a balance below it, on the other side of zero."""
        if self.of.net_imports:
            return Threshold(OPPOSITE[side], replace(amount, number=-amount.number))
        return Threshold(side, amount)

    @property
    def in_pct(self) -> list[Test]:
        """What can be watched in place of a change by an amount: one in percent, and the level after it."""
        side: Side = "below" if self.way == "down" else self.sides[0]
        changes = self.changes if self.way and not self.of.net_imports else []
        return [*changes, *(self._level(side, amount) for amount in self.amounts)]

    @property
    def tests(self) -> list[Test]:
        """All that it may mean, each once; the most net imports are the lowest balance."""
        found: list[Test] = []
        for kind in filter(self.has, ("record", "span")):
            extreme = self._one(kind)
            found.append(NewRecord(OPPOSITE[extreme] if self.of.net_imports else extreme))
        if self.has("turned"):
            against = self.has("basis") or self.has("growth")
            found.append(SignChange("yoy" if against else "balance", self._one("turned")))
        if self.has("revised"):
            found.append(Revision())
        return list(dict.fromkeys([*found, *self.levels, *(self.changes if self.is_change else ())]))

    @property
    def unfit(self) -> set[str]:
        """Why tests that it may mean are none of this series."""
        return {_unfit(test, self.of.series) for test in self.tests} - {""}

    @property
    def likely(self) -> Iterator[Test]:
        """What may be meant in place of tests that are none of this series."""
        for test in self.tests:
            yield replace(test, pct=EXAMPLE_PCT) if isinstance(test, PercentChange) else test
            if isinstance(test, SignChange):
                yield replace(test, of="yoy")


class Doubt(NamedTuple):
    """A row of the table: where it holds a condition is asked back, for `reason`; `offers` may be meant."""

    reason: str
    holds: Callable[[Comparison], object]
    offers: Callable[[Comparison], Iterable[Test]] = lambda c: c.tests


def _of_unfit(reason: str) -> Doubt:
    return Doubt(reason, lambda c: reason in c.unfit, lambda c: c.likely)


# The first row that holds decides; where none does there is one test.
DOUBTS = (
    Doubt("by_day", lambda c: c.has("by_day"), lambda c: ()),
    Doubt("no_runs", lambda c: c.has("run"), lambda c: c.tests or c.changes),
    Doubt("whole_record", lambda c: c.has("span")),
    Doubt("any_revision", lambda c: c.has("revised") and c.is_change and not c.bases, lambda c: [Revision()]),
    Doubt("turn_mom", lambda c: c.has("turned") and "mom" in c.bases),
    Doubt("change_in_pct", lambda c: c.has("bare") and c.is_against, lambda c: c.in_pct),
    Doubt("no_unit", lambda c: c.has("bare")),
    Doubt("one_amount", lambda c: len(c.amounts) > 1),
    *map(_of_unfit, ("not_printed", "no_sign", "amount_of_quantity", "amount_of_value", "amount_of_unit_value")),
    Doubt("change_in_pct", lambda c: c.amounts and c.moves and not (c.has("percent") or c.has("turned")), lambda c: c.in_pct),
    Doubt("which_side", lambda c: c.amounts and len(c.sides) > 1),
    _of_unfit("above_zero"),
    Doubt("no_percentage", lambda c: c.is_change and c.of.net_imports, lambda c: [SignChange("balance", "either"), NewRecord("lowest")]),
    Doubt("no_pct", lambda c: c.is_change and not c.pcts and not c.has("than")),
    Doubt("by_or_of", lambda c: c.by_or_of, lambda c: c.by_or_of),
    *map(_of_unfit, ("pct_below_whole", "pct_above_zero")),
    Doubt("more_than", lambda c: c.is_change and not c.is_by_more),
    Doubt("one_pct", lambda c: c.is_change and len(c.pcts) > 1),
    Doubt("yoy_or_mom", lambda c: c.is_change and len(c.bases) != 1),
    Doubt("which_way", lambda c: c.is_change and not c.way),
    Doubt("no_amount", lambda c: c.has("side") and not c.amounts and not c.is_change),
    Doubt("one_test", lambda c: len(c.tests) > 1),
    Doubt("what", lambda c: not c.tests, lambda c: EXAMPLES),
    Doubt("single_months", lambda c: c.has("view", *OF_SEVERAL)),
)  # fmt: skip


def decide(draft: Draft, of: Subject) -> tuple[str, list[Condition]]:
    """The condition; or for which reason it is none, and what may be meant."""
    said = Comparison(draft, of)
    if doubt := next((doubt for doubt in DOUBTS if doubt.holds(said)), None):
        return doubt.reason, list(of.offered(doubt.offers(said)))
    if len(said.values("often")) > 1:
        return "once_or_every", [*of.offered(said.tests), *of.offered(said.tests, once=True)]
    return "", list(of.offered(said.tests, once=said.has("often", "once")))

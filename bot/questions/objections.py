"""What the words of a condition compare, and a table of why that cannot be watched as it was said."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple, get_args

from bot.dataset.dataset import Dataset
from bot.dataset.model import MEASURES, Series
from bot.questions import condition
from bot.questions.amounts import UNITS, Amount, in_unit
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, SignChange, Test, Threshold
from bot.questions.condition_roles import NAMES_LEVEL
from bot.questions.draft import Draft
from bot.questions.reading import Reason

EXAMPLE_PCT = Decimal(20)
_ZERO = Decimal(0)
_OPPOSITE: dict[Any, Any] = {
    "above": "below", "below": "above", "at least": "at most", "at most": "at least",
    "highest": "lowest", "lowest": "highest", "either": "either",
}  # fmt: skip
_REVISED = (Revision(),)
EXAMPLES = (PercentChange("yoy", "either", EXAMPLE_PCT), NewRecord("either"), *_REVISED)
_OF_NET_IMPORTS = (SignChange("balance", "either"), NewRecord("lowest"))
# Views that are worked out of several months, or put them in order.
_OF_SEVERAL = "total average rolling season table quarters halves years count streak ranking ratio".split()


class Comparison:
    """The words of a condition beside its series.

    `net_imports`: a balance is spoken of from the side of imports, where more is further below zero.
    """

    def __init__(self, draft: Draft, series: Series, net_imports: bool) -> None:
        self.series, self.net_imports = series, net_imports
        self.has, self.values, self.live = draft.has, draft.values, draft.live
        self.is_against = any(map(draft.has, ("basis", "growth", "than")))
        self.pcts: list[Decimal] = [*dict.fromkeys(map(abs, self.values("percent")))]
        if self.is_against and (bare := self.values("bare")):
            self.pcts = [abs(bare[0].number)]
        self.bases: Sequence[condition.Basis] = self._said(condition.Basis, "basis", "than")
        sides: Sequence[condition.Side] = self._said(condition.Side, "side", "beyond")
        self.sides = sides or ("above", "below")
        self.way, self.amounts = self._way(), self._amounts()

    def _said(self, every: Any, *kinds: str) -> Sequence[Any]:
        said = {value for kind in kinds for value in self.values(kind)}
        return [each for each in get_args(every) if each in said]

    def one(self, kind: str) -> Any:
        """What the words of a kind say; either where they say several things."""
        said = self.values(kind)
        return said[0] if len(said) == 1 else "either"

    def _way(self) -> condition.Way | None:
        """As it was said; up where it is above a percentage, down where below one under zero."""
        if self.has("way"):
            return self.one("way")  # type: ignore[no-any-return]
        if self.has("beyond"):
            return "down" if self.has("beyond", "below", "at most") else "up"
        if self.has("side") and self.pcts:
            return "down" if self.is_below_zero else "up"
        return None

    def _amounts(self) -> list[Amount]:
        """Each amount, or each that a number without a unit may be; of a unit value dollars are a tonne's."""
        plain, *larger = UNITS[self.series.measure]
        said: list[Amount] = self.values("amount")
        if not said and self.has("bare"):
            number, times = self.values("bare")[0]
            units = larger[:3] or [plain]
            said = [in_unit(number, times, plain)] if times > 1 else [Amount(number, unit) for unit in units]
        if self.series.measure == "unit_value":
            said = [replace(each, unit="US$/t") if each.unit == "US$" else each for each in said]
        return [*dict.fromkeys(said)]

    @property
    def is_change(self) -> bool:
        """Whether a change is asked for, and not only a level."""
        return self.has("percent") or (self._moves() and not self.has("turned") and not self.amounts)

    @property
    def is_by_amount(self) -> bool:
        """Whether an amount is how far it moves, and not where to."""
        return self._moves() and not (self.has("percent") or self.has("turned"))

    def _moves(self) -> bool:
        """Whether it is compared with another month, or goes some way that is not up to a level."""
        to_level = any(side.text in NAMES_LEVEL for side in self.live("side"))
        return self.is_against or (self.has("way") and not to_level)

    @property
    def is_below_zero(self) -> bool:
        """Whether it is below a percentage that is not above zero: a fall."""
        lowest = min(self.values("percent"), default=condition.WHOLE)
        return lowest < 0 or (lowest == 0 and self.has("side", "below"))

    @property
    def is_by_more(self) -> bool:
        """Whether a change is by more than a percentage, or the figure itself is above last year's."""
        bounds = {side.value for side in self.live("side") if side.text != "以上"}
        if not (bounds == {"below"} if self.is_below_zero else bounds <= {"above"}):
            return False
        beyond = set(self.values("beyond"))
        growth = beyond and any(map(self.has, ("basis", "growth", "way")))
        return beyond <= {"above", "below"} and not growth

    @property
    def changes(self) -> Sequence[PercentChange]:
        """Each change that may be meant; nothing falls by the whole."""
        ways = [self.way] if self.way else get_args(condition.Way)
        pcts = self.pcts or [_ZERO if self.has("than") else EXAMPLE_PCT]
        each = product(self.bases or get_args(condition.Basis), ways, pcts)
        return [
            PercentChange(*one) for one in each if self.way or one[1] != "down" or one[2] < condition.WHOLE
        ]

    @property
    def by_or_of(self) -> Sequence[Test]:
        """By so many percent, or to so many percent of what it was: 去年同期的80%, 低于去年同期80%."""
        gaps = [pct.start - than.end for pct in self.live("percent") for than in self.live("than")]
        far = [each for each in self.changes if (each.pct >= condition.WHOLE) == (each.way == "up")]
        of_it = [replace(each, pct=abs(condition.WHOLE - each.pct)) for each in far]
        return [*self.changes, *of_it] if 1 in gaps or (0 in gaps and of_it) else []

    @property
    def levels(self) -> Sequence[Test]:
        """Each amount on its own side, where each was said with one; else on each side."""
        own = [side.value for side in self.live("side")]
        if len(own) == len(self.amounts) > 1:
            return [self._level(*each) for each in zip(own, self.amounts, strict=True)]
        return [self._level(*each) for each in product(self.sides, self.amounts)]

    def _level(self, side: condition.Side, amount: Amount) -> Test:
        """The level; net imports above an amount are a balance below it, on the other side of zero."""
        if self.net_imports:
            return Threshold(_OPPOSITE[side], replace(amount, number=-amount.number))
        return Threshold(side, amount)

    @property
    def in_pct(self) -> Sequence[Test]:
        """What can be watched in place of a change by an amount: one in percent, and the level after it."""
        side: condition.Side = "below" if self.way == "down" else self.sides[0]
        changes = self.changes if self.way and not self.net_imports else []
        return [*changes, *(self._level(side, amount) for amount in self.amounts)]

    @property
    def tests(self) -> Sequence[Test]:
        """All that it may mean, each once; the most net imports are the lowest balance."""
        extremes = [self.one(kind) for kind in ("record", "span") if self.has(kind)]
        found: list[Test] = [NewRecord(_OPPOSITE[each] if self.net_imports else each) for each in extremes]
        if self.has("turned"):
            of_change = self.has("basis") or self.has("growth")
            found.append(SignChange("yoy" if of_change else "balance", self.one("turned")))
        if self.has("revised"):
            found.append(Revision())
        return [*dict.fromkeys([*found, *self.levels, *(self.changes if self.is_change else ())])]


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

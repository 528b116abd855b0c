"""The Condition: what a reader wants to be told of, as a value with one JSON form."""

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from bot.dataset.calendar import Month, Period
from bot.dataset.model import UNITS, Series
from bot.errors import InternalError, StoredValueError
from bot.questions import serialise
from bot.questions.amounts import Amount
from bot.questions.question import Change, Question

Side = Literal["above", "below", "at least", "at most"]
Way = Literal["up", "down", "either"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """The month's figure is on that side of an amount; of a balance net imports are below zero."""

    kind: ClassVar = "threshold"
    side: Side
    amount: Amount


@dataclass(frozen=True, slots=True)
class PercentChange:
    """The month's figure has changed by more than `pct` percent on a year earlier, or on the month before."""

    kind: ClassVar = "percent_change"
    on: Change
    way: Way
    pct: Decimal


@dataclass(frozen=True, slots=True)
class NewRecord:
    """The month is the highest, or the lowest, on record, at the end of an unbroken run of a year or more."""

    kind: ClassVar = "new_record"
    extreme: Literal["highest", "lowest", "either"]


@dataclass(frozen=True, slots=True)
class SignChange:
    """The balance, or the change on a year earlier, has another sign than the month before: now that one."""

    kind: ClassVar = "sign_change"
    of: Literal["balance", "yoy"]
    to: Literal["positive", "negative", "either"]


@dataclass(frozen=True, slots=True)
class Revision:
    """A month's figure was printed anew, beyond rounding."""

    kind: ClassVar = "revision"


Test = Threshold | PercentChange | NewRecord | SignChange | Revision


@dataclass(frozen=True, slots=True)
class Condition:
    """A series, by the month, and its test; told `once`, or every time that it holds.

    `scope` is set where an HS code picked it; else the scope is the one that serves each month.
    """

    series: Series
    test: Test
    once: bool = False
    scope: str | None = None

    def __post_init__(self) -> None:
        if unfit(self.test, self.series) or "" in (self.series.commodity, self.scope):
            raise InternalError(f"not a condition: {self.test} of {self.series}")

    def question(self, month: Month | None = None) -> Question:
        """What is asked for the figure by which it is told in a month; without one, for all of them."""
        series, period = self.series, Period.month(month) if month else None
        return Question.of(
            (series.commodity,), (series.flow,), period, "figure" if period else "trend", scope=self.scope,
            partner=series.partner, measure=series.measure, unit=UNITS[series.measure],
        )  # fmt: skip

    def to_json(self) -> str:
        """Serialises it: equal conditions have the same text."""
        value = asdict(self) | {"v": serialise.VERSION, "series": self.series._asdict()}
        value["test"]["kind"] = self.test.kind
        return json.dumps(value, default=_digits, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Condition":
        """Deserialises exactly what `to_json` gives; StoredValueError for anything else."""
        condition = serialise.read(cls, text)
        if condition.to_json() != text:
            raise StoredValueError(f"A stored value cannot be read: {text[:80]!r}.")
        return condition


def unfit(test: Test, series: Series) -> str:
    """Why no such test can be made of a series; '' where it can."""
    match test:
        case Threshold(_, amount) if amount.measure != series.measure:
            return "unit"
        case PercentChange(_, _, pct) if pct < 0:
            return "never"
        case SignChange("balance") if series.flow != "net":
            return "no_sign"
        case Revision() if series.flow == "net" or series.measure == "unit_value":
            return "not_printed"
    return ""


def is_idle(test: Test, series: Series) -> bool:
    """Whether nobody asks to be told of a test, which holds always or never."""
    match test:
        case Threshold(_, amount):
            return amount.number <= 0 and series.flow != "net"
        case PercentChange(_, way, pct):
            return (way == "down" and pct >= 100) or (way == "either" and pct == 0)
    return False


def _digits(number: Decimal) -> str:
    """Serialises a number: equal numbers have the same digits, 1500 and 0.2, without an exponent."""
    written = f"{number:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) if number else "0"

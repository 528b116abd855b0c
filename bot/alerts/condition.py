"""The Condition: what a reader wants to be told of, as a value with one JSON form."""

import json
import re
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Literal, get_args

from bot.alerts.amounts import Amount, digits
from bot.dataset.model import Series
from bot.errors import InternalError, StoredValueError

VERSION = 1
Basis = Literal["yoy", "mom"]
Side = Literal["above", "below", "at least", "at most"]
Way = Literal["up", "down", "either"]
Extreme = Literal["highest", "lowest", "either"]
Balance = Literal["balance", "yoy"]
Sign = Literal["positive", "negative", "either"]
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


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
    on: Basis
    way: Way
    pct: Decimal


@dataclass(frozen=True, slots=True)
class NewRecord:
    """The month is the highest, or the lowest, on record, at the end of an unbroken run of a year or more."""

    kind: ClassVar = "new_record"
    extreme: Extreme


@dataclass(frozen=True, slots=True)
class SignChange:
    """The balance, or the change on a year earlier, has another sign than the month before: now that one."""

    kind: ClassVar = "sign_change"
    of: Balance
    to: Sign


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
        if not applies(self.test, self.series):
            raise InternalError(f"not a condition: {self.test} of {self.series}")

    @property
    def normalised(self) -> "Condition":
        """The same with its amount in the plain unit: equal for all that watch for the same."""
        if not isinstance(self.test, Threshold):
            return self
        return replace(self, test=replace(self.test, amount=self.test.amount.in_plain_unit))

    def to_json(self) -> str:
        """Serialises it: equal conditions have the same text."""
        value = asdict(self)
        value["test"]["kind"] = self.test.kind
        value["v"] = VERSION
        return json.dumps(value, default=digits, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Condition":
        """Deserialises exactly what `to_json` gives; StoredValueError for anything else."""
        try:
            condition = _condition(json.loads(text))
        except (ValueError, RecursionError, InternalError):
            condition = None
        if condition is None or condition.to_json() != text:
            raise StoredValueError(f"A stored condition cannot be read: {text[:80]!r}.")
        return condition


def applies(test: Test, series: Series) -> bool:
    """Whether such a test can be made of a series."""
    match test:
        case Threshold(_, amount):
            return amount.measure == series.measure
        case PercentChange(_, _, pct):
            return pct >= 0
        case SignChange("balance"):
            return series.flow == "net"
        case Revision():
            return series.flow != "net" and series.measure != "unit_value"
    return True


def _condition(value: Any) -> Condition | None:
    match value:
        case {
            "series": {
                "commodity": str(commodity), "flow": flow, "partner": str(partner), "measure": measure
            },
            "test": fields, "once": bool(once), "scope": (None | str()) as scope,
        } if (test := _test(fields)) and scope != "":  # fmt: skip
            return Condition(Series(commodity, flow, partner, measure), test, once, scope)
    return None


def _test(value: Any) -> Test | None:
    match value:
        case {"kind": "threshold", "side": side, "amount": {"number": number, "unit": unit}}:
            return Threshold(side, Amount(_decimal(number), unit)) if side in get_args(Side) else None
        case {"kind": "percent_change", "on": on, "way": way, "pct": pct}:
            known = on in get_args(Basis) and way in get_args(Way)
            return PercentChange(on, way, _decimal(pct)) if known else None
        case {"kind": "new_record", "extreme": extreme}:
            return NewRecord(extreme) if extreme in get_args(Extreme) else None
        case {"kind": "sign_change", "of": of, "to": to}:
            return SignChange(of, to) if of in get_args(Balance) and to in get_args(Sign) else None
        case {"kind": "revision"}:
            return Revision()
    return None


def _decimal(written: Any) -> Decimal:
    if not isinstance(written, str) or not _NUMBER.fullmatch(written):
        raise ValueError(written)
    return Decimal(written)

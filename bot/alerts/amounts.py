"""Amounts as people say them: a number in a unit, kept as it was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from bot.dataset.model import Measure
from bot.errors import InternalError
from bot.words import say

AmountUnit = Literal[
    "t", "kt", "Mt", "万吨", "lb", "short tons", "US$", "US$m", "US$bn", "万美元", "亿美元", "US$/t"
]  # fmt: skip
# How many tonnes, US$ or US$ per tonne each holds.
SIZES: Mapping[AmountUnit, Decimal] = {
    "t": Decimal(1),
    "kt": Decimal(1_000),
    "Mt": Decimal(1_000_000),
    "万吨": Decimal(10_000),
    "lb": Decimal("0.00045359237"),
    "short tons": Decimal("0.90718474"),
    "US$": Decimal(1),
    "US$m": Decimal(1_000_000),
    "US$bn": Decimal(1_000_000_000),
    "万美元": Decimal(10_000),
    "亿美元": Decimal(100_000_000),
    "US$/t": Decimal(1),
}
_NAMES: Mapping[AmountUnit, str] = {
    "t": "t", "kt": "kt", "Mt": "mt", "万吨": "wan_t", "lb": "lb", "short tons": "st", "US$": "usd",
    "US$m": "usd_m", "US$bn": "usd_bn", "万美元": "wan_usd", "亿美元": "yi_usd", "US$/t": "usd_per_t",
}  # fmt: skip
PLAIN_UNITS: Mapping[Measure, AmountUnit] = {"quantity": "t", "value": "US$", "unit_value": "US$/t"}
_MONEY = ("US$", "US$m", "US$bn", "万美元", "亿美元")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and the unit that it was said in: 200 kt, US$1.5bn, US$500/t."""

    number: Decimal
    unit: AmountUnit

    def __post_init__(self) -> None:
        if self.unit not in get_args(AmountUnit):
            raise InternalError(f"not a unit of amounts: {self.unit}")

    @property
    def value(self) -> float:
        """The same in tonnes, US$ or US$ per tonne, as the dataset keeps it."""
        return float(self.number * SIZES[self.unit])

    @property
    def measure(self) -> Measure:
        """What it is an amount of."""
        if self.unit == "US$/t":
            return "unit_value"
        return "value" if self.unit in _MONEY else "quantity"

    @property
    def in_plain_unit(self) -> "Amount":
        """The same amount in tonnes, US$ or US$ per tonne."""
        return Amount(self.number * SIZES[self.unit], PLAIN_UNITS[self.measure])

    def __str__(self) -> str:
        """As the language that is spoken writes it: 200 kt, 20 万吨, US$1.5bn, US$500/t."""
        sign = "-" if self.number < 0 else ""
        return say(f"amount.{_NAMES[self.unit]}", sign=sign, number=plain(abs(self.number)))


def plain(number: Decimal) -> str:
    """A number with all its digits and none too many: 1,500 and 0.2."""
    return f"{number.normalize():,f}" if number else "0"


def digits(number: Decimal) -> str:
    """Serialises a number: equal numbers have the same digits, 1500 and 0.2, without an exponent."""
    written = f"{number:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) if number else "0"

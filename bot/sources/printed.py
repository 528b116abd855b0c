"""What a page prints: numbers with the rounding that their decimals show, units of weight and of money."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.sources.markup import clean

FINEST = 6  # decimals; further ones are a spreadsheet's: 54.699999999999996
_GROUPED = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})"
_NUMBER = re.compile(rf"{_GROUPED}(?:\.[0-9]{{1,20}})?")
# A grouped number without decimals is an amount that stands in the wrong column.
_CHANGE = re.compile(rf"[+-]?(?:[0-9]{{1,6}}|{_GROUPED}(?=\.))(?:\.[0-9]{{1,20}})?%?")
_NOTHING = re.compile(r"-+|/|n\.?a\.?|\.{2,3}", re.IGNORECASE)
# A workbook's cell without a number to show: too narrow for it, or with a formula that leads nowhere.
_BROKEN = re.compile(r"#{2,}|[#*](?:ref|value|name|num|null|div/0)[!?]|#n/a", re.IGNORECASE)
_WEIGHT = re.compile(
    r"(?P<times>[0-9][0-9, ]*)?\s*(?P<unit>metric tons?|tons?|tonnes?|mts?|t|kgs?|kilograms?)\.?",
    re.IGNORECASE,
)
_DOLLARS = r"us\s*\$|usd|u\.?s\.? dollars?|\$"
_YUAN = r"(?:rmb|cny)\s*[¥￥]|rmb(?: yuan)?|cny|yuan|¥|￥"
_MONEY = re.compile(
    rf"unit\w?\s*[:(]?\s*(?:in\s+)?(?P<before>1[0,]*)?\s*(?P<scale>thousand|million|billion)?\s*"
    rf"(?P<currency>(?P<dollars>{_DOLLARS})|{_YUAN})\s*(?P<after>1[0,]*(?![0-9]))?"
    rf"\s*(?P<after_scale>thousand|million|billion)?",
    re.IGNORECASE,
)
_SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}


class NotANumber(ValueError):  # noqa: N818  # says what the text is, not that something failed
    """The text is no number as customs print them."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A number and the step its last decimal shows: 54.7 has the step 0.1."""

    value: Decimal
    step: Decimal

    @classmethod
    def of(cls, value: Decimal) -> "Printed":
        """The number with the step of its last decimal; 1 for a whole one."""
        return cls(value, Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))))

    def times(self, factor: Decimal) -> "Printed":
        """The same in a smaller unit."""
        return Printed(self.value * factor, self.step * factor)


@dataclass(frozen=True, slots=True)
class Money:
    """What a page says its values are counted in; `text` is as it is printed."""

    dollars: bool
    factor: Decimal
    text: str


def is_broken(text: str) -> bool:
    """Whether a cell shows that a number is missing, and not which."""
    return bool(_BROKEN.fullmatch(text))


def printed(text: str) -> Printed | None:
    """A quantity or a value; None for the dash that stands for none. Anything else is NotANumber."""
    if _NOTHING.fullmatch(text):
        return None
    if not _NUMBER.fullmatch(text):
        raise NotANumber(text)
    return Printed.of(_rounded(text))


def printed_change(text: str) -> float | None:
    """A change in percent; None for the dash that stands for none."""
    if _NOTHING.fullmatch(text):
        return None
    joined = re.sub(r"^([+-]) ", r"\1", text)
    if not _CHANGE.fullmatch(joined) or (change := _rounded(joined.rstrip("%"))) < -100:
        raise NotANumber(text)
    return float(round(change, 4))


def _rounded(text: str) -> Decimal:
    value = Decimal(text.replace(",", ""))
    exact = int(value.as_tuple().exponent) >= -FINEST
    return value if exact else round(value, FINEST).normalize()


def tonnes_in(text: str) -> Decimal | None:
    """How many tonnes one of the unit is: 10000 for 10000T, 0.001 for KG; None where it is no weight."""
    match = _WEIGHT.fullmatch(text)
    if not match:
        return None
    one = Decimal("0.001") if match["unit"].lower().startswith("k") else Decimal(1)
    return one * _multiple(match["times"])


def money_lines(text: str) -> tuple[Money, ...]:
    """Every unit of money that a page's text names, each once."""
    return tuple(dict.fromkeys(_money(match) for match in _MONEY.finditer(clean(text))))


def _money(match: re.Match[str]) -> Money:
    number = _multiple(match["before"] or match["after"])
    scale = match["scale"] or match["after_scale"] or ""
    said = f"{match['currency'].upper()} {number:,} {scale}".strip()
    return Money(bool(match["dollars"]), number * _SCALES[scale.lower()], said)


def _multiple(text: str | None) -> Decimal:
    return Decimal(re.sub(r"[, ]", "", text or "") or 1)

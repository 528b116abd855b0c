"""The units a page prints: weights in the column Unit, money in the line above the table."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.sources.markup import clean

_WEIGHT = re.compile(
    r"(?P<times>[0-9][0-9, ]*)?\s*(?P<unit>metric tons?|tons?|tonnes?|mts?|t|kgs?|kilograms?)\.?",
    re.IGNORECASE,
)
_DOLLARS = r"us\s*\$|usd|u\.?s\.? dollars?|\$"
_YUAN = r"(?:rmb|cny)\s*[¥￥]|rmb(?: yuan)?|cny|yuan|¥|￥"
_MONEY = re.compile(
    rf"unit\w?\s*[:(]?\s*(?:in\s+)?(?P<before>1[0,]*)?\s*(?P<scale>thousand|million|billion)?\s*"
    rf"(?P<currency>{_DOLLARS}|{_YUAN})\s*(?P<after>1[0,]*(?![0-9]))?\s*(?P<after_scale>thousand|million|billion)?",
    re.IGNORECASE,
)
_SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}


@dataclass(frozen=True, slots=True)
class Money:
    """What a page says its values are counted in; `text` is as it is printed."""

    dollars: bool
    factor: Decimal
    text: str


def tonnes_in(text: str) -> Decimal | None:
    """How many tonnes one of the unit is: 10000 for 10000T, 0.001 for KG; None where it is no weight."""
    match = _WEIGHT.fullmatch(text)
    if not match:
        return None
    one = Decimal("0.001") if match["unit"].lower().startswith("k") else Decimal(1)
    return one * _number(match["times"])


def money_lines(text: str) -> tuple[Money, ...]:
    """Every unit of money that a page's text names, each once."""
    return tuple(dict.fromkeys(_money(match) for match in _MONEY.finditer(clean(text))))


def _money(match: re.Match[str]) -> Money:
    number = _number(match["before"] or match["after"])
    scale = match["scale"] or match["after_scale"] or ""
    dollars = re.fullmatch(_DOLLARS, match["currency"], re.IGNORECASE) is not None
    said = f"{match['currency'].upper()} {number:,} {scale}".strip()
    return Money(dollars, number * _SCALES[scale.lower()], said)


def _number(text: str | None) -> Decimal:
    return Decimal(re.sub(r"[, ]", "", text)) if text and text.strip(", ") else Decimal(1)

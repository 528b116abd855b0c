"""What a page prints: numbers with the rounding that their decimals show, units of weight and of money."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.sources.markup import clean

FINEST = 6  # decimals; further ones are a spreadsheet's: 54.699999999999996
_GROUPED = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})"
_LEVEL = re.compile(rf"{_GROUPED}(?:\.[0-9]{{1,20}})?")
# A grouped number without decimals is an amount that stands in the wrong column.
_CHANGE = re.compile(rf"[+-]?(?:[0-9]{{1,6}}|{_GROUPED}(?=\.))(?:\.[0-9]{{1,20}})?%?")
_NOTHING = re.compile(r"-+|/|n\.?a\.?|\.{2,3}", re.IGNORECASE)
# A workbook's cell without a number to show: too narrow for it, or with a formula that leads nowhere.
BROKEN = re.compile(r"#{2,}|[#*](?:ref|value|name|num|null|div/0)[!?]|#n/a", re.IGNORECASE)
_WEIGHT = re.compile(
    r"(?P<times>[0-9][0-9, ]*)?\s*(?:(?P<kilograms>kgs?|kilograms?)|metric tons?|tons?|tonnes?|mts?|t)\.?",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"unit\w?\s*[:(]?\s*(?:in\s+)?(?P<before>1[0,]*)?\s*(?P<scale>thousand|million|billion)?\s*"
    r"(?P<currency>(?P<dollars>us\s*\$|usd|u\.?s\.? dollars?|\$)"
    r"|(?:rmb|cny)\s*[¥￥]|rmb(?: yuan)?|cny|yuan|¥|￥)"
    r"\s*(?P<after>1[0,]*(?![0-9]))?\s*(?P<after_scale>thousand|million|billion)?",
    re.IGNORECASE,
)
_SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts, in tonnes or US$, as it is printed or was decided."""

    factor: Decimal | None  # None where it is yuan or not known
    text: str = ""


def shows_none(text: str) -> bool:
    """Whether a cell shows that there is no number, or none to be seen."""
    return bool(_NOTHING.fullmatch(text)) or bool(BROKEN.fullmatch(text))


def number_in(text: str, *, change: bool = False) -> Decimal | None:
    """The level that a text is, or the change in percent; None where it is none."""
    joined = re.sub(r"^([+-]) ", r"\1", text)
    if not (_CHANGE if change else _LEVEL).fullmatch(joined):
        return None
    number = Decimal(joined.replace(",", "").rstrip("%"))
    if step_of(number) < Decimal(1).scaleb(-FINEST):
        number = exact(number, FINEST)
    if change:
        return round(number, 4) if number >= -100 else None
    return number


def exact(number: Decimal, decimals: int) -> Decimal:
    """The number rounded to so many decimals at most, without the zeros at its end."""
    return round(number, decimals).normalize()


def step_of(number: Decimal) -> Decimal:
    """The step that a number's last decimal shows: 0.1 of 54.7; 1 of a whole one."""
    return Decimal(1).scaleb(min(0, int(number.as_tuple().exponent)))


def tonnes_in(text: str) -> Decimal | None:
    """How many tonnes one of the unit is: 10000 for 10000T, 0.001 for KG; None where it is no weight."""
    match = _WEIGHT.fullmatch(text)
    return match and _multiple(match["times"]) * Decimal("0.001" if match["kilograms"] else 1)


def money_lines(text: str) -> tuple[Unit, ...]:
    """Every unit of money that a page's text names, each once."""
    return tuple(dict.fromkeys(map(_money, _MONEY.finditer(clean(text)))))


def _money(match: re.Match[str]) -> Unit:
    number = _multiple(match["before"] or match["after"])
    scale = match["scale"] or match["after_scale"] or ""
    said = f"{match['currency'].upper()} {number:,} {scale}".strip()
    return Unit(number * _SCALES[scale.lower()] if match["dollars"] else None, said)


def _multiple(text: str | None) -> Decimal:
    return Decimal(re.sub(r"[, ]", "", text or "1"))

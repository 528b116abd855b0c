"""Printed numbers, with the rounding that their decimals show."""

import re
from dataclasses import dataclass
from decimal import Decimal

_GROUPED = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})"
_NUMBER = re.compile(rf"{_GROUPED}(?:\.[0-9]{{1,20}})?")
# A grouped number without decimals is an amount that stands in the wrong column.
_CHANGE = re.compile(rf"[+-]?(?:[0-9]{{1,6}}|{_GROUPED}(?=\.))(?:\.[0-9]{{1,20}})?%?")
_NOTHING = re.compile(r"-+|/|n\.?a\.?|\.{2,3}", re.IGNORECASE)
# A workbook's cell without a number to show: too narrow for it, or with a formula that leads nowhere.
_BROKEN = re.compile(r"#{2,}|[#*](?:ref|value|name|num|null|div/0)[!?]|#n/a", re.IGNORECASE)
FINEST = Decimal("0.000001")  # further decimals are a spreadsheet's: 54.699999999999996


class NotANumber(ValueError):  # noqa: N818  # says what the text is, not that something failed
    """The text is no number as customs print them."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A number and the step its last decimal shows: 54.7 has the step 0.1."""

    value: Decimal
    step: Decimal

    def times(self, factor: Decimal) -> "Printed":
        """The same in a smaller unit."""
        return Printed(self.value * factor, self.step * factor)


def is_broken(text: str) -> bool:
    """Whether a cell shows that a number is missing, and not which."""
    return bool(_BROKEN.fullmatch(text))


def printed(text: str) -> Printed | None:
    """A quantity or a value; None for the dash that stands for none. Anything else is NotANumber."""
    if _NOTHING.fullmatch(text):
        return None
    if not _NUMBER.fullmatch(text):
        raise NotANumber(text)
    value = _rounded(text)
    return Printed(value, Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))))


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
    exact = int(value.as_tuple().exponent) >= int(FINEST.as_tuple().exponent)
    return value if exact else value.quantize(FINEST).normalize()

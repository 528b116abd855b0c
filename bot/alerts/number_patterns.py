"""The numbers of a condition's text: percentages, amounts in a unit, and a number that has none."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from bot.questions.amounts import SIZES, Amount, AmountUnit
from bot.alerts.pieces import SIDE, Piece, Sense

_GROUPED = r"\d{1,3}(?: \d{3})+(?:\.\d{1,6})?"  # 1,500 is 1 500 by now
_NUMBER = rf"(?P<less>-|minus |负)?(?<![\d.])(?P<n>{_GROUPED}|\d{{1,15}}(?:\.\d{{1,6}})?)(?!\.?\d)"
_TIMES = {
    "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "kilo": 1_000, "mega": 1_000_000,
    "k": 1_000, "w": 10_000, "mln": 1_000_000, "mm": 1_000_000, "mn": 1_000_000, "m": 1_000_000,
    "bn": 1_000_000_000, "b": 1_000_000_000,
    "十亿": 1_000_000_000, "千万": 10_000_000, "百万": 1_000_000, "千": 1_000,
    "万": 10_000, "亿": 100_000_000,
}  # fmt: skip
_TIMED = rf"(?P<times>{'|'.join(_TIMES)})?"
_TONNE = "metric tonnes?|metric tons?|tonnes?|tons?|t|吨"
_DOLLARS = "us dollars?|dollars?|usd|美元|美金"
_POUND = "lbs?|pounds?|磅"
_UNIT = rf"(?P<unit>short tons?|短吨|{_POUND}|{_TONNE}|{_DOLLARS})"
_PER_TONNE = rf"(?P<per>(?: ?per | an? |每) ?(?:{_TONNE}))?"
_BY_DAY = "(?P<day> ?(?:per|a) (?:calendar )?day| daily|每天|每日)?"
_END = "(?![a-z])"
_PERCENTS = (rf"百分之{_NUMBER}", rf"{_NUMBER} ?per ?cent{_END}(?! points?)")
_AMOUNTS = (
    rf"(?P<minus>- |minus )?(?P<unit>usd) ?{_NUMBER} ?{_TIMED}{_END}{_PER_TONNE}{_END}{_BY_DAY}",
    rf"{_NUMBER} ?{_TIMED} ?{_UNIT}{_END}{_PER_TONNE}{_END}{_BY_DAY}{_END}",
)
_BARES = (
    rf"(?<={SIDE}) ?{_NUMBER} ?{_TIMED}{_END}(?![/倍-])",
    rf"{_NUMBER} ?(?P<times>k|w|千万|百万|万|十?亿){_END}(?![/-])",
)
_SCALES: dict[AmountUnit, tuple[AmountUnit, ...]] = {
    "t": ("t", "kt", "Mt", "万吨"),
    "US$": ("US$", "US$m", "US$bn", "万美元", "亿美元"),
}


def _percent(match: re.Match[str]) -> Piece:
    return Piece("percent", "", match.group(), match.start(), _number(match))


def _amount(match: re.Match[str]) -> Piece:
    number, times = _number(match), _TIMES.get(match["times"] or "", 1)
    number = -number if match.groupdict().get("minus") else number
    sense: Sense = "by day" if match["day"] else "amount"
    amount = in_unit(number, times, _family(match["unit"], per_tonne=bool(match["per"])))
    return Piece(sense, str(amount), match.group(), match.start(), number, amount=amount)


def _bare(match: re.Match[str]) -> Piece:
    times = _TIMES.get(match["times"] or "", 1)
    return Piece("bare", match.group().strip(), match.group(), match.start(), _number(match), times)


def _reader(pattern: str, piece: Callable[[re.Match[str]], Piece]) -> Callable[[str], Iterator[Piece]]:
    compiled = re.compile(pattern)
    return lambda text: map(piece, compiled.finditer(text))


# Each gives the pieces that a text holds. A number in no unit counts where a side stands before it, or where
# it is so many thousands.
PERCENTS = tuple(_reader(pattern, _percent) for pattern in _PERCENTS)
AMOUNTS = tuple(_reader(pattern, _amount) for pattern in _AMOUNTS)
BARES = tuple(_reader(pattern, _bare) for pattern in _BARES)


def _number(match: re.Match[str]) -> Decimal:
    number = Decimal(match["n"].replace(" ", ""))
    return -number if match["less"] else number


def _family(unit: str, *, per_tonne: bool) -> AmountUnit:
    """The unit without thousands and millions: t, lb, short tons, US$ or US$/t."""
    if re.fullmatch(_DOLLARS, unit):
        return "US$/t" if per_tonne else "US$"
    if re.fullmatch(_POUND, unit):
        return "lb"
    return "short tons" if unit.startswith(("short", "短")) else "t"


def in_unit(number: Decimal, times: int, family: AmountUnit) -> Amount:
    """The amount in the unit that it was said in; in the plain one where no unit holds so many."""
    for unit in _SCALES.get(family, ()):
        if SIZES[unit] == times:
            return Amount(number, unit)
    return Amount(number * times, family)

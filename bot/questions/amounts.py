"""Amounts as people type them: a number in a unit, kept as it was said; numerals in words as digits."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from bot.dataset.model import Measure
from bot.questions.draft import Mention
from bot.questions.lexicon import load, split

AmountUnit = Literal[
    "t", "kt", "Mt", "万吨", "lb", "short tons", "US$", "US$m", "US$bn", "万美元", "亿美元", "US$/t"
]  # fmt: skip
# How many tonnes, US$ or US$ per tonne each unit of a measure holds; the plain one first.
UNITS: Mapping[Measure, Mapping[AmountUnit, Decimal]] = {
    "quantity": {
        "t": Decimal(1), "kt": Decimal(1_000), "Mt": Decimal(1_000_000), "万吨": Decimal(10_000),
        "lb": Decimal("0.00045359237"), "short tons": Decimal("0.90718474"),
    },
    "value": {
        "US$": Decimal(1), "US$m": Decimal(1_000_000), "US$bn": Decimal(1_000_000_000),
        "万美元": Decimal(10_000), "亿美元": Decimal(100_000_000),
    },
    "unit_value": {"US$/t": Decimal(1)},
}  # fmt: skip
SIZES: Mapping[AmountUnit, Decimal] = {unit: size for own in UNITS.values() for unit, size in own.items()}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and the unit that it was said in: 200 kt, US$1.5bn, US$500/t."""

    number: Decimal
    unit: AmountUnit

    @property
    def value(self) -> float:
        """The same in tonnes, US$ or US$ per tonne, as the dataset keeps it."""
        return float(self.number * SIZES[self.unit])

    @property
    def measure(self) -> Measure:
        """What it is an amount of."""
        return next(measure for measure, units in UNITS.items() if self.unit in units)


_TABLES = load("amounts")
_MULTIPLES = {word: int(times) for times, words in _TABLES["multiple"].items() for word in split(words)}
_FAMILIES: Mapping[str, Any] = {
    word: family for family, words in _TABLES["unit"].items() for word in split(words)
}
_FORMS = {name: split(words) for name, words in _TABLES["form"].items()}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMBER = (
    r"(?P<less>(?<![a-z0-9])-|minus |负)?(?<![\d.,])(?<!point )"
    r"(?!\d{1,3}\.000(?!\d))(?P<n>\d{1,3}(?:[ ,]\d{3})+(?:\.\d{1,12})?|\d{1,15}(?:\.\d{1,12})?)(?![.,]?\d)"
)
_QUANTITY = re.compile(
    rf"{_NUMBER}(?: ?(?P<times>{_any(_MULTIPLES)}))? ?(?P<unit>{_any(_FAMILIES)})(?![a-z]| ?points?)"
    rf"(?: ?(?P<per>{_any(_FORMS['per_tonne'])})(?![a-z]))?"
)
_BEFORE = re.compile(
    rf"(?<![a-z])(-|minus )?(?:{_any(_FORMS['money'])}) ?({_NUMBER}(?: ?(?:{_any(_MULTIPLES)}))?(?![a-z]))"
)


def unit_behind(text: str) -> str:
    """The text with each unit behind its number: US$5m is 5m usd, 百分之20 is 20%, and 两成 too."""
    text = _TENTHS.sub(lambda match: f"{_value(match[1].replace('两', '二'))}0%", text)
    return _BEFORE.sub(r"\1\2 usd", re.sub(rf"百分之({_NUMBER})", r"\1%", text))


def quantities(text: str) -> Iterator[Mention]:
    """The amounts and the percentages of a text; a number without a unit is none."""
    for match in _QUANTITY.finditer(text):
        number, times = Decimal(re.sub("[ ,]", "", match["n"])), _MULTIPLES.get(match["times"] or "", 1)
        number, family = -number if match["less"] else number, _FAMILIES[match["unit"]]
        if family == "%" and not match["times"]:
            yield Mention("percent", number, match.start(), match.end(), match[0])
        elif family != "%" and (family == "US$" or not match["per"]):
            amount = in_unit(number, times, "US$/t" if match["per"] else family)
            yield Mention("amount", amount, match.start(), match.end(), match[0])


def in_unit(number: Decimal, times: int, plain: AmountUnit) -> Amount:
    """The amount in the unit that it was said in; in the plain one where no unit holds so many."""
    units = next((own for own in UNITS.values() if next(iter(own)) == plain), {})
    unit = next((each for each, size in units.items() if size == times), None)
    return Amount(number, unit) if unit else Amount(number * times, plain)


_DIGITS = "零一二三四五六七八九"
_PLACES = {"千": 1_000, "百": 100, "十": 10}
_LARGE = {"亿": 100_000_000, "万": 10_000}
_ALL = _DIGITS + "两" + "".join((*_PLACES, *_LARGE))
# What is counted, in a unit, shows that it is a number; so do 万 and 亿 at its end. A run of them from its
# very beginning: neither 几 nor digits before it.
_WRITTEN = re.compile(
    rf"(?<=百分之)[{_ALL}点]+|(?<![{_ALL}点几数第\d.])(?<!\d )[{_ALL}点]+"
    rf"(?:(?=公?吨|短吨|磅|美元|美金)|(?<=[万亿]))"
)
_TENTHS = re.compile(f"(?<![{_ALL}几数\\d])([一两二三四五六七八九])成(?![半为{_ALL}])")
WORDS = {word: int(number) for number, words in load("amounts")["number"].items() for word in split(words)}


def in_digits(text: str) -> str:
    """The text with numerals of amounts as digits.

    What is not written out in full is no number: 三四万 (three or four), and 四百五, whose last digit may be
    fifty or five.
    """
    return _WRITTEN.sub(lambda match: _number(match[0]), text)


def _number(written: str) -> str:
    """In digits, with a 万 or 亿 at its end left as it is."""
    plain, large = written.replace("两", "二"), ""
    if plain[-1] in _LARGE and not set(plain[:-1]) & set(_LARGE):
        plain, large = plain[:-1], plain[-1]
    whole, point, part = plain.partition("点")
    full = whole == "零" or _in_characters(_value(whole)) == whole.replace("十", "一十", whole[:1] == "十")
    if not full or (point and not re.fullmatch(f"[{_DIGITS}]+", part)):
        return "几" if set(written) & set(f"十两{_DIGITS}") else written
    return f"{_value(whole)}{'.' if point else ''}{''.join(str(_DIGITS.index(each)) for each in part)}{large}"


def _value(whole: str) -> int:
    """What a number comes to: each digit counts by the place after it, each section by its 万 or 亿."""
    total = section = digit = 0
    for each in whole:
        if each in _LARGE:
            total, section, digit = total + (section + digit) * _LARGE[each], 0, 0
        elif each in _PLACES:
            section, digit = section + (digit or 1) * _PLACES[each], 0
        else:
            digit = _DIGITS.index(each) if each in _DIGITS else 0
    return total + section + digit


def _in_characters(number: int) -> str:
    for name, size in (*_LARGE.items(), *_PLACES.items()):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return f"{_in_characters(head)}{name}{gap}{_in_characters(rest) if rest else ''}"
    return _DIGITS[number]

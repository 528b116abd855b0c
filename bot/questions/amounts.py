"""Amounts as people type them: a number in a unit, kept as it was said; numerals in words as digits."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

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

    @property
    def in_plain_unit(self) -> "Amount":
        """The same amount in tonnes, US$ or US$ per tonne."""
        return Amount(self.number * SIZES[self.unit], next(iter(UNITS[self.measure])))


class Bare(NamedTuple):
    """A number without a unit, and what it is counted in: 20万 are 20 times 10,000."""

    number: Decimal
    times: int


_TABLES = load("amounts")
_MULTIPLES = {word: int(times) for times, words in _TABLES["multiple"].items() for word in split(words)}
_FAMILIES = {word: family for family, words in _TABLES["unit"].items() for word in split(words)}
_FORMS = {name: split(words) for name, words in _TABLES["form"].items()}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMBER = (
    r"(?P<less>(?<![a-z0-9])-|minus |负)?(?<![\d.,])"
    r"(?P<n>\d{1,3}(?:[ ,]\d{3})+(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?)(?![.,]?\d)"
)
_COUNTED = rf"{_NUMBER}(?: ?(?P<times>{_any(_MULTIPLES)}))?"
_QUANTITY = re.compile(
    rf"{_COUNTED}(?: ?(?P<unit>{_any(_FAMILIES)}))?(?![a-z]| ?points?|(?<=倍)[半多])"
    rf"(?: ?(?P<per>{_any(_FORMS['per_tonne'])})(?![a-z]))?(?: ?(?P<day>{_any(_FORMS['per_day'])})(?![a-z]))?"
)
_BARE = re.compile(rf"\s*{_COUNTED}(?![a-z/倍-])")
_BEFORE = re.compile(rf"(?<![a-z])(-|minus )?(?:{_any(_FORMS['money'])}) ?({_COUNTED}(?![a-z]))")
_JOINT = re.compile(rf" ?(?:{_any(_FORMS['joint'])}) ?")
_GROWS = re.compile(rf"[{''.join(_FORMS['grows'])}](?:{_any(_FORMS['by'])})? ?$")


def unit_behind(text: str) -> str:
    """The text with each unit behind its number: US$5m is 5m usd, 百分之20 is 20%."""
    return _BEFORE.sub(r"\1\2 usd", re.sub(rf"百分之({_NUMBER})", r"\1%", text))


def quantities(text: str) -> Iterator[Mention]:
    """The numbers that have a unit, or are so many thousands; of two with one unit both have it."""
    for match, after in pairwise([*_QUANTITY.finditer(text), None]):
        assert match
        shares = after and not match["unit"] and _JOINT.fullmatch(text, match.end(), after.start())
        for kind, value in _meant(match, after if after and shares else match, text):
            yield Mention(kind, value, match.start(), match.end(), match[0])


def bare(text: str, at: int) -> Mention | None:
    """The number without a unit that begins there."""
    match = _BARE.match(text, at)
    return Mention("bare", _bare(match), at, match.end(), match[0].strip()) if match else None


def _meant(match: re.Match[str], unit: re.Match[str], text: str) -> Iterator[tuple[str, object]]:
    number, times = _bare(match)
    match _FAMILIES.get(unit["unit"] or ""):
        case "%":
            yield "percent", number
        case "times" if _GROWS.search(text[: match.start()]):  # up twice as much may be 200 % or 100 %
            yield from (("percent", 100 * each) for each in (number, number - 1)[: 2 if number > 1 else 1])
        case None if match["times"] in _FORMS["bare"]:
            yield "bare", _bare(match)
        case "t" | "lb" | "short tons" | "US$" as family if family == "US$" or not unit["per"]:
            times = times if match["times"] else _bare(unit).times
            amount = in_unit(number, times, "US$/t" if unit["per"] else family)
            yield "by_day" if unit["day"] else "amount", amount


def _bare(match: re.Match[str]) -> Bare:
    number = Decimal(re.sub("[ ,]", "", match["n"]))
    return Bare(-number if match["less"] else number, _MULTIPLES.get(match["times"] or "", 1))


def in_unit(number: Decimal, times: int, plain: AmountUnit) -> Amount:
    """The amount in the unit that it was said in; in the plain one where no unit holds so many."""
    units = next((own for own in UNITS.values() if next(iter(own)) == plain), {})
    unit = next((each for each, size in units.items() if size == times), None)
    return Amount(number, unit) if unit else Amount(number * times, plain)


_DIGITS = "零一二三四五六七八九"
_PLACES = {"千": 1_000, "百": 100, "十": 10}
_LARGE = {"亿": 100_000_000, "万": 10_000}
_ALL = _DIGITS + "两" + "".join((*_PLACES, *_LARGE))
# A run of them from its very beginning: neither 几 nor digits before it.
_RUN = rf"(?<![{_ALL}点几数第\d.])(?<!\d )[{_ALL}点]+"
_END = "(?=$|[ ,.;，。；!！以时的就则请提预每只通告叫])"
# What is counted, in a unit or in times as much, shows that it is a number; so do 万 and 亿 at its end.
# What is not written out in full is no number and asked back: 三四万 (three or four), 几百, and 四百五,
# whose last digit may be fifty or five.
_WRITTEN = re.compile(
    rf"(?<=百分之)[{_ALL}点]+|{_RUN}(?=公?吨|短吨|磅|美元|美金|倍)|{_RUN}(?<=[{''.join(_LARGE)}]){_END}"
)
_VAGUE = re.compile(f"[几数][{_ALL}]+|[{_ALL}]+几[{_ALL}]*")  # some tens of thousands
_TENTHS = re.compile(rf"(?<![{_ALL}几数\d])([一两二三四五六七八九])成(半|[一二三四五六七八九])?{_END}")

WORDS = {word: int(number) for number, words in load("amounts")["number"].items() for word in split(words)}
_PERCENT = r"(?= ?(?:per ?cent(?![a-z])|pct|%)(?! ?points?))"
_WORDED = re.compile(
    rf"(?<![\w.-])(?<!point )(?<!hundred )(?<!hundred and )({'|'.join(WORDS)})"
    rf"(?:(?<=ty)[ -]({'|'.join(WORDS)}))?(?: point ({'|'.join([*WORDS][:9])})|( and a half))?{_PERCENT}"
)
_HALF = re.compile(rf"(?<![\w.-])(?<!and )(?:half (?:of )?an?|an? half(?: of an?)?){_PERCENT}")


def in_digits(text: str) -> str:
    """The text with its numerals as digits, where what stands beside them shows that they are numbers."""
    text = _HALF.sub("0.5", _WORDED.sub(_in_words, text))
    return _TENTHS.sub(_tenths, _WRITTEN.sub(lambda match: _number(match[0]), _VAGUE.sub("几", text)))


def _in_words(match: re.Match[str]) -> str:
    tenths = 5 if match[4] else WORDS.get(match[3] or "", 0)
    return f"{WORDS[match[1]] + WORDS.get(match[2] or '', 0)}{f'.{tenths}' if tenths else ''}"


def _tenths(match: re.Match[str]) -> str:
    ones = "五" if match[2] == "半" else match[2] or "零"
    return f"{_DIGITS.index(match[1].replace('两', '二'))}{_DIGITS.index(ones)}%"


def _number(written: str) -> str:
    """In digits, with a 万 or 亿 at its end left as it is; what is no full number is so many."""
    plain, large = written.replace("两", "二"), ""
    if plain[-1] in _LARGE and not set(plain[:-1]) & set(_LARGE):
        plain, large = plain[:-1], plain[-1]
    whole, point, part = plain.partition("点")
    full = whole == "零" or _in_characters(value_of(whole)) == whole.replace("十", "一十", whole[:1] == "十")
    if not full or (point and not re.fullmatch(f"[{_DIGITS}]+", part)):
        return "几" if set(written) & set(f"十两{_DIGITS}") else written
    return (
        f"{value_of(whole)}{'.' if point else ''}{''.join(str(_DIGITS.index(each)) for each in part)}{large}"
    )


def value_of(whole: str) -> int:
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

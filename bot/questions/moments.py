"""Reads months, quarters, halves, years and their Chinese and short forms at one place of the text."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from bot.dataset.calendar import Kind
from bot.questions.items import Item, Moment
from bot.questions.lexicon import MONTHS, NUMBER_WORDS
from bot.questions.named import month_name
from bot.questions.relative import MIDDLE, RELATIVE, read_relative
from bot.questions.relative import STARTS as RELATIVE_STARTS
from bot.words import say

_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH = rf"(?:{_NAME})(?![^\W\d_])"
_NUM = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9]"
_CN = "十一|十二|[一二三四五六七八九十]"
_YEAR_DIGITS = r"(?:19[5-9]|20\d|21\d)\d"
_YEAR = rf"{_YEAR_DIGITS}(?!\d)"
_SHORT = r"(?:20|19|21)?\d\d(?!\d)"  # 24 or 2024
_GAP = r"(?: ?[-/.] ?| of | in | )?"
_CN_YEAR = rf"(?:(?P<y>{_YEAR}|\d\d(?=年))(?: ?年)?(?: ?的)? ?)?"

_NO_TONNES = r"(?![^\W\d_]| ?(?:t|tonnes?|tons?)(?![^\W\d_]))"  # 7m t is no stretch of months
_BEGIN_MONTHS = frozenset(name[:3] for name in MONTHS)  # no other time begins so
_FINAL = ("final", "last", "latter")

Reading = Moment | str  # a moment, or the sentence that says what is wrong with it


class Form(NamedTuple):
    """One way to write a time, and what it means."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Reading]


def read_moment(text: str, at: int, today: date) -> tuple[Item, int] | None:
    """The longest time that begins at that place, with the place where it ends; None where none does."""
    named = text[at : at + 3] in _BEGIN_MONTHS
    found = [(match, read) for pattern, read in _forms(text, at, named) if (match := pattern.match(text, at))]
    if not named and (relative := RELATIVE.match(text, at)):
        found.append((relative, lambda match: read_relative(match, today)))
    if not found:
        return None
    match, read = max(found, key=lambda pair: pair[0].end())
    return _item(read(match), match.group()), match.end()


def _forms(text: str, at: int, named: bool) -> tuple[Form, ...]:
    """The forms that can begin there."""
    if named:
        return _MONTH_FORMS
    if "a" <= text[at] <= "z":
        return _WORDS
    return _NUMBERS if text.isascii() else _CHINESE


def _item(reading: Reading, said: str) -> Item:
    if isinstance(reading, str):
        return Item("wrong", reading, said)
    if reading.kind == "ytd" and reading.number is None:  # ytd 26: as ytd of 2026
        return Item("ytd", "ytd", said, Moment("year", reading.year))
    return Item("time", said, said, reading)


def _year(match: re.Match[str]) -> int | None:
    digits = match.groupdict().get("y")
    return None if not digits else int(digits) + (2000 if len(digits) == 2 else 0)


def _month(match: re.Match[str]) -> Reading:
    said, year = match.group().strip(), _year(match)
    number = MONTHS.get(match["m"]) or NUMBER_WORDS.get(match["m"])
    if not number or not 1 <= number <= 12:
        return say("moments.no_month", said=said)
    return Moment("month", year, number)


def _day(match: re.Match[str]) -> Reading:
    number = MONTHS.get(match["m"])
    month = month_name(number) if number else say("moments.whole_month")
    return say("moments.no_day", said=match.group().strip(), month=month)


def _part(kind: Kind, count: int) -> Callable[[re.Match[str]], Reading]:
    def read(match: re.Match[str]) -> Reading:
        number = count if match["n"] in _FINAL else NUMBER_WORDS.get(match["n"], 0)
        if not 1 <= number <= count:
            return say(f"moments.year_has_{kind}", said=match.group().strip())
        return Moment(kind, _year(match), number)

    return read


def _first_months(match: re.Match[str]) -> Reading:
    number = NUMBER_WORDS.get(match["n"], 0) * (
        3 if "quarter" in match.group() or "季" in match.group() else 1
    )
    if not 1 <= number <= 12:
        return say("moments.year_has_month", said=match.group().strip())
    return Moment("ytd", _year(match), number)


def _last_months(match: re.Match[str]) -> Reading:
    year, first = _year(match), 13 - NUMBER_WORDS.get(match["n"] or "one", 0)
    if first == 12:
        return Moment("month", year, 12)
    return Moment("year", year) if first == 1 else Moment("range", year, 12, Moment("month", year, first))


def _cn_span(match: re.Match[str]) -> Reading:
    numbers = [NUMBER_WORDS.get(match[group], 0) for group in ("a", "n")]
    if not all(1 <= number <= 12 for number in numbers) or numbers[0] >= numbers[1]:
        return say("moments.no_stretch", said=match.group().strip())
    year = _year(match)
    if numbers[0] == 1:
        return Moment("ytd", year, numbers[1])
    return Moment("range", year, numbers[1], first=Moment("month", year, numbers[0]))


def _whole_year(match: re.Match[str]) -> Reading:
    return Moment("year", _year(match))


def _december(match: re.Match[str]) -> Reading:
    return Moment("month", _year(match), 12)


def _middle(match: re.Match[str]) -> Reading:
    return Moment("half", _year(match), 1)


def _which_month(match: re.Match[str]) -> Reading:
    return say("moments.which_month", said=match.group())


def _full_year(match: re.Match[str]) -> Reading:
    return Moment("year", _year(match), 12)


def _to_date(match: re.Match[str]) -> Reading:
    return Moment("ytd", _year(match))


def _form(pattern: str, read: Callable[[re.Match[str]], Reading]) -> Form:
    return Form(re.compile(pattern), read)


# The forms by what they begin with: only those are tried that can begin there.
_ORDINALS = (  # first quarter of 2024, 2nd half, nine months of 2025
    _form(rf"(?P<n>{_NUM}) months?(?: of| in)? (?P<y>{_YEAR})", _first_months),
    _form(
        r"(?P<n>first|second|third|fourth|final|1st|2nd|3rd|4th)[ -]quarter(?![^\W\d_])"
        rf"(?:{_GAP}(?P<y>{_YEAR}))?",
        _part("quarter", 4),
    ),
    _form(
        r"(?P<n>first|second|1st|2nd)[ -]half(?![^\W\d_])(?: of (?:the )?year(?![^\W\d_]))?"
        rf"(?:{_GAP}(?P<y>{_YEAR}))?",
        _part("half", 2),
    ),
)
# march, mar-24, march of 2024, march 3rd
_MONTH_FORMS = (
    _form(rf"(?P<m>{_MONTH}|{_NAME})(?:{_GAP}(?P<y>{_YEAR}))(?!\d)", _month),
    _form(rf"(?P<m>{_NAME})(?: ?[-/.] ?| )?(?P<y>[12]\d)(?!\d|[^\W\d_]| ?{_YEAR_DIGITS}| ?月)", _month),
    _form(rf"(?P<m>{_MONTH})", _month),
    _form(rf"(?P<m>{_NAME})(?=\d)", _month),
    _form(rf"(?P<m>{_NAME}) (?:the )?\d\d?(?:(?:st|nd|rd|th)(?![^\W\d_]))?(?: {_YEAR})(?!\d)", _day),
    _form(rf"(?P<m>{_NAME}) (?:the )?(?:\d|\d\d?(?:st|nd|rd|th))(?!\d|[^\W\d_])", _day),
)
# q1 2024, h1; first seven months of 2025; full year, fy24
_WORDS = (
    _form(rf"q ?(?P<n>\d)(?!\d)(?:{_GAP}(?P<y>{_SHORT}))?", _part("quarter", 4)),
    _form(rf"(?P<n>final|last) quarter of (?P<y>{_YEAR})", _part("quarter", 4)),
    _form(rf"(?P<n>final|last|latter) half of (?P<y>{_YEAR})", _part("half", 2)),
    _form(rf"(?:final|last)(?: (?P<n>{_NUM}))? months? (?:of|in) (?P<y>{_YEAR})", _last_months),
    _form(rf"(?:m|month) ?(?P<m>\d\d?)(?:{_GAP}(?P<y>{_YEAR}))(?!\d)", _month),
    _form(rf"quarter (?P<n>\d|one|two|three|four)(?![^\W_])(?:{_GAP}(?P<y>{_YEAR}))?", _part("quarter", 4)),
    _form(rf"h ?(?P<n>\d)(?!\d)(?:{_GAP}(?P<y>{_SHORT}))?", _part("half", 2)),
    _form(
        rf"first (?P<n>{_NUM}|\d\d) ?(?:months?|mths?|mos?|m){_NO_TONNES}(?:{_GAP}(?P<y>{_YEAR}))?",
        _first_months,
    ),
    _form(rf"first (?P<n>two|three|2|3) quarters(?:{_GAP}(?P<y>{_YEAR}))?", _first_months),
    _form(rf"(?:full|whole|calendar|entire)[ -](?:year|yr)(?![^\W\d_])(?:{_GAP}(?P<y>{_YEAR}))?", _full_year),
    _form(r"ytd ?(?P<y>[12]\d)(?!\d|[^\W\d_]|[-/.])", _to_date),
    _form(rf"(?:whole|all|entire|full)(?: of)? (?P<y>{_YEAR})", _full_year),
    _form(
        r"for the year(?! (?:to|through|until|end|before|ago|earlier))(?![^\W\d_])|that year(?![^\W\d_])",
        _full_year,
    ),
    _form(rf"(?:fy|cy) ?(?P<y>{_SHORT})", _full_year),
    _form(rf"calendar (?P<y>{_YEAR})", _full_year),
    _form(rf"(?:mid(?:[ -]?year)?|(?:mid-?year|middle) of(?: the year)?)[ -]?(?P<y>{_YEAR})", _middle),
    *_ORDINALS,
)
# 2024-03, 03/2024, 202403, 2024 march, 31 march; 1q24, 2024 q1; 2024
_NUMBERS = (
    _form(rf"(?P<y>{_YEAR_DIGITS}) ?[-/.] ?(?P<m>\d\d?)(?!\d| ?[年月])(?! ?- ?\d\d? ?月)", _month),
    _form(rf"(?P<y>{_YEAR_DIGITS})[-/.](?P<m>\d\d) ?月份?", _month),
    _form(rf"(?P<m>\d\d?) ?[-/.] ?(?P<y>{_YEAR_DIGITS})(?!\d)", _month),
    _form(rf"(?P<y>{_YEAR_DIGITS})(?P<m>\d\d)(?!\d)", _month),
    _form(rf"(?P<y>{_YEAR_DIGITS})(?: ?[-/.] ?| )?m ?(?P<m>\d\d?)(?!\d)", _month),
    _form(rf"(?P<y>{_YEAR_DIGITS}) ?[-/.] ?(?P<m>\d\d?) ?[-/.] ?\d\d?(?!\d)", _day),
    _form(rf"(?P<m>\d\d?) ?[-/.] ?\d\d? ?[-/.] ?(?P<y>{_YEAR_DIGITS})(?!\d)", _day),
    _form(rf"(?P<y>{_YEAR})(?: ?[-/.] ?| )?(?P<m>{_MONTH})", _month),
    _form(rf"\d\d?(?:st|nd|rd|th)?(?: of)? ?(?:-)?(?P<m>{_MONTH})(?: ?-?{_YEAR})?", _day),
    _form(rf"(?P<n>\d) ?q(?![^\W\d_])(?:{_GAP}(?P<y>{_SHORT}))?", _part("quarter", 4)),
    _form(rf"(?P<y>{_YEAR})(?: ?[-/.] ?| )?q ?(?P<n>\d)(?!\d)", _part("quarter", 4)),
    _form(rf"(?P<y>{_YEAR})(?: ?[-/.] ?| )?(?P<n>\d) ?q(?![^\W\d_])", _part("quarter", 4)),
    _form(rf"(?P<n>\d) ?h(?![^\W\d_])(?:{_GAP}(?P<y>{_SHORT}))?", _part("half", 2)),
    _form(rf"(?P<y>{_YEAR})(?: ?[-/.] ?| )?h ?(?P<n>\d)(?!\d)", _part("half", 2)),
    _form(r"(?P<y>[12]\d)q(?P<n>\d)(?!\d)", _part("quarter", 4)),
    _form(r"(?P<y>[12]\d)h(?P<n>\d)(?!\d)", _part("half", 2)),
    _form(rf"(?P<n>\d\d?)m{_GAP}(?P<y>{_SHORT})", _first_months),
    _form(rf"(?P<y>{_YEAR})(?! ?月)", _whole_year),
    _form(rf"(?P<y>{_YEAR}) (?:full|as a whole|whole)(?: year)?(?![^\W\d_])", _full_year),
    *_ORDINALS,
)
# 2024年3月, 三月, 1-7月, 上半年
_CHINESE = (
    *_NUMBERS,
    _form(rf"{_CN_YEAR}(?P<m>{_CN}|\d\d?) ?月份?", _month),
    _form(rf"{_CN_YEAR}(?P<a>{_CN}|\d\d?) ?月? ?[-至到] ?(?P<n>{_CN}|\d\d?) ?月份?", _cn_span),
    _form(rf"{_CN_YEAR}[前头](?! ?[一1] ?个?月) ?(?P<n>{_CN}|两|\d\d?) ?个? ?月", _first_months),
    _form(rf"{_CN_YEAR}[前头] ?(?P<n>[两二三23]) ?个? ?季度?", _first_months),
    _form(rf"{_CN_YEAR}第?(?P<n>[一二三四]|\d) ?季度?", _part("quarter", 4)),
    _form(rf"{_CN_YEAR}(?P<n>[上下])半年", _part("half", 2)),
    _form(rf"{_CN_YEAR}\d\d? ?月 ?\d\d? ?[日号](?P<m>)", _day),
    _form(r"(?P<y>(?:19|20|21)?\d\d) ?年度?", _whole_year),
    _form(r"(?P<y>(?:19|20|21)?\d\d) ?年?全年|全年", _full_year),
    _form(r"(?P<y>(?:19|20|21)?\d\d) ?年年?[底末]", _december),
    _form(rf"(?P<y>(?:19|20|21)?\d\d) ?年 ?年?{MIDDLE}", _middle),
    _form(r"(?<!个)[年月][底末中]", _which_month),
)
# Letters and characters with which a time can begin: elsewhere none of the forms is tried.
STARTS = frozenset(
    {
        *MONTHS,
        *"q h m fy cy ytd month quarter full whole calendar entire all for that final".split(),
        *"mid midyear middle".split(),
    }
)
STARTS |= frozenset({*NUMBER_WORDS, "latter", *"第全头年月"}) | RELATIVE_STARTS

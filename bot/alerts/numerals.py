"""Numbers in Chinese characters, as digits: 二十万吨 is 20万吨, 百分之五 is 百分之5, 两成 is 20%."""

import re

_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_PLACES = {"十": 10, "百": 100, "千": 1_000}
_DIGIT = f"[{''.join(_DIGITS)}]"
_NUMBER = rf"(?:{_DIGIT}|[{''.join(_PLACES)}])+(?:点{_DIGIT}+)?"
# 千万 and 百万 after digits are units of their own, which are read as such: 2千万.
_WRITTEN = re.compile(rf"(?<=百分之){_NUMBER}|(?<!\d){_NUMBER}(?=[万亿吨磅]|美元|美金|短吨)")
_TENTHS = re.compile(rf"(?P<tens>{_DIGIT})成(?P<ones>半|{_DIGIT})?(?!为)")


def in_digits(text: str) -> str:
    """The text with its numerals as digits, where a unit or a percentage shows that they are numbers."""
    return _TENTHS.sub(_percent, _WRITTEN.sub(lambda match: _number(match.group()), text))


def _percent(match: re.Match[str]) -> str:
    ones = 5 if match["ones"] == "半" else _DIGITS.get(match["ones"] or "零", 0)
    return f"{10 * _DIGITS[match['tens']] + ones}%"


def _number(written: str) -> str:
    whole, _, part = written.partition("点")
    decimals = "".join(str(_DIGITS[each]) for each in part)
    return f"{_whole(whole)}.{decimals}" if part else str(_whole(whole))


def _whole(written: str) -> int:
    """Digits count by the place after them: 一百二十. Without places they stand one by one: 二〇."""
    if not set(written) & set(_PLACES):
        return int("".join(str(_DIGITS[each]) for each in written))
    total = digit = 0
    for each in written:
        if each in _PLACES:
            total += (digit or 1) * _PLACES[each]
            digit = 0
        else:
            digit = _DIGITS[each]
    return total + digit

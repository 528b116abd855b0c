"""Numbers in words as digits: 二十万吨 is 20万吨, 百分之五 is 百分之5, 两成 20%, half a percent 0.5%.

Only what is written out in full is read. 三四万 (three or four), 几百, and 四百五, whose last digit may be
fifty or five, are no numbers, so that they are asked back.
"""

import re

from bot.questions.lexicon import load, split

_DIGITS = "零一二三四五六七八九"
_PLACES = {"千": 1_000, "百": 100, "十": 10}
_LARGE = {"亿": 100_000_000, "万": 10_000}
_ALL = _DIGITS + "两" + "".join((*_PLACES, *_LARGE))
# A run of them from its very beginning: neither 几 nor digits before it.
_RUN = rf"(?<![{_ALL}点几数第\d.])(?<!\d )[{_ALL}点]+"
_END = "(?=$|[ ,.;，。；!！以时的就则请提预每只通告叫])"
# What is counted, in a unit or in times as much, shows that it is a number; so do 万 and 亿 at its end.
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

"""Numbers in words, as digits: 二十万吨 is 20万吨, 百分之五 is 百分之5, 两成 is 20%, half a percent 0.5%.

Only what is written out in full is read. 三四万 (three or four), 几百 and 四百五, of which the last digit may
be fifty or five, stay as they are, so that they are asked back.
"""

import re

from bot.questions.lexicon import NUMBER_WORDS

_ONE_TO_NINE = "一二两三四五六七八九"
_DIGITS = {"零": 0} | {character: NUMBER_WORDS[character] for character in _ONE_TO_NINE}
_PLACES = {"千": 1_000, "百": 100, "十": 10}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_D = f"[{_ONE_TO_NINE}]"
_TEN = f"(?:{_D}?十{_D}?)"
_HUNDRED = f"(?:{_D}百(?:零{_D}|{_D}十{_D}?)?)"
_THOUSAND = f"(?:{_D}千(?:零{_D}|零{_D}十{_D}?|{_HUNDRED})?)"
_SECTION = f"(?:{_THOUSAND}|{_HUNDRED}|{_TEN}|{_D})"
# What follows 万 or 亿 begins with thousands, or with 零 where there are none.
_NEXT = f"(?:{_THOUSAND}|零(?:{_HUNDRED}|{_TEN}|{_D}))"
_WHOLE = re.compile(f"(?:{_SECTION}亿{_NEXT}万{_NEXT}?|{_SECTION}[亿万]{_NEXT}?|{_SECTION})")
_PART = re.compile(f"(?P<whole>零|{_SECTION})点(?P<part>[零{_ONE_TO_NINE}]+)(?P<large>[万亿]?)")

_ALL = "".join((*_DIGITS, *_PLACES, *_LARGE))
# A run of them from its very beginning: neither 几 nor digits before it.
_RUN = rf"(?<![{_ALL}点几数第\d.])(?<!\d )[{_ALL}点]+"
_END = "(?=$|[ ,.;，。；以时的就则请提预每只])"
# What is counted, in a unit or in times as much, shows that it is a number; so do 万 and 亿 at its end.
_WRITTEN = re.compile(
    rf"(?<=百分之)[{_ALL}点]+|{_RUN}(?=吨|短吨|磅|美元|美金|倍)|{_RUN}(?<=[{''.join(_LARGE)}]){_END}"
)
_TENTHS = re.compile(rf"(?<![{_ALL}几数\d])(?P<tens>{_D})成(?P<ones>半|{_D})?{_END}")

# Percentages in English words: five percent, twenty-five percent, two and a half percent.
_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL_WORDS = {word: number for number, word in enumerate(_SMALL, 1)}
_TEN_WORDS = {word: 10 * number for number, word in enumerate(_TENS, 2)}
_UNITS = "|".join(_SMALL[:9])
_PERCENT = r"(?= ?(?:per ?cent(?![a-z])|%)(?! ?points?))"
_WORDED = re.compile(
    rf"(?<![\w.-])(?<!point )(?<!hundred )(?<!hundred and )"
    rf"(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<unit>{_UNITS}))?|(?P<small>{'|'.join(_SMALL)}))"
    rf"(?P<half> and a half)?{_PERCENT}"
)
_HALF = re.compile(rf"(?<![\w.-])(?<!and )(?:half (?:of )?an?|an? half(?: of an?)?){_PERCENT}")


def in_digits(text: str) -> str:
    """The text with its numerals as digits, where what stands beside them shows that they are numbers."""
    text = _HALF.sub("0.5", _WORDED.sub(_in_words, text))
    return _TENTHS.sub(_percent, _WRITTEN.sub(lambda match: _number(match.group()), text))


def _in_words(match: re.Match[str]) -> str:
    said = match.groupdict(default="")
    tens, unit = _TEN_WORDS.get(said["tens"], 0), _SMALL_WORDS.get(said["unit"] or said["small"], 0)
    return f"{tens + unit}{'.5' if said['half'] else ''}"


def _percent(match: re.Match[str]) -> str:
    ones = 5 if match["ones"] == "半" else _DIGITS.get(match["ones"] or "零", 0)
    return f"{10 * _DIGITS[match['tens']] + ones}%"


def _number(written: str) -> str:
    """In digits, with a 万 or 亿 at its end left as it is; what is no full number as it was written."""
    if found := _PART.fullmatch(written):
        part = "".join(str(_DIGITS[each]) for each in found["part"])
        return f"{_value(found['whole'])}.{part}{found['large']}"
    if not _WHOLE.fullmatch(written):
        return written
    if written[-1] in _LARGE and not set(written[:-1]) & set(_LARGE):
        return f"{_value(written[:-1])}{written[-1]}"
    return str(_value(written))


def _value(whole: str) -> int:
    """What a full number comes to: each digit counts by the place after it, each section by its 万 or 亿."""
    total = section = digit = 0
    for each in whole:
        if each in _LARGE:
            total, section, digit = total + (section + digit) * _LARGE[each], 0, 0
        elif each in _PLACES:
            section, digit = section + (digit or 1) * _PLACES[each], 0
        else:
            digit = _DIGITS[each]
    return total + section + digit

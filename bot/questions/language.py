"""In which language a text asks: answered in the same one."""

import re

from bot.questions.question import Question
from bot.words import Language

# A unit that an English question asks for too, and a Chinese name in quotes, make no question Chinese.
UNITS = re.compile("[万萬]?[吨噸]|[万萬亿億]?美元")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
WORD = re.compile(r"[^\W\d_]+")
# Said in both languages: of these alone no language can be told.
NEUTRAL = frozenset(
    "ytd yoy mom qoq csv xlsx kt mt t lb lbs st usd us hs vs q q1 q2 q3 q4 h1 h2 ok excel".split()
)
ASKED_FOR: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"(?i)(?<![^\W_])in english(?![^\W_])|[用以说請请]*(?:英文|英语|英語)(?:回答|显示|版|说|吧)*"
    ),
    "zh": re.compile(
        r"(?i)(?<![^\W_])in (?:simplified )?(?:chinese|mandarin)(?![^\W_])"
        r"|[用以说請请]*(?:中文|汉语|普通话)(?:回答|显示|版|说|吧)*"
    ),
}


def heard(text: str, last: Question | None) -> tuple[Language, str]:
    """The language of a text after the last question of its thread, and the text without the words for it."""
    for language, asked_for in ASKED_FOR.items():
        if asked_for.search(text):
            return language, asked_for.sub(" ", text)
    return _spoken_in(text, last), text


def _spoken_in(text: str, last: Question | None) -> Language:
    if HAN.search(UNITS.sub("", text)):
        return "zh"
    words = {word.casefold() for word in WORD.findall(text)}
    return last.language if last and words <= NEUTRAL else "en"

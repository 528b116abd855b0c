"""In which language a text asks: answered in the same one."""

import re

from bot.questions.question import Question
from bot.words import Language

# A unit that an English question asks for too, and a name in quotes, make no question Chinese.
UNITS = re.compile("[万萬]?[吨噸]")
QUOTED = re.compile('“[^“”]*”|"[^"]*"|「[^「」]*」')
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
WORD = re.compile(r"[^\W\d_]+")
# Said in both languages: of these alone no language can be told.
NEUTRAL = frozenset(
    "ytd yoy mom qoq csv xlsx kt mt t lb lbs st usd us hs vs q q1 q2 q3 q4 h h1 h2 ok excel".split()
)
_ALONE = (
    r"^\W*(?:(?:please|pls|now|and) )*"
    r"(?:(?:switch|change|go|back)(?: back)? to |(?:speak|answer|reply) (?:in )?)?"
    r"(?:{names})(?: (?:please|pls|version))*\W*$"
)
_IN_ENGLISH = r"(?<![^\W_])in (?:simplified )?(?:{names})(?![^\W_])"
_IN_CHINESE = (
    r"[请請]?(?:[用以说說](?:{names})(?:回答|显示|版|说|吧)*|(?:{names})(?:回答|显示|版|说|吧)+)"
    r"|^\W*(?:{names})\W*$"
)
_NAMES: dict[Language, tuple[str, str]] = {
    "en": ("english", "英文|英语|英語"),
    "zh": ("chinese|mandarin", "中文|汉语|漢語|普通话"),
}
ASKED_FOR: dict[Language, re.Pattern[str]] = {
    spoken: re.compile(f"(?i){_IN_ENGLISH}|{_ALONE}|{_IN_CHINESE}".replace("{names}", f"{english}|{chinese}"))
    for spoken, (english, chinese) in _NAMES.items()
}


def heard(text: str, last: Question | None) -> tuple[Language, str]:
    """The language of a text after the last question of its thread, and the text without the words for it."""
    for language, asked_for in ASKED_FOR.items():
        if asked_for.search(text):
            return language, asked_for.sub(" ", text)
    return _spoken_in(text, last), text


def _spoken_in(text: str, last: Question | None) -> Language:
    """Chinese where anything is; where nothing is that tells it, that of the thread."""
    said = UNITS.sub("", QUOTED.sub(" ", text))
    if HAN.search(said):
        return "zh"
    if not {word.casefold() for word in WORD.findall(said)} <= NEUTRAL:
        return "en"
    if last:
        return last.language
    return "zh" if HAN.search(text) else "en"

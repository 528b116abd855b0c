"""In which language a text asks: answered in the same one."""

import re

from bot.questions.question import Question
from bot.words import Language, language

# A unit that an English question asks for too, and a name in quotes, make no question Chinese.
UNITS = re.compile("[万萬]?[吨噸]|[万萬亿億]?美元")
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
# Nearly no text holds one of these: the patterns are slow, and tried where one does.
_NAMES_OF_ANY = tuple(name for names in _NAMES.values() for each in names for name in each.split("|"))


def heard(text: str, last: Question | None) -> tuple[Language, str]:
    """The language of a text after the last question of its thread, and the text without the words for it."""
    if wanted := asked_for(text):
        return wanted, without_language(text)
    return language_of(text) or _of_the_place(text, last), text


def asked_for(text: str) -> Language | None:
    """The language that a text asks to be answered in, whatever its own is."""
    plain = text.casefold()
    if not any(name in plain for name in _NAMES_OF_ANY):
        return None
    return next((wanted for wanted, words in ASKED_FOR.items() if words.search(text)), None)


def without_language(text: str) -> str:
    """The text without the words that ask for a language."""
    wanted = asked_for(text)
    return ASKED_FOR[wanted].sub(" ", text) if wanted else text


def language_of(text: str) -> Language | None:
    """The language that a text is written in, Chinese where anything is; None where nothing tells it."""
    said = text if text.isascii() else UNITS.sub("", QUOTED.sub(" ", text))
    if HAN.search(said):
        return "zh"
    return None if {word.casefold() for word in WORD.findall(said)} <= NEUTRAL else "en"


def _of_the_place(text: str, last: Question | None) -> Language:
    """That of the thread; of a unit alone its own; else the one that is spoken there."""
    if last:
        return last.language
    return "zh" if HAN.search(text) else language()

"""In which language a text asks: answered in the same one; Chinese in simplified characters."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, cast

from bot.questions.lexicon import load, patterns, words_of
from bot.questions.question import Question
from bot.questions.reading import Reading
from bot.words import Language, language

RE = patterns("language")
ASKED_FOR = cast(Mapping[Language, re.Pattern[str]], patterns("languages").all)
_FOREIGN = words_of("chatter", "foreign", "words")
_TABLES = cast(Any, load("hanzi"))
_PLAIN: Final = str.maketrans(
    dict(zip(_TABLES["traditional"], _TABLES["simplified"], strict=True)) | _TABLES["slips"]
)


def simplified(text: str) -> str:
    """The text with each traditional character as the simplified one, of the same length."""
    return text if text.isascii() else text.translate(_PLAIN)


def heard(text: str, last: Question | None) -> tuple[Language, str]:
    """The language of a text after the last question of its thread, and the text without words for it."""
    wanted, rest = asked_for(text)
    if own := wanted or language_of(text) or (last.language if last else None):
        return own, rest
    return "zh" if RE.han.search(text) else language(), text  # of a unit alone; else what is spoken there


def asked_for(text: str) -> tuple[Language | None, str]:
    """The language that a text asks to be answered in, whatever its own is, and the rest of the text."""
    wanted = next((each for each, words in ASKED_FOR.items() if words.search(text)), None)
    return wanted, ASKED_FOR[wanted].sub(" ", text) if wanted else text


def language_of(text: str) -> Language | None:
    """The language that a text is written in, Chinese where anything is; None where nothing tells it."""
    said = text if text.isascii() else RE.units.sub("", RE.quoted.sub(" ", text))
    if not said.isascii() and RE.han.search(said):
        return "zh"
    words = (match[0].casefold() for match in RE.word.finditer(said))
    return None if all(map(RE.neutral.fullmatch, words)) else "en"


def is_foreign(text: str) -> bool:
    """Whether it is in neither English nor Chinese: another script, or several words of another language."""
    said = set(text.replace("?", " ").replace(",", " ").replace("'", " ").split())
    return bool(not text.isascii() and RE.scripts.search(text)) or len(_FOREIGN & said) > 1


def in_language(reading: Reading, language: Language) -> Reading:
    """The reading with its questions and offers in that language."""
    spoken = tuple(q if q.language == language else replace(q, language=language) for q in reading.questions)
    offers = tuple(dict.fromkeys(replace(offer.plain, language=language) for offer in reading.offers))
    if reading.language == language and (spoken, offers) == (reading.questions, reading.offers):
        return reading
    return replace(reading, questions=spoken, offers=offers, language=language)

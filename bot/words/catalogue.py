"""The sentences of a language, as gettext reads them: AREA.en.po and AREA.zh.po stand side by side.

A sentence's name is its area and what it says, `headline.not_on_record`; its values stand in braces,
`{series}`.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

import polib

from bot.errors import InternalError
from bot.profile import forgotten
from bot.words.language import Language, language

SENTENCES = Path(__file__).parent / "sentences"
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "zh": "nplurals=1; plural=0;"}
TELLERS: dict[type, Callable[[Any], str]] = {}
Teller = TypeVar("Teller", bound=Callable[[Any], str])


def say(name: str, /, **values: object) -> str:
    """The sentence of that name in the language that is spoken; InternalError where there is none."""
    sentence, form = _sentence(language(), name)
    for key, value in values.items():
        if value.__class__ is not str and value.__class__ in TELLERS:
            values[key] = TELLERS[value.__class__](value)
    return form % values if values else sentence


def tells(kind: type) -> Callable[[Teller], Teller]:
    """Has each value of a type, wherever a sentence holds one, put into words by the function below it."""

    def kept(teller: Teller) -> Teller:
        TELLERS[kind] = teller
        return teller

    return kept


def say_or(otherwise: str, name: str, /, **values: object) -> str:
    """The sentence of that name, where there is one: for names that the record has without end."""
    try:
        return say(name, **values)
    except InternalError:
        return otherwise


def say_count(name: str, count: int, /, **values: object) -> str:
    """The same of a sentence that has a form for one and one for more; `{count}` is the number in it."""
    told = {key: TELLERS[type(each)](each) if type(each) in TELLERS else each for key, each in values.items()}
    return _of_count(language(), name, count) % {"count": count, **told}


@cache
def _sentence(spoken: Language, name: str) -> tuple[str, str]:
    """One of them, looked up once, for an answer has hundreds; and its form for values."""
    sentence = _with_folder(_sentences(spoken, name.partition(".")[0]).gettext(name))
    return sentence, _printf(sentence)


@lru_cache(maxsize=1_000)
def _of_count(spoken: Language, name: str, count: int) -> str:
    """The form that it has for so many."""
    return _printf(_with_folder(_sentences(spoken, name.partition(".")[0]).ngettext(name, name, count)))


forgotten(_sentence.cache_clear)
forgotten(_of_count.cache_clear)


def _with_folder(sentence: str) -> str:
    """The sentence with the values that the data folder gives to all of them."""
    from bot.words.folder import with_values  # which is said by sentences itself

    return with_values(sentence)


def _printf(sentence: str) -> str:
    """The sentence with its values in the form of printf, which is filled in a quarter of the time."""
    parts = Formatter().parse(sentence)
    return "".join(text.replace("%", "%%") + (f"%({name})s" if name else "") for text, name, *_ in parts)


@cache
def _sentences(spoken: Language, area: str) -> GNUTranslations:
    """The sentences of an area in a language; none where there is no such area."""
    path = SENTENCES / f"{area}.{spoken}.po"
    entries = polib.pofile(str(path), encoding="utf-8") if path.is_file() else polib.POFile()
    entries.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": PLURALS[spoken]}
    read = GNUTranslations(BytesIO(entries.to_binary()))
    read.add_fallback(_Missing())
    return read


class _Missing(NullTranslations):
    """What gettext asks for a sentence that no file has: its own answer would be the bare name."""

    def gettext(self, message: str) -> str:
        raise InternalError(f"no sentence is named {message}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise InternalError(f"no sentence with a number is named {msgid1}")

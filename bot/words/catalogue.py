"""The sentences of a language, as gettext writes them: AREA.en.po and AREA.zh.po stand side by side.

A sentence's name is its area and what it says, `headline.not_on_record`; its values stand in braces,
`{series}`.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

import polib

from bot.errors import InternalError
from bot.profile import forgotten
from bot.words.spoken import Language, language

SENTENCES = Path(__file__).parent / "sentences"
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
    return _with_folder(_entry(spoken, name, counted=False).msgstr)


@lru_cache(maxsize=1_000)
def _of_count(spoken: Language, name: str, count: int) -> str:
    """The form that it has for so many: in English for one and for others, in Chinese for all."""
    forms = _entry(spoken, name, counted=True).msgstr_plural
    return _with_folder(forms[min(count != 1, len(forms) - 1)])[1]


forgotten(_sentence.cache_clear)
forgotten(_of_count.cache_clear)


def _with_folder(sentence: str) -> tuple[str, str]:
    """The sentence with the data folder's values; and its other ones as in printf, a quarter of the time."""
    from bot.words.folder import with_values  # which is said by sentences itself

    told = with_values(sentence)
    parts = ((text.replace("%", "%%"), name) for text, name, *_ in Formatter().parse(told))
    return told, "".join(text + (f"%({name})s" if name else "") for text, name in parts)


def _entry(spoken: Language, name: str, *, counted: bool) -> polib.POEntry:
    """The sentence with the form that is wanted, one for counts or the only one."""
    if not (entry := _entries(spoken, name.partition(".")[0]).get(name)):
        raise InternalError(f"no sentence is named {name}")
    if not (entry.msgstr_plural if counted else entry.msgstr):
        raise InternalError(f"{name} is said {'without' if counted else 'with'} a count")
    return entry


@cache
def _entries(spoken: Language, area: str) -> Mapping[str, polib.POEntry]:
    """The sentences of an area in a language; none where there is no such area."""
    path = SENTENCES / f"{area}.{spoken}.po"
    entries = polib.pofile(str(path), encoding="utf-8") if path.is_file() else ()
    return {entry.msgid: entry for entry in entries}

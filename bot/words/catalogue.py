"""The sentences of a language, as gettext writes them: AREA.en.po and AREA.zh.po stand side by side.

A sentence's name is its area and what it says, `report.no_record`; its values stand in braces, `{series}`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import polib

from bot.errors import InternalError
from bot.profile import forgotten
from bot.words.spoken import Language, language

SENTENCES = Path(__file__).parent / "sentences"
TELLERS: dict[type, Callable[[Any], str]] = {}  # by which a sentence puts values of a type into words


def say(name: str, /, **values: object) -> str:
    """The sentence of that name in the language that is spoken; InternalError where there is none."""
    sentence, form = _sentence(language(), name)
    return form % _told(values) if values else sentence


def say_count(name: str, count: int, /, **values: object) -> str:
    """The same of a sentence that has a form for one and one for more; `{count}` is the number in it."""
    return _sentence(language(), name, count != 1)[1] % {"count": count, **_told(values)}


def _told(values: Mapping[str, object]) -> dict[str, object]:
    return {key: TELLERS[type(each)](each) if type(each) in TELLERS else each for key, each in values.items()}


def say_or(otherwise: str, name: str, /, **values: object) -> str:
    """The sentence of that name, where there is one: for names that the record has without end."""
    try:
        return say(name, **values)
    except InternalError:
        return otherwise


@cache
def _sentence(spoken: Language, name: str, plural: bool | None = None) -> tuple[str, str]:
    """One of them with the data folder's values; and its others as in printf, in a quarter of the time."""
    from bot.words.folder import with_values  # which is said by sentences itself

    if not (entry := _entries(spoken, name.partition(".")[0]).get(name)):
        raise InternalError(f"no sentence is named {name}")
    forms = entry.msgstr_plural if plural is not None else {0: entry.msgstr}
    if not forms or not forms[0]:
        raise InternalError(f"{name} is said {'with' if plural is None else 'without'} a count")
    told = with_values(forms[min(bool(plural), len(forms) - 1)])
    parts = ((text.replace("%", "%%"), value) for text, value, *_ in Formatter().parse(told))
    return told, "".join(text + (f"%({value})s" if value else "") for text, value in parts)


forgotten(_sentence.cache_clear)


@cache
def _entries(spoken: Language, area: str) -> Mapping[str, polib.POEntry]:
    path = SENTENCES / f"{area}.{spoken}.po"
    entries = polib.pofile(str(path), encoding="utf-8") if path.is_file() else ()
    return {entry.msgid: entry for entry in entries}

"""What the vocabulary takes from the data folder: whose trade it is, its series' names, its partners.

In lists and patterns «reporter» stands for the country whose trade it is, «reporters» for every word for it,
and «series» for what names a series; with _zh in Chinese.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.profile import profile
from bot.words import speaking
from bot.words.folder import country

VOCABULARY = Path(__file__).parent / "vocabulary"
MARK = re.compile("«([a-z_]+)»")
BOT = "alumina"  # by this name it is spoken to
LEAST = 4  # letters of a word that names a series wherever it stands
REIMPORTS = "from {0} (re-imports), {0} (re-imports)"


@cache
def general(name: str) -> Mapping[str, Mapping[str, Any]]:
    """The tables of one vocabulary file."""
    return tomllib.loads((VOCABULARY / f"{name}.toml").read_text(encoding="utf-8"))


def with_names(word: str) -> Iterator[str]:
    """The word, or one of it with each name of the reporter in its place."""
    names = reporter("en") if "«reporters»" in word else [profile().reporter_en.lower()]
    every = names if "«" in word else names[:1]
    yield from (word.replace("«reporters»", name).replace("«reporter»", name) for name in every)


def with_marks(pattern: str) -> str:
    """The pattern with the folder's own words in the place of its marks."""
    return MARK.sub(lambda mark: _marked(mark[1]), pattern) if "«" in pattern else pattern


def _marked(mark: str) -> str:
    name, spoken = mark.removesuffix("_zh"), "zh" if mark.endswith("_zh") else "en"
    if mark == "bot":
        return BOT
    if mark == "not_after_reporter_zh":
        return "".join(f"(?<!{re.escape(each)})" for each in reporter("zh"))
    words = stems(spoken) if name == "series" else [re.escape(each) for each in reporter(spoken)]
    return f"(?:{'|'.join(words)})" if words else "(?!)"


def reporter(language: str) -> list[str]:
    """The names of the country whose trade it is in a language, and its adjectives; the longest first."""
    own = profile()
    listed = split(general("countries")["countries"].get(own.reporter_en, ""))
    every = {each.lower() for each in (own.reporter_en, own.reporter_zh, *own.reporter_aliases, *listed)}
    return _longest_first(_of(language, every))


def stems(language: str) -> list[str]:
    """Patterns of the words that name the series; without any of the folder's own its aliases, as written."""
    if told := profile().vocabulary.get("stems", {}).get(language):
        return list(told)
    names = {word.lower() for each in profile().words for word in each}
    least = LEAST if language == "en" else 1
    return [re.escape(each) for each in _longest_first(_of(language, names)) if len(each) >= least]


def countries(general: Mapping[str, str]) -> dict[str, list[str]]:
    """The words for each country: first for those on record, then for all others but the reporter."""
    own, us = profile(), reporter("en") + reporter("zh")
    names = {*own.partners, *general} - {own.reporter_en, "other"}
    found = {}
    for name in sorted(names, key=lambda name: name not in general):
        with speaking("zh"):
            words = split(general[name]) if name in general else [name.lower(), country(name)]
        found[name] = list(dict.fromkeys([*words, *own.partners.get(name, ())]))
    known = {word for words in found.values() for word in words} | set(us)
    ours = [REIMPORTS.format(own.reporter_en.lower()), f"{own.reporter_zh}(复进口)"]
    rest = [word for word in split(general.get("other", "")) if word not in known]
    return {**found, own.reporter_en: [word for each in ours for word in split(each)], "other": rest}


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda each: (-len(each), each))


def split(words: str) -> list[str]:
    """The words of an entry, which commas part."""
    return [" ".join(word.split()) for word in words.split(",") if word.strip()]


def _of(language: str, words: Iterable[str]) -> Iterator[str]:
    return (word for word in words if (word[:1] >= "\u3400") == (language == "zh"))

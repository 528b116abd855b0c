"""What is asked in the gallery: by the folder's gallery.toml, else by questions made from its own series."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bot.profile import profile
from bot.words import LANGUAGES, language
from bot.words.folder import with_values

NO_ANSWER = "Where there is no answer"
BESIDE = ("Alerts", "Modals", "Months")  # headings that hold no plain questions


@cache
def _general() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))


def asked(heading: str) -> dict[str, str]:
    """Each question under a heading by the name of its specimen, in the language that is spoken."""
    every = (profile().gallery or _general()).get(heading, {})
    return {name: with_values(_spoken(words)) for name, words in every.items()}


def _spoken(words: str | Sequence[str]) -> str:
    return words if isinstance(words, str) else words[LANGUAGES.index(language())]


def headings() -> list[str]:
    """The headings of plain questions."""
    return [each for each in profile().gallery or _general() if each not in BESIDE]

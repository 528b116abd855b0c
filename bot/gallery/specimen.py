"""One thing to look at; and what is asked to get it: by the folder's gallery.toml, else of its own series."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.messages.message import Message
from bot.messages.modal import View
from bot.profile import profile
from bot.words import LANGUAGES, Language, language
from bot.words.folder import with_values

ASKER = "U_ANA"  # who asks in the gallery, in the trade's channel of a workspace
WORKSPACE = "T0LOCAL"
NO_ANSWER = "Where there is no answer"
BESIDE = ("Alerts", "Modals", "Months")  # headings that hold no plain questions


@dataclass(frozen=True, slots=True)
class Specimen:
    """A message, or a view: a modal or the home tab.

    `group` is the heading it stands under, `asked` what a person typed or pressed to get it, `language` the
    one that it is in; name and group are the gallery's own, and the same in each.
    """

    name: str
    content: Message | View
    group: str
    asked: str = ""
    language: Language = "en"


@cache
def _general() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))


def asked(heading: str) -> dict[str, str]:
    """Each question under a heading by the name of its specimen, in the language that is spoken."""
    place, every = LANGUAGES.index(language()), (profile().gallery or _general()).get(heading, {})
    spoken = {name: words if isinstance(words, str) else words[place] for name, words in every.items()}
    return {name: with_values(words) for name, words in spoken.items()}


def headings() -> list[str]:
    """The headings of plain questions."""
    return [each for each in profile().gallery or _general() if each not in BESIDE]

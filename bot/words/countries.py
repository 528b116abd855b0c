"""Partner countries by the names that the record has for them."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from bot.profile import profile
from bot.words.catalogue import say, say_or

# ISO 3166-1 alpha-2 codes.
CODES: Mapping[str, str] = tomllib.loads(
    Path(__file__).with_name("countries.toml").read_text(encoding="utf-8")
)


def country(name: str) -> str:
    """Guinea, 几内亚; one that the catalogue does not know as on record; the reporter by what came back."""
    told = say_or(name, f"countries.{re.sub('[^a-z]+', '_', name.lower())}")
    return say("folder.reimports", name=told) if name == profile().reporter_en else told


def with_code(name: str) -> str:
    """Guinea (GN), where the country has a code."""
    return f"{country(name)} ({CODES[name]})" if name in CODES else country(name)

"""What sentences say of the data folder that is served: {TRADE}, {REPORTER}, the others; and of countries."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.profile import Line, profile
from bot.words import enumeration, language, say, say_or

CODES: Mapping[str, str] = tomllib.loads(Path(__file__).with_name("countries.toml").read_text("utf-8"))
NAMED = re.compile(r"\{([A-Z_]+)\}")


def _own(english: str, chinese: str) -> str:
    return chinese if language() == "zh" else english


def own_name(name: str) -> str:
    """A name of the folder's files: a scope, a publisher, an event; by the language's word for it."""
    return _own(name, profile().zh.get(name, name))


def folder_note(kind: str) -> str:
    """What the folder says to a question of a kind that it cannot answer; '' for nothing of its own."""
    notes = profile().vocabulary.get("notes", {})
    return str(_own(notes.get(f"{kind}_en", ""), notes.get(f"{kind}_zh", "")))


def _names(commodities: Iterable[str]) -> str:
    return enumeration([_name(each) for each in dict.fromkeys(commodities)])


def _name(commodity: str) -> str:
    """Alumina, as inside a sentence: without what stands in brackets."""
    known = profile().catalogue[commodity]
    told = _own(known.short_en, known.short_zh).split(" (")[0]
    return told if told[:2].isupper() else told[:1].lower() + told[1:]


def _line(line: Line) -> str:
    return say(f"folder.line_{line[1]}", name=_name(line[0]))


def _month() -> str:
    year, month = profile().example_month
    return say("folder.month", month=say(f"named.month_{month}").lower(), year=year)


VALUES: Mapping[str, Callable[[], str]] = {
    "TRADE": lambda: _own(profile().title_en, profile().title_zh),
    "REPORTER": lambda: _own(profile().reporter_en, profile().reporter_zh),
    "NAMES": lambda: _names(name for name, _ in profile().lines),
    "FIRST": lambda: _line(profile().examples[0]) if profile().examples else "",
    "FIRST_NAME": lambda: _name(profile().examples[0][0]) if profile().examples else "",
    "MONTH": _month,
    "YEAR": lambda: str(profile().example_month[0]),
    "LEVEL": lambda: f"{profile().example_level / 1_000:g}kt",
    "HINT": lambda: profile().command_hint or say("folder.hint"),  # what can be typed behind the command
    "FLASH": lambda: enumeration([_line(line) for line, at in profile().stages.items() if at == "flash"]),
    "AWAITED": lambda: _names(name for name, _ in profile().awaited),
}


def with_values(sentence: str) -> str:
    """The sentence with the folder's values in it; all other braces stay."""
    return NAMED.sub(lambda found: VALUES[found[1]](), sentence)


def country(name: str) -> str:
    """Guinea, 几内亚; one that the catalogue does not know as on record; the reporter by what came back."""
    told = say_or(name, f"countries.{re.sub('[^a-z]+', '_', name.lower())}")
    return say("folder.reimports", name=told) if name == profile().reporter_en else told

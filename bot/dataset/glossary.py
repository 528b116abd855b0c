"""The glossary of glossary.toml: what each term of the trade holds and leaves out, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.dataset.csv_frame import read_toml
from bot.errors import DataFileError

TEXTS = ("name_en", "name_zh", "text_en", "text_zh")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term, the other words for it, and what it means."""

    id: str
    name_en: str
    name_zh: str
    text_en: str
    text_zh: str
    aliases: tuple[str, ...] = ()


def load_glossary(path: Path) -> Mapping[str, Entry]:
    """The entries by id; none where there is no such file, a DataFileError where one is not as expected."""
    if not path.exists():
        return MappingProxyType({})
    text, tables = read_toml(path)
    return MappingProxyType({name: _entry(path.name, text, name, table) for name, table in tables.items()})


def _entry(file: str, text: str, name: str, table: object) -> Entry:
    line = text.count("\n", 0, max(text.find(f"[{name}]"), 0)) + 1
    own = table if isinstance(table, dict) else {}
    for key in TEXTS:
        if not isinstance(own.get(key), str) or not own[key].strip():
            raise DataFileError(file, line, f"{name}.{key}", str(own.get(key, "")), "a text")
    aliases = own.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(each, str) and each for each in aliases):
        raise DataFileError(file, line, f"{name}.aliases", str(aliases), "a list of texts")
    name_en, name_zh, text_en, text_zh = (own[key].strip() for key in TEXTS)
    return Entry(name, name_en, name_zh, text_en, text_zh, tuple(aliases))

"""The glossary of glossary.toml: what each term of the trade holds and leaves out, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.dataset.toml_file import TomlEntry, named_entries


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
    entries = named_entries(path) if path.exists() else []
    return MappingProxyType({each.name: _entry(each) for each in entries})


def _entry(table: TomlEntry) -> Entry:
    name_en, name_zh, text_en, text_zh = map(table.text, ("name_en", "name_zh", "text_en", "text_zh"))
    return Entry(table.name, name_en, name_zh, text_en, text_zh, table.texts("aliases"))

"""The series (commodities.toml) and the terms of the trade (glossary.toml): names and what they hold."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.dataset.model import Flow
from bot.dataset.toml_file import TomlEntry, named_entries


@dataclass(frozen=True, slots=True)
class Commodity:
    """One series of commodities.toml; a later scope is served only where the first is missing.

    A narrower one is only a part of the series: it is served where it is named, and by partner.
    """

    id: str
    name_en: str
    name_zh: str
    aliases: tuple[str, ...]
    scopes: tuple[str, ...]
    hs: tuple[str, ...]
    flows: tuple[Flow, ...]
    short_en: str = ""
    short_zh: str = ""
    inside: str = ""
    wider_aliases: tuple[str, ...] = ()
    narrower_scopes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def all_scopes(self) -> tuple[str, ...]:
        """Everything that its figures can count, the first of the series first."""
        return self.scopes + self.narrower_scopes


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the glossary, the other words for it, and what it holds and leaves out."""

    id: str
    name_en: str
    name_zh: str
    text_en: str
    text_zh: str
    aliases: tuple[str, ...] = ()


def load_catalogue(path: Path) -> Mapping[str, Commodity]:
    """Commodities by id, in the file's order; a DataFileError where an entry is not as expected."""
    entries = named_entries(path)
    names = [entry.name for entry in entries]
    return MappingProxyType({entry.name: _commodity(entry, names) for entry in entries})


def load_glossary(path: Path) -> Mapping[str, Entry]:
    """The entries by id; none where there is no such file, a DataFileError where one is not as expected."""
    entries = named_entries(path) if path.exists() else []
    return MappingProxyType({each.name: Entry(**each.values(Entry)) for each in entries})


def _commodity(entry: TomlEntry, names: Collection[str]) -> Commodity:
    if "inside" in entry.table and entry.table["inside"] not in names:
        entry.refuse("inside", "a commodity of this file")
    values = entry.values(Commodity)
    for flow in set(values["flows"]) - {"export", "import"}:  # net is worked out, never published
        entry.refuse("flows", "export or import", flow)
    return Commodity(**{"short_en": values["name_en"], "short_zh": values["name_zh"], **values})

"""The series' names, aliases, scopes and HS codes, as commodities.toml holds them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.dataset.model import Flow
from bot.dataset.toml_file import TomlEntry, named_entries

NEEDED = ("aliases", "scopes", "hs", "flows")
OPTIONAL = ("narrower_scopes", "wider_aliases", "lines")
FLOWS = ("export", "import")  # what is published; net is worked out


@dataclass(frozen=True, slots=True)
class Commodity:
    """One series of commodities.toml; a later scope is served only where the first is missing.

    A narrower one is only a part of the series: it is served where it is named, and by partner.
    """

    id: str
    name_en: str
    name_zh: str
    short_en: str
    short_zh: str
    aliases: tuple[str, ...]
    wider_aliases: tuple[str, ...]
    scopes: tuple[str, ...]
    narrower_scopes: tuple[str, ...]
    hs: tuple[str, ...]
    lines: tuple[str, ...]
    flows: tuple[Flow, ...]
    inside: str

    @property
    def all_scopes(self) -> tuple[str, ...]:
        """Everything that its figures can count, the first of the series first."""
        return self.scopes + self.narrower_scopes


def load_catalogue(path: Path) -> Mapping[str, Commodity]:
    """Commodities by id, in the file's order; a DataFileError where an entry is not as expected."""
    entries = named_entries(path)
    names = [entry.name for entry in entries]
    return MappingProxyType({entry.name: _commodity(entry, names) for entry in entries})


def _commodity(entry: TomlEntry, names: Collection[str]) -> Commodity:
    name_en, name_zh = entry.text("name_en"), entry.text("name_zh")
    lists = {key: entry.texts(key, needed=key in NEEDED) for key in (*NEEDED, *OPTIONAL)}
    for flow in set(lists["flows"]) - set(FLOWS):
        entry.refuse("flows", "export or import", flow)
    if "inside" in entry.table and entry.table["inside"] not in names:
        entry.refuse("inside", "a commodity of this file")
    return Commodity(
        id=entry.name,
        name_en=name_en,
        name_zh=name_zh,
        short_en=entry.text("short_en", name_en),
        short_zh=entry.text("short_zh", name_zh),
        inside=entry.table.get("inside", ""),
        **lists,  # type: ignore[arg-type]
    )

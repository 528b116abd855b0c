"""The series' names, aliases, scopes and HS codes, as commodities.toml holds them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from bot.dataset.csv_frame import read_toml
from bot.dataset.model import Flow
from bot.errors import DataFileError

NEEDED = ("aliases", "scopes", "hs", "flows")
LISTS = (*NEEDED, "narrower_scopes", "wider_aliases", "lines")
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
    text, tables = read_toml(path)
    entries = [_Entry(path.name, _line(text, name), name, table) for name, table in tables.items()]
    return MappingProxyType({entry.name: _commodity(entry, tuple(tables)) for entry in entries})


@dataclass(frozen=True, slots=True)
class _Entry:
    """One commodity's table, and where it stands: for the error that names it."""

    file: str
    line: int
    name: str
    table: Any

    def text(self, key: str, otherwise: str = "") -> str:
        value = self.table.get(key, otherwise)
        return value if isinstance(value, str) and value else self.refuse(key, value, "a name")

    def texts(self, key: str) -> tuple[Any, ...]:
        value = self.table.get(key, [])
        good = isinstance(value, list) and all(isinstance(item, str) and item for item in value)
        if not good or (key in NEEDED and not value):
            self.refuse(key, value, "a list of texts")
        return tuple(value)

    def refuse(self, key: str, value: object, expected: str) -> NoReturn:
        raise DataFileError(self.file, self.line, f"{self.name}.{key}", str(value), expected)


def _commodity(entry: _Entry, names: tuple[str, ...]) -> Commodity:
    if not isinstance(entry.table, dict):
        entry.refuse("", entry.table, "a table of a commodity")
    lists = {key: entry.texts(key) for key in LISTS}
    inside = entry.table.get("inside", "")
    for flow in set(lists["flows"]) - set(FLOWS):
        entry.refuse("flows", flow, "export or import")
    if inside and inside not in names:
        entry.refuse("inside", inside, "a commodity of this file")
    name_en, name_zh = entry.text("name_en"), entry.text("name_zh")
    return Commodity(
        id=entry.name,
        name_en=name_en,
        name_zh=name_zh,
        short_en=entry.text("short_en", name_en),
        short_zh=entry.text("short_zh", name_zh),
        inside=inside,
        **lists,
    )


def _line(text: str, name: str) -> int:
    """The line that begins with the name, bracketed or not."""
    found = re.search(rf"^\[?{re.escape(name)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1

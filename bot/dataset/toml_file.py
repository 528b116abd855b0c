"""TOML files, entry by entry: a wrong one is named by its line and key."""

import re
import tomllib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, NoReturn, get_origin

from bot.dataset.csv_frame import read_utf8
from bot.errors import DataFileError


@dataclass(frozen=True, slots=True)
class TomlEntry:
    """One table, under its heading or one of a list, and where it begins."""

    file: str
    line: int
    name: str
    table: dict[str, Any]

    def text(self, key: str) -> str:
        """The words under a key."""
        value = self.table.get(key)
        return value.strip() if isinstance(value, str) and value.strip() else self.refuse(key, "a text")

    def texts(self, key: str, *, needed: bool) -> tuple[str, ...]:
        """The list under a key."""
        value = self.table.get(key, [])
        fits = isinstance(value, list) and all(isinstance(item, str) and item for item in value)
        return tuple(value) if fits and (value or not needed) else self.refuse(key, "a list of texts")

    def values(self, kind: type[Any]) -> dict[str, Any]:
        """Texts and lists of texts for a dataclass of which it is one: what has a default may lack."""
        found: dict[str, Any] = {"id": self.name}
        for each in fields(kind):
            needed, is_list = each.default is MISSING, get_origin(each.type) is tuple
            if each.name != "id" and (needed or each.name in self.table):
                found[each.name] = self.texts(each.name, needed=needed) if is_list else self.text(each.name)
        return found

    def refuse(self, key: str, expected: str, value: object = None) -> NoReturn:
        """Raises the DataFileError that names a key."""
        column = f"{self.name}.{key}" if self.name else key
        told = self.table.get(key, "") if value is None else value
        raise DataFileError(self.file, self.line, column, str(told), expected)


def named_entries(path: Path) -> list[TomlEntry]:
    """The tables of a file, each under its own heading."""
    text, tables = _read(path)
    found = [TomlEntry(path.name, _line(text, name), name, table) for name, table in tables.items()]
    for each in found:
        if not isinstance(each.table, dict):
            raise DataFileError(each.file, each.line, each.name, str(each.table), "a table")
    return found


def listed_entries(path: Path, head: str) -> list[TomlEntry]:
    """The entries of a file that consists of one list of tables."""
    text, tables = _read(path)
    entries, heading = tables.get(head, []), f"[[{head}]]"
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == heading]
    if not isinstance(entries, list) or len(entries) != len(lines):
        raise DataFileError(path.name, 1, "(file)", head, f"a list of {heading} entries")
    return [TomlEntry(path.name, line, "", entry) for line, entry in zip(lines, entries, strict=True)]


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    text = read_utf8(path).decode()
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise DataFileError(path.name, line, "(file)", str(error), "readable TOML") from error


def _line(text: str, name: str) -> int:
    """The line that begins with the name, bracketed or not."""
    found = re.search(rf"^\[?{re.escape(name)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1

"""The data files: where they are, CSV as frames of text, TOML as tables; what is unreadable is named."""

import csv
import io
import re
import tomllib
from codecs import BOM_UTF8
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pandas as pd

from bot.errors import DataFileError, SettingError

QUOTED = re.compile(rb'"(?<=[,\n]")[^"\r\n]*(""[^"\r\n]*)*"(?=[,\r\n])')  # a cell that ends in its line
NO_MARKS = bytes(set(range(256)) - set(b',"\r\n'))


def data_folder(chosen: Path | None = None) -> Path:
    """The data folder: `chosen` (ALUMINA_DATA) if given, else the packaged one, else the checkout's."""
    package = Path(__file__).resolve().parent.parent
    candidates = [chosen] if chosen else [package / "data", package.parent / "data"]
    for folder in candidates:
        if (folder / "figures.csv").is_file():
            return folder
    raise SettingError(
        f"ALUMINA_DATA: there is no figures.csv in {candidates[-1]}; alumina data new FOLDER makes a folder."
    )


def read_utf8(path: Path) -> bytes:
    """The whole file without a byte order mark; a DataFileError names the line that is not UTF-8."""
    try:
        content = path.read_bytes().removeprefix(BOM_UTF8)
        content.decode()
        return content
    except OSError as error:
        raise DataFileError(path.name, 1, "(file)", str(error.strerror), "a readable file") from error
    except UnicodeDecodeError as error:
        line, wrong = error.object.count(b"\n", 0, error.start) + 1, error.object[error.start]
        raise DataFileError(path.name, line, "(file)", f"byte {wrong:#x}", "text in UTF-8") from error


def read_csv(path: Path, columns: Collection[str]) -> pd.DataFrame:
    """All cells as text, each row under the number of the line on which it begins."""
    content, names = read_utf8(path), list(columns)
    lines = None if _is_plain(content, names) else _lines(path.name, content, names)
    frame = pd.read_csv(
        io.BytesIO(content), names=names, header=0, dtype=object, na_filter=False, skip_blank_lines=False
    )
    codes = {name: pd.Categorical.from_codes(*pd.factorize(frame[name])) for name in names}
    return pd.DataFrame(codes, index=range(2, len(frame) + 2) if lines is None else lines)


def _is_plain(content: bytes, columns: list[str]) -> bool:
    """Whether each row is a line of its own with as many cells as there are columns."""
    header, row = ",".join(columns).encode(), b"," * (len(columns) - 1) + b"\n"
    marks = QUOTED.sub(b"", content).translate(None, NO_MARKS).replace(b"\r\n", b"\n")
    return content.startswith((header + b"\n", header + b"\r\n")) and marks == row * marks.count(b"\n")


def _lines(file: str, content: bytes, columns: list[str]) -> list[int]:
    """On which line each row begins; refuses what pandas lets pass: open quotes, rows too short."""
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8", newline="")
    reader, begins = csv.reader(text, strict=True), [1]
    try:
        if (header := next(reader, [])) != columns:
            raise DataFileError(file, 1, "(header)", ",".join(header), f"the columns {','.join(columns)}")
        begins = [reader.line_num + 1]
        for row in reader:
            if len(row) != len(columns):
                expected = f"a row of {len(columns)} cells (it has {len(row)})"
                raise DataFileError(file, begins[-1], "(row)", ",".join(row), expected)
            begins.append(reader.line_num + 1)
    except csv.Error as error:  # a quote that is never closed is told where it was opened
        raise DataFileError(file, begins[-1], "(row)", str(error), "a row of CSV") from error
    return begins[:-1]


class TomlEntry(NamedTuple):
    """One table, under its heading or one of a list, and where it begins."""

    file: str
    line: int
    name: str
    table: dict[str, Any]
    text: str = ""  # of the table from that line on, in which a key has a line of its own

    def refuse(self, key: str, expected: str, value: object = None) -> NoReturn:
        """Raises the DataFileError that names a key."""
        column = ".".join(filter(None, (self.name, key)))
        told = self.table.get(key, "") if value is None else value
        place = re.search(rf"^\[?{re.escape(key)}\b", self.text, re.MULTILINE)
        line = self.line + (self.text.count("\n", 0, place.start()) if place and key else 0)
        raise DataFileError(self.file, line, column, str(told), expected)


def whole_file(path: Path) -> TomlEntry:
    """A file that describes one thing, as one table."""
    return TomlEntry(path.name, 1, "", *reversed(_tables(path)))


def named_entries(path: Path) -> list[TomlEntry]:
    """The tables of a file, each under its own heading."""
    text, tables = _tables(path)
    found: list[TomlEntry] = []
    for name, table in tables.items():
        heading = re.search(rf"^\[?{re.escape(name)}\b", text, re.MULTILINE)
        start = heading.start() if heading else 0
        line = text.count("\n", 0, start) + 1
        if not isinstance(table, dict):
            raise DataFileError(path.name, line, name, str(table), "a table")
        found.append(TomlEntry(path.name, line, name, table, text[start:].split("\n[")[0]))
    return found


def listed_entries(path: Path, head: str) -> list[TomlEntry]:
    """The entries of a file that consists of one list of tables."""
    text, tables = _tables(path)
    entries, heading = tables.get(head, []), f"[[{head}]]"
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == heading]
    if {*tables} - {head} or not isinstance(entries, list) or len(entries) != len(lines):
        raise DataFileError(path.name, 1, "(file)", ", ".join(tables), f"a list of {heading} entries")
    return [TomlEntry(path.name, line, "", entry) for line, entry in zip(lines, entries, strict=True)]


def _tables(path: Path) -> tuple[str, dict[str, Any]]:
    text = read_utf8(path).decode()
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise DataFileError(path.name, line, "(file)", str(error), "readable TOML") from error

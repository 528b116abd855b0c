"""CSV files read as text and checked cell by cell: one error that names the first wrong cell."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.dataset.text_table import Column, Flags, Table
from bot.errors import DataFileError

LONG_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Rule:
    """What a column has to hold: `good` says for every row of the table whether its cell does."""

    column: str
    expected: str
    good: Callable[[Table], Flags]


def read_table(path: Path, columns: Sequence[str], rules: Sequence[Rule]) -> Table:
    """All cells as text; a DataFileError names the first cell that breaks a rule."""
    return checked(path.name, _read(path, columns), rules)


def checked(file: str, table: Table, rules: Sequence[Rule]) -> Table:
    """The table itself; a DataFileError names the first cell that breaks a rule."""
    wrong = [
        (int(table.lines[place]), order, rule, table.cells(place, [rule.column])[0])
        for order, rule in enumerate(rules)
        if (place := _first_wrong(rule.good(table))) is not None
    ]
    if wrong:
        line, _, rule, value = min(wrong, key=lambda item: item[:2])
        raise DataFileError(file, line, rule.column, value, rule.expected)
    return table


def parted(file: str, table: Table, rule: Rule) -> tuple[Table, tuple[DataFileError, ...]]:
    """The rows that keep the rule, and an error for each that breaks it."""
    good = rule.good(table)
    cells = table.columns[rule.column].at(np.flatnonzero(~good))
    wrong = zip(table.lines[~good].tolist(), cells, strict=True)
    errors = (DataFileError(file, line, rule.column, cell, rule.expected) for line, cell in wrong)
    return table.where(good), tuple(errors)


def read_text(path: Path) -> str:
    """The whole file, with or without a byte order mark; a DataFileError names the line that is not UTF-8."""
    return _text(path.name, _bytes(path))


def matches(column: str, pattern: str, expected: str) -> Rule:
    """A rule: the whole cell fits a regular expression."""
    fits = re.compile(pattern).fullmatch
    return Rule(column, expected, lambda table: table.columns[column].each(fits))


def one_of(column: str, choices: Sequence[str], expected: str = "") -> Rule:
    """A rule: the cell is one of the choices ('' stands for blank)."""
    named = expected or "one of " + ", ".join(choice or "(blank)" for choice in choices)
    return Rule(column, named, lambda table: table.columns[column].each(frozenset(choices).__contains__))


def _first_wrong(good: Flags) -> int | None:
    return None if good.all() else int(np.argmin(good))


def _read(path: Path, columns: Sequence[str]) -> Table:
    content = _bytes(path)
    if len(content) >= LONG_BYTES:
        # Importing pandas takes a quarter of a second: no short file is worth it.
        from bot.dataset.bulk import read_in_bulk

        if table := read_in_bulk(content, columns):
            return table
    return _read_by_row(path.name, _text(path.name, content), columns)


def _read_by_row(file: str, text: str, columns: Sequence[str]) -> Table:
    rows = _split(file, text)
    _, header = next(rows, (1, []))
    if header != list(columns):
        raise DataFileError(file, 1, "(header)", ",".join(header), f"the columns {','.join(columns)}")
    checked = [(line, _checked(file, line, row, len(columns))) for line, row in rows]
    cells = zip(*(row for _, row in checked), strict=True) if checked else ([] for _ in columns)
    lines = np.array([line for line, _ in checked], dtype=np.intp)
    return Table(lines, dict(zip(columns, map(Column.of, cells), strict=True)))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataFileError(path.name, 1, "(file)", str(error.strerror), "a readable file") from error


def _text(file: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, wrong = error.object.count(b"\n", 0, error.start) + 1, error.object[error.start]
        raise DataFileError(file, line, "(file)", f"byte {wrong:#x}", "text in UTF-8") from error


def _split(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on; a quote that is never closed is told where it was opened."""
    reader, begins = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise DataFileError(file, begins, "(row)", str(error), "a row of CSV") from error


def _checked(file: str, line: int, row: list[str], width: int) -> list[str]:
    if len(row) != width:
        raise DataFileError(file, line, "(row)", ",".join(row), f"a row of {width} cells (it has {len(row)})")
    return row

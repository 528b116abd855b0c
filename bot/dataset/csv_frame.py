"""CSV files as pandas frames of text, checked cell by cell: each wrong one is named by line and column.

pandas' parser takes what the csv module refuses (open quotes, rows too short). Where the two could differ the
csv module reads the file, and tells what is wrong.
"""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.errors import DataFileError

Flags = NDArray[np.bool_]
Indices = NDArray[np.intp]

# [0-9], not \d: that takes every script's digits.
MONTH = r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])"
NUMBER = r"[0-9]{1,15}(\.[0-9]{1,6})?"
ADDRESS = r"(https?://\S+)?"
TEXT = r"\S.*"
MOST = 1 << 62  # combinations that fit one number
_DAY = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")


class Table:
    """The cells of a file, and the line on which each row begins.

    A long table holds the same few cells again and again: what is asked of a cell is asked of each different
    one alone.
    """

    def __init__(self, frame: pd.DataFrame, lines: Indices) -> None:
        self.frame, self.lines = frame, lines

    def __len__(self) -> int:
        return len(self.lines)

    def mapped(self, column: str, made: Callable[[str], object], dtype: type) -> NDArray[np.generic]:
        """For every row what is made of its cell."""
        which, different = self._factors[column]
        return np.array([made(cell) for cell in different], dtype=dtype)[which]

    def each(self, column: str, test: Callable[[str], object]) -> Flags:
        """For every row whether its cell passes."""
        return self.mapped(column, lambda cell: bool(test(cell)), bool)  # type: ignore[return-value]

    def grouped(self, columns: Sequence[str]) -> tuple[Indices, list[tuple[str, ...]]]:
        """For every row which combination of cells it has, and these combinations."""
        which, _ = pd.factorize(self._combined(columns))
        first = pd.Series(which).drop_duplicates().index
        return which, list(self.frame.loc[first, list(columns)].itertuples(index=False, name=None))

    def stands_twice(self, columns: Sequence[str]) -> Flags:
        """For every row whether one before it has the same cells in these columns."""
        return pd.Series(self._combined(columns)).duplicated().to_numpy()

    def _combined(self, columns: Sequence[str]) -> Indices:
        """For every row a number for its cells in these columns."""
        codes, possible = np.zeros(len(self), dtype=np.int64), 1
        for column in columns:
            which, different = self._factors[column]
            width = max(len(different), 1)
            if possible * width > MOST:
                codes, kept = pd.factorize(codes)
                possible = len(kept)
            codes, possible = codes * width + which, possible * width
        return codes

    def where(self, chosen: Flags) -> "Table":
        """The rows that are flagged."""
        return Table(self.frame[chosen].reset_index(drop=True), self.lines[chosen])

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The cells of these columns, a tuple for every row."""
        return iter(self.frame[list(columns)].itertuples(index=False, name=None))

    @cached_property
    def _factors(self) -> dict[str, tuple[Indices, list[str]]]:
        factors = {str(name): pd.factorize(self.frame[name]) for name in self.frame}
        return {name: (which, list(different)) for name, (which, different) in factors.items()}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a column has to hold: `good` says for every row of the table whether its cell does.

    A cell is judged beside that of another column only where that one is as it should be.
    """

    column: str
    expected: str
    good: Callable[[Table], Flags]
    beside: str = ""


def read_table(path: Path, columns: Sequence[str], rules: Sequence[Rule]) -> Table:
    """All cells as text; a DataFileError names every cell that breaks a rule."""
    content = _bytes(path)
    table = _read_fast(content, columns) or _read_by_row(path.name, _text(path.name, content), columns)
    if errors := errors_of(path.name, table, rules):
        raise DataFileError.of(errors)
    return table


def errors_of(file: str, table: Table, rules: Sequence[Rule]) -> list[DataFileError]:
    """Every wrong cell in the order of the file; of each cell the first rule that it breaks."""
    found: dict[tuple[int, str], tuple[int, int, DataFileError]] = {}
    for order, rule in enumerate(rules):
        for place in np.flatnonzero(~rule.good(table)).tolist():
            line, cell = int(table.lines[place]), str(table.frame[rule.column].iat[place])
            error = DataFileError(file, line, rule.column, cell, rule.expected)
            if (line, rule.beside) not in found:
                found.setdefault((line, rule.column), (line, order, error))
    return [error for _, _, error in sorted(found.values(), key=lambda item: item[:2])]


def read_text(path: Path) -> str:
    """The whole file, with or without a byte order mark; a DataFileError names the line that is not UTF-8."""
    return _text(path.name, _bytes(path))


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file and its tables; a DataFileError names the line that is none."""
    text = read_text(path)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise DataFileError(path.name, line, "(file)", str(error), "readable TOML") from error


def matches(column: str, pattern: str, expected: str) -> Rule:
    """A rule: the whole cell fits a regular expression."""
    return Rule(column, expected, lambda table: table.each(column, re.compile(pattern).fullmatch))


def one_of(column: str, choices: Sequence[str], expected: str = "") -> Rule:
    """A rule: the cell is one of the choices ('' stands for blank)."""
    named = expected or "one of " + ", ".join(choice or "(blank)" for choice in choices)
    return Rule(column, named, lambda table: table.each(column, frozenset(choices).__contains__))


def iso_date(column: str, *, blank: bool = False) -> Rule:
    """A rule: the cell is a day of the calendar, written 2024-04-18."""
    expected = "a date such as 2024-04-18" + (" or blank" if blank else "")
    return Rule(
        column, expected, lambda table: table.each(column, lambda cell: _is_day(cell) or (blank and not cell))
    )


def unique(*columns: str) -> Rule:
    """A rule: no row before it has the same cells in these columns."""
    expected = "in a row of its own (this one stands twice)"
    return Rule(columns[0], expected, lambda table: ~table.stands_twice(columns))


def together(column: str, other: str, expected: str, test: Callable[[str, str], bool]) -> Rule:
    """A rule: the cells of two columns of a row go together."""

    def good(table: Table) -> Flags:
        which, pairs = table.grouped([column, other])
        return np.array([test(*pair) for pair in pairs], dtype=bool)[which]

    return Rule(column, expected, good, other)


def after(day: str, month: str) -> Rule:
    """A rule: the day lies after the month that another column names."""
    return together(
        day, month, "a day after the month it tells of", lambda told, of: not told or told[:7] > of
    )


def _is_day(cell: str) -> bool:
    try:
        return bool(_DAY.fullmatch(cell) and date.fromisoformat(cell))
    except ValueError:
        return False


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


def _read_by_row(file: str, text: str, columns: Sequence[str]) -> Table:
    lines, cells, reader, begins = (
        list[int](),
        list[list[str]](),
        csv.reader(io.StringIO(text, newline=""), strict=True),
        1,
    )
    try:
        for row in reader:
            _check_width(file, begins, row, columns)
            lines.append(begins)
            cells.append(row)
            begins = reader.line_num + 1
    except csv.Error as error:  # a quote that is never closed is told where it was opened
        raise DataFileError(file, begins, "(row)", str(error), "a row of CSV") from error
    if not lines:
        _check_width(file, 1, [], columns)
    frame = pd.DataFrame(cells[1:], columns=list(columns), dtype=object)
    return Table(frame, np.array(lines[1:], dtype=np.intp))


def _check_width(file: str, line: int, row: list[str], columns: Sequence[str]) -> None:
    if line == 1 and row != list(columns):
        raise DataFileError(file, 1, "(header)", ",".join(row), f"the columns {','.join(columns)}")
    if len(row) != len(columns):
        expected = f"a row of {len(columns)} cells (it has {len(row)})"
        raise DataFileError(file, line, "(row)", ",".join(row), expected)


def _read_fast(content: bytes, columns: Sequence[str]) -> Table | None:
    """The table as pandas reads it; None where a row could be told from the csv module's."""
    plain = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    begins = plain.find(b"\n") + 1
    if plain[:begins].rstrip(b"\n") != ",".join(columns).encode() or b"\0" in plain or b"\r" in plain:
        return None
    try:
        frame = pd.read_csv(
            io.BytesIO(plain), header=0, names=list(columns), dtype=object, na_filter=False, encoding="utf-8",
            skip_blank_lines=False, low_memory=False,
        )  # fmt: skip
    except (UnicodeDecodeError, pd.errors.ParserError):
        return None
    rows = plain.count(b"\n", begins) + (not plain.endswith(b"\n"))
    quoted = _quoted(plain, len(columns)) if b'"' in plain else 0
    whole = quoted is not None and plain.count(b",", begins) - quoted == rows * (len(columns) - 1)
    if not whole or len(frame) != rows or not isinstance(frame.index, pd.RangeIndex):
        return None
    return Table(frame, np.arange(2, rows + 2, dtype=np.intp))


def _quoted(content: bytes, width: int) -> int | None:
    """How many commas stand inside cells; None where a quote is not closed in its line, or stands amiss."""
    commas, at = 0, 0
    while (quote := content.find(b'"', at)) >= 0:
        begins, ends = content.rfind(b"\n", 0, quote) + 1, content.find(b"\n", quote)
        line, at = content[begins : ends if ends >= 0 else None], ends if ends >= 0 else len(content)
        try:
            (row,) = csv.reader([line.decode()], strict=True)
        except (csv.Error, UnicodeDecodeError):
            return None
        if len(row) != width:
            return None
        commas += line.count(b",") - (width - 1)
    return commas

"""CSV files as pandas frames of text, checked cell by cell: each wrong one is named by line and column."""

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.errors import DataFileError

Cell = tuple[str, Callable[[str], object]]  # what a cell of a column has to be, and the test of it
Columns = Mapping[str, Cell]
Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Rule:
    """What cells of one row have to be together; without a test: in no row before it the same.

    The first column is the one that is named, unless the cell of another is wrong already.
    """

    columns: tuple[str, ...]
    expected: str
    test: Callable[..., object] | None = None

    def broken(self, frame: pd.DataFrame) -> list[int]:
        """The lines of the rows that break it; cells that stand in many rows are tested once."""
        if self.test is None:
            return frame.index[frame.duplicated(list(self.columns))].tolist()
        numbers, sizes = numbered(frame, self.columns)
        different = pd.unique(numbers)
        places = zip(self.columns, np.unravel_index(different, sizes), strict=True)
        cells = zip(*(frame[column].array.categories.to_numpy()[at] for column, at in places), strict=True)
        wrong = [at for at, each in zip(different, cells, strict=True) if not _passes(self.test, each)]
        return frame.index[np.isin(numbers, wrong)].tolist() if wrong else []


def _passes(test: Callable[..., object], cells: tuple[str, ...]) -> bool:
    try:
        return bool(test(*cells))
    except ValueError:  # no number, no date
        return False


def read_table(path: Path, columns: Columns, *rules: Rule) -> pd.DataFrame:
    """All cells as text; a DataFileError names every cell that breaks a rule."""
    frame = read_cells(path, columns)
    if errors := errors_of(path.name, frame, columns, *rules):
        raise DataFileError.of(errors)
    return frame


def read_cells(path: Path, columns: Collection[str]) -> pd.DataFrame:
    """All cells as text, each row under the number of the line on which it begins."""
    content, names = read_utf8(path), list(columns)
    lines = None if _is_plain(content, names) else _lines(path.name, content.decode(), names)
    frame = pd.read_csv(
        io.BytesIO(content), names=names, header=0, dtype=object, na_filter=False, skip_blank_lines=False
    )
    codes = {name: pd.Categorical.from_codes(*pd.factorize(frame[name])) for name in names}
    return pd.DataFrame(codes, index=range(2, len(frame) + 2) if lines is None else lines)


def numbered(frame: pd.DataFrame, columns: Iterable[str]) -> tuple[Numbers, list[int]]:
    """A number for each row, the same where all cells of these columns are; how many each column has."""
    cells = [frame[column].array for column in columns]
    sizes = [len(each.categories) or 1 for each in cells]
    return np.ravel_multi_index([each.codes for each in cells], sizes), sizes


def errors_of(file: str, frame: pd.DataFrame, columns: Columns, *rules: Rule) -> list[DataFileError]:
    """Every wrong cell in the order of the file; of each cell the first rule that it breaks."""
    found: dict[tuple[int, str], DataFileError] = {}
    for rule in (*(Rule((column,), *cell) for column, cell in columns.items()), *rules):
        column, *beside = rule.columns
        for line in rule.broken(frame):
            error = DataFileError(file, line, column, str(frame.at[line, column]), rule.expected)
            if rule.test is None or not any((line, other) in found for other in beside):
                found.setdefault((line, column), error)
    return sorted(found.values(), key=lambda error: error.line)


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


def matches(pattern: str, expected: str) -> Cell:
    """The whole cell fits a regular expression."""
    return expected, re.compile(pattern).fullmatch


def one_of(choices: Collection[str], expected: str = "") -> Cell:
    """The cell is one of the choices ('' stands for blank)."""
    named = expected or "one of " + ", ".join(choice or "(blank)" for choice in choices)
    return named, frozenset(choices).__contains__


def _day(cell: str) -> object:
    return re.fullmatch(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", cell) and date.fromisoformat(cell)


# [0-9], not \d: that takes every script's digits.
NUMBER = r"[0-9]{1,15}(\.[0-9]{1,6})?"
TEXT = r"\S.*"
QUOTED = re.compile(rb'"(?<=[,\n]")[^"\r\n]*(""[^"\r\n]*)*"(?=[,\r\n])')  # a cell that ends in its line
NO_MARKS = bytes(set(range(256)) - set(b',"\r\n'))
ANYTHING: Cell = ("anything", lambda cell: True)
MONTH = matches(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", "a month such as 2024-03")
ADDRESS = matches(r"(https?://\S+)?", "an address or blank")
DAY: Cell = ("a date such as 2024-04-18", _day)
DAY_OR_BLANK: Cell = ("a date such as 2024-04-18 or blank", lambda cell: not cell or _day(cell))


def unique(*columns: str) -> Rule:
    """No row before it has the same cells in these columns."""
    return Rule(columns, "in a row of its own (this one stands twice)")


def after(day: str, month: str) -> Rule:
    """The day lies after the month that another column names."""
    expected = "a day after the month it tells of"
    return Rule((day, month), expected, lambda told, of: not told or told[:7] > of)


def _is_plain(content: bytes, columns: Collection[str]) -> bool:
    """Whether each row is a line of its own with as many cells as there are columns."""
    header, row = ",".join(columns).encode(), b"," * (len(columns) - 1) + b"\n"
    marks = QUOTED.sub(b"", content).translate(None, NO_MARKS).replace(b"\r\n", b"\n")
    return content.startswith((header + b"\n", header + b"\r\n")) and marks == row * marks.count(b"\n")


def _lines(file: str, text: str, columns: list[str]) -> list[int]:
    """On which line each row begins; refuses what pandas lets pass: open quotes, rows too short."""
    reader, begins = csv.reader(io.StringIO(text, newline=""), strict=True), [1]
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

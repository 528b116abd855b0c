"""CSV files read as text and checked cell by cell: one error that names the first wrong cell."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from bot.errors import DataFileError

Frame = pd.DataFrame
LINE = "(line)"  # no CSV column can be called so: it holds each row's line in the file


@dataclass(frozen=True, slots=True)
class Rule:
    """What a column has to hold: `good` says for every row of the frame whether its cell does."""

    column: str
    expected: str
    good: Callable[[Frame], "pd.Series[bool]"]


def read_table(path: Path, columns: Sequence[str], rules: Sequence[Rule]) -> Frame:
    """All cells as text, a row each; a DataFileError names the first cell that breaks a rule."""
    frame = _read(path, columns)
    wrong = [
        (int(frame[LINE].iloc[place]), order, rule, str(frame[rule.column].iloc[place]))
        for order, rule in enumerate(rules)
        if (place := _first_wrong(rule.good(frame))) is not None
    ]
    if wrong:
        line, _, rule, value = min(wrong, key=lambda item: item[:2])
        raise DataFileError(path.name, line, rule.column, value, rule.expected)
    return frame


def read_text(path: Path) -> str:
    """The whole file, with or without a byte order mark; a DataFileError names the line that is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataFileError(path.name, 1, "(file)", str(error.strerror), "a readable file") from error
    except UnicodeDecodeError as error:
        line, wrong = error.object.count(b"\n", 0, error.start) + 1, error.object[error.start]
        raise DataFileError(path.name, line, "(file)", f"byte {wrong:#x}", "text in UTF-8") from error


def cells(frame: Frame, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The cells of these columns, a tuple a row."""
    return zip(*(frame[name].tolist() for name in columns), strict=True)


def matches(column: str, pattern: str, expected: str) -> Rule:
    """A rule: the whole cell fits a regular expression."""
    return Rule(column, expected, _each_once(column, lambda cells: cells.str.fullmatch(pattern)))


def one_of(column: str, choices: Sequence[str], expected: str = "") -> Rule:
    """A rule: the cell is one of the choices ('' stands for blank)."""
    named = expected or "one of " + ", ".join(choice or "(blank)" for choice in choices)
    return Rule(column, named, _each_once(column, lambda cells: cells.isin(list(choices))))


def _each_once(
    column: str, good: Callable[["pd.Series[str]"], "pd.Series[bool]"]
) -> Callable[[Frame], "pd.Series[bool]"]:
    """The rule looked at once for each different cell: a long file holds the same few again and again."""

    def of_all(frame: Frame) -> "pd.Series[bool]":
        codes, different = pd.factorize(frame[column])
        fine = good(pd.Series(different, dtype=object)).astype(bool).to_numpy()
        return pd.Series(fine[codes], dtype=bool)  # type: ignore[return-value]  # the stubs take it for numbers

    return of_all


def _first_wrong(good: "pd.Series[bool]") -> int | None:
    return next((place for place, is_good in enumerate(good.tolist()) if not is_good), None)


def _read(path: Path, columns: Sequence[str]) -> Frame:
    rows = _split(path.name, read_text(path))
    _, header = next(rows, (1, []))
    if header != list(columns):
        raise DataFileError(path.name, 1, "(header)", ",".join(header), f"the columns {','.join(columns)}")
    width = len(columns)
    checked = [_checked(path.name, line, row, width) for line, row in rows]
    cells = zip(*checked, strict=True) if checked else ([] for _ in range(width + 1))
    return pd.DataFrame(dict(zip([LINE, *columns], map(list, cells), strict=True)), dtype=object)


def _split(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on; a quote that is never closed is told where it was opened."""
    reader, begins = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise DataFileError(file, begins, "(row)", str(error), "a row of CSV") from error


def _checked(file: str, line: int, row: list[str], width: int) -> list[object]:
    if len(row) != width:
        raise DataFileError(file, line, "(row)", ",".join(row), f"a row of {width} cells (it has {len(row)})")
    return [line, *row]

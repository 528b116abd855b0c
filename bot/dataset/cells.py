"""What the cells of a data file stand for, read and checked: each wrong one is named by line and column."""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field, Strict, StrictBool, TypeAdapter, ValidationError

from bot.dataset.data_files import TomlEntry, read_csv
from bot.errors import DataFileError

CellType = tuple[str, Callable[[Any], object]]  # what a cell of a column has to be; its value, or an error
Columns = Mapping[str, CellType]


class Rule(NamedTuple):
    """What cells of a row have to be together, the first is named; without a test: unlike any row before."""

    columns: tuple[str, ...]
    expected: str
    test: Callable[..., object] | None = None

    def broken(self, frame: pd.DataFrame) -> list[int]:
        """The lines of the rows that break it; cells that stand in many rows are tested once."""
        if self.test is None:
            return frame.index[frame.duplicated(list(self.columns))].tolist()
        beside = frame[list(self.columns)]
        different = beside.drop_duplicates().itertuples(index=False, name=None)
        wrong = {cells for cells in different if not _passes(self.test, cells)}
        lines = beside.itertuples(name=None) if wrong else ()
        return [line for line, *cells in lines if tuple(cells) in wrong]


def _passes(test: Callable[..., object], cells: tuple[str, ...]) -> bool:
    try:
        return test(*cells) is not False
    except (ValueError, KeyError):
        return False


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


def read_cells(path: Path, columns: Columns, *rules: Rule) -> pd.DataFrame:
    """All cells as text; a DataFileError names every one that breaks a rule."""
    frame = read_csv(path, columns)
    if errors := errors_of(path.name, frame, columns, *rules):
        raise DataFileError.of(errors)
    return frame


def read_rows(path: Path, columns: Columns, *rules: Rule, optional: bool = False) -> list[dict[str, Any]]:
    """The values of each row by column; a DataFileError names every cell that breaks a rule."""
    if optional and not path.exists():
        return []
    values = values_of(read_cells(path, columns, *rules), columns).values()
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]


def values_of(frame: pd.DataFrame, columns: Columns) -> dict[str, NDArray[np.object_]]:
    """The values in each column; cells that stand in many rows are read once."""
    cells = {name: frame[name].array for name in columns}
    different = {name: [*map(read, cells[name].categories), None] for name, (_, read) in columns.items()}
    return {name: np.array(different[name], dtype=object).take(cells[name].codes) for name in columns}


def read_keys(entry: TomlEntry, columns: Columns, needed: Collection[str] = ()) -> dict[str, Any]:
    """What a table's keys hold, and those that are needed; a DataFileError names one that is wrong."""
    found = {}
    for key in (key for key in columns if key in entry.table or key in needed):
        expected, read = columns[key]
        try:
            value = read(entry.table.get(key, ""))
        except (ValueError, KeyError, TypeError) as error:
            part = error.errors()[0]["input"] if isinstance(error, ValidationError) else None
            entry.refuse(key, expected, part)
        found[key] = value.strip() if isinstance(value, str) else value
    for key in sorted(entry.table.keys() - columns):
        entry.refuse(key, f"one of {', '.join(columns)}")
    return found


def matches(pattern: str, expected: str, value: Callable[[str], object] = str) -> CellType:
    """The whole cell fits a regular expression; it stands for its text, or for None where it is blank."""
    fits = re.compile(pattern).fullmatch

    def read(cell: str) -> object:
        if not fits(cell):
            raise ValueError(cell)
        return value(cell) if cell or value is str else None

    return expected, read


def one_of(choices: Collection[str], expected: str = "") -> CellType:
    """The cell is one of the choices ('' stands for blank, whose value is None)."""
    named = expected or "one of " + ", ".join(choice or "(blank)" for choice in choices)
    return named, {choice: choice or None for choice in choices}.__getitem__


def unique(*columns: str) -> Rule:
    """No row before it has the same cells in these columns."""
    return Rule(columns, "in a row of its own (this one stands twice)")


def after(day: str, month: str) -> Rule:
    """The day lies after the month that another column names."""
    expected = "a day after the month it tells of"
    return Rule((day, month), expected, lambda told, of: not told or told[:7] > of)


def columns_of(file: str, **own: CellType) -> Columns:
    """What the cells of a file have to be; `own`: of those columns whose choices a folder gives."""
    return {name: own.get(name) or _cell(told) for name, told in _FILES[file].items()}


def _cell(told: Any) -> CellType:
    told = _FILES["kinds"][told] if isinstance(told, str) else told
    if isinstance(told, list):
        pattern, expected, *value = told
        return matches(pattern, expected, *(_VALUES[each] for each in value))
    if "type" in told:
        return told["expected"], TypeAdapter(_TYPES[told["type"]]).validate_python
    return one_of(told["one_of"])


_FILES: Mapping[str, Any] = tomllib.loads(
    Path(__file__).with_name("columns.toml").read_text(encoding="utf-8")
)
_VALUES: Mapping[str, Callable[[str], object]] = {
    "day": date.fromisoformat, "number": float, "whole": int,
    "pair": lambda month: tuple(map(int, month.split("-"))),
}  # fmt: skip
_Number = Annotated[float, Strict()]
_Text = Annotated[str, Field(pattern=r"\S")]
_TYPES: Mapping[str, Any] = {
    "flag": StrictBool, "number": Annotated[_Number, Field(ge=0)], "range": tuple[_Number, _Number],
    "day of a month": Annotated[int, Strict(), Field(ge=1, le=28)],
    "texts": tuple[_Text, ...], "some texts": Annotated[tuple[_Text, ...], Field(min_length=1)],
    "flows": Annotated[tuple[Literal["export", "import"], ...], Field(min_length=1)],
    "table": dict[str, str], "any table": dict[str, Any],
}  # fmt: skip

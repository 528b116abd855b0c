"""Long tables, read by pandas' parser: where it would not read the very same rows, nothing is read.

It takes what the csv module refuses (open quotes, rows too short, text after a quote), so rows with a quote
are looked at by the csv module too, and commas and lines are counted.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bot.dataset.text_table import Column, Indices, Table

HEADER_LINES = 1


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A row with a quote: on which line it begins, over how many it goes, with how many cells and commas."""

    line: int
    lines: int
    cells: int
    commas: int


def read_in_bulk(content: bytes, columns: Sequence[str]) -> Table | None:
    """The table; None where the rows have to be read one by one, to be told what is wrong or to be sure."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    header = content[: content.find(b"\n") + 1].rstrip(b"\r\n")
    if header.decode("latin-1") != ",".join(columns) or not _has_plain_lines(content):
        return None
    try:
        quoted = list(_quoted(content))
        frame = _parsed(content, columns)
    except (csv.Error, UnicodeDecodeError, pd.errors.ParserError):
        return None
    if not _is_whole(content, frame, quoted):
        return None
    table = Table(_lines(len(frame), quoted), {name: _column(frame[name]) for name in columns})
    return table if _has_short_cells(table) else None


def _has_plain_lines(content: bytes) -> bool:
    """Whether lines end as usual and no cell is cut off at a NUL."""
    returns = content.count(b"\r")
    return b"\0" not in content and (not returns or returns == content.count(b"\r\n"))


def _quoted(content: bytes) -> Iterator[_Quoted]:
    """The rows with a quote, as the csv module reads them; a csv.Error where it does not."""
    stream, line, counted = io.BytesIO(content), 1, 0
    rows = csv.reader(map(bytes.decode, stream), strict=True)
    while (quote := content.find(b'"', stream.tell())) >= 0:
        begins = content.rfind(b"\n", 0, quote) + 1
        line += content.count(b"\n", counted, begins)
        stream.seek(begins)
        cells = len(next(rows))
        counted, ends = begins, stream.tell()
        lines = len(content[begins:ends].splitlines())
        yield _Quoted(line, lines, cells, content.count(b",", begins, ends))


def _parsed(content: bytes, columns: Sequence[str]) -> pd.DataFrame:
    return pd.read_csv(
        io.BytesIO(content), header=0, names=list(columns), dtype=object, encoding="utf-8", na_filter=False,
        skip_blank_lines=False, low_memory=False,
    )  # fmt: skip


def _is_whole(content: bytes, frame: pd.DataFrame, quoted: Sequence[_Quoted]) -> bool:
    """Whether every row has all its cells and no more: the parser fills short ones up."""
    width = frame.shape[1]
    lines = content.count(b"\n") + (not content.endswith(b"\n"))
    rows = lines - HEADER_LINES - sum(row.lines - 1 for row in quoted)
    commas = content.count(b",") - sum(row.commas - (width - 1) for row in quoted)
    return (
        isinstance(frame.index, pd.RangeIndex)  # cells too many in the first row would be its index
        and len(frame) == rows
        and commas == (rows + HEADER_LINES) * (width - 1)
        and all(row.cells == width for row in quoted)
    )


def _lines(rows: int, quoted: Sequence[_Quoted]) -> Indices:
    """The line on which each row begins: those after a row of several lines come later."""
    lines = np.arange(1 + HEADER_LINES, rows + 1 + HEADER_LINES, dtype=np.intp)
    for row in (row for row in quoted if row.lines > 1):
        lines[lines > row.line] += row.lines - 1
    return lines


def _column(cells: "pd.Series[str]") -> Column:
    which, different = pd.factorize(cells)
    return Column(different.tolist(), which)


def _has_short_cells(table: Table) -> bool:
    """Whether the csv module would have taken every cell."""
    most = csv.field_size_limit()
    return all(max(map(len, column.different), default=0) <= most for column in table.columns.values())

"""Long files are read by another parser: the same rows on the same lines, or the same error."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dataset import csv_tables
from bot.dataset.bulk import read_in_bulk
from bot.errors import DataFileError
from tests.looped import looped

COLUMNS = ("one", "two", "three")
HEADER = b"one,two,three\n"
PIECES = st.sampled_from(
    [b",", b",", b",", b"\n", b"\n", b'"', b'""', b'","', b'"\n', b"\r\n", b"\r", b"\0", b" ", b"a", b"b",
     b"NA", b"nan", b"1", b"1.0", b"#", b"\\", b"'", b"\t", b"\xff", "铝".encode(), b"a,b,c\n",
     b'a,"b, ""b""",c\n', b'"a\nb",c,d\n', b"\xef\xbb\xbf"]
)  # fmt: skip


@contextmanager
def long_from(size: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_tables, "LONG_BYTES", size)
        yield


def outcome(path: Path, size: int) -> object:
    """All cells with their lines, or the error."""
    try:
        with long_from(size):
            table = csv_tables.read_table(path, COLUMNS, [])
    except DataFileError as error:
        return str(error)
    return [(int(line), *cells) for line, cells in zip(table.lines, table.rows(COLUMNS), strict=True)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.lists(PIECES, max_size=30).map(b"".join))
def test_whatever_stands_in_a_file_both_readers_say_the_same(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(HEADER + body)
    assert outcome(path, 0) == outcome(path, len(HEADER + body) + 1)


@looped(
    "body",
    [
        "a,b,c\nd,e,f\n",
        "a,b,c\r\nd,e,f\r\n",
        "a,b,c",
        ",,\nNA,nan,null\n1,1.0,01\n",
        'a,"b, and ""more""",c\n"two\nlines",e,f\n铝,h,"i"\n',
    ],
)
def test_a_sound_file_is_read_in_bulk(body: str) -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        assert read_in_bulk(mark + HEADER + body.encode(), COLUMNS) is not None


@looped(
    ("body", "said"),
    [
        ("a,b,c\nd,e\n", "line 3, column (row): 'd,e'"),
        ("a,b,c,d\n", "line 2, column (row): 'a,b,c,d'"),
        ("a,b,c,d\ne,f\n", "line 2, column (row): 'a,b,c,d'"),  # as many commas as there should be
        ('a,"b\nb",c\n\n', "line 4, column (row): ''"),
        ('a,b,"c\n', "line 2, column (row): 'unexpected end of data'"),
        ('a,"b" b,c\n', "line 2, column (row): '\\',\\' expected after \\'\"\\''"),
    ],
)
def test_what_is_wrong_in_a_long_file_is_named_by_its_line(body: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(HEADER + body.encode())
    assert f"table.csv, {said} is not " in str(outcome(path, 0))


def test_a_cell_longer_than_the_csv_module_takes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(HEADER + b"a,b," + b"c" * 200_000)
    assert "line 2, column (row): 'field larger than field limit" in str(outcome(path, 0))

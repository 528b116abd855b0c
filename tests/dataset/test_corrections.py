"""Known errors of publishers: read from the file, matched by publisher, figure and printed value."""

from dataclasses import replace

import pytest

from bot.dataset.companions import Correction, check_matches, fitting, load_entries
from bot.dataset.load import load_record
from bot.errors import DataFileError
from tests.dataset.conftest import put
from tests.dataset.rows import ALUMINA, month
from tests.tables import looped, tables

CELLS = tables("dataset/cells.yaml")

ENTRY = {
    "publisher": '"An Article"', "period": '"2024-03"', "kind": '"month"', "flow": '"export"',
    "commodity": '"alumina"', "measure": '"quantity"', "printed": "140_000", "reason": '"a misprint"',
}  # fmt: skip
PRINTED = ("An Article", ALUMINA, month("2024-03"), 140_000.0)
MISPRINT = Correction(1, PRINTED, "a misprint")


def write(folder, **changed):
    lines = [f"{key} = {value}" for key, value in (ENTRY | changed).items() if value is not None]
    path = folder / "corrections.toml"
    path.write_text("\n".join(["[[correction]]", *lines]) + "\n", encoding="utf-8")
    return path


def test_an_entry_is_read_with_its_line(tmp_path):
    assert load_entries(write(tmp_path), ["alumina"]) == (MISPRINT,)
    assert load_entries(tmp_path / "none.toml", ["alumina"]) == ()


def test_the_shipped_entries_leave_no_row_of_the_record_out(record):
    assert record.corrections
    assert [row for row in record.rows if fitting(row, record.sources, record.corrections)] == []


def test_a_row_that_holds_the_misprint_is_not_loaded(folder):
    write(folder)
    assert [row.value for row in load_record(folder).rows] == [140_000]  # line 2: March 2023
    put(folder, "figures.csv", value="150000")  # the publisher has mended it
    assert len(load_record(folder).rows) == 2
    put(folder, "figures.csv")
    write(folder, publisher='"Somebody Else"')  # another publisher's value stays
    assert len(load_record(folder).rows) == 2


@looped(("key", "value", "expected"), CELLS["corrections"])
def test_a_wrong_entry_is_named(tmp_path, key, value, expected):
    with pytest.raises(DataFileError, match=rf"^corrections\.toml, line 1, .*{expected}"):
        load_entries(write(tmp_path, **{key: value}), ["alumina"])


def test_a_heading_that_is_not_the_name_of_the_file_is_named(tmp_path):
    path = write(tmp_path).rename(tmp_path / "confirmed.toml")
    with pytest.raises(DataFileError, match=r"'correction' is not a list of \[\[confirmed\]\] entries"):
        load_entries(path, ["alumina"])


def test_what_is_no_toml_is_named(tmp_path):
    (tmp_path / "corrections.toml").write_text("[[correction\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"^corrections\.toml.*readable TOML"):
        load_entries(tmp_path / "corrections.toml", [])


def test_an_entry_that_matches_nothing_fails_the_check():
    check_matches("corrections.toml", [MISPRINT], {PRINTED})
    with pytest.raises(DataFileError, match=r"^corrections\.toml, line 1, column printed: '150000'"):
        check_matches("corrections.toml", [replace(MISPRINT, printed=(*PRINTED[:3], 150_000.0))], {PRINTED})

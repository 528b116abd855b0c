"""Every file of the data folder: that it parses, and what a broken cell of it stops."""

import shutil
from datetime import date

import pytest

from bot.dataset.data_files import data_folder
from bot.dataset.load import load_record
from bot.errors import DataFileError
from tests.dataset.conftest import FIGURE, put, refused, table
from tests.published import rows_of
from tests.tables import looped, tables

CELLS = tables("dataset/cells.yaml")

NAMES = ("commodity", "flow", "partner", "measure")


def rows(name):
    found = rows_of(name)
    assert found
    assert all(None not in row and None not in row.values() for row in found)
    return found


def test_every_source_is_used_and_every_figure_has_one(record):
    assert {row.source for row in record.rows} == set(record.sources)


def test_a_figure_kept_out_is_out_and_the_one_it_contradicts_is_on_record(record):
    kept = {
        (str(row.period.end), *(getattr(row.series, name) for name in NAMES), row.period.kind, row.value)
        for row in record.rows
    }
    for row in rows("disagreements.csv"):
        key = tuple(row[name] for name in ("period", *NAMES, "kind"))
        assert row["flow"] in record.catalogue[row["commodity"]].flows
        assert (*key, float(row["printed"])) not in kept
        if row["on_record"]:
            assert (*key, float(row["on_record"])) in kept


def test_every_word_for_a_series_means_one_series(record):
    named = [(*each.aliases, *each.wider_aliases) for each in record.catalogue.values()]
    words = [word.casefold() for each in named for word in each]
    assert sorted(words) == sorted(set(words))


@looped(("file", "line", "column", "value"), CELLS["beside"])
def test_a_broken_cell_elsewhere_stops(tmp_path, file, line, column, value):
    folder = shutil.copytree(data_folder(), tmp_path / f"{file} {column}")
    found = rows(file)
    found[line - 2][column] = value
    (folder / file).write_text(table(*found), encoding="utf-8")
    with pytest.raises(DataFileError, match=f"{file}, line {line}, column {column}: '{value}' is not"):
        load_record(folder)


# One bad cell. Several values a line: file, column, what the sentence must speak of, values.


@looped(
    ("file", "column", "words", "value"),
    [(file, column, words, value) for file, column, words, values in CELLS["bad"] for value in values],
)
def test_a_bad_cell_is_named(folder, file, column, words, value):
    put(folder, file, **{column: value})
    error = refused(folder)
    assert (error.file, error.line, error.column, error.value) == (file, 3, column, value)
    assert words in error.expected
    for part in (file, "line 3", f"column {column}", repr(value), error.expected):
        assert part in str(error)
    assert (error.exit_status, str(error).count("\n")) == (65, 0)


# Cells that are bad beside others.


@looped(("changed", "column", "value"), CELLS["clashing"])
def test_cells_that_clash_are_named(folder, changed, column, value):
    put(folder, "figures.csv", **changed)
    error = refused(folder)
    assert (error.file, error.line, error.column, error.value) == ("figures.csv", 3, column, value)


def test_two_releases_of_one_month_and_stage_are_a_twin(folder):
    put(folder, "releases.csv", reference_month="2023-03", published="2024-05-01")
    error = refused(folder)
    assert (error.file, error.line, error.column) == ("releases.csv", 3, "reference_month")
    assert "twice" in error.expected


def test_every_bad_cell_is_named_and_none_that_follows_from_another(folder):
    rows = [FIGURE | {"period": f"2024-{number:02d}", "published": ""} for number in (4, 5, 6)]
    rows[0] |= {"value": "many", "commodity": "copper"}  # its flow and scope are not asked of copper
    rows[2] |= {"confirmed_by": "0"}
    (folder / "figures.csv").write_text(table(*rows), encoding="utf-8")
    error = refused(folder)
    found = [line.partition(" is not ")[0] for line in str(error).split("\n")]
    assert found == [
        "figures.csv, line 2, column commodity: 'copper'", "figures.csv, line 2, column value: 'many'",
        "figures.csv, line 4, column confirmed_by: '0'",
    ]  # fmt: skip


# Cells that are good.


@looped("changed", CELLS["good"])
def test_a_good_row_is_loaded(folder, changed):
    put(folder, "figures.csv", **changed)
    row = load_record(folder).rows[1]
    expected = FIGURE | changed
    assert (row.series.partner, row.note, row.status) == (
        expected["partner"], expected["note"], expected["status"] or None
    )  # fmt: skip
    assert row.value == (float(expected["value"]) if expected["value"] else None)
    assert row.yoy_pct == (float(expected["yoy_pct"]) if expected["yoy_pct"] else None)
    assert row.published == (date.fromisoformat(expected["published"]) if expected["published"] else None)

"""Every file of the data folder: that it parses, and that it speaks of series and sources there are."""

import shutil
from pathlib import Path

import pytest

from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Record
from bot.dataset.load import load_record
from bot.errors import DataFileError
from tests.dataset.files import table
from tests.looped import looped
from tests.published import Cell, rows_of
from tests.tables import tables

CELLS = tables("dataset/cells.yaml")

NAMES = ("commodity", "flow", "partner", "measure")


def rows(name: str) -> tuple[Cell, ...]:
    found = rows_of(name)
    assert found
    assert all(None not in row and None not in row.values() for row in found)
    return found


def test_every_source_is_used_and_every_figure_has_one(record: Record) -> None:
    assert {row.source for row in record.rows} == set(record.sources)


def test_a_figure_kept_out_is_out_and_the_one_it_contradicts_is_on_record(record: Record) -> None:
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


def test_every_word_for_a_series_means_one_series(record: Record) -> None:
    words = [
        word.casefold()
        for commodity in record.catalogue.values()
        for word in (*commodity.aliases, *commodity.wider_aliases)
    ]
    assert sorted(words) == sorted(set(words))


@looped(("file", "line", "column", "value"), CELLS["beside"])
def test_a_broken_cell_elsewhere_stops(tmp_path: Path, file: str, line: int, column: str, value: str) -> None:
    folder = shutil.copytree(data_folder(), tmp_path / f"{file} {column}")
    found = rows(file)
    found[line - 2][column] = value
    (folder / file).write_text(table(*found), encoding="utf-8")
    with pytest.raises(DataFileError, match=f"{file}, line {line}, column {column}: '{value}' is not"):
        load_record(folder)

"""Every file of the data folder: that it parses, and that it speaks of series and sources there are."""

import json
import shutil
from pathlib import Path

import pytest

from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Record
from bot.dataset.load import load_record
from bot.dataset.model import STATUSES
from bot.errors import DataFileError
from tests.dataset.files import table
from tests.looped import looped
from tests.published import Cell, rows_of
from tests.tables import tables

CELLS = tables("dataset/cells.yaml")

FILES = {
    "README.md", "commodities.toml", "confirmed.toml", "corrections.toml", "datapackage.json", "dataset.toml",
    "disagreements.csv", "events.csv", "figures.csv", "gallery.toml", "glossary.toml", "hs_codes.csv",
    "releases.csv", "sources.csv", "vocabulary.toml",
}  # fmt: skip
NAMES = ("commodity", "flow", "partner", "measure")


def rows(name: str) -> tuple[Cell, ...]:
    found = rows_of(name)
    assert found
    assert all(None not in row and None not in row.values() for row in found)
    return found


def test_every_file_is_known_to_these_tests() -> None:
    assert {path.name for path in data_folder().iterdir()} == FILES


def test_every_source_is_used_and_every_figure_has_one(record: Record) -> None:
    assert {row.source for row in record.rows} == set(record.sources)


def test_every_code_of_the_catalogue_is_described(record: Record) -> None:
    described = {row["hs"] for row in rows("hs_codes.csv")}
    assert {code for commodity in record.catalogue.values() for code in commodity.hs} <= described


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


def test_the_description_for_machines_fits_the_files() -> None:
    package = json.loads((data_folder() / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        header = (data_folder() / resource["path"]).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert {resource["path"] for resource in package["resources"]} == {
        name for name in FILES if name.endswith(".csv")
    }
    [figures] = [each for each in package["resources"] if each["path"] == "figures.csv"]
    [status] = [field for field in figures["schema"]["fields"] if field["name"] == "status"]
    assert status["constraints"]["enum"] == list(STATUSES)


def test_the_codebook_tells_every_column_of_the_figures() -> None:
    codebook = (data_folder() / "README.md").read_text(encoding="utf-8")
    for column in rows("figures.csv")[0]:
        assert f"| `{column}` |" in codebook


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

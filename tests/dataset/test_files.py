"""Every file of the data folder: that it parses, and that it speaks of series and sources there are."""

import csv
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.dataset.calendar import Month
from bot.dataset.dataset import Record
from bot.dataset.folder import data_folder
from bot.dataset.load import load_record
from bot.dataset.model import STATUSES
from bot.errors import DataFileError
from tests.looped import looped

FILES = {
    "README.md", "commodities.toml", "confirmed.toml", "corrections.toml", "datapackage.json",
    "disagreements.csv", "events.csv", "figures.csv", "glossary.toml", "hs_codes.csv", "releases.csv",
    "sources.csv",
}  # fmt: skip
KEY = ("period", "flow", "commodity", "kind", "measure")


def rows(name: str) -> list[dict[str, str]]:
    with (data_folder() / name).open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, strict=True))
    assert found
    assert all(None not in row and None not in row.values() for row in found)
    return found


def is_address(text: str) -> bool:
    return re.fullmatch(r"https?://\S+", text) is not None


def test_every_file_is_known_to_these_tests() -> None:
    assert {path.name for path in data_folder().iterdir()} == FILES


@looped("name", sorted(name for name in FILES if name.endswith(".csv")))
def test_every_table_has_the_same_cells_in_each_row(name: str) -> None:
    header = (data_folder() / name).read_text(encoding="utf-8").splitlines()[0].split(",")
    assert {tuple(row) for row in rows(name)} == {tuple(header)}


def test_every_source_is_used_and_every_figure_has_one(record: Record) -> None:
    assert {row.source for row in record.rows} == set(record.sources)


def test_events_are_dated_and_name_known_series(record: Record) -> None:
    days = [date.fromisoformat(row["date"]) for row in rows("events.csv")]
    assert days == sorted(days)
    for row in rows("events.csv"):
        assert row["title"]
        assert row["source_name"]
        assert is_address(row["source_url"])
        assert set(row["commodities"].split(";")) <= set(record.catalogue)


def test_hs_codes_belong_to_known_series(record: Record) -> None:
    for row in rows("hs_codes.csv"):
        assert re.fullmatch(r"\d{4}(\d\d)?", row["hs"])
        assert row["belongs_to"].removesuffix(" (wider)") in record.catalogue
        assert is_address(row["source_url"])


def test_every_code_of_the_catalogue_is_described(record: Record) -> None:
    described = {row["hs"] for row in rows("hs_codes.csv")}
    assert {code for commodity in record.catalogue.values() for code in commodity.hs} <= described


def test_disagreements_speak_of_known_series_and_give_a_reason(record: Record) -> None:
    for row in rows("disagreements.csv"):
        assert Month.from_text(row["period"]) >= Month(2018, 1)
        assert row["flow"] in record.catalogue[row["commodity"]].flows
        assert (row["kind"] in ("month", "ytd"), row["measure"] in ("quantity", "value")) == (True, True)
        assert float(row["printed"]) > 0
        assert (row["printed_by"] != "", row["reason"] != "", is_address(row["url"])) == (True, True, True)


def test_a_figure_kept_out_is_out_and_the_one_it_contradicts_is_on_record(record: Record) -> None:
    kept = {
        (
            str(row.period.end),
            row.series.flow,
            row.series.commodity,
            row.period.kind,
            row.series.measure,
            row.series.partner,
            row.value,
        )
        for row in record.rows
    }
    for row in rows("disagreements.csv"):
        key = (*(row[name] for name in KEY), row["partner"])
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


@looped(
    ("file", "line", "column", "value"),
    [
        ("events.csv", 3, "date", "2018-02-30"),
        ("events.csv", 3, "commodities", "copper"),
        ("hs_codes.csv", 2, "hs", "26O6"),
        ("hs_codes.csv", 2, "belongs_to", "copper"),
        ("disagreements.csv", 2, "printed", "about 5"),
    ],
)
def test_a_broken_cell_beside_the_figures_stops_the_load_too(
    tmp_path: Path, file: str, line: int, column: str, value: str
) -> None:
    folder = shutil.copytree(data_folder(), tmp_path / f"{file} {column}")
    found = rows(file)
    found[line - 2][column] = value
    with (folder / file).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    with pytest.raises(DataFileError, match=f"{file}, line {line}, column {column}: '{value}' is not"):
        load_record(folder)

"""A small good data folder, row by row, and the error that a damaged one gives."""

import shutil
from csv import DictWriter
from io import StringIO

import pytest

from bot.dataset.data_files import data_folder
from bot.dataset.load import FIGURES, RELEASES, SOURCES, load_record
from bot.errors import DataFileError

FIGURE = dict(zip(FIGURES, [
    "2024-03", "export", "alumina", "", "month", "quantity", "140000", "10000", "169.6", "HS 28182000",
    "bulletin", "article", "2024-04-18", "1", "",
], strict=True))  # fmt: skip
SOURCE = dict(zip(SOURCES, [
    "article", "An Article", "Exports surge", "https://example.org/a", "", "", "2026-11-24",
], strict=True))  # fmt: skip
RELEASE = dict(zip(RELEASES, [
    "2024-03", "bulletin", "2024-04-18", "no", "https://example.org/b",
], strict=True))  # fmt: skip

# A good first row of each file; the row under test follows as line 3.
FIRST = {
    "figures.csv": FIGURE | {"period": "2023-03"},
    "sources.csv": SOURCE,
    "releases.csv": RELEASE | {"reference_month": "2023-03"},
}
SECOND = {"figures.csv": FIGURE, "sources.csv": SOURCE | {"id": "second"}, "releases.csv": RELEASE}


def table(*rows):
    text = StringIO()
    writer = DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def fill(folder):
    """Makes it a small good data folder: two rows in each file, the shipped catalogue."""
    for name in ("commodities.toml", "dataset.toml"):
        shutil.copy(data_folder() / name, folder)
    put(folder, "figures.csv")
    return folder


def put(folder, file, **changed):
    """Writes the folder's tables, with cells of the row in line 3 of one changed."""
    for name, first in FIRST.items():
        second = SECOND[name] | (changed if name == file else {})
        (folder / name).write_text(table(first, second), encoding="utf-8")


def refused(folder):
    with pytest.raises(DataFileError) as caught:
        load_record(folder)
    return caught.value


@pytest.fixture
def folder(tmp_path):
    """A small good data folder: two rows in each file, the shipped catalogue."""
    return fill(tmp_path)

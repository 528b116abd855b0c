"""A small data folder on disk, for the tests that damage it."""

import shutil
from pathlib import Path

import pytest

from bot.dataset import csv_tables
from bot.dataset.folder import data_folder

from .files import FIRST, SECOND, table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small good data folder: two rows in each file, the shipped catalogue."""
    shutil.copy(data_folder() / "commodities.toml", tmp_path)
    for file in FIRST:
        (tmp_path / file).write_text(table(FIRST[file], SECOND[file]), encoding="utf-8")
    return tmp_path


@pytest.fixture(params=["by row", "in bulk"])
def either_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once as short files are read, and once as long ones."""
    if request.param == "in bulk":
        monkeypatch.setattr(csv_tables, "LONG_BYTES", 0)

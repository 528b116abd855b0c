"""A small data folder on disk, for the tests that damage it."""

from pathlib import Path

import pytest

from bot.dataset import csv_tables

from .files import fill


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small good data folder: two rows in each file, the shipped catalogue."""
    return fill(tmp_path)


@pytest.fixture(params=["by row", "in bulk"])
def either_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once as short files are read, and once as long ones."""
    if request.param == "in bulk":
        monkeypatch.setattr(csv_tables, "LONG_BYTES", 0)

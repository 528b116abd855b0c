"""A small data folder on disk, for the tests that damage it."""

from pathlib import Path

import pytest

from bot.dataset import csv_frame

from .files import fill


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small good data folder: two rows in each file, the shipped catalogue."""
    return fill(tmp_path)


@pytest.fixture(params=["by pandas", "by row"])
def either_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once as pandas reads it, and once as the csv module does where the two could differ."""
    if request.param == "by row":
        monkeypatch.setattr(csv_frame, "_read_fast", lambda content, columns: None)

"""A small data folder on disk, for the tests that damage it."""

from pathlib import Path

import pytest

from tests.dataset.files import fill


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small good data folder: two rows in each file, the shipped catalogue."""
    return fill(tmp_path)

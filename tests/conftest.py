"""The shipped record and the dataset derived from it, loaded once for all tests."""

from datetime import date

import pytest

from bot.dataset.dataset import Dataset, Record
from bot.dataset.folder import data_folder
from bot.dataset.load import load_dataset, load_record

TODAY = date(2026, 11, 24)  # the day the record was collected


@pytest.fixture(scope="session")
def record() -> Record:
    """Every published row that ships with the bot."""
    return load_record(data_folder())


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The shipped figures as they stood on the day of collection."""
    return load_dataset(data_folder(), TODAY)

"""A record of the test's own beside an empty database."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Record
from bot.dataset.load import load_record
from bot.store.engine import store
from bot.store.figures import Figures
from bot.supply.take import Depot
from tests.supply.rows import TODAY, csv_of, settings

WriteCsv = Callable[..., Path]


@pytest.fixture
def base() -> Record:
    """The lines of customs' pages in an object of their own: no other test sees what it serves."""
    record = load_record(data_folder())
    rows = (row for row in record.rows if record.catalogue[row.series.commodity].lines)
    return replace(record, rows=tuple(rows))


@pytest.fixture
def august(base: Record) -> Record:
    """What was on record on the day before July's bulletin."""
    day = date(2026, 8, 17)
    return replace(base, rows=tuple(row for row in base.rows if base.calendar.out_since(row) <= day))


@pytest.fixture
async def figures(any_database: str) -> AsyncIterator[Figures]:
    async with store(settings(any_database)) as engine:
        yield Figures(engine)


@pytest.fixture
def depot(base: Record, figures: Figures) -> Depot:
    return Depot(base, figures, TODAY)


@pytest.fixture
def csv(tmp_path: Path) -> WriteCsv:
    """Writes rows into a file in the columns of figures.csv."""
    return partial(csv_of, tmp_path)

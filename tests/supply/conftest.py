"""Rows and databases for what is supplied."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from bot.dataset.data_files import data_folder
from bot.dataset.load import FIGURES, load_record
from bot.settings import Settings
from bot.store.engine import store
from bot.store.figures import Figures
from bot.supply.take import Depot

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PAGE = "china-customs-3443ae"  # of sources.csv: China Customs' monthly bulletin

ALUMINA = {
    "period": "2026-08", "flow": "export", "commodity": "alumina", "partner": "", "kind": "month",
    "measure": "quantity", "value": "210000", "step": "10000", "yoy_pct": "", "scope": "HS 28182000",
    "status": "bulletin", "source": PAGE, "published": "2026-09-18", "confirmed_by": "1", "note": "",
}  # fmt: skip
BAUXITE = ALUMINA | {"flow": "import", "commodity": "bauxite", "value": "17650000", "scope": "HS 2606"}
SLIP = BAUXITE | {"value": "1760000"}  # a tenth, as if printed in another unit


def settings(url, **more):
    return Settings.from_env({"DATABASE_URL": url, "ALUMINA_TODAY": str(TODAY), **more})


def csv_of(folder, *rows, name="new.csv"):
    """A file of these rows in the columns of figures.csv."""
    lines = [",".join(FIGURES), *(",".join(row.values()) for row in rows)]
    path = folder / name
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


WriteCsv = Callable[..., Path]


@pytest.fixture
def base():
    """The lines of customs' pages in an object of their own: no other test sees what it serves."""
    record = load_record(data_folder())
    rows = (row for row in record.rows if record.catalogue[row.series.commodity].lines)
    return replace(record, rows=tuple(rows))


@pytest.fixture
def august(base):
    """What was on record on the day before July's bulletin."""
    day = date(2026, 8, 17)
    return replace(base, rows=tuple(row for row in base.rows if base.calendar.out_since(row) <= day))


@pytest.fixture
async def figures(any_database):
    async with store(settings(any_database)) as engine:
        yield Figures(engine)


@pytest.fixture
def depot(base, figures):
    return Depot(base, figures, TODAY)


@pytest.fixture
def csv(tmp_path):
    """Writes rows into a file in the columns of figures.csv."""
    return partial(csv_of, tmp_path)

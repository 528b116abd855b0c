"""A record of the test's own beside an empty database, and rows to bring."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.dataset.dataset import Record
from bot.dataset.folder import data_folder
from bot.dataset.load import FIGURE_COLUMNS, load_record
from bot.settings import Settings
from bot.store.engine import store
from bot.store.figures import Figures
from bot.supply.take import Depot

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PAGE = "china-customs-3443ae"  # of sources.csv: China Customs' monthly bulletin

# August 2026 in the columns of figures.csv: figures made up for these tests, of the size of July's.
ALUMINA = {
    "period": "2026-08", "flow": "export", "commodity": "alumina", "partner": "", "kind": "month",
    "measure": "quantity", "value": "210000", "step": "10000", "yoy_pct": "", "scope": "HS 28182000",
    "status": "bulletin", "source": PAGE, "published": "2026-09-18", "confirmed_by": "1", "note": "",
}  # fmt: skip
BAUXITE = ALUMINA | {"flow": "import", "commodity": "bauxite", "value": "17650000", "scope": "HS 2606"}
SLIP = BAUXITE | {"value": "1760000"}  # a tenth, as if printed in another unit

WriteCsv = Callable[..., Path]


def settings(url: str, **more: str) -> Settings:
    return Settings.from_env({"DATABASE_URL": url, "ALUMINA_TODAY": str(TODAY), **more})


@pytest.fixture
def base() -> Record:
    """The shipped record in an object of its own: what is served from it is seen by no other test."""
    return load_record(data_folder())


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

    def write(*rows: dict[str, str], name: str = "new.csv") -> Path:
        lines = [",".join(FIGURE_COLUMNS), *(",".join(row.values()) for row in rows)]
        path = tmp_path / name
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path

    return write

"""Rows to bring: August 2026 in the columns of figures.csv, made up for the tests, of the size of July's."""

from datetime import UTC, date, datetime
from pathlib import Path

from bot.dataset.load import FIGURES
from bot.settings import Settings

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


def settings(url: str, **more: str) -> Settings:
    return Settings.from_env({"DATABASE_URL": url, "ALUMINA_TODAY": str(TODAY), **more})


def csv_of(folder: Path, *rows: dict[str, str], name: str = "new.csv") -> Path:
    """A file of these rows in the columns of figures.csv."""
    lines = [",".join(FIGURES), *(",".join(row.values()) for row in rows)]
    path = folder / name
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path

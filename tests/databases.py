"""Databases that have their tables already: migrated once, copied for each test."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine

from bot.store.engine import create_tables


def migrated(url: str) -> str:
    """Makes every table in an empty database; its address."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        create_tables(connection)
    engine.dispose()
    return url


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "template.sqlite3")
        migrated(f"sqlite:///{path}")
        return path.read_bytes()


def sqlite_at(path: Path) -> str:
    """The address of an SQLite file with every table; a file that is there already stays as it is."""
    if not path.exists():
        path.write_bytes(_template())
    return f"sqlite:///{path}"

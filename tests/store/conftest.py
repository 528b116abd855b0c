from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request: pytest.FixtureRequest, tmp_path: Path, postgres: Postgres) -> Iterator[str]:
    """An empty database of each kind: here the tables are made."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/ledger.sqlite3"
    else:
        with postgres.database(empty=True) as url:
            yield url

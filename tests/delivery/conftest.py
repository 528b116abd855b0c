from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.databases import Postgres, sqlite_at
from tests.delivery.bots import House
from tests.delivery.office import Office


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    """Slack, without a bot yet."""
    async with Office() as office:
        yield office


@pytest.fixture
def sqlite(tmp_path: Path) -> House:
    return House(sqlite_at(tmp_path / "bot.sqlite3"), 1, tmp_path)


@pytest.fixture
def postgresql(postgres: Postgres, tmp_path: Path) -> Iterator[House]:
    with postgres.database() as url:
        yield House(url, 4, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest) -> House:
    """Each of the two."""
    found: House = request.getfixturevalue(request.param)
    return found

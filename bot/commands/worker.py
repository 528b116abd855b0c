"""`alumina worker`: schedules and deliveries alone, until it is told to stop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import SettingError
from bot.logs import log_to_stderr
from bot.serving import run
from bot.settings import Settings
from bot.store.current import base_record
from bot.store.engine import is_sqlite
from bot.workplace import figures_watched, scheduled, workplace


def work(settings: Settings) -> None:
    """Posts beside other processes. Returns once a signal came; SettingError where the database is SQLite."""
    log_to_stderr()
    if is_sqlite(settings):
        raise SettingError(
            "DATABASE_URL is SQLite, which serves one machine: a worker beside other processes needs"
            " PostgreSQL (postgresql://user:password@host/name)."
        )
    asyncio.run(run(working(settings)))


@asynccontextmanager
async def working(settings: Settings) -> AsyncIterator[None]:
    """Everything open that posts need, and nothing that answers."""
    dataset = base_record(settings).as_of(settings.today())
    async with (
        workplace(settings) as place,
        figures_watched(settings, dataset, place),
        scheduled(settings, dataset, place),
    ):
        yield

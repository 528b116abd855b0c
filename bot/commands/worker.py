"""`alumina worker`: schedules and deliveries alone, until it is told to stop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from bot.checks import checks_of
from bot.commands.listening import address_of, own_door
from bot.errors import SettingError
from bot.logs import log_to_stderr
from bot.operations import Operations
from bot.privacy.retention import retaining
from bot.serving import Door, run
from bot.settings import Settings
from bot.store.current import base_record
from bot.store.engine import is_sqlite
from bot.workplace import figures_watched, scheduled, workplace


def work(settings: Settings, host: str | None, port: int | None) -> None:
    """Posts beside other processes. Returns once a signal came; SettingError where the database is SQLite.

    Nothing has to be listened to; a port is opened (for /healthz) where one is asked for.
    """
    log_to_stderr(settings)
    if is_sqlite(settings):
        raise SettingError(
            "DATABASE_URL is SQLite, which serves one machine: a worker beside other processes needs"
            " PostgreSQL (postgresql://user:password@host/name)."
        )
    operations = Operations(settings.alumina_drain_seconds)
    doors, address = own_door(settings, operations), address_of(settings, host, port)
    if address:
        routes = operations.routes(with_metrics=settings.alumina_metrics == "on")
        doors.append(Door(Starlette(routes=routes), *address))
    asyncio.run(run(working(settings, operations), doors, operations.leave))


@asynccontextmanager
async def working(settings: Settings, operations: Operations) -> AsyncIterator[None]:
    """Everything open that posts need, and nothing that answers."""
    dataset = base_record(settings).as_of(settings.today())
    async with (
        workplace(settings) as place,
        figures_watched(settings, dataset, place),
        retaining(place.engine, settings.alumina_retention_days),
        scheduled(settings, dataset, place),
    ):
        operations.open(checks_of(settings, dataset, place))
        yield

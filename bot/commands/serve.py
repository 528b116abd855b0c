"""`alumina serve`, the bot, and `alumina worker`, its posts alone: each until it is told to stop."""

import asyncio
import fcntl
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from functools import partial
from pathlib import Path

import uvloop
from starlette.applications import Starlette

from bot.app import build_http_app
from bot.commands import TEXTS
from bot.errors import AluminaError, SettingError
from bot.logs import log_to_stderr
from bot.operations import Operations, checks_of
from bot.questions.beside import weights
from bot.serving import PORT, keep_loaded, run, served
from bot.settings import Settings
from bot.store.engine import OPENED, check_file, is_sqlite, sqlite_file
from bot.store.figures import base_record
from bot.worker import Worker
from bot.workplace import kept_up, scheduled

LOCAL, EVERYWHERE = "127.0.0.1", "0.0.0.0"


def serve_bot(settings: Settings, host: str | None, port: int | None) -> None:
    """The bot until a signal comes: by Socket Mode where SLACK_APP_TOKEN is set, else by HTTP."""
    log_to_stderr(settings)
    for name in ("SLACK_CLIENT_SECRET", "ALUMINA_KEY") if settings.many else ("SLACK_BOT_TOKEN",):
        settings.need(name)
    if not settings.socket_mode:
        settings.need("SLACK_SIGNING_SECRET")
    address = address_of(settings, host, port)
    if not settings.socket_mode or settings.alumina_mcp == "on":
        address = address or (LOCAL, PORT)
    dataset = base_record(settings).as_of(settings.today()).derived()
    weights()  # both processes have them from the start, and no question waits for them
    keep_loaded()
    worker, operations = Worker(dataset, settings.today, forked=True), Operations()
    with closing(worker), _alone(settings):
        app = build_http_app(settings, dataset, operations, worker=worker)
        _keep_open(app, address, operations)
    if worker.is_lost:
        raise AluminaError("The process that works questions out has died: start the bot again.")


def _keep_open(app: Starlette, address: tuple[str, int] | None, operations: Operations) -> None:
    """Keeps the app's lifespan open until a signal comes, or its server at the address, if any, has ended."""
    stop = asyncio.Event()
    opened = served(app, *address, stop) if address else app.router.lifespan_context(app)
    uvloop.run(run(opened, operations.leave, stop))


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Keeps every other `serve` from an SQLite file while the block lasts; SettingError where one has it."""
    with ExitStack() as stack:
        if file := sqlite_file(settings):
            check_file(settings)
            try:
                lock = stack.enter_context(Path(f"{file}.serve").open("w"))
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # a lock that no forked process inherits
            except BlockingIOError:
                raise SettingError(TEXTS["serve"]["already_running"].format(file=file)) from None
            except OSError as problem:
                raise SettingError(f"DATABASE_URL: {OPENED.format(problem)}.") from problem
        yield


def work(settings: Settings, host: str | None, port: int | None) -> None:
    """Posts beside other processes until a signal comes; SettingError where the database is SQLite."""
    log_to_stderr(settings)
    if is_sqlite(settings):
        raise SettingError(TEXTS["serve"]["no_server"])
    operations = Operations()
    working = partial(_working, settings, operations)
    routes = operations.routes(with_metrics=settings.alumina_metrics == "on")
    _keep_open(Starlette(routes=routes, lifespan=working), address_of(settings, host, port), operations)


@asynccontextmanager
async def _working(settings: Settings, operations: Operations, _app: Starlette) -> AsyncIterator[None]:
    """Everything open that posts need, and nothing that answers."""
    dataset = base_record(settings).as_of(settings.today())
    async with kept_up(settings, dataset) as place, scheduled(dataset, place):
        operations.open(checks_of(dataset, place))
        yield


def address_of(settings: Settings, host: str | None, port: int | None) -> tuple[str, int] | None:
    """The address that is asked for, by PORT from outside; None where none is. Port 0 is any free one."""
    if host is None and port is None and settings.port is None:
        return None
    default = LOCAL if settings.port is None else EVERYWHERE
    return host or default, next(each for each in (port, settings.port, PORT) if each is not None)

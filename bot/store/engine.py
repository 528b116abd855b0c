"""Opens the database of DATABASE_URL; creates its tables where it is empty."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Dialect, Pool, Table, event, false, inspect, make_url, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import SettingError
from bot.settings import DATABASE, Settings
from bot.store.glance import LAYOUT
from bot.store.tables import metadata, posts

Result = TypeVar("Result")
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
# secure_delete: what is deleted is overwritten.
PRAGMAS = (
    "busy_timeout = 5000", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON",
    "cache_size = -500",  # kB of each connection: the tables are small, and the system keeps the file too
)  # fmt: skip
# Any fixed number: of processes that start together one creates the tables.
UPGRADE_LOCK = 5_326_013
FORMS, OPENED = DATABASE["forms"], DATABASE["opened"]


def database_url(settings: Settings) -> URL:
    """DATABASE_URL with the async driver; SettingError for what is neither SQLite nor PostgreSQL."""
    try:
        url = make_url(settings.need("DATABASE_URL"))
    except (ArgumentError, ValueError):  # a port that is no number is the latter
        raise SettingError(f"DATABASE_URL is wrong: {FORMS}.") from None
    driver = DRIVERS.get(url.drivername, url.drivername)
    if driver not in DRIVERS.values():
        raise SettingError(f"DATABASE_URL is wrong: {url.drivername} is not known; {FORMS}.")
    if driver == DRIVERS["sqlite"] and (url.host or url.port or url.username or url.password):
        raise SettingError(f"DATABASE_URL is wrong: {DATABASE['file']}; {FORMS}.")
    return url.set(drivername=driver)


def is_sqlite(settings: Settings) -> bool:
    """Whether the database is a file, for one machine alone."""
    return database_url(settings).get_backend_name() == "sqlite"


def sqlite_file(settings: Settings) -> Path | None:
    """The SQLite file by its full path; None where the database is a server, or in memory."""
    file = database_url(settings).database if is_sqlite(settings) else None
    return Path(file).absolute() if file and file != ":memory:" else None


@asynccontextmanager
async def store(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """The engine on a database with our tables, closed at the end; SettingError where it is of no use."""
    check_file(settings)
    async with connecting(settings) as engine:
        await upgrade(engine)
        yield engine


@asynccontextmanager
async def connecting(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """The engine on whatever is there, closed at the end; connects to nothing yet."""
    engine = open_engine(settings)
    try:
        yield engine
    finally:
        await engine.dispose()


def check_file(settings: Settings) -> None:
    """SettingError where an SQLite file cannot be opened: aiosqlite would leave a thread behind then."""
    if is_sqlite(settings):
        with opening():
            sqlite3.connect(database_url(settings).database or ":memory:").close()


@contextmanager
def opening(troubled: str = OPENED) -> Iterator[None]:
    """Makes a SettingError, in one sentence, of what keeps a database from being used."""
    try:
        yield
    except (DatabaseError, sqlite3.OperationalError) as problem:
        told = " ".join(str(getattr(problem, "orig", problem)).split())
        raise SettingError(f"DATABASE_URL: {troubled.format(told)}.") from problem


def open_engine(settings: Settings) -> AsyncEngine:
    """An engine; connects to nothing yet."""
    if is_sqlite(settings):
        engine = create_async_engine(database_url(settings), hide_parameters=True)
        event.listen(engine.sync_engine, "connect", _set_pragmas)
        return engine
    # Small servers allow some twenty connections in all; a statement takes milliseconds.
    pool: dict[str, Any] = {"pool_size": 5, "max_overflow": 0, "pool_pre_ping": True}
    url = database_url(settings)
    return create_async_engine(url, hide_parameters=True, skip_autocommit_rollback=True, **pool)


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def autocommitting(engine: AsyncEngine) -> AsyncEngine:
    """The engine for single statements, each of them a transaction without being begun and ended as one."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")


@asynccontextmanager
async def changing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that begins by writing; on SQLite those of a process take turns, lest one starve."""
    is_sqlite = engine.dialect.name == "sqlite"
    turn = _turns.setdefault(engine.sync_engine.pool, asyncio.Lock()) if is_sqlite else nullcontext()
    async with turn, engine.begin() as connection:
        yield connection


# Of each engine to an SQLite file, by its connections: an engine with other options has the same ones.
_turns: WeakKeyDictionary[Pool, asyncio.Lock] = WeakKeyDictionary()


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that reads and writes: on SQLite under the write lock, so that what it reads stays."""
    async with changing(engine) as connection:
        if engine.dialect.name == "sqlite":
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def insert_into(database: AsyncEngine | Dialect, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that can say what to do where the row is there already; each database has its own."""
    dialect = database if isinstance(database, Dialect) else database.dialect
    return postgresql.insert(table) if dialect.name == "postgresql" else sqlite.insert(table)


def upsert(
    database: AsyncEngine, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]
) -> postgresql.Insert | sqlite.Insert:
    """An insert of a row; where its key is there already, these values take the place of its own."""
    statement = insert_into(database, table).values(**key, **values)
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=values)


async def has_tables(engine: AsyncEngine) -> bool:
    """Whether this version's tables are there; SettingError where another's are. Changes nothing."""
    with opening():
        async with engine.connect() as connection:
            return await connection.run_sync(_has_tables)


def _has_tables(connection: Connection) -> bool:
    # The names first: tables that another process commits in between have their revision by then.
    ours = metadata.tables.keys() & inspect(connection).get_table_names()
    from alembic.migration import MigrationContext  # not by who only asks: it takes a tenth of a second

    found = MigrationContext.configure(connection).get_current_heads()
    if found != (LAYOUT,) and (found or ours):
        which = f"revision {found[0]}" if found else "no revision"
        raise SettingError(DATABASE["other_version"].format(which))
    return found == (LAYOUT,)


async def upgrade(engine: AsyncEngine) -> None:
    """Creates the tables in an empty database; SettingError where another version's are there."""
    there = await has_tables(engine)
    with opening():
        # SQLite keeps a log, which the file remembers: not before it is known to be ours.
        if engine.dialect.name == "sqlite":
            with suppress(OperationalError):  # it is locked by a process that starts too, and does the same
                async with engine.connect() as connection:
                    await connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        if there:
            return
        async with writing(engine) as connection:  # SQLite keeps what was begun and broken off without that
            if engine.dialect.name == "postgresql":
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
            await connection.run_sync(create_tables)


def create_tables(connection: Connection) -> None:
    """Creates the tables unless another process has done so meanwhile."""
    if not _has_tables(connection):
        from alembic import command
        from alembic.config import Config

        config = Config()
        folder = Path(__file__).parent / "migrations"
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


async def check_writable(engine: AsyncEngine) -> None:
    """SettingError where our tables can only be read: a file, a standby, a role; changes nothing."""
    with opening(DATABASE["writable"]):
        async with writing(engine) as connection:
            await connection.execute(update(posts).where(false()).values(tries=posts.c.tries))


def run_on_store(settings: Settings, work: Callable[[AsyncEngine], Awaitable[Result]]) -> Result:
    """What work on the database of the settings comes to, for a program without an event loop."""

    async def opened() -> Result:
        async with store(settings) as engine:
            return await work(engine)

    return asyncio.run(opened())

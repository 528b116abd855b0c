"""Writes rows in one thread over one connection: what waits there together is committed together.

A row through SQLAlchemy's async engine costs as much CPU as an answer. Statements are compiled by SQLAlchemy
once, and go to the driver as text.
"""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Protocol

import psycopg
from sqlalchemy import URL, Dialect, Executable, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from bot.settings import Settings
from bot.store.engine import PRAGMAS, database_url

MOST_TOGETHER = 500
# A write that nobody waits for is tried again while the database is away, of so many at a time.
PAUSE_SECONDS, MOST_WAITING = 1.0, 10_000
CONNECT_SECONDS = 2

Rows = list[tuple[Any, ...]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL as the driver takes it, with the values that SQLAlchemy has bound by itself."""

    sql: str
    bound: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Write:
    statement: Statement
    values: Mapping[str, Any]
    done: "asyncio.Future[Rows]"
    waits: bool  # somebody waits for it


class Connection(Protocol):
    """One connection of a driver, opened when it is first needed."""

    dialect: Dialect
    errors: type[Exception]

    def run(self, writes: Sequence[_Write]) -> list[Rows]:
        """Executes all in one transaction."""

    def is_away(self, problem: Exception) -> bool:
        """Whether the database is away, and not one statement wrong."""

    def close(self) -> None:
        """Closes it; the next write opens another."""


class SqliteConnection:
    """To an SQLite file."""

    dialect: Dialect = sqlite.dialect(paramstyle="named")
    errors: type[Exception] = sqlite3.Error

    def __init__(self, path: str) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None

    def run(self, writes: Sequence[_Write]) -> list[Rows]:
        """Executes all in one transaction, which takes the write lock at its start."""
        connection = self._open()
        connection.execute("BEGIN IMMEDIATE")
        try:
            found = [connection.execute(each.statement.sql, self._values(each)).fetchall() for each in writes]
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
        return found

    def is_away(self, problem: Exception) -> bool:
        """It is locked for long, or its file is."""
        return isinstance(problem, sqlite3.OperationalError)

    def close(self) -> None:
        """Closes it."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _open(self) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = sqlite3.connect(self._path, isolation_level=None)
            for pragma in PRAGMAS:
                self._opened.execute(f"PRAGMA {pragma}")
        return self._opened

    def _values(self, write: _Write) -> dict[str, Any]:
        """Moments as SQLAlchemy keeps them in SQLite."""
        values = {**write.statement.bound, **write.values}
        return {
            name: _as_text(value) if isinstance(value, datetime) else value for name, value in values.items()
        }


class PostgresConnection:
    """To a PostgreSQL server."""

    dialect: Dialect = postgresql.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]
    errors: type[Exception] = psycopg.Error

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._opened: psycopg.Connection[tuple[Any, ...]] | None = None

    def run(self, writes: Sequence[_Write]) -> list[Rows]:
        """Executes all in one transaction, sent in one go."""
        if self._opened is None or self._opened.closed:
            self._opened = psycopg.connect(self._url, autocommit=True, connect_timeout=CONNECT_SECONDS)
        with self._opened.pipeline(), self._opened.transaction():
            cursors = [
                self._opened.execute(each.statement.sql, {**each.statement.bound, **each.values})
                for each in writes
            ]
        return [cursor.fetchall() if cursor.description else [] for cursor in cursors]

    def is_away(self, problem: Exception) -> bool:
        """Its server has ended the connection, or does not answer."""
        return self._opened is None or self._opened.closed

    def close(self) -> None:
        """Closes it."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None


class GroupCommit:
    """The thread and its queue. A transaction begins as soon as the one before has ended."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queue: SimpleQueue[_Write | None] = SimpleQueue()
        self._waiting: list[_Write] = []  # that nobody waits for, while the database is away
        self._thread = Thread(target=self._work, name="group-commit", daemon=True)

    @property
    def dialect(self) -> Dialect:
        """The dialect that statements are made in."""
        return self._connection.dialect

    def prepare(self, statement: Executable) -> Statement:
        """Compiles a statement whose values are named when it is run."""
        compiled = statement.compile(dialect=self.dialect)  # type: ignore[attr-defined]
        named = {name for name, parameter in compiled.binds.items() if parameter.required}
        return Statement(str(compiled), {k: v for k, v in compiled.params.items() if k not in named})

    async def run(self, statement: Statement, **values: Any) -> Rows:
        """Returns the rows once they are committed; DBAPIError where they could not be."""
        return await self._put(statement, values, waits=True)

    def write(self, statement: Statement, **values: Any) -> None:
        """Writes rows that nobody waits for: before whatever is run later, and again where it fails."""
        self._put(statement, values, waits=False)

    async def settled(self) -> None:
        """Returns once what was put so far is written."""
        await self.run(self.prepare(select(literal(1))))

    def start(self) -> None:
        """Begins to work."""
        self._thread.start()

    async def close(self) -> None:
        """Returns once everything is written, or was tried once more."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _put(self, statement: Statement, values: Mapping[str, Any], *, waits: bool) -> "asyncio.Future[Rows]":
        done: asyncio.Future[Rows] = asyncio.get_running_loop().create_future()
        self._queue.put(_Write(statement, values, done, waits))
        return done

    def _work(self) -> None:
        going_on = True
        while going_on:
            batch, going_on = self._gathered()
            self._commit(batch)
        self._connection.close()

    def _gathered(self) -> tuple[list[_Write], bool]:
        """What waits, once something does; False with the last of it."""
        batch, self._waiting = self._waiting, []
        try:
            item = self._queue.get(timeout=PAUSE_SECONDS) if batch else self._queue.get()
            while item is not None:
                batch.append(item)
                if len(batch) >= MOST_TOGETHER:
                    return batch, True
                item = self._queue.get_nowait()
        except Empty:
            return batch, True
        return batch, False

    def _commit(self, batch: Sequence[_Write]) -> None:
        if not batch:
            return
        try:
            found = self._connection.run(batch)
        except self._connection.errors as problem:
            self._failed(batch, problem)
        else:
            for write, rows in zip(batch, found, strict=True):
                _resolve(write, rows)

    def _failed(self, batch: Sequence[_Write], problem: Exception) -> None:
        """One statement spoils no other; where the database is away, all fail."""
        if self._connection.is_away(problem):
            self._connection.close()
        elif len(batch) > 1:
            for write in batch:
                self._commit([write])
            return
        else:
            log.error("not_written", exc_info=problem)
        for write in batch:
            self._give_up(write, problem)

    def _give_up(self, write: _Write, problem: Exception) -> None:
        if write.waits:
            _resolve(write, DBAPIError(write.statement.sql, None, problem))
        elif self._connection.is_away(problem) and len(self._waiting) < MOST_WAITING:
            self._waiting.append(write)


def _resolve(write: _Write, what: Rows | Exception) -> None:
    """In the loop that waits for it, unless that is gone."""
    if write.waits:
        with suppress(RuntimeError):
            write.done.get_loop().call_soon_threadsafe(_set, write.done, what)


def _set(done: "asyncio.Future[Rows]", what: Rows | Exception) -> None:
    if done.done():
        return
    if isinstance(what, Exception):
        done.set_exception(what)
    else:
        done.set_result(what)


def _as_text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


@asynccontextmanager
async def group_commit(settings: Settings) -> AsyncIterator[GroupCommit]:
    """The writer on the database of DATABASE_URL, whose tables are there."""
    url = database_url(settings)
    is_file = url.get_backend_name() == "sqlite"
    writer = GroupCommit(SqliteConnection(url.database or ":memory:") if is_file else PostgresConnection(url))
    writer.start()
    try:
        yield writer
    finally:
        await writer.close()

"""Writes rows over one connection, by the batch: through the async engine one costs as much as an answer."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from queue import SimpleQueue
from threading import Thread
from typing import Any

import psycopg
from sqlalchemy import URL, Dialect, Executable, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from bot.settings import Settings
from bot.store.clock import in_utc
from bot.store.engine import PRAGMAS, database_url

# A write that nobody waits for is tried again while the database is away, of so many at a time.
PAUSE_SECONDS, MOST_WAITING = 1.0, 10_000

Rows = list[tuple[Any, ...]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL as the driver takes it, with the values that SQLAlchemy has bound by itself."""

    sql: str
    bound: Mapping[str, Any]


@dataclass(slots=True)  # not frozen: three are made for each answer
class _Write:
    sql: str
    values: dict[str, Any]
    done: "asyncio.Future[Rows] | None" = None  # that somebody waits for

    def resolve(self, outcome: Rows | Exception) -> None:
        """Tells whoever waits for it still."""
        if self.done and not self.done.done():
            if isinstance(outcome, Exception):
                self.done.set_exception(DBAPIError(self.sql, None, outcome))
            else:
                self.done.set_result(outcome)


class SqliteConnection:
    """To an SQLite file, opened when it is first needed."""

    dialect: Dialect = sqlite.dialect(paramstyle="named")

    def __init__(self, path: str) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None

    def run(self, writes: Sequence[_Write]) -> list[Rows]:
        """Executes all in one transaction, which takes the write lock at its start."""
        if self._opened is None:
            self._opened = sqlite3.connect(self._path, isolation_level=None)
            for pragma in PRAGMAS:
                self._opened.execute(f"PRAGMA {pragma}")
        self._opened.execute("BEGIN IMMEDIATE")
        with self._opened as connection:
            return [connection.execute(each.sql, _in_text(each.values)).fetchall() for each in writes]

    def is_away(self, problem: Exception) -> bool:
        """Whether it is locked for long, or its file is, and not one statement wrong."""
        return isinstance(problem, sqlite3.OperationalError)

    def close(self) -> None:
        """Closes it; the next write opens another."""
        if self._opened:
            self._opened.close()
            self._opened = None


def _in_text(values: dict[str, Any]) -> dict[str, Any]:
    moments = {name: in_utc(each) for name, each in values.items() if isinstance(each, datetime)}
    texts = (each.replace(tzinfo=None).isoformat(" ", "microseconds") for each in moments.values())
    return values | dict(zip(moments, texts, strict=True))


class PostgresConnection:
    """To a PostgreSQL server, opened when it is first needed."""

    dialect: Dialect = postgresql.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._opened: psycopg.Connection | None = None

    def run(self, writes: Sequence[_Write]) -> list[Rows]:
        """Executes all in one transaction, sent in one go."""
        if self._opened is None or self._opened.closed:
            self._opened = psycopg.connect(self._url, autocommit=True, connect_timeout=2)
        with self._opened.pipeline(), self._opened.transaction():
            cursors = [self._opened.execute(each.sql, each.values) for each in writes]
        return [cursor.fetchall() if cursor.description else [] for cursor in cursors]

    def is_away(self, problem: Exception) -> bool:
        """Whether its server has ended the connection, or does not answer, and not one statement wrong."""
        return self._opened is None or self._opened.closed

    def close(self) -> None:
        """Closes it; the next write opens another."""
        if self._opened:
            self._opened.close()


class GroupCommit:
    """The thread of one connection, for the loop that runs now; a transaction begins as one has ended."""

    def __init__(self, connection: SqliteConnection | PostgresConnection) -> None:
        self._connection = connection
        self._waiting: list[_Write] = []
        self._failed: list[_Write] = []  # that nobody waits for, while the database is away
        self._batches: SimpleQueue[list[_Write] | None] = SimpleQueue()
        self._is_at_work = False
        self._loop = asyncio.get_running_loop()
        self._thread = Thread(target=self._work, name="group-commit", daemon=True)
        self._thread.start()

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
        done: asyncio.Future[Rows] = self._loop.create_future()
        self._put(_Write(statement.sql, {**statement.bound, **values}, done))
        return await done

    def write(self, statement: Statement, **values: Any) -> None:
        """Writes rows that nobody waits for: before whatever is run later, and again where it fails."""
        self._put(_Write(statement.sql, {**statement.bound, **values}))

    async def settled(self) -> None:
        """Returns once what was put so far is written."""
        await self.run(self.prepare(select(literal(1))))

    async def close(self) -> None:
        """Returns once everything is written, or was tried once more."""
        with suppress(DBAPIError):
            await self.settled()
        self._batches.put(None)
        await asyncio.to_thread(self._thread.join)

    def _put(self, write: _Write) -> None:
        self._waiting.append(write)
        if len(self._waiting) == 1:
            self._loop.call_soon(self._begin)  # with whatever else is put meanwhile

    def _begin(self) -> None:
        if not self._is_at_work and (batch := self._failed + self._waiting):
            self._is_at_work, self._failed, self._waiting = True, [], []
            self._batches.put(batch)

    def _work(self) -> None:
        for batch in iter(self._batches.get, None):
            outcomes = self._commit(batch)
            with suppress(RuntimeError):  # the loop is gone
                self._loop.call_soon_threadsafe(self._end, batch, outcomes)
        self._connection.close()

    def _commit(self, batch: Sequence[_Write]) -> Sequence[Rows | Exception]:
        """One statement spoils no other; where the database is away, all fail."""
        try:
            return self._connection.run(batch)
        except Exception as problem:  # whatever a driver stumbles over
            if self._connection.is_away(problem):
                self._connection.close()
            elif len(batch) > 1:
                return [outcome for write in batch for outcome in self._commit([write])]
            else:
                log.error("not_written", exc_info=problem)
            return [problem] * len(batch)

    def _end(self, batch: Sequence[_Write], outcomes: Sequence[Rows | Exception]) -> None:
        """Tells whoever waits, and begins with what has come meanwhile; what failed alone waits a moment."""
        self._is_at_work = False
        for write, outcome in zip(batch, outcomes, strict=True):
            if write.done:
                write.resolve(outcome)
            elif isinstance(outcome, Exception) and self._connection.is_away(outcome):
                self._failed.append(write)
        del self._failed[MOST_WAITING:]
        if self._waiting or not self._failed:
            self._begin()
        else:
            self._loop.call_later(PAUSE_SECONDS, self._begin)


@asynccontextmanager
async def group_commit(settings: Settings) -> AsyncIterator[GroupCommit]:
    """The writer on the database of DATABASE_URL, whose tables are there."""
    url = database_url(settings)
    is_file = url.get_backend_name() == "sqlite"
    writer = GroupCommit(SqliteConnection(url.database or ":memory:") if is_file else PostgresConnection(url))
    try:
        yield writer
    finally:
        await writer.close()

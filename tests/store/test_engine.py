"""The engine from DATABASE_URL."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.errors import SettingError
from bot.settings import Settings
from bot.store.engine import autocommitting, database_url, is_sqlite, store, upgrade
from bot.verdicts import Feedback, Place
from tests.postgres import Postgres

ROW = (
    "INSERT INTO taught_words (workspace, word, written, series, taught_by, taught_at)"
    " VALUES ('T1', 'rx', 'RX', 'alumina', 'U1', '2026-08-20 00:00:00')"
)


def settings(url: str) -> Settings:
    return Settings.from_env({"DATABASE_URL": url})


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///alumina.sqlite3", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:////var/alumina.sqlite3", "sqlite+aiosqlite"),
        ("postgres://user:pass@host/name", "postgresql+psycopg"),  # as platforms write it
        ("postgresql://user:pass@host:5432/name", "postgresql+psycopg"),
    ],
)
def test_plain_addresses_get_their_async_driver(url: str, driver: str) -> None:
    assert database_url(settings(url)).drivername == driver
    assert is_sqlite(settings(url)) == url.startswith("sqlite")


@pytest.mark.parametrize("url", ["mysql://user:topsecret@host/name", "topsecret", "://"])
def test_other_databases_are_refused_without_showing_the_address(url: str) -> None:
    with pytest.raises(SettingError, match=r"^DATABASE_URL is wrong: ") as caught:
        database_url(settings(url))
    assert "topsecret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite://x.sqlite3", "three slashes come before an SQLite file, four before a full path"),
        ("sqlite://me@/x.sqlite3", "three slashes"),
        ("sqlite://C:/x.sqlite3", "write sqlite:///alumina.sqlite3"),
        ("postgresql://127.0.0.1:port/x", "as in postgresql://user:password@host:5432/name"),
        ("postgresql://[::1]:port/x", "as in postgresql://user:password@host:5432/name"),
    ],
)
def test_an_address_of_a_wrong_form_is_told_the_right_one(url: str, told: str) -> None:
    with pytest.raises(SettingError, match=r"^DATABASE_URL is wrong: ") as caught:
        database_url(settings(url))
    assert told in str(caught.value)


def test_the_port_of_an_address_may_stand_behind_a_host_alone() -> None:
    assert database_url(settings("postgresql://127.0.0.1:5432/x")).port == 5432


async def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"^DATABASE_URL: the database cannot be opened .*written"):
        async with store(settings(f"sqlite:///{tmp_path}/none/at.sqlite3")):
            pass


async def test_a_file_that_is_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("figures for the meeting " * 100)
    with pytest.raises(SettingError, match="file is not a database"):
        async with store(settings(f"sqlite:///{tmp_path}/notes.txt")):
            pass


async def test_a_server_that_is_not_there_is_one_line() -> None:
    with pytest.raises(SettingError, match="Connection refused") as caught:
        async with store(settings("postgresql://user:topsecret@127.0.0.1:9/name")):
            pass
    assert "\n" not in str(caught.value)
    assert "topsecret" not in str(caught.value)


async def test_an_upgrade_of_what_is_up_to_date_keeps_every_row(tmp_path: Path) -> None:
    async with store(settings(f"sqlite:///{tmp_path}/kept.sqlite3")) as engine:
        async with engine.begin() as connection:
            await connection.exec_driver_sql(ROW)
        await upgrade(engine)
        async with engine.connect() as connection:
            assert (await connection.exec_driver_sql("SELECT count(*) FROM taught_words")).scalar() == 1


async def test_sqlite_waits_for_a_lock_and_writes_ahead(tmp_path: Path) -> None:
    async with store(settings(f"sqlite:///{tmp_path}/new.sqlite3")) as engine, engine.connect() as connection:
        assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar() == "wal"
        assert (await connection.exec_driver_sql("PRAGMA busy_timeout")).scalar() == 5000


async def test_many_that_write_at_once_take_turns(tmp_path: Path) -> None:
    """Where SQLite waits for nobody, each would fail that comes while another writes."""
    async with store(settings(f"sqlite:///{tmp_path}/bot.sqlite3")) as engine:

        @event.listens_for(engine.sync_engine, "checkout")
        def impatient(connection: Any, *_: object) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout = 0")
            cursor.close()

        kept, users = Feedback(engine), [f"U{number}" for number in range(100)]
        await asyncio.gather(*(kept.give(Place("T1", "C1", "1.0", user), "up") for user in users))
        assert {each.place.user_id for each in await kept.all()} == {*users}


async def test_a_connection_lost_idle_is_anew(postgres: Postgres) -> None:
    with postgres.database() as url:
        async with store(settings(url)) as engine, store(settings(url)) as other:
            async with engine.connect() as connection:
                idle = await connection.scalar(text("SELECT pg_backend_pid()"))
            async with other.connect() as connection:
                await connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": idle})
            async with engine.connect() as connection:
                assert await connection.scalar(text("SELECT pg_backend_pid()")) not in (None, idle)


async def test_a_single_statement_is_there_without_a_commit(any_database: str) -> None:
    async with store(settings(any_database)) as engine:
        async with autocommitting(engine).connect() as connection:
            await connection.execute(text(ROW))
            await connection.rollback()
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT taught_by FROM taught_words")) == "U1"

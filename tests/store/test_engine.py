"""The engine from DATABASE_URL, and the migrations."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, event, select, text

from bot.errors import SettingError
from bot.settings import Settings
from bot.store.engine import (
    UPGRADE_LOCK,
    database_url,
    form_of,
    is_sqlite,
    migrate,
    open_engine,
    store,
    upgrade,
    writing,
)
from bot.store.tables import metadata
from bot.threads.inbox import Asked, Inbox
from bot.threads.replays import Replays

ROW = (
    "INSERT INTO posts (workspace, channel, kind, edition, state, holder, ts, changed_at)"
    " VALUES ('T1', 'C1', 'monthly', '2026-07', 'posted', 'me', '1.0', '2026-08-20 00:00:00')"
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


async def test_the_migrations_make_the_tables_as_the_code_knows_them(any_database: str) -> None:
    def differences(connection: Connection) -> list[Any]:
        found: list[Any] = compare_metadata(MigrationContext.configure(connection), metadata)
        return found

    async with store(settings(any_database)) as engine, engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_ledger_of_the_first_form_keeps_what_was_posted(any_database: str) -> None:
    engine = open_engine(settings(any_database))
    async with engine.begin() as connection:
        await connection.run_sync(migrate, "0002")
        await connection.exec_driver_sql(ROW)
    await upgrade(engine)
    async with engine.connect() as connection:
        rows = (await connection.execute(select(metadata.tables["posts"]))).mappings().all()
    await engine.dispose()
    by_kind = {row["kind"]: row for row in rows}
    kept = by_kind["monthly"]
    assert (kept["state"], kept["ts"], kept["tries"]) == ("posted", "1.0", 0)
    assert kept["sent_at"] == kept["changed_at"]
    # It was of a complete month, so no later stage is announced in its thread.
    assert {kind: row["state"] for kind, row in by_kind.items() if kind != "monthly"} == {
        "bulletin": "told",
        "query": "told",
    }


async def test_an_upgrade_that_is_broken_off_leaves_nothing_behind(any_database: str) -> None:
    engine = open_engine(settings(any_database))
    ends = iter([ConnectionResetError])

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def with_a_table_that_is_not_noted_yet(*executed: Any) -> None:
        if executed[2].startswith("UPDATE alembic_version"):
            for end in ends:
                raise end

    with pytest.raises(ConnectionResetError):
        await upgrade(engine)
    assert (await form_of(engine)).current is None
    await upgrade(engine)
    form = await form_of(engine)
    await engine.dispose()
    assert form.current == form.newest


async def test_who_starts_while_another_upgrades_waits_for_it(any_database: str) -> None:
    first, second = open_engine(settings(any_database)), open_engine(settings(any_database))
    there = asyncio.Event()

    @event.listens_for(second.sync_engine, "before_cursor_execute")
    def arrived(*executed: Any) -> None:
        if executed[2].strip().startswith(("BEGIN", "CREATE", "SELECT pg_advisory")):
            there.set()

    @event.listens_for(second.sync_engine, "checkout")
    def patient(connection: Any, *_: object) -> None:
        if second.dialect.name == "sqlite":
            connection.execute("PRAGMA busy_timeout = 100000").close()

    async with writing(first) as connection:
        if first.dialect.name == "postgresql":
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
        await connection.run_sync(migrate)
        upgrading = asyncio.create_task(upgrade(second))
        waiting = asyncio.create_task(there.wait())
        await asyncio.wait([upgrading, waiting], return_when="FIRST_COMPLETED")
    await upgrading
    await first.dispose()
    await second.dispose()


async def test_an_upgrade_of_what_is_up_to_date_keeps_every_row(tmp_path: Path) -> None:
    async with store(settings(f"sqlite:///{tmp_path}/kept.sqlite3")) as engine:
        async with engine.begin() as connection:
            await connection.exec_driver_sql(ROW)
        await upgrade(engine)
        async with engine.connect() as connection:
            assert (await connection.exec_driver_sql("SELECT count(*) FROM posts")).scalar() == 1


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

        inbox, replays = Inbox(engine), Replays(engine)
        messages = [Asked("T1", "C1", f"{number}.0", f"{number}.0") for number in range(100)]
        taken = await asyncio.gather(
            *(inbox.take(each) for each in messages),
            *(replays.is_new(f"v0={number}") for number in range(100)),
        )
        assert taken == ["new"] * 100 + [True] * 100
        await asyncio.gather(*(inbox.answered(each) for each in messages))
        assert {await inbox.state(each) for each in messages} == {"answered"}

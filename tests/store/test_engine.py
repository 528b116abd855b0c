"""The engine from DATABASE_URL, and whether figures were added, which is seen without SQLAlchemy."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from sqlalchemy import event, text

from bot.errors import SettingError
from bot.feedback import Feedback, Place
from bot.settings import Settings
from bot.store.engine import autocommitting, database_url, has_tables, is_sqlite, run_on_store, store, upgrade
from bot.store.glance import nothing_added
from tests.tables import looped, tables

ROW = (
    "INSERT INTO taught_words (workspace, word, written, series, taught_by, taught_at)"
    " VALUES ('T1', 'rx', 'RX', 'alumina', 'U1', '2026-08-20 00:00:00')"
)
ADDRESSES = tables("operations/addresses.yaml")


def settings(url):
    return Settings.from_env({"DATABASE_URL": url})


@looped(("url", "driver"), ADDRESSES["drivers"].items())
def test_plain_addresses_get_their_async_driver(url, driver):
    assert database_url(settings(url)).drivername == driver
    assert is_sqlite(settings(url)) == url.startswith("sqlite")


@looped(("url", "told"), ADDRESSES["told"].items())
def test_an_address_of_a_wrong_form_is_told_the_right_one(url, told):
    with pytest.raises(SettingError, match=r"^DATABASE_URL is wrong: ") as caught:
        database_url(settings(url))
    assert told in str(caught.value)


def test_the_port_of_an_address_may_stand_behind_a_host_alone():
    assert database_url(settings("postgresql://127.0.0.1:5432/x")).port == 5432


async def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(SettingError, match=r"^DATABASE_URL: the database cannot be opened .*written"):
        async with store(settings(f"sqlite:///{tmp_path}/none/at.sqlite3")):
            pass


async def test_a_file_that_is_something_else_is_named(tmp_path):
    (tmp_path / "notes.txt").write_text("figures for the meeting " * 100)
    with pytest.raises(SettingError, match="file is not a database"):
        async with store(settings(f"sqlite:///{tmp_path}/notes.txt")):
            pass


async def test_a_server_that_is_not_there_is_one_line():
    with pytest.raises(SettingError, match="Connection refused") as caught:
        async with store(settings("postgresql://user:topsecret@127.0.0.1:9/name")):
            pass
    assert "\n" not in str(caught.value)
    assert "topsecret" not in str(caught.value)


async def test_an_upgrade_of_what_is_up_to_date_keeps_every_row(tmp_path):
    async with store(settings(f"sqlite:///{tmp_path}/kept.sqlite3")) as engine:
        async with engine.begin() as connection:
            await connection.exec_driver_sql(ROW)
        await upgrade(engine)
        async with engine.connect() as connection:
            assert (await connection.exec_driver_sql("SELECT count(*) FROM taught_words")).scalar() == 1


async def test_sqlite_waits_for_a_lock_and_writes_ahead(tmp_path):
    async with store(settings(f"sqlite:///{tmp_path}/new.sqlite3")) as engine, engine.connect() as connection:
        assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar() == "wal"
        assert (await connection.exec_driver_sql("PRAGMA busy_timeout")).scalar() == 5000


async def test_many_that_write_at_once_take_turns(tmp_path):
    """Where SQLite waits for nobody, each would fail that comes while another writes."""
    async with store(settings(f"sqlite:///{tmp_path}/bot.sqlite3")) as engine:

        @event.listens_for(engine.sync_engine, "checkout")
        def impatient(connection, *_):
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout = 0")
            cursor.close()

        kept, users = Feedback(engine), [f"U{number}" for number in range(100)]
        await asyncio.gather(*(kept.give(Place("T1", "C1", "1.0", user), "up") for user in users))
        assert {each.place.user_id for each in await kept.all()} == {*users}


async def test_a_connection_lost_idle_is_anew(postgres):
    with postgres.database() as url:
        async with store(settings(url)) as engine, store(settings(url)) as other:
            async with engine.connect() as connection:
                idle = await connection.scalar(text("SELECT pg_backend_pid()"))
            async with other.connect() as connection:
                await connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": idle})
            async with engine.connect() as connection:
                assert await connection.scalar(text("SELECT pg_backend_pid()")) not in (None, idle)


async def test_a_single_statement_is_there_without_a_commit(any_database):
    async with store(settings(any_database)) as engine:
        async with autocommitting(engine).connect() as connection:
            await connection.execute(text(ROW))
            await connection.rollback()
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT taught_by FROM taught_words")) == "U1"


QUESTION = ["-m", "bot", "ask", "alumina exports march 2024"]


@pytest.fixture
def database(tmp_path):
    """A database of ours without a figure."""
    path = tmp_path / "plain.sqlite3"
    run_on_store(settings(f"sqlite:///{path}"), has_tables)
    return path


def change(path, statement):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_file_that_is_not_there_adds_nothing_and_is_not_made(tmp_path):
    path = tmp_path / "none.sqlite3"
    assert nothing_added(settings(f"sqlite:///{path}"))
    assert not path.exists()


def test_a_database_without_figures_adds_nothing_and_a_version_does(database):
    assert nothing_added(settings(f"sqlite:///{database}"))
    assert nothing_added(settings(f"sqlite+aiosqlite:///{database}"))
    change(database, "INSERT INTO figure_versions (version, at, what, told) VALUES (1, '2026-11-24', 'x', 1)")
    assert not nothing_added(settings(f"sqlite:///{database}"))


def test_another_layout_is_left_to_who_can_say_so(database):
    change(database, "UPDATE alembic_version SET version_num = '0011'")
    assert not nothing_added(settings(f"sqlite:///{database}"))


def test_what_is_not_plain_is_left_to_who_asks_the_database_itself(tmp_path, database):
    other = tmp_path / "other.sqlite3"
    other.write_bytes(b"no database")
    empty = tmp_path / "empty.sqlite3"
    empty.touch()
    for url in (
        f"sqlite:///{other}",
        f"sqlite:///{empty}",  # without our tables
        f"sqlite:///{database}?timeout=1",
        "sqlite:///:memory:",
        "postgresql://user@host/name",
    ):
        assert not nothing_added(settings(url)), url


def test_an_answer_loads_no_database_no_slack_and_no_alerts(tmp_path):
    code = (
        "import sys, runpy\n"
        f"sys.argv = {['bot', *QUESTION[2:]]!r}\n"
        "try: runpy.run_module('bot', run_name='__main__')\n"
        "except SystemExit as done: assert done.code == 0\n"
        "heavy = ('sqlalchemy', 'slack_bolt', 'slack_sdk', 'apscheduler', 'aiohttp', 'lxml', 'bot.alerts')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    asked = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert asked.stdout.splitlines()[-1] == "[]"

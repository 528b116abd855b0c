"""A database is empty, or of this version's layout, or refused and left as it is."""

import asyncio
import hashlib
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, NullPool, create_engine, create_mock_engine, event, select, text

from bot.errors import SettingError
from bot.settings import Settings
from bot.slack.installs.workspaces import new_key
from bot.store.engine import (
    UPGRADE_LOCK,
    create_tables,
    database_url,
    has_tables,
    open_engine,
    store,
    upgrade,
    writing,
)
from bot.store.migrations.versions.release_1_0 import revision
from bot.store.tables import metadata
from tests.commandline import alumina

REFUSED = r"^DATABASE_URL holds the tables of another version of Alumina \({}\): name an empty database"
# What makes a database one of another layout, and how that is named.
OTHERS = {
    "UPDATE alembic_version SET version_num = '0011'": "revision 0011",
    "DELETE FROM alembic_version": "no revision",
    "DROP TABLE alembic_version": "no revision",
}
MANY = {"SLACK_CLIENT_ID": "1.1", "SLACK_CLIENT_SECRET": "secret", "SLACK_SIGNING_SECRET": "secret"}
COMMANDS = (("serve", "--port", "0"), ("ask", "alumina exports"), ("db", "upgrade"))


@asynccontextmanager
async def opened(url):
    """The database as it is."""
    engine = open_engine(Settings.from_env({"DATABASE_URL": url}))
    try:
        yield engine
    finally:
        await engine.dispose()


async def change(url, *statements):
    """Creates the tables, then executes this."""
    async with opened(url) as engine:
        await upgrade(engine)
        async with engine.begin() as connection:
            for statement in statements:
                await connection.exec_driver_sql(statement)


async def contents(url):
    """All that could be altered: the bytes of the file, or the tables with their rows."""

    def rows(connection):
        found = MetaData()
        found.reflect(connection)
        return {each.name: connection.execute(select(each)).all() for each in found.sorted_tables}

    if url.startswith("sqlite"):
        return await asyncio.to_thread(Path(url.removeprefix("sqlite:///")).read_bytes)
    async with opened(url) as engine, engine.connect() as connection:
        return await connection.run_sync(rows)


def statements(name):
    """What creates every table and index in such a database."""
    found: list[str] = []
    engine = create_mock_engine(f"{name}://", lambda each, *_: found.append(str(each.compile(engine))))
    metadata.create_all(engine, checkfirst=False)
    return found


def test_another_layout_has_another_revision():
    """Whoever changes a table writes the revision that is wanted here into LAYOUT."""
    found = sorted(each for name in ("sqlite", "postgresql+psycopg") for each in statements(name))
    assert revision == hashlib.sha256("".join(found).encode()).hexdigest()[:12]


async def test_the_migration_creates_the_tables_as_the_code_knows_them(any_database):
    def differences(connection):
        found: list[Any] = compare_metadata(MigrationContext.configure(connection), metadata)
        return found

    await change(any_database)
    async with opened(any_database) as engine, engine.connect() as connection:
        assert await connection.run_sync(differences) == []


@pytest.mark.parametrize(("statement", "named"), OTHERS.items())
async def test_another_layout_is_refused_and_left(any_database, statement, named):
    settings = Settings.from_env({"DATABASE_URL": any_database})
    await change(any_database, statement)
    before = await contents(any_database)
    with pytest.raises(SettingError, match=REFUSED.format(named)):
        async with store(settings):
            pass
    assert await contents(any_database) == before


async def test_a_file_without_a_log_gets_none_from_a_refusal(tmp_path):
    """As one that was put together from a dump: its first bytes say how it is written."""
    url = f"sqlite:///{tmp_path}/dumped.sqlite3"
    await change(url, "DELETE FROM alembic_version")
    async with opened(url) as engine, engine.connect() as connection:
        assert (await connection.exec_driver_sql("PRAGMA journal_mode = DELETE")).scalar() == "delete"
    before = await contents(url)
    with pytest.raises(SettingError):
        async with store(Settings.from_env({"DATABASE_URL": url})):
            pass
    assert await contents(url) == before


async def test_every_command_refuses_another_layout_in_a_sentence(tmp_path, postgres):
    file = f"sqlite:///{tmp_path}/other.sqlite3"
    with postgres.database() as server:
        for url in (file, server):
            await change(url, "UPDATE alembic_version SET version_num = '0011'")
        tried = [*((words, file) for words in COMMANDS), (("worker",), server)]
        env = MANY | {"ALUMINA_KEY": new_key(), "ALUMINA_TODAY": "2026-11-24"}
        before = await contents(file)
        runs = await asyncio.gather(
            *(alumina(*words, env=env | {"DATABASE_URL": url}, folder=tmp_path) for words, url in tried)
        )
    for (words, _), run in zip(tried, runs, strict=True):
        assert (run.status, run.out, "Traceback" in run.err) == (78, "", False), (words, run)
        assert "another version of Alumina (revision 0011)" in run.err, words
    assert await contents(file) == before


async def test_the_command_creates_the_tables_and_does_no_harm_again(any_database):
    for _ in range(2):
        run = await alumina("db", "upgrade", env={"DATABASE_URL": any_database})
        assert (run.status, run.err) == (0, "")
    async with opened(any_database) as engine:
        assert await has_tables(engine)


async def test_an_upgrade_that_is_broken_off_leaves_nothing_behind(any_database):
    async with opened(any_database) as engine:
        ends = iter([ConnectionResetError])

        @event.listens_for(engine.sync_engine, "before_cursor_execute")
        def with_tables_that_are_not_noted_yet(*executed):
            if executed[2].startswith("INSERT INTO alembic_version"):
                for end in ends:
                    raise end

        with pytest.raises(ConnectionResetError):
            await upgrade(engine)
        assert not await has_tables(engine)
        await upgrade(engine)
        assert await has_tables(engine)


async def test_who_starts_while_another_upgrades_waits_for_it(any_database):
    async with opened(any_database) as first, opened(any_database) as second:
        there = asyncio.Event()

        @event.listens_for(second.sync_engine, "before_cursor_execute")
        def arrived(*executed):
            if executed[2].strip().startswith(("BEGIN", "CREATE", "SELECT pg_advisory")):
                there.set()

        @event.listens_for(second.sync_engine, "checkout")
        def patient(connection, *_):
            if second.dialect.name == "sqlite":
                connection.execute("PRAGMA busy_timeout = 100000").close()

        async with writing(first) as connection:
            if first.dialect.name == "postgresql":
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
            await connection.run_sync(create_tables)
            upgrading = asyncio.create_task(upgrade(second))
            waiting = asyncio.create_task(there.wait())
            await asyncio.wait([upgrading, waiting], return_when="FIRST_COMPLETED")
        await upgrading


async def test_tables_that_another_creates_meanwhile_are_not_refused(any_database):
    """Whichever of the statements that look for tables they come before."""
    url = database_url(Settings.from_env({"DATABASE_URL": any_database}))
    another = create_engine(url.set(drivername=url.drivername.replace("+aiosqlite", "")), poolclass=NullPool)
    for place in count():
        statements = count()

        def begun(*_, place=place, statements=statements):
            if next(statements) == place:
                with another.begin() as connection:
                    create_tables(connection)

        async with opened(any_database) as engine:
            event.listen(engine.sync_engine, "before_cursor_execute", begun)
            await has_tables(engine)
        if next(statements) <= place:
            break
        with another.begin() as connection:
            metadata.drop_all(connection)
            connection.execute(text("DROP TABLE alembic_version"))
    assert place >= 2

"""What an earlier Alumina left, its database and its data, opens in this one."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dataset.calendar import Month, Period
from bot.dataset.load import load_record
from bot.errors import SettingError
from bot.feedback import Feedback
from bot.posts.ledger import Ledger, Post
from bot.posts.subscriptions import Subscriptions
from bot.settings import Settings
from bot.store.engine import form_of, migrate, open_engine, store
from bot.store.figures import Figures
from bot.threads.context import Thread
from bot.threads.contexts import Contexts
from bot.threads.inbox import Asked, Inbox
from tests.commandline import alumina
from tests.store.earlier import NOON, Rows, fill, kept, revisions

FIRST = Path(__file__).parent / "first_version"  # 0.1.0: its data, and a database that it wrote
EARLIER = revisions()[:-1]
LEASE = timedelta(minutes=1)
OCTOBER = Period.month(Month(2026, 10))


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[AsyncEngine]:
    """The database as it is."""
    engine = open_engine(Settings.from_env({"DATABASE_URL": url}))
    try:
        yield engine
    finally:
        await engine.dispose()


async def at(revision: str, url: str) -> Rows:
    """Brings an empty database to that form and fills it."""
    async with opened(url) as engine, engine.begin() as connection:
        await connection.run_sync(migrate, revision)
        return await connection.run_sync(fill)


@pytest.mark.parametrize("revision", EARLIER)
async def test_every_row_of_every_earlier_form_is_there_after_the_upgrade(
    any_database: str, revision: str
) -> None:
    rows = await at(revision, any_database)
    async with store(Settings.from_env({"DATABASE_URL": any_database})) as engine:
        form = await form_of(engine)
        async with engine.connect() as connection:
            found = await connection.run_sync(kept, rows)
        assert form.current == form.newest == revisions()[-1]
        assert {name: _comparable(row) for name, row in found.items()} == {
            name: _comparable(row) for name, row in rows.items() if name in found
        }
        await read_by_the_code(engine, set(rows))


def _comparable(row: object) -> dict[str, object]:
    """A time without a zone is in UTC."""
    assert isinstance(row, dict)
    return {
        name: value.astimezone(UTC).replace(tzinfo=None) if getattr(value, "tzinfo", None) else value
        for name, value in row.items()
    }


async def read_by_the_code(engine: AsyncEngine, names: set[str]) -> None:
    """What the tables of these names hold, as the program reads it."""
    entry = (await Ledger(engine, LEASE).entries())[Post("T1", "C1", "monthly", "2026-07")]
    assert (entry.state, entry.ts) == ("posted", "1795600000.000100")
    if "inbox" in names:
        assert await Inbox(engine).state(Asked("T1", "C1", "1.0", "1.0")) == "answered"
    if "subscriptions" in names:
        subscription = await Subscriptions(engine, lambda: NOON).get("T1", "C1")
        assert subscription is not None
        assert (subscription.commodities, subscription.at) == (("alumina", "bauxite"), "flash")
        assert (subscription.zone, subscription.state) == ("Europe/Madrid", "paused")
        assert subscription.language == "en"
        [change] = await Subscriptions(engine, lambda: NOON).changes("T1", "C1")
        assert (change.what, change.by) == ("paused", "by")
    if "feedback" in names:
        [verdict] = await Feedback(engine).all()
        assert (verdict.verdict, verdict.reason, verdict.given_at) == ("down", "reason", NOON)
    if "figures" in names:
        contents = await Figures(engine).contents()
        [row] = contents.served
        assert (row.period, row.value, row.published) == (OCTOBER, 1.5, NOON.date())
        assert await Figures(engine).pages()
    if "contexts" in names:
        known = await Contexts(engine).read(Thread("T1", "C1", "1.0"), "9.0")
        assert known.question == "question"


@pytest.mark.parametrize("revision", [EARLIER[0], EARLIER[-1], None])
async def test_the_command_upgrades_and_does_it_again_without_harm(
    any_database: str, revision: str | None
) -> None:
    rows = await at(revision, any_database) if revision else {}
    for _ in range(2):
        run = await alumina("db", "upgrade", env={"DATABASE_URL": any_database})
        assert (run.status, "Traceback" in run.err) == (0, False), run.err
    async with opened(any_database) as engine:
        assert (await form_of(engine)).current == revisions()[-1]
        if rows:
            await read_by_the_code(engine, set(rows))


@pytest.fixture
def first_database(tmp_path: Path) -> str:
    """What the first version wrote: a mention, its follow-up, a post, a subscription, a verdict, figures."""
    with closing(sqlite3.connect(tmp_path / "first.sqlite3")) as connection:
        connection.executescript((FIRST / "alumina.sql").read_text())
    return f"sqlite:///{tmp_path}/first.sqlite3"


async def test_a_database_of_the_first_version_opens(first_database: str) -> None:
    async with store(Settings.from_env({"DATABASE_URL": first_database})) as engine:
        entries = await Ledger(engine, LEASE).entries()
        assert {post.kind: entry.state for post, entry in entries.items()} == {
            "monthly": "posted",
            "bulletin": "told",
            "query": "told",
        }
        mention = Asked("T0LOCAL", "C_ALUMINIUM", "1795621934.861370", "1795621934.861370")
        assert await Inbox(engine).state(mention) == "answered"
        [subscription] = await Subscriptions(engine, lambda: NOON).active()
        assert (subscription.channel, subscription.at) == ("C_ALUMINIUM", "complete")
        [verdict] = await Feedback(engine).all()
        assert (verdict.place.user, verdict.question) == ("U_BEN", "alumina exports March 2024")
        contents = await Figures(engine).contents()
        assert [row.value for row in contents.served] == [123456.0]
        assert [(each.row.value, each.why) for each in contents.held] == [(1.0, "a try")]


async def test_the_data_of_the_first_version_load_and_answer(first_database: str) -> None:
    record = load_record(FIRST / "data")
    assert len(record.rows) == len((FIRST / "data" / "figures.csv").read_text().splitlines()) - 1
    env = {"ALUMINA_DATA": str(FIRST / "data"), "DATABASE_URL": first_database, "ALUMINA_TODAY": "2026-11-24"}
    run = await alumina("ask", "alumina", "exports", "march", "2024", env=env)
    assert (run.status, "140 kt" in run.out) == (0, True), run.err  # as published
    assert (await alumina("data", "check", env=env)).status == 0


async def test_a_database_of_a_newer_version_is_left_alone_and_named(any_database: str) -> None:
    settings = Settings.from_env({"DATABASE_URL": any_database})
    async with store(settings) as engine, engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SettingError, match=r"^DATABASE_URL: .*newer Alumina \(9999\).*update this one"):
        async with store(settings):
            pass
    run = await alumina("db", "upgrade", env={"DATABASE_URL": any_database})
    assert (run.status, "newer Alumina (9999)" in run.err, "Traceback" in run.err) == (78, True, False)
    async with opened(any_database) as engine:
        assert (await form_of(engine)).current == "9999"

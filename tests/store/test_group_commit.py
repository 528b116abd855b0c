"""Writes that wait together are committed together; the table of verdicts."""

import asyncio
import datetime as dt
from itertools import count

import psycopg
import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import DBAPIError

from bot.feedback import REASON_LENGTH, Feedback, Place, Verdict
from bot.settings import Settings
from bot.store.group_commit import group_commit
from bot.store.tables import taught_words as table

ROW = {
    "workspace": "T1", "word": "rx", "written": "RX", "series": "alumina", "taught_by": "U9",
    "taught_at": "2026-11-27 00:00:00",
}  # fmt: skip
ADD = insert(table).values({table.c[name]: bindparam(f"new_{name}") for name in ROW}).returning(table.c.word)
USERS = select(table.c.word).order_by(table.c.word)


@pytest.fixture
async def writer(any_database, engine):
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as writer:
        yield writer


def row(user):
    return {f"new_{name}": value for name, value in (ROW | {"word": user}).items()}


async def users(writer):
    return [user for (user,) in await writer.run(writer.prepare(USERS))]


async def test_what_was_written_is_there_for_later_runs(writer, engine):
    add = writer.prepare(ADD)
    writer.write(add, **row("U1"))
    assert await writer.run(add, **row("U2")) == [("U2",)]
    assert await users(writer) == ["U1", "U2"]
    async with engine.connect() as connection:
        assert len((await connection.execute(USERS)).all()) == 2


async def test_those_that_wait_share_a_commit(writer, monkeypatch):
    sizes: list[int] = []
    run = writer._connection.run

    def counted(writes):
        sizes.append(len(writes))
        return run(writes)

    monkeypatch.setattr(writer._connection, "run", counted)
    add = writer.prepare(ADD)
    await asyncio.gather(*(writer.run(add, **row(f"U{number:03}")) for number in range(100)))
    assert (sum(sizes), len(sizes) < 50) == (100, True)


async def test_a_wrong_one_spoils_no_other(writer):
    add = writer.prepare(ADD)
    await writer.run(add, **row("U1"))
    outcomes = await asyncio.gather(
        *(writer.run(add, **row(user)) for user in ("U2", "U1", "U3")), return_exceptions=True
    )
    assert [isinstance(each, DBAPIError) for each in outcomes] == [False, True, False]
    assert await users(writer) == ["U1", "U2", "U3"]


async def test_what_nobody_waits_for_is_written_once_the_database_is_back(postgres, monkeypatch, caplog):
    monkeypatch.setattr("bot.store.group_commit.PAUSE_SECONDS", 0.05)
    with postgres.database() as url:
        async with group_commit(Settings.from_env({"DATABASE_URL": url})) as writer:
            add, connect, away = writer.prepare(ADD), psycopg.connect, [True]

            def refused(*args, **how):
                if away[0]:
                    raise psycopg.OperationalError("connection refused")
                return connect(*args, **how)

            monkeypatch.setattr(psycopg, "connect", refused)
            writer.write(add, **row("U1"))
            with pytest.raises(DBAPIError, match="refused"):
                await writer.run(add, **row("U2"))
            away[0] = False
            assert await users(writer) == ["U1"]  # which is written before what is run later


async def test_a_connection_that_was_cut_is_opened_anew(postgres):
    with postgres.database() as url:
        async with group_commit(Settings.from_env({"DATABASE_URL": url})) as writer:
            add = writer.prepare(ADD)
            await writer.run(add, **row("U1"))
            with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as admin:
                admin.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid != pg_backend_pid()"
                )
            with pytest.raises(DBAPIError):
                await writer.run(add, **row("U2"))
            assert await writer.run(add, **row("U2")) == [("U2",)]


async def test_everything_is_written_at_the_end(any_database, engine):
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as writer:
        for number in range(1_000):
            writer.write(writer.prepare(ADD), **row(f"U{number}"))
    async with engine.connect() as connection:
        assert len((await connection.execute(USERS)).all()) == 1_000


NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
ANA = Place("T1", "C1", "1795600000.000100", "U_ANA")
BEN = Place("T1", "C1", "1795600000.000100", "U_BEN")


@pytest.fixture
def feedback(engine):
    """At another minute for each verdict."""
    minutes = (NOON + dt.timedelta(minutes=number) for number in count(1))
    return Feedback(engine, lambda: next(minutes))


async def test_a_person_s_last_verdict_counts_and_a_reason_is_of_one_verdict(feedback):
    await feedback.give(ANA, "down", "alumina exports March 2024")
    assert await feedback.explain(ANA, "down", "x" * (REASON_LENGTH + 1))
    assert not await feedback.explain(BEN, "down", "not mine")
    assert [each.reason for each in await feedback.all()] == ["x" * REASON_LENGTH]
    await feedback.give(BEN, "down")
    await feedback.give(ANA, "up", "alumina exports April 2024")
    assert not await feedback.explain(ANA, "down", "too late")
    assert await feedback.all() == [
        Verdict(ANA, "up", "alumina exports April 2024", "", NOON + dt.timedelta(minutes=3)),
        Verdict(BEN, "down", "", "", NOON + dt.timedelta(minutes=2)),
    ]

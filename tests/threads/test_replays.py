"""A signed request is taken once, by whichever process hears it first."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from bot.store.engine import store
from bot.store.tables import seen_requests
from bot.threads import replays as rooms
from bot.threads.replays import KEEP, Replays

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
async def engine(any_database: str) -> AsyncIterator[AsyncEngine]:
    async with store(Settings.from_env({"DATABASE_URL": any_database})) as engine:
        yield engine


async def count(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return (await connection.scalar(select(func.count()).select_from(seen_requests))) or 0


async def test_a_signature_is_new_once(engine: AsyncEngine) -> None:
    replays = Replays(engine)
    assert [await replays.is_new("v0=a"), await replays.is_new("v0=a"), await replays.is_new("v0=b")] == [
        True,
        False,
        True,
    ]


async def test_it_stays_known_after_a_restart(engine: AsyncEngine) -> None:
    assert await Replays(engine).is_new("v0=a")
    assert not await Replays(engine).is_new("v0=a")


async def test_of_many_at_once_in_several_processes_each_is_taken_once(engine: AsyncEngine) -> None:
    processes = [Replays(engine) for _ in range(3)]
    signatures = [f"v0={number}" for number in range(100)] * 2
    answers = await asyncio.gather(*(each.is_new(sent) for sent in signatures for each in processes))
    assert answers.count(True) == 100
    assert await count(engine) == 100


async def test_what_no_request_can_carry_any_more_is_deleted(engine: AsyncEngine) -> None:
    await Replays(engine, lambda: NOON).is_new("v0=old")
    await Replays(engine, lambda: NOON + KEEP).is_new("v0=young")
    await Replays(engine, lambda: NOON + KEEP * 1.5).forget_old()
    assert await count(engine) == 1


async def test_people_are_answered_though_the_database_is_not_there(
    engine: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(seen_requests.drop)
    replays = Replays(engine)
    assert [await replays.is_new("v0=a"), await replays.is_new("v0=a")] == [True, False]
    assert "replays_not_written" in caplog.text


async def test_people_are_answered_though_the_database_has_no_word(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "SECONDS", 0.05)
    replays = Replays(engine)
    never = asyncio.Event()
    monkeypatch.setattr(replays, "_insert", lambda _: never.wait())
    assert [await replays.is_new("v0=a"), await replays.is_new("v0=a")] == [True, False]
    never.set()
    await asyncio.sleep(0)

"""A signed request is taken once, by whichever process hears it first."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import seen_requests
from bot.threads import replays as rooms
from bot.threads.replays import SIZE, Replays, Seen

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that a machine leaves no time for has its word all the same."""
    monkeypatch.setattr(rooms, "SECONDS", 60.0)


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


def test_what_was_seen_is_known_for_as_long_as_asked_and_not_for_ever() -> None:
    seconds = 0.0
    seen = Seen(600, lambda: seconds)
    assert [seen.add("a"), seen.add("a")] == [True, False]
    for seconds in (500.0, 601.0):
        assert seen.add(f"at {seconds}")
    assert not seen.add("a")
    seconds = 1_202.0
    assert seen.add("later")
    assert seen.add("a")
    assert not seen.add("at 601.0")


def test_its_memory_has_an_end() -> None:
    seen = Seen(600, lambda: 0.0)
    for number in range(3 * SIZE):
        seen.add(str(number))
    assert len(seen._young) + len(seen._old) == 2 * SIZE
    assert not seen.add(str(2 * SIZE))

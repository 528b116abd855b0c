"""Whatever crashes in between, each post stands in its channel once: 0 lost, 0 doubled."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.crash.rounds import STEPS, Round, play
from tests.postgres import Postgres

# Rounds mostly wait for leases, so that several at a time take hardly longer than one.
AT_ONCE = 10
FEW = (0, 3, 6, 9)


async def outcome(rounds: Iterable[Round]) -> list[str]:
    """What went wrong in all of them together."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def turn(plan: Round) -> list[str]:
        async with turns:
            plan.folder.mkdir()
            try:
                return await play(plan)
            except (AssertionError, TimeoutError) as trouble:
                return [f"{plan}: {trouble!r}"]

    return [line for found in await asyncio.gather(*map(turn, rounds)) for line in found]


async def one_worker_on_sqlite(folder: Path, seeds: Iterable[int], seldom: bool = False) -> list[str]:
    places = {seed: folder / str(seed) for seed in seeds}
    return await outcome(
        Round(seed, 1, f"sqlite:///{place}/ledger.sqlite3", place, seldom) for seed, place in places.items()
    )


async def three_workers_on_postgresql(
    folder: Path, seeds: Iterable[int], postgres: Postgres, seldom: bool = False
) -> list[str]:
    with postgres.databases(seeds) as urls:
        return await outcome(Round(seed, 3, url, folder / str(seed), seldom) for seed, url in urls.items())


def test_ten_rounds_have_every_step_with_the_ledger_kept_and_lost(tmp_path: Path) -> None:
    rounds = [Round(seed, 1, "", tmp_path) for seed in range(10)]
    assert {(each.step, each.lose) for each in rounds} == {(step, lose) for step in STEPS for lose in (0, 1)}


async def test_one_worker_on_sqlite(tmp_path: Path) -> None:
    assert await one_worker_on_sqlite(tmp_path, FEW[:1]) == []


async def test_three_workers_on_postgresql(tmp_path: Path, postgres: Postgres) -> None:
    assert await three_workers_on_postgresql(tmp_path, FEW[2:3], postgres) == []


@pytest.mark.slow
async def test_with_as_much_to_read_as_an_app_outside_the_marketplace_may(
    tmp_path: Path, postgres: Postgres
) -> None:
    assert await three_workers_on_postgresql(tmp_path, FEW[3:], postgres, seldom=True) == []


@pytest.mark.slow
async def test_two_hundred_rounds_on_sqlite(tmp_path: Path) -> None:
    assert await one_worker_on_sqlite(tmp_path, range(200)) == []


@pytest.mark.slow
async def test_two_hundred_rounds_on_postgresql(tmp_path: Path, postgres: Postgres) -> None:
    assert await three_workers_on_postgresql(tmp_path, range(200), postgres) == []


@pytest.mark.slow
async def test_fifty_rounds_with_as_much_to_read_as_outside_the_marketplace(
    tmp_path: Path, postgres: Postgres
) -> None:
    assert await three_workers_on_postgresql(tmp_path, range(50), postgres, seldom=True) == []

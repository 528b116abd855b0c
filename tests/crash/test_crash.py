"""Whatever crashes in between, each post stands in its channel once: 0 lost, 0 doubled."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.crash.rounds import STEPS, Round, play
from tests.databases import Postgres

# Rounds mostly wait for leases, so that a few at a time take hardly longer than one.
AT_ONCE = 4
SHORT_LEASE_SECONDS = 3.0


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


async def on_sqlite(folder: Path, seeds: Iterable[int], **how: Any) -> list[str]:
    places = {seed: folder / str(seed) for seed in seeds}
    return await outcome(
        Round(seed, 1, f"sqlite:///{place}/ledger.sqlite3", place, **how) for seed, place in places.items()
    )


async def on_postgresql(
    folder: Path, seeds: Iterable[int], postgres: Postgres, *, workers: int = 3, **how: Any
) -> list[str]:
    with postgres.databases(seeds) as urls:
        return await outcome(
            Round(seed, workers, url, folder / str(seed), **how) for seed, url in urls.items()
        )


def test_ten_rounds_have_every_step_with_the_ledger_kept_and_lost(tmp_path: Path) -> None:
    rounds = [Round(seed, 1, "", tmp_path) for seed in range(10)]
    assert {(each.step, each.lose) for each in rounds} == {(step, lose) for step in STEPS for lose in (0, 1)}


async def test_one_worker_on_sqlite(tmp_path: Path) -> None:
    assert await on_sqlite(tmp_path, [0], lease_seconds=SHORT_LEASE_SECONDS) == []


async def test_two_workers_on_postgresql(tmp_path: Path, postgres: Postgres) -> None:
    assert await on_postgresql(tmp_path, [6], postgres, workers=2, lease_seconds=SHORT_LEASE_SECONDS) == []


@pytest.mark.slow
async def test_two_hundred_rounds_on_sqlite(tmp_path: Path) -> None:
    assert await on_sqlite(tmp_path, range(200)) == []


@pytest.mark.slow
async def test_two_hundred_rounds_on_postgresql(tmp_path: Path, postgres: Postgres) -> None:
    assert await on_postgresql(tmp_path, range(200), postgres) == []


@pytest.mark.slow
async def test_fifty_rounds_with_as_much_to_read_as_outside_the_marketplace(
    tmp_path: Path, postgres: Postgres
) -> None:
    assert await on_postgresql(tmp_path, range(50), postgres, seldom=True) == []

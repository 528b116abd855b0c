"""Connections that say nothing keep nobody out."""

import asyncio
import resource
from time import perf_counter

import pytest

from tests.delivery.bots import House, bots
from tests.delivery.crowd import Crowd
from tests.delivery.office import Office
from tests.slack.desk import SHORT


@pytest.mark.parametrize(("number", "most"), [(300, 60), pytest.param(1_000, 1, marks=pytest.mark.slow)])
async def test_beside_idle_ones(office: Office, sqlite: House, number: int, most: float) -> None:
    """No request waits longer for what it is told."""
    async with bots(office, sqlite, **SHORT) as up:
        for pid in (0, up.up[0][0].pid):
            soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (min(max(soft, 4_096), hard), hard))
        crowd, seconds = Crowd(office, 6), []
        asking = await crowd.gather(("command", "mention"), 3)
        opening = (asyncio.open_connection("127.0.0.1", up.ports[0]) for _ in range(number))
        idle = await asyncio.gather(*opening)
        for each in asking.items():
            since = perf_counter()
            await crowd.ask(*each)
            seconds.append(perf_counter() - since)
        await crowd.served(30)
        for _, writer in idle:
            writer.transport.abort()
        tally = crowd.report(f"beside {number} idle connections, {max(seconds):.2f} s at most")
    assert (tally.acknowledged, tally.answered, max(seconds) < most) == (tally.asked, tally.asked, True)

"""What was acknowledged is answered, or its asker is told to ask again; nothing is answered twice.

Whatever ends the processes: SIGKILL amid the work, or a platform's SIGTERM while Slack lets nobody post.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence

import pytest

from tests.delivery.conftest import Bots, bots
from tests.delivery.crowd import KINDS, Crowd, Kind
from tests.delivery.office import Office
from tests.gear.faults import Fault
from tests.slack.desk import SHORT

KILLED_AFTER_SECONDS = 0.03  # after the first acknowledgement
LIMITED = Fault(status=429, retry_after=15)


async def killed(office, up, crowd, rounds):
    """In each round all ask at once, and the processes are killed: all of them, or each time another."""
    for number, asking in enumerate(rounds):
        crowd.acknowledgement.clear()
        questions = asyncio.create_task(crowd.ask_all(asking))
        await crowd.acknowledgement.wait()
        await asyncio.sleep(KILLED_AFTER_SECONDS)
        victims = list(up.up) if number % 2 == 0 else [number % len(up.ports)]
        await up.end(signal.SIGKILL, victims)
        await up.start(victims)
        await questions


async def stopped(office, up, crowd, rounds):
    """All ask at once, Slack lets nobody post, and the processes are told to end; then it does again."""
    for asking in rounds:
        office.rule = lambda method, _: LIMITED if method == "chat.postMessage" else None
        await crowd.ask_all(asking)
        await up.end(signal.SIGTERM, list(up.up))
        office.rule = lambda *_: None
        await up.start(range(len(up.ports)))


How = Callable[[Office, Bots, Crowd, Sequence[dict[str, Kind]]], Awaitable[None]]


async def survived(how, up, kinds, *, rounds, each, lease, within):
    """So many ask in each way in a round; what is found twice comes once a lease is over."""
    crowd = Crowd(up.office, rounds * each * len(kinds))
    await how(up.office, up, crowd, [await crowd.gather(kinds, each) for _ in range(rounds)])
    await crowd.served(within)
    await up.office.silence(lease)
    tally = crowd.report(f"{how.__name__}, {len(up.ports)} processes")
    assert (tally.lost, tally.doubled) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("how", "rounds", "each"), [(killed, 5, 30), (stopped, 1, 40)])
async def test_many(office, house, kind, how, rounds, each):
    async with bots(office, house) as up:
        await survived(how, up, [kind], rounds=rounds, each=each, lease=60, within=240)


@pytest.mark.parametrize("how", [killed, stopped])
async def test_a_few(office, sqlite, how):
    async with bots(office, sqlite, **SHORT) as up:
        await survived(how, up, KINDS, rounds=1, each=2, lease=3, within=30)

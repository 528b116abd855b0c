"""Posts and commands amid SIGKILL: each stands once."""

import asyncio
import signal

import pytest

from tests.commandline import finish, start
from tests.crash.rounds import STEPS, Round, play
from tests.slack.desk import SHORT, environment

# Rounds mostly wait for leases, so that a few at a time take hardly longer than one.
AT_ONCE = 4
SHORT_LEASE_SECONDS = 3.0


async def outcome(rounds):
    """What went wrong in all of them together."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def turn(plan):
        async with turns:
            plan.folder.mkdir()
            try:
                return await play(plan)
            except (AssertionError, TimeoutError) as trouble:
                return [f"{plan}: {trouble!r}"]

    return [line for found in await asyncio.gather(*map(turn, rounds)) for line in found]


async def on_sqlite(folder, seeds, **how):
    places = {seed: folder / str(seed) for seed in seeds}
    return await outcome(
        Round(seed, 1, f"sqlite:///{place}/ledger.sqlite3", place, **how) for seed, place in places.items()
    )


async def on_postgresql(folder, seeds, postgres, *, workers=3, **how):
    with postgres.databases(seeds) as urls:
        return await outcome(
            Round(seed, workers, url, folder / str(seed), **how) for seed, url in urls.items()
        )


def test_ten_rounds_have_every_step_with_the_ledger_kept_and_lost(tmp_path):
    rounds = [Round(seed, 1, "", tmp_path) for seed in range(10)]
    assert {(each.step, each.lose) for each in rounds} == {(step, lose) for step in STEPS for lose in (0, 1)}


async def test_one_worker_on_sqlite(tmp_path):
    assert await on_sqlite(tmp_path, [0], lease_seconds=SHORT_LEASE_SECONDS) == []


async def test_two_workers_on_postgresql(tmp_path, postgres):
    assert await on_postgresql(tmp_path, [6], postgres, workers=2, lease_seconds=SHORT_LEASE_SECONDS) == []


@pytest.mark.slow
async def test_two_hundred_rounds_on_sqlite(tmp_path):
    assert await on_sqlite(tmp_path, range(200)) == []


@pytest.mark.slow
async def test_two_hundred_rounds_on_postgresql(tmp_path, postgres):
    assert await on_postgresql(tmp_path, range(200), postgres) == []


@pytest.mark.slow
async def test_fifty_rounds_with_as_much_to_read_as_outside_the_marketplace(tmp_path, postgres):
    assert await on_postgresql(tmp_path, range(50), postgres, seldom=True) == []


QUICK = SHORT | {"ALUMINA_SCHEDULER": "on", "ALUMINA_REFRESH": "off"}
QUICK |= {"ALUMINA_CHANNEL": "C_ALUMINIUM", "ALUMINA_TICK_SECONDS": "0.5"}


async def killed_and_started_again(slack, command, env, when):
    """How many messages there are after a kill with one on the wire, a new start and SIGTERM."""
    hold = slack.faults.hold("chat.postMessage", when=when)
    first = await start(*command, env=env)
    async with asyncio.timeout(120):
        await hold.reached.wait()
    first.kill()
    await finish(first)
    hold.let_go()
    second = await start(*command, env=env)
    await slack.wait_for(lambda: [each.method for each in slack.calls].count("conversations.history") > 1)
    await slack.wait_for(slack.messages)
    await slack.settle()
    second.send_signal(signal.SIGTERM)
    run = await finish(second)
    assert (run.status, "Traceback" in run.err) == (0, False), run.err
    return len(slack.messages())


@pytest.mark.slow
async def test_a_worker_on_postgresql(slack, postgres, tmp_path):
    with postgres.database() as url:
        env = environment(slack, tmp_path, **QUICK, DATABASE_URL=url)
        assert await killed_and_started_again(slack, ["worker"], env, "before") == 1


async def test_serve_on_sqlite(slack, tmp_path):
    env = environment(slack, tmp_path, **QUICK, SLACK_APP_TOKEN=slack.app_token)
    assert await killed_and_started_again(slack, ["serve"], env, "after") == 1

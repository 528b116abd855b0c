"""The commands themselves: `alumina worker` and `alumina serve`, killed with the post on the wire."""

import asyncio
import signal
from pathlib import Path

import pytest

from tests.commandline import finish, start
from tests.databases import Postgres
from tests.gear.faults import When
from tests.gear.slack import LocalSlack
from tests.slack.desk import SHORT, environment

QUICK = SHORT | {
    "ALUMINA_SCHEDULER": "on",
    "ALUMINA_REFRESH": "off",
    "ALUMINA_CHANNEL": "C_ALUMINIUM",
    "ALUMINA_TICK_SECONDS": "0.5",
}


async def killed_and_started_again(
    slack: LocalSlack, command: list[str], env: dict[str, str], when: When
) -> int:
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
async def test_a_worker_on_postgresql(slack: LocalSlack, postgres: Postgres, tmp_path: Path) -> None:
    with postgres.database() as url:
        env = environment(slack, tmp_path, **QUICK, DATABASE_URL=url)
        assert await killed_and_started_again(slack, ["worker"], env, "before") == 1


async def test_serve_on_sqlite(slack: LocalSlack, tmp_path: Path) -> None:
    env = environment(slack, tmp_path, **QUICK, SLACK_APP_TOKEN=slack.app_token)
    assert await killed_and_started_again(slack, ["serve"], env, "after") == 1

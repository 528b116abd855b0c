"""A command that was caught on its way and is sent again, to the same process or another: answered once."""

import asyncio
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.siege import Siege, Tally, listening
from tests.attack.wire import Answer, Wire
from tests.commandline import finish, start
from tests.gear.slack import LocalSlack
from tests.ports import kept_ports
from tests.postgres import Postgres
from tests.slack.desk import environment
from tests.slack.test_serve_command import until_healthy

COMMANDS, TIMES = 20, 3


@pytest.fixture
def two_ports() -> Iterator[list[int]]:
    with kept_ports(2) as ports:
        yield ports


async def sent_to_all(ports: list[int], data: bytes) -> list[Answer]:
    """The same bytes several times to each at once, in any order."""
    wires = [Wire(port) for port in ports for _ in range(TIMES)]
    random.shuffle(wires)
    answers = await asyncio.gather(*(wire.ask(data) for wire in wires))
    for wire in wires:
        await wire.close()
    return list(answers)


async def test_two_processes_on_one_postgresql(
    postgres: Postgres, tmp_path: Path, two_ports: list[int]
) -> None:
    tally = Tally()
    async with LocalSlack() as slack:
        with postgres.database() as url:
            env = environment(slack, tmp_path, DATABASE_URL=url)
            bots = [await start("serve", "--port", str(port), env=env) for port in two_ports]
            for port in two_ports:
                await until_healthy(port)
            async with listening(tally) as response_url:
                siege = Siege(two_ports[0], response_url, tally)
                for number in range(COMMANDS):
                    data = siege.true(f"true-{number}")
                    assert set(await sent_to_all(two_ports, data)) == {Answer(200)}
                async with asyncio.timeout(30):
                    await tally.all_but(0)
                for bot in bots:
                    bot.send_signal(signal.SIGTERM)
                runs = [await finish(bot) for bot in bots]
    assert tally.told_wrongly() == []
    assert sum(run.err.count("request_repeated") for run in runs) == COMMANDS * (2 * TIMES - 1)

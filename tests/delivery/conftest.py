"""Processes of `alumina serve` on one database, which die and are started again."""

import asyncio
import signal
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commandline import Process, Run, finish, kept_ports, start
from tests.databases import sqlite_at
from tests.delivery.office import Office
from tests.slack.desk import environment
from tests.slack.test_serve_command import until_healthy


class House(NamedTuple):
    """A database, how many processes work on it, and the folder that they are in."""

    url: str
    processes: int
    folder: Path


@dataclass
class Bots:
    """The office sends to those that are up, or by their sockets where there are any."""

    office: Office
    folder: Path
    env: dict[str, str]
    ports: list[int]
    up: dict[int, tuple[Process, asyncio.Task[Run]]] = field(default_factory=dict)

    async def start(self, numbers):
        """Starts those."""
        await asyncio.gather(*map(self._start, numbers))
        self._list()

    async def end(self, number, numbers):
        """Sends those a signal; they take the time that they need."""
        gone = [self.up.pop(each) for each in numbers]
        for process, _ in gone:
            process.send_signal(number)
        self._list()
        runs = await asyncio.gather(*(run for _, run in gone))
        with (self.folder / "bots.log").open("a") as log:
            log.writelines(run.err for run in runs)

    def _list(self):
        urls = [f"http://127.0.0.1:{self.ports[number]}/slack/events" for number in self.up]
        self.office.urls, self.office.bot_url = urls, next(iter(urls), None)

    async def _start(self, number):
        words = ("serve", "--port", str(self.ports[number]))
        process = await start(*words, env=self.env, folder=self.folder)
        self.up[number] = process, asyncio.create_task(finish(process, seconds=3_600))
        if self.env.get("SLACK_APP_TOKEN"):
            await self.office.wait_for(lambda: self.office.sockets.connections >= len(self.up))
        else:
            await until_healthy(self.ports[number])


@asynccontextmanager
async def bots(office, house, **env):
    """All of them, at work while the block lasts."""
    with kept_ports(house.processes) as ports:
        env = environment(office, house.folder, DATABASE_URL=house.url, **env)
        up = Bots(office, house.folder, env, ports)
        try:
            await up.start(range(house.processes))
            yield up
        finally:
            await up.end(signal.SIGKILL, list(up.up))


@pytest.fixture
async def office():
    """Slack, without a bot yet."""
    async with Office() as office:
        yield office


@pytest.fixture
def sqlite(tmp_path):
    return House(sqlite_at(tmp_path / "bot.sqlite3"), 1, tmp_path)


@pytest.fixture
def postgresql(postgres, tmp_path):
    with postgres.database() as url:
        yield House(url, 4, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request):
    """Each of the two."""
    found: House = request.getfixturevalue(request.param)
    return found

"""A month's post to 5,000 channels of 50 workspaces: real workers, PostgreSQL, a local Slack at full speed.

`python -m benchmarks.fanout` measures; `python -m benchmarks.fanout worker` is one worker, told by its
environment what `alumina worker` is told, and a token for each workspace.
"""

import asyncio
import json
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import ColumnElement, insert

from benchmarks.load import ROOT
from benchmarks.questions import TODAY, BenchmarkError, packaged
from bot.logs import log_to_stderr
from bot.manifest import SCOPES
from bot.playground import people
from bot.playground.workspace import Change, Channel, Workspace
from bot.posts.order import monthly
from bot.posts.order_store import stored
from bot.serving import run
from bot.settings import Settings
from bot.slack.web_client import once_only, slack_client
from bot.store.engine import store
from bot.store.group_commit import group_commit
from bot.store.tables import orders
from bot.workplace import Workplace, scheduled
from tests.databases import Postgres
from tests.gear.slack import LocalSlack

TOKENS = "BENCHMARK_TOKENS"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
# How much of the posts is the first part, after which memory should not grow any more.
WARM = 0.2
SAMPLE_SECONDS = 0.25
WITHIN_SECONDS = 900
# A new ledger's first posts wait for a lease; a short one, so that the benchmark does not.
SHORT = {"ALUMINA_TIMEOUT_SECONDS": "5", "ALUMINA_LEASE_SECONDS": "6"}


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many are posted to, by how many.

    `minute_seconds`: the app is one outside Slack's Marketplace, with a minute of that length; 0: it is not.
    """

    workspaces: int = 50
    channels: int = 100  # in each
    workers: int = 2
    minute_seconds: float = 0

    @property
    def posts(self) -> int:
        """How many messages that makes."""
        return self.workspaces * self.channels


@dataclass(frozen=True, slots=True)
class FanOut:
    """What one run came to. `growth_pct`: of a worker's memory after the first part, the largest."""

    posts: int
    posts_per_s: float
    lost: int
    doubled: int
    growth_pct: float
    rss_mb: float

    def __str__(self) -> str:
        return (
            f"fan-out: {self.posts} posts, {self.posts_per_s:.0f} posts/s, {self.lost} lost, {self.doubled}"
            f" doubled; a worker holds {self.rss_mb:.0f} MB, {self.growth_pct:+.1f} % after the first part"
        )


class Board:
    """Every message that comes to stand in a channel, by channel, and when."""

    def __init__(self) -> None:
        self.seen: Counter[tuple[str, str]] = Counter()
        self.first = self.last = 0.0

    def watch(self, space: Workspace) -> None:
        """Counts this workspace's too."""

        def notice(change: Change) -> None:
            if change.kind == "posted":
                self.first = self.first or time.perf_counter()
                self.last = time.perf_counter()
                self.seen[space.team, change.channel] += 1

        space.listeners.append(notice)

    @property
    def count(self) -> int:
        """How many messages."""
        return self.seen.total()


async def measure(crowd: Crowd, url: str) -> FanOut:
    """Posts to the whole crowd; BenchmarkError where it does not end."""
    spaces = [workspace(f"T{number:03}", crowd.channels) for number in range(crowd.workspaces)]
    board = Board()
    async with LocalSlack(validate=False, scopes=SCOPES) as slack:
        for space in spaces:
            slack.add_workspace(space, f"xoxb-{space.team}")
            board.watch(space)
        if crowd.minute_seconds:
            slack.limit_reading(crowd.minute_seconds)
        env = environment(slack, spaces, url)
        await subscribe(Settings.from_env(env), spaces)
        async with workers(crowd.workers, env) as pids:
            sizes = await sampled(board, crowd.posts, pids)
        # A post sent twice would have come by now: the workers have ended what they had begun.
    growth = max((end / warm - 1) * 100 for warm, end in sizes.values())
    return FanOut(
        posts=board.count,
        posts_per_s=(board.count - 1) / (board.last - board.first),
        lost=crowd.posts - len(board.seen),
        doubled=board.count - len(board.seen),
        growth_pct=growth,
        rss_mb=max(end for _, end in sizes.values()),
    )


async def sampled(board: Board, posts: int, pids: Sequence[int]) -> Mapping[int, tuple[float, float]]:
    """Each worker's memory in MB after the first part and at the end, once all posts are there."""
    warm: dict[int, float] = {}
    async with asyncio.timeout(WITHIN_SECONDS):
        while len(board.seen) < posts:
            await asyncio.sleep(SAMPLE_SECONDS)
            if not warm and len(board.seen) >= WARM * posts:
                warm = {pid: rss_mb(pid) for pid in pids}
    return {pid: (warm.get(pid, rss_mb(pid)), rss_mb(pid)) for pid in pids}


def rss_mb(pid: int) -> float:
    """The resident memory of a process in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


async def subscribe(settings: Settings, spaces: Sequence[Workspace]) -> None:
    """Every channel subscribes to everything."""
    async with store(settings) as engine, engine.begin() as connection:
        for space in spaces:
            rows = [
                stored(monthly(space.team, channel, created_at=LONG_AGO, changed_at=LONG_AGO))
                for channel in space.channels
            ]
            await connection.execute(insert(orders), rows)


def workspace(team: str, channels: int) -> Workspace:
    """A workspace with so many channels that the bot is in."""
    members = frozenset({people.ANA, people.BOT})
    names = [f"C{team}{number:04}" for number in range(channels)]
    return Workspace(
        team=team,
        name=team,
        users=people.USERS,
        channels=[Channel(name, name.lower(), "channel", members) for name in names],
        bot=people.BOT,
        bot_id=people.BOT_ID,
        app_id=people.APP_ID,
    )


def environment(slack: LocalSlack, spaces: Sequence[Workspace], url: str) -> dict[str, str]:
    """All that a worker is told."""
    return SHORT | {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": url,
        "SLACK_API_URL": slack.api_url,
        "ALUMINA_TODAY": str(TODAY),
        TOKENS: json.dumps({space.team: f"xoxb-{space.team}" for space in spaces}),
    }


@asynccontextmanager
async def workers(count: int, env: Mapping[str, str]) -> AsyncIterator[list[int]]:
    """The ids of so many worker processes while they run; at the end each may finish what it has begun."""
    command = [sys.executable, "-m", "benchmarks.fanout", "worker"]
    running = [await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env) for _ in range(count)]
    try:
        yield [process.pid for process in running]
    finally:
        for process in running:
            if process.returncode is None:
                process.terminate()
        endings = [await process.wait() for process in running]
    if any(endings):
        raise BenchmarkError(f"workers ended with {endings}")


class Tokens:
    """A client for each workspace."""

    def __init__(self, clients: Mapping[str, AsyncWebClient]) -> None:
        self._clients = clients

    async def client_of(self, workspace: str) -> AsyncWebClient:
        """The workspace's own."""
        return self._clients[workspace]

    def ours(self, workspace: ColumnElement[str]) -> ColumnElement[bool]:
        """Rows of these workspaces."""
        return workspace.in_(list(self._clients))


@asynccontextmanager
async def working(env: Mapping[str, str]) -> AsyncIterator[None]:
    """One worker, posting as `alumina worker` does."""
    settings = Settings.from_env(env)
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(store(settings))
        clients = {}
        for team, token in json.loads(env[TOKENS]).items():
            own = settings.model_copy(update={"slack_bot_token": SecretStr(token)})
            clients[team] = once_only(await stack.enter_async_context(slack_client(own)))
        writer, client = await stack.enter_async_context(group_commit(settings)), next(iter(clients.values()))
        place = Workplace(settings, client, engine, writer, Tokens(clients), None)  # type: ignore[arg-type]
        await stack.enter_async_context(scheduled(packaged(), place))
        yield


def fan_out(crowd: Crowd) -> FanOut:
    """One run on a database of its own."""
    with Postgres() as server, server.database() as url:
        return asyncio.run(measure(crowd, url))


def main(arguments: Sequence[str]) -> None:
    if arguments == ["worker"]:
        log_to_stderr(Settings.from_env(os.environ))
        logging.getLogger("bot").setLevel(logging.WARNING)  # not a line for each of 5,000 posts
        asyncio.run(run(working(os.environ)))
    else:
        Console(soft_wrap=True).print(str(fan_out(Crowd())), highlight=False)


if __name__ == "__main__":
    main(sys.argv[1:])

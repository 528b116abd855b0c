"""One round: workers at their posts, a Slack that fails in every way it has, and one of them killed."""

import asyncio
import itertools
import random
import signal
from collections.abc import Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from bot.manifest import SCOPES
from bot.playground import people
from bot.playground.workspace import Channel, Workspace
from bot.posts.ledger import Ledger
from bot.posts.rows import Post
from bot.settings import Settings
from bot.store.engine import open_engine
from tests.commandline import FORKS
from tests.crash import alerted, worker
from tests.crash.counted import wrong
from tests.crash.worker import VICTIM, Job
from tests.gear.slack import LocalSlack

# The last two are seen from outside: the local Slack holds the request, and the test kills who sent it.
HELD = ("on the wire", "accepted, not answered")
STEPS = ("before claim", "after claim", "answered, not marked", *HELD)
EDITION = "2026-07"
CHANNELS = ("C1", "C2", "C3")
TIMEOUT_SECONDS, LEASE_SECONDS = 2.0, 6.0
# How long after its sender's death a request may still take effect: well within the lease.
LATEST_SECONDS = 1.2
CHATTER = 20  # messages, before and after the first posts: a page has fifteen
MINUTE_SECONDS = 0.5
WITHIN_SECONDS = 600

FAULTS: tuple[dict[str, Any], ...] = (
    {"status": 429, "retry_after": 1},
    {"status": 500},
    {"status": 500, "when": "after"},
    {"error": "ratelimited"},
    {"error": "fatal_error", "when": "after"},
    {"when": "before"},
    {"when": "after"},
)
METHODS = ("chat.postMessage", "chat.update", "conversations.history", "conversations.replies")


@dataclass(frozen=True)
class Round:
    """What is to happen, drawn from a seed; ten seeds in a row have every step with and without `lose`.

    `seldom`: people talk much in the channels, and Slack lets read as little as an app may outside its
    Marketplace, but for the length of its minute.
    """

    seed: int
    workers: int
    url: str
    folder: Path
    seldom: bool = False
    lease_seconds: float = LEASE_SECONDS

    @property
    def step(self):
        return STEPS[self.seed % len(STEPS)]

    @property
    def held(self):
        """Which request is held, where one is: the first post, or in every other ten the first edit."""
        return "chat.update" if self.seed // 10 % 2 else "chat.postMessage"

    @property
    def lose(self):
        """Whether what the ledger knows is lost after the kill."""
        return self.seed // len(STEPS) % 2 == 1

    def __str__(self):
        lost = ", ledger lost" if self.lose else ""
        return f"seed {self.seed}: {self.workers} workers, killed {self.step}{lost}; logs in {self.folder}"


@dataclass
class Stage:
    """Slack, its workspaces, and the workers that are up."""

    plan: Round
    slack: LocalSlack
    spaces: Mapping[str, Workspace]
    posts: tuple[Post, ...]
    up: dict[str, BaseProcess] = field(default_factory=dict)

    def start(self, name, dies=""):
        env = {"DATABASE_URL": self.plan.url, "SLACK_API_URL": self.slack.api_url}
        env |= {"ALUMINA_TIMEOUT_SECONDS": str(TIMEOUT_SECONDS)}
        env |= {"ALUMINA_LEASE_SECONDS": str(self.plan.lease_seconds)}
        tokens = {team: f"xoxb-{team}" for team in self.spaces}
        months = tuple(post for post in self.posts if post.is_of_month)
        job = Job(name, env, tokens, months, self.plan.folder, dies)
        self.up[name] = FORKS.Process(target=worker.main, args=(job,), daemon=True)
        self.up[name].start()

    async def dead(self, name):
        """Returns once the worker has died of SIGKILL."""
        process = self.up[name]
        await until(lambda: not process.is_alive())
        del self.up[name]
        assert process.exitcode == -signal.SIGKILL, f"{name} ended with {process.exitcode}"

    async def stop(self):
        """Ends every worker as a platform does."""
        for process in self.up.values():
            process.terminate()
        await until(lambda: not any(process.is_alive() for process in self.up.values()))
        endings = {name: process.exitcode for name, process in self.up.items() if process.exitcode}
        assert not endings, f"workers ended with {endings}"


async def play(plan):
    """Plays the round; what went wrong in it, nothing where every post stands in its channel once."""
    rng = random.Random(plan.seed)
    async with staged(plan, rng) as stage:
        names = [f"worker-{number}" for number in range(plan.workers)]
        when = "before" if plan.step == "on the wire" else "after"
        hold = stage.slack.faults.hold(plan.held, when) if plan.step in HELD else None
        for name in names:
            stage.start(name, dies="" if hold else plan.step)
        victim = await _killed(stage, hold)
        if plan.seldom:
            chatter(stage.spaces)
        if hold:
            _end(hold, plan, rng)
        if plan.lose:
            await _lose(plan.url)
        stage.start(f"{victim}-again")
        await _outage(stage.slack, rng)
        try:
            await _settled(stage)
        finally:
            await stage.stop()
        return [f"{plan}: {fault}" for fault in wrong(stage.spaces, stage.posts)]


def _end(hold, plan, rng):
    """What the dead one sent comes to pass while its lease runs, or never; late where the ledger is lost."""
    end = hold.let_go if plan.lose else rng.choice([hold.let_go, hold.drop])
    seconds = LATEST_SECONDS if plan.lose else rng.uniform(0, LATEST_SECONDS)
    asyncio.get_running_loop().call_later(seconds, end)


async def _killed(stage, hold):
    """The name of the worker that is dead now: by its own hand, or by ours as its request is held."""
    note = stage.plan.folder / VICTIM
    await until(lambda: hold.reached.is_set() if hold else note.is_symlink())
    victim = hold.caller if hold else note.readlink().name
    if hold:
        stage.up[victim].kill()
    await stage.dead(victim)
    return victim


async def _outage(slack, rng):
    if rng.random() < 0.5:
        slack.faults.down = True
        await asyncio.sleep(rng.uniform(0.1, 1))
        slack.faults.down = False


async def _lose(url):
    """The file is deleted; of a server's database the table is emptied under those who still work with it."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
    else:
        async with reading(url) as engine, engine.begin() as connection:
            await connection.exec_driver_sql("DELETE FROM posts")


async def _settled(stage):
    """Returns once the ledger holds every post as posted, or as told by another; or its alert is done, which
    a lost ledger does not undo.
    """
    async with reading(stage.plan.url) as engine:
        ledger = Ledger(engine, timedelta(seconds=stage.plan.lease_seconds))

        async def settled():
            try:
                done = await alerted.done(engine)
                entries = await ledger.entries()
                open_posts = [post for post in stage.posts if post.kind not in done]
                states = {entries[post].state if post in entries else "" for post in open_posts}
                return states <= {"posted", "told"}
            except OperationalError:  # the table is just being made
                return False

        try:
            await until(settled, every_seconds=0.2)
        except TimeoutError:
            entries = (await ledger.entries()).items()
            raise AssertionError(f"{stage.plan}: not all posted: {dict(entries)}") from None


@asynccontextmanager
async def staged(plan, rng):
    """Slack is up and set to fail; whatever happens, no worker outlives the block."""
    spaces = {team: workspace(team) for team in ("T1", "T2")}
    posts = [Post(team, channel, "monthly", EDITION) for team in spaces for channel in CHANNELS]
    growing = rng.sample(posts, 3)
    posts += [Post(each.workspace, each.channel, "bulletin", EDITION) for each in growing]
    posts += alerted.posts(spaces)
    async with LocalSlack(scopes=SCOPES) as slack:
        for team, space in spaces.items():
            slack.add_workspace(space, f"xoxb-{team}")
        for _ in range(rng.randint(3, 7)):
            slack.fail(rng.choice(METHODS), **rng.choice(FAULTS))
        if plan.seldom:
            slack.limit_reading(MINUTE_SECONDS)
            chatter(spaces)
        stage = Stage(plan, slack, spaces, tuple(posts))
        with killed_at_the_end(stage):
            yield stage


def chatter(spaces):
    """People talk."""
    for space in spaces.values():
        for channel, number in itertools.product(CHANNELS, range(CHATTER)):
            space.post(channel, people.ANA, f"word {number}")


@contextmanager
def killed_at_the_end(stage):
    try:
        yield
    finally:
        for process in stage.up.values():
            process.kill()
            process.join()


def workspace(team):
    """A workspace with a few channels that the bot is in."""
    members = frozenset({people.ANA, people.BOT})
    channels = [Channel(channel, channel.lower(), "channel", members) for channel in CHANNELS]
    ours = {"bot": people.BOT, "bot_id": people.BOT_ID, "app_id": people.APP_ID}
    return Workspace(team=team, name=team, users=people.USERS, channels=channels, **ours)


@asynccontextmanager
async def reading(url):
    """An engine that leaves the tables to the workers."""
    engine = open_engine(Settings.from_env({"DATABASE_URL": url}))
    try:
        yield engine
    finally:
        await engine.dispose()


async def until(holds, every_seconds=0.02):
    """Returns once it holds; TimeoutError where it does not for a long time."""
    async with asyncio.timeout(WITHIN_SECONDS):
        while True:
            found = holds()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(every_seconds)

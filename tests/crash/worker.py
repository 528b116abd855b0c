"""A worker process: the real ledger, courier, clockwork and alerts, on months of the test's making.

Its settings come as an environment, as those of `alumina worker` do. What is of the test is where it dies: at
steps that nobody outside can see, it kills itself in the way the system would.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.messages.blocks import Message
from bot.posts.courier import Office, posting
from bot.posts.ledger import Ledger
from bot.posts.order import monthly
from bot.posts.order_messages import Editions
from bot.posts.order_service import OrderService
from bot.posts.order_store import OrderStore
from bot.posts.rows import Due, Edition, Post
from bot.serving import run
from bot.settings import Settings
from bot.slack.web_client import once_only, slack_client
from bot.store.engine import store
from tests.crash.alerted import DAY, RECORD, set_all

TICK_SECONDS = 0.3
LOOK_SECONDS = 0.1
VICTIM = "victim"
BULLETIN = "with the bulletin"


@dataclass(frozen=True)
class Job:
    """All that a worker is told. `dies`: at which step the first to reach it kills itself, if at any."""

    name: str
    env: Mapping[str, str]
    tokens: Mapping[str, str]  # by workspace
    posts: tuple[Post, ...]
    folder: Path
    dies: str = ""


class Mortal(Ledger):
    """Dies at a step: everything before it is done, and nothing after it."""

    job: Job

    async def claim(self, now, most):
        if self.job.dies == "before claim" and await self.entries():
            die(self.job)
        claims = await super().claim(now, most)
        if self.job.dies == "after claim" and claims:
            die(self.job)
        return claims

    async def mark(self, claim, ts, now):
        if self.job.dies == "answered, not marked":
            die(self.job)
        return await super().mark(claim, ts, now)


def die(job):
    """The first one here dies as by kill -9: nothing is closed or told. VICTIM is a link to its name."""
    try:
        (job.folder / VICTIM).symlink_to(job.name)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class Plan(OrderService):
    """The same months at every tick, and what alerts have; bulletins once a month is in the ledger, for good.

    A month that is missing then, because it was lost, is taken to say its bulletin, as by the real `due`.
    """

    job: Job

    async def due(self, now, standing):
        if any(post.kind == "monthly" for post in standing):
            bulletin_is_out(self.job).touch()
        begun = {post.place for post in standing if post.kind == "monthly"}
        months = [
            Due(post, now, silent=post.kind == "bulletin" and post.place not in begun)
            for post in self.job.posts
            if post not in standing and (post.kind == "monthly" or bulletin_is_out(self.job).exists())
        ]
        return [*months, *await OrderService.due(self, now, frozenset(standing))]


def bulletin_is_out(job):
    """There once the bulletin is, for all workers of a round."""
    return job.folder / "bulletin"


class Everybody(OrderStore):
    """Every channel has a monthly post, and what is kept beside that."""

    async def monthly(self, workspace, channel):
        return monthly(workspace, channel)

    async def park_channel(self, workspace, channel, why):
        raise AssertionError(f"{channel} was parked: {why}")


@dataclass(frozen=True)
class Rendered(Editions):
    """A month's message that grows, and its line."""

    job: Job = field(kw_only=True)

    def has(self, post, subscription, told):
        return True

    def edition(self, post, subscription, late):
        grown = replace(post, kind="bulletin") in self.job.posts and bulletin_is_out(self.job).exists()
        said = f"{post.edition} {BULLETIN}" if grown else post.edition
        return Edition(Message(said, ()), post.edition, Message("the bulletin is out", ()))


class Tokens:
    """A client for each workspace."""

    def __init__(self, clients):
        self._clients = clients

    async def client_of(self, workspace):
        return self._clients[workspace]

    def ours(self, workspace):
        return workspace.in_(list(self._clients))


def now():
    return datetime.now(UTC)


@asynccontextmanager
async def working(job):
    settings = Settings.from_env(job.env)
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(store(settings))
        clients = {}
        for workspace, token in job.tokens.items():
            own = settings.model_copy(update={"slack_bot_token": SecretStr(token)})
            client = once_only(await stack.enter_async_context(slack_client(own)))
            client.headers["User-Agent"] = job.name
            clients[workspace] = client
        ledger = Mortal(engine, settings.lease)
        ledger.job = job
        await set_all(engine, job.tokens)
        editions = Rendered(RECORD, lambda: DAY, job=job)
        orders = Plan(Everybody(engine), ledger, editions, job)
        office = Office(ledger, Tokens(clients), orders, now, settings.alumina_timeout_seconds)
        await stack.enter_async_context(posting(office, TICK_SECONDS, LOOK_SECONDS))
        yield


def main(job):
    """Works until SIGTERM, or until it dies."""
    logging.basicConfig(
        filename=job.folder / f"{job.name}.log",
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(message)s",
        force=True,
    )
    asyncio.run(run(working(job)))

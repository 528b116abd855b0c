"""A process that is told to stop, with work in hand: nothing of what it accepted is lost or done twice."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

import bot.slack.app
from bot.dataset.dataset import Dataset
from bot.manifest import SCOPES
from bot.playground import people
from bot.playground.workspace import Channel, Workspace
from bot.posts.order import Subscription
from bot.posts.subscriptions import Subscriptions
from bot.settings import Settings
from bot.store.engine import store
from tests.commandline import SECONDS, Process, finish, start
from tests.gear.slack import LocalSlack
from tests.postgres import Postgres
from tests.slack.desk import SHORT, at_once, environment, http_bot
from tests.slack.events import by_bot, change_database, rows
from tests.slack.test_serve_command import until_healthy

QUESTION = "alumina exports march 2024"
TEAM = "T_CROWDED"
BEFORE = datetime(2026, 6, 1, tzinfo=UTC)  # when they subscribed: July's figures were still to come
CHANNELS = [f"C_{number:03}" for number in range(20)]
AGAIN = (0.5,) * 240  # how long Slack waits before it sends an event again
OVER = "UPDATE inbox SET lease_until = '2026-01-01' WHERE state = 'taken'"  # as time would


async def served(port: int, slack: LocalSlack, folder: Path, **env: str) -> Process:
    """`alumina serve` at work behind that port."""
    process = await start("serve", "--port", str(port), env=environment(slack, folder, **env), folder=folder)
    await until_healthy(port)
    slack.bot_url = f"http://127.0.0.1:{port}/slack/events"
    return process


async def status(port: int, page: str) -> int:
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/{page}") as answer:
        return answer.status


async def test_what_was_accepted_under_load_is_answered_once(tmp_path: Path, free_port: int) -> None:
    """It says that it is not ready, and answers on for as long as it was told."""
    accepted: Counter[str] = Counter()
    unsure: Counter[str] = Counter()  # acknowledged too late, so the person cannot know
    mentions: list[str] = []
    over = asyncio.Event()

    async def commands(slack: LocalSlack, user: str) -> None:
        while not over.is_set():
            reply = await slack.command(QUESTION, user=user)
            accepted[user] += not reply.failure
            unsure[user] += reply.failure == "http_timeout"
            mentions.append(await slack.say(f"<@U0ALUMINA> {QUESTION}", user=user))
            await asyncio.sleep(0.2)

    async with LocalSlack(scopes=SCOPES, retry_waits=AGAIN) as slack:
        first = await served(free_port, slack, tmp_path, ALUMINA_DRAIN_SECONDS="2")
        load = [asyncio.create_task(commands(slack, user)) for user in people.STAFF]
        await slack.wait_for(lambda: len(slack.messages()) >= 10)
        assert await status(free_port, "readyz") == 200
        slack.fail("chat.postMessage", status=429, retry_after=1, times=5)  # so that some are under way
        first.send_signal(signal.SIGTERM)
        async with asyncio.timeout(SECONDS):
            while await status(free_port, "readyz") == 200:
                pass
        assert await status(free_port, "healthz") == 200
        assert not (await slack.command(QUESTION, user=people.BEN)).failure
        accepted[people.BEN] += 1
        assert (await finish(first)).status == 0
        # What the first was not done with in its last seconds is the second's, its lease being over.
        await change_database(tmp_path, OVER)
        second = await served(free_port, slack, tmp_path)
        seen = sum(accepted.values())
        await slack.wait_for(lambda: sum(accepted.values()) >= seen + 10)
        over.set()
        await asyncio.gather(*load)
        await slack.wait_for(lambda: all(by_bot(slack, "C_ALUMINIUM", ts) for ts in mentions))
        await slack.settle()
        second.send_signal(signal.SIGTERM)
        assert (await finish(second)).status == 0
    answered = Counter(
        user for user in people.STAFF for said in slack.messages() if f"<@{user}> asked" in said.text
    )
    assert accepted <= answered <= accepted + unsure
    assert {len(by_bot(slack, "C_ALUMINIUM", ts)) for ts in mentions} == {1}


async def test_an_answer_that_takes_too_long_is_broken_off_and_left_to_the_next_process(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.slack.app, "SECONDS", 0.05)
    hold = slack.faults.hold("chat.postMessage", when="before")
    async with http_bot(slack, dataset, environment(slack, tmp_path)):
        ts = await slack.say(f"<@U0ALUMINA> {QUESTION}")
        await hold.reached.wait()
        monkeypatch.setattr(slack, "settle", at_once)
    hold.drop()
    assert rows(tmp_path) == [("C_ALUMINIUM", ts, "taken")]
    assert slack.ephemerals() == []
    monkeypatch.undo()
    await change_database(tmp_path, "UPDATE inbox SET lease_until = '2026-01-01'")  # as time would
    async with http_bot(slack, dataset, environment(slack, tmp_path)):
        await slack.wait_for(lambda: rows(tmp_path) == [("C_ALUMINIUM", ts, "answered")])
    assert len(by_bot(slack, "C_ALUMINIUM", ts)) == 1


async def test_a_worker_told_to_stop_amid_its_posts_leaves_each_channel_one(
    slack: LocalSlack, tmp_path: Path, free_port: int, postgres: Postgres
) -> None:
    space = crowded()
    slack.add_workspace(space, "xoxb-crowded")
    with postgres.database() as url:
        env = environment(slack, tmp_path) | {
            "SLACK_BOT_TOKEN": "xoxb-crowded",
            "DATABASE_URL": url,
            "PORT": str(free_port),
            "ALUMINA_SCHEDULER": "on",
            "ALUMINA_REFRESH": "off",
            "ALUMINA_TICK_SECONDS": "0.5",
            **SHORT,
        }
        await subscribe(Settings.from_env(env))
        on_the_wire = slack.faults.hold("chat.postMessage", when="before")  # so that one is under way
        async with working(env, tmp_path) as first:
            await slack.wait_for(lambda: len(posted(space)) >= 5, 60)
            assert await status(free_port, "readyz") == 200
            assert await status(free_port, "metrics") == 200
            first.send_signal(signal.SIGTERM)
            on_the_wire.drop()
            assert (await finish(first)).status == 0
        assert len(posted(space)) < len(CHANNELS)
        async with working(env, tmp_path) as second:
            await slack.wait_for(lambda: len(set(posted(space))) == len(CHANNELS), 60)
            await slack.settle()
            second.send_signal(signal.SIGTERM)
            assert (await finish(second)).status == 0
    assert sorted(posted(space)) == CHANNELS


def crowded() -> Workspace:
    """A workspace of many channels."""
    members = frozenset({people.ANA, people.BOT})
    channels = [Channel(name, name.lower(), "channel", members) for name in CHANNELS]
    ours = {"bot": people.BOT, "bot_id": people.BOT_ID, "app_id": people.APP_ID}
    return Workspace(team=TEAM, name=TEAM, users=people.USERS, channels=channels, **ours)


async def subscribe(settings: Settings) -> None:
    async with store(settings) as engine:
        subscriptions = Subscriptions(engine, lambda: BEFORE)
        for channel in CHANNELS:
            await subscriptions.save(Subscription(TEAM, channel))


@asynccontextmanager
async def working(env: dict[str, str], folder: Path) -> AsyncIterator[Process]:
    process = await start("worker", env=env, folder=folder)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()


def posted(space: Workspace) -> list[str]:
    """The channel of each monthly post that stands in one."""
    return [channel for channel in CHANNELS for message in space.top_level(channel) if message.bot_id]

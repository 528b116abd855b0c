"""A process that is told to stop, with work in hand: nothing of what it accepted is lost or done twice."""

import asyncio
import signal
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

import bot.slack.bolt_app
from bot.dataset.dataset import Dataset
from bot.manifest import SCOPES
from bot.playground import people
from bot.posts.order import monthly
from bot.posts.order_store import OrderStore
from bot.settings import Settings
from bot.store.engine import store
from tests.commandline import SECONDS, Process, finish, start
from tests.gear.slack import LocalSlack
from tests.postgres import Postgres
from tests.slack.desk import SHORT, at_once, environment, http_bot
from tests.slack.events import by_bot, change_database, rows
from tests.slack.test_serve_command import until_healthy

QUESTION = "alumina exports march 2024"
BEFORE = datetime(2026, 6, 1, tzinfo=UTC)  # when they subscribed: July's figures were still to come
CHANNELS = ["C_ALUMINIUM", "C_DESK", "C_PARTNERS"]
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
    monkeypatch.setattr(bot.slack.bolt_app, "SECONDS", 0.05)
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
    with postgres.database() as url:
        quick = {"ALUMINA_SCHEDULER": "on", "ALUMINA_REFRESH": "off", "ALUMINA_TICK_SECONDS": "0.5", **SHORT}
        env = environment(slack, tmp_path, **quick, DATABASE_URL=url) | {"PORT": str(free_port)}
        async with store(Settings.from_env(env)) as engine:
            for channel in CHANNELS:
                await OrderStore(engine, lambda: BEFORE).save(monthly("T0LOCAL", channel))
        on_the_wire = slack.faults.hold("chat.postMessage", when="before")
        first = await start("worker", env=env, folder=tmp_path)
        async with asyncio.timeout(SECONDS):
            await on_the_wire.reached.wait()
        assert await status(free_port, "readyz") == 200
        assert await status(free_port, "metrics") == 200
        first.send_signal(signal.SIGTERM)
        on_the_wire.drop()
        assert (await finish(first)).status == 0
        assert len(posted(slack)) < len(CHANNELS)
        second = await start("worker", env=env, folder=tmp_path)
        await slack.wait_for(lambda: len(set(posted(slack))) == len(CHANNELS), SECONDS)
        await slack.settle()
        second.send_signal(signal.SIGTERM)
        assert (await finish(second)).status == 0
    assert posted(slack) == CHANNELS


def posted(slack: LocalSlack) -> list[str]:
    """The channel of each monthly post that stands in one."""
    return [channel for channel in CHANNELS for message in slack.messages(channel) if message.bot_id]

"""Two `serve` and two `worker` on one PostgreSQL: each question is answered once, each post stands once."""

import asyncio
import itertools
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dataset.dataset import Dataset
from bot.manifest import SCOPES
from bot.playground import people
from bot.playground.workspace import Channel
from bot.posts.order import Subscription
from bot.posts.subscriptions import Subscriptions
from bot.settings import Settings
from bot.store.engine import store
from tests.commandline import finish, start
from tests.gear.slack import LocalSlack
from tests.ports import kept_ports
from tests.postgres import Postgres
from tests.slack.desk import environment, http_bot
from tests.slack.events import by_bot, deliver, events, settled
from tests.slack.test_once import AGAIN, MARCH, MENTION
from tests.slack.test_serve_command import until_healthy

ROOM = "C_ALUMINIUM"
CHANNELS = [f"C_{number:03}" for number in range(25)]
BEFORE = datetime(2026, 6, 1, tzinfo=UTC)  # when they subscribed: July's figures were still to come
SHORT = {"ALUMINA_TIMEOUT_SECONDS": "5", "ALUMINA_LEASE_SECONDS": "6", "ALUMINA_TICK_SECONDS": "1"}


@pytest.fixture
async def crowded(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LocalSlack]:
    """A workspace of many channels."""
    members = frozenset({people.ANA, people.BOT})
    more = tuple(Channel(each, each.lower(), "channel", members) for each in CHANNELS)
    monkeypatch.setattr(people, "CHANNELS", people.CHANNELS + more)
    async with LocalSlack(scopes=SCOPES) as slack:
        yield slack


async def subscribe(url: str) -> None:
    """All of them want the monthly post."""
    async with store(Settings.from_env({"DATABASE_URL": url})) as engine:
        for channel in CHANNELS:
            await Subscriptions(engine, lambda: BEFORE).save(Subscription(people.TEAM, channel))


@asynccontextmanager
async def processes(slack: LocalSlack, url: str, folder: Path) -> AsyncIterator[list[str]]:
    """Started at the same moment; where the two `serve` are reached. They end well at the end."""
    env = environment(slack, folder, ALUMINA_SCHEDULER="on", ALUMINA_REFRESH="off", DATABASE_URL=url, **SHORT)
    async with AsyncExitStack() as stack:
        ports = stack.enter_context(kept_ports(2))
        words = [["serve", "--port", str(port)] for port in ports] + [["worker"], ["worker"]]
        started = [await start(*each, env=env, folder=folder) for each in words]
        for process in started:
            stack.callback(lambda each: each.returncode is None and each.kill(), process)
        await asyncio.gather(*map(until_healthy, ports))
        yield [f"http://127.0.0.1:{port}/slack/events" for port in ports]
        for process in started:
            process.send_signal(signal.SIGTERM)
        runs = await asyncio.gather(*map(finish, started))
        assert {(run.status, "Traceback" in run.err) for run in runs} == {(0, False)}, runs


async def ask_in_every_way(slack: LocalSlack, webs: Sequence[str]) -> list[str]:
    """Told of by one process and then the other, by both at once, and again to the other; the questions."""
    asked = []
    for number, (one, other) in enumerate(itertools.islice(itertools.cycle([webs, webs[::-1]]), 24)):
        ts = await slack.say(MENTION)
        said = events(slack, ts)
        first = await deliver(slack, [one, other] if number % 3 == 0 else [one], said)
        again = await deliver(slack, [other], said, AGAIN) if number % 3 == 1 else []
        assert {reply.status for reply in first + again} == {200}
        asked.append(ts)
    return asked


async def go_on_in_turns(slack: LocalSlack, webs: Sequence[str], thread: str) -> list[str]:
    """Each follow-up is told to the process that did not hear the one before it; what was answered."""
    for text, web in zip(
        ["and imports?", "and april?", "and exports?", "and may?"], [*webs[::-1]] * 2, strict=True
    ):
        await told(slack, web, await slack.say(text, thread_ts=thread), thread)
    return by_bot(slack, ROOM, thread)


async def told(slack: LocalSlack, web: str, ts: str, thread: str) -> None:
    """One process hears of a message, and its answer stands: it may wait for what another writes down."""
    before = len(by_bot(slack, ROOM, thread))
    await deliver(slack, [web], events(slack, ts))
    await slack.wait_for(lambda: len(by_bot(slack, ROOM, thread)) > before)


async def test_each_question_is_answered_once_and_each_post_stands_once(
    crowded: LocalSlack, postgres: Postgres, tmp_path: Path
) -> None:
    slack = crowded
    with postgres.database() as url:
        await subscribe(url)
        async with processes(slack, url, tmp_path) as webs:
            asked = await ask_in_every_way(slack, webs)
            await slack.wait_for(lambda: all(by_bot(slack, ROOM, ts) for ts in asked), 120)
            answers = await go_on_in_turns(slack, webs, asked[0])
            await slack.wait_for(lambda: all(slack.messages(channel) for channel in CHANNELS), 120)
            await slack.silence(2)  # longer than a tick: nothing more is due
    for ts in asked[1:]:
        [answer] = by_bot(slack, ROOM, ts)
        assert MARCH in answer
    heads = ["imports, March", "imports, April", "exports, April", "exports, May"]
    assert [head in text for head, text in zip(heads, answers[1:], strict=True)] == [True] * 4
    assert [len(slack.messages(channel)) for channel in CHANNELS] == [1] * len(CHANNELS)


@pytest.mark.parametrize("edited", ["one", "other"])
async def test_an_edited_answer_is_followed_up_by_every_process(
    slack: LocalSlack, dataset: Dataset, any_database: str, tmp_path: Path, edited: str
) -> None:
    """Both have answered in the thread before, so that each has had its question in hand."""
    env = environment(slack, tmp_path, DATABASE_URL=any_database)
    async with http_bot(slack, dataset, env):
        one = str(slack.bot_url)
        async with http_bot(slack, dataset, env):
            other, slack.bot_url = str(slack.bot_url), None
            thread = await slack.say(MENTION)
            await told(slack, one, thread, thread)
            asked = await slack.say("and april?", thread_ts=thread)
            await told(slack, other, asked, thread)
            slack.bot_url = one if edited == "one" else other
            await slack.edit(ROOM, asked, "and may?")
            await settled(
                slack, slack.wait_for(lambda: "May 2024" in by_bot(slack, ROOM, thread)[1])
            )  # its context is written once the edit was answered
            slack.bot_url = None
            for text, url in (("and imports?", other), ("and exports?", one)):
                await told(slack, url, await slack.say(text, thread_ts=thread), thread)
    _, may, imports, exports = by_bot(slack, ROOM, thread)
    assert "Alumina exports, May 2024" in may
    assert "Alumina imports, May 2024" in imports
    assert "Alumina exports, May 2024" in exports

"""Questions at a steady pace, a database that is started anew, a Slack that fails: each is answered once."""

import asyncio
import random
import signal
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Literal

import pytest

from bot.manifest import SCOPES
from tests.attack.test_attack import rss_kb
from tests.commandline import Process, Run, finish, start
from tests.gear.faults import Chance, Fault
from tests.gear.slack import LocalSlack, forget_before
from tests.slack.desk import SHORT as SHORT_LEASE
from tests.slack.desk import environment
from tests.slack.test_serve_command import until_healthy
from tests.soak.load import Crowd
from tests.soak.tally import Tally, posed

# All four tries that a response_url allows would fail by chance once in 160,000 times, and the question be
# lost: so the same call fails twice at most.
FAILING, MOST_FAILURES = 0.05, 2
WITHIN_SECONDS = 4_000
DRAINED_SECONDS = 120
AWAY_SECONDS = 1.0
KEPT_SECONDS = 600
# As Slack does, but in seconds where Slack takes minutes.
AGAIN = (0, 1, 2, 4, 8, 16, 32, 64)

BEFORE = [Fault(status=500), Fault(status=429, retry_after=1), Fault(error="internal_error"), Fault()]
AFTER = [Fault(when="after"), Fault(status=500, when="after")]


def faults_of(method):
    """What only one person sees cannot be looked for: where its reply is lost they are told to ask again."""
    return BEFORE if method == "response_url" else [*BEFORE, *AFTER]


@pytest.fixture
async def slack():
    async with LocalSlack(scopes=SCOPES, retry_waits=AGAIN) as slack:
        yield slack


@asynccontextmanager
async def tidied(slack):
    """The local Slack keeps what can still be asked for, and no more."""

    async def tidy():
        while True:
            await asyncio.sleep(5)
            slack.calls.clear()
            forget_before(slack.workspace, f"{time.time() - KEPT_SECONDS:.6f}")

    tidying = asyncio.create_task(tidy())
    try:
        yield
    finally:
        tidying.cancel()


@dataclass(frozen=True)
class Soak:
    """How long, how many questions a second, how many different ones; when the database goes away, in order
    or as by a crash. Memory is looked at after `warm` seconds, and so many questions, and again at the end.
    """

    seconds: float
    rate: int
    questions: int
    restarts: tuple[tuple[float, Literal["fast", "immediate"]], ...]
    warm: float = 0
    warm_questions: int = 0


SHORT = Soak(seconds=4, rate=30, questions=20, restarts=((1, "immediate"),))
LONG = Soak(1_800, 100, 200, ((24, "fast"), (1_080, "immediate")), warm=60, warm_questions=5_000)
GROWTH_PCT = 5
Serving = tuple[Process, asyncio.Task[Run]]


@asynccontextmanager
async def serving(slack, folder, port, url):
    """`alumina serve` at work; killed where the block fails."""
    env = environment(slack, folder, DATABASE_URL=url, ALUMINA_LOG="json", **SHORT_LEASE)
    process = await start("serve", "--port", str(port), env=env, folder=folder)
    run = asyncio.create_task(finish(process, WITHIN_SECONDS))  # reads what it logs
    try:
        await until_healthy(port)
        slack.bot_url = f"http://127.0.0.1:{port}/slack/events"
        yield process, run
    finally:
        if process.returncode is None:
            process.kill()


async def soaked(slack, folder, port, server, soak):
    rng, tally = random.Random(7), Tally(slack)
    crowd = Crowd(slack, tally, posed(rng, soak.questions), rng)
    with server.database() as url:
        async with serving(slack, folder, port, url) as (process, run):
            slack.faults.chance = Chance(FAILING, faults_of, rng, MOST_FAILURES)
            async with tidied(slack):
                rate, warm_kb = await _under_load(crowd, server, soak, process)
                with suppress(TimeoutError):  # what is open then is lost
                    await slack.wait_for(lambda: not tally.open, DRAINED_SECONDS)
            slack.faults.chance = None
            await slack.silence(1, DRAINED_SECONDS)
            end_kb = rss_kb(process)
            process.send_signal(signal.SIGTERM)
            ended = await run
    growth_pct = (end_kb / warm_kb - 1) * 100
    print(
        f"\n{rate:.0f} questions/s for {soak.seconds:.0f} s: {tally.told()};"
        f" memory {warm_kb / 1024:.1f} MB once warm, {end_kb / 1024:.1f} MB at the end"
        f" ({growth_pct:+.1f} %)"
    )
    assert tally.wrong == []
    assert (tally.lost, tally.doubled) == ([], [])
    assert not soak.warm or growth_pct < GROWTH_PCT
    assert ended.status == 0, ended.err[-2000:]


async def _under_load(crowd, server, soak, process):
    """Asks for the whole time; how many questions a second it came to, and the memory once warm."""

    async def warm():
        await asyncio.sleep(soak.warm)
        await crowd.has_asked(soak.warm_questions)
        return rss_kb(process)

    async def restart(after, how):
        await asyncio.sleep(after)
        with crowd.patient():
            await asyncio.to_thread(server.restart, how, AWAY_SECONDS)

    rate, warm_kb, *_ = await asyncio.gather(
        crowd.ask(soak.seconds, soak.rate), warm(), *(restart(*each) for each in soak.restarts)
    )
    await crowd.typed()
    return rate, warm_kb


async def test_a_few_seconds(slack, tmp_path, free_port, postgres):
    await soaked(slack, tmp_path, free_port, postgres, SHORT)


@pytest.mark.slow
async def test_half_an_hour(slack, tmp_path, free_port, postgres):
    await soaked(slack, tmp_path, free_port, postgres, LONG)

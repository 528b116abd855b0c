"""Nobody is held up: not by one person's costly questions, nor by connections that say nothing."""

import asyncio
import resource
from time import perf_counter

import pytest

from bot.playground import people
from tests.delivery.conftest import bots
from tests.delivery.crowd import MENTION, Crowd, Kind
from tests.delivery.office import ROOM
from tests.slack.desk import SHORT

# Seconds of a processor each, and a third of one.
COSTLY = "everything exports and imports as first reported sources 2019 to 2026"
MIDDLING = "everything exports as first reported 2024 to 2026"
RATE = 60  # questions a minute that one person may ask
WAYS: tuple[Kind, ...] = ("mention", "command")
ANSWER_SECONDS, ACKNOWLEDGE_SECONDS = 2.0, 1.0


async def busy(office, kind, number, text):
    """Ana asks so many at once, and waits for no answer."""
    ask, said = (office.command, text) if kind == "command" else (office.say, f"{MENTION}{text}")
    await asyncio.gather(*(ask(said) for _ in range(number)))


def answered(office):
    """How many of Ana's stand."""
    mine = [each for each in office.workspace.everything(ROOM) if each.user == people.BOT]
    threads = {each.ts for each in office.messages() if each.user == people.ANA}
    return sum(each.thread_ts in threads or f"<@{people.ANA}>" in each.text for each in mine)


@pytest.mark.slow
@pytest.mark.quiet
@pytest.mark.parametrize("kind", WAYS)
async def test_others_are_answered_meanwhile(office, house, kind):
    async with bots(office, house, ALUMINA_USER_RATE=str(RATE)):
        crowd, times = Crowd(office, 10), []
        others = await crowd.gather(WAYS, 5)
        costly = asyncio.create_task(busy(office, kind, RATE, COSTLY))
        await asyncio.sleep(0)
        for user, way in others.items():
            since = perf_counter()
            await crowd.ask(user, way)
            acknowledged = perf_counter() - since
            await crowd.served(10)
            times.append((acknowledged, perf_counter() - since))
        await costly
        taken, waited = map(sorted, zip(*times, strict=True))
        crowd.report(f"beside {RATE} by {kind}, {house.processes} processes")
        print(f"acknowledged in {taken[5]:.2f} s (median), {taken[-1]:.2f} s (most)", end="; ")
        print(f"answered in {waited[5]:.2f} s, {waited[-1]:.2f} s; {answered(office)} costly ones by then")
        assert crowd.unanswered() == []
    assert (waited[-1] < ANSWER_SECONDS, taken[-1] < ACKNOWLEDGE_SECONDS) == (True, True)


async def test_a_question_overtakes_a_few_costly_ones(office, sqlite):
    async with bots(office, sqlite, **SHORT):
        crowd = Crowd(office, 1)
        asking = await crowd.gather(["command"], 1)
        costly = [asyncio.create_task(busy(office, "command", 12, MIDDLING)) for _ in range(4)]
        await costly[0]  # the others are still coming in, however slow the machine is
        await crowd.ask_all(asking)
        await crowd.served(60)
        assert (crowd.unanswered(), answered(office) < 48) == ([], True)
        await asyncio.gather(*costly)


IN_QUIET = (pytest.mark.slow, pytest.mark.quiet)


@pytest.mark.parametrize(("number", "most"), [(300, 60), pytest.param(1_000, 1, marks=IN_QUIET)])
async def test_beside_idle_ones(office, sqlite, number, most):
    """No request waits longer for what it is told."""
    async with bots(office, sqlite, **SHORT) as up:
        for pid in (0, up.up[0][0].pid):
            soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (min(max(soft, 4_096), hard), hard))
        crowd, seconds = Crowd(office, 6), []
        asking = await crowd.gather(("command", "mention"), 3)
        opening = (asyncio.open_connection("127.0.0.1", up.ports[0]) for _ in range(number))
        idle = await asyncio.gather(*opening)
        for each in asking.items():
            since = perf_counter()
            await crowd.ask(*each)
            seconds.append(perf_counter() - since)
        await crowd.served(30)
        for _, writer in idle:
            writer.transport.abort()
        tally = crowd.report(f"beside {number} idle connections, {max(seconds):.2f} s at most")
    assert (tally.acknowledged, tally.answered, max(seconds) < most) == (tally.asked, tally.asked, True)

"""Slack posts or says so late, or is away for minutes: each question has its answer in the end, once."""

import asyncio
from itertools import cycle

import pytest

from tests.delivery.conftest import bots
from tests.delivery.crowd import PUBLIC, Crowd
from tests.delivery.office import Relay
from tests.gear.faults import Fault
from tests.slack.desk import SHORT

# An answer to a press on the home tab goes to a person, where nobody can look for it: where Slack gives no
# word of it they are told to ask again.
LOOKED_UP = tuple(kind for kind in PUBLIC if kind != "home")
# In the full size the bot waits ten seconds for Slack, and holds a question for sixty.
LATE_SECONDS = (9, 11.5, 12, 13, 15, 20, 30)


async def late(office, when, seconds, kinds, lease):
    """In each way people ask; so long `when` their answer is posted Slack does nothing."""
    crowd = Crowd(office, len(seconds) * len(kinds))
    asking = await crowd.gather(kinds, len(seconds))
    places = {"before": (1, 0), "after": (0, 1)}[when]
    delays = {user: tuple(each * place for place in places) for user, each in zip(asking, cycle(seconds))}

    def delay(method, arguments):
        who = crowd.asker(str(arguments.get("text")), str(arguments.get("thread_ts")))
        return delays.get(who) if method == "chat.postMessage" else None

    office.rule = delay
    await crowd.ask_all(asking)
    await crowd.served(3 * lease, answered=True)
    await office.silence(lease, within=5 * lease)  # what had no reply is looked for a lease later
    tally = crowd.report(f"late {when} it is posted")
    assert (crowd.unanswered(), tally.doubled, tally.told) == ([], [], [])


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
async def test_late(office, house, when):
    async with bots(office, house):
        await late(office, when, LATE_SECONDS, LOOKED_UP, lease=60)


@pytest.mark.parametrize("when", [pytest.param("before", marks=pytest.mark.slow), "after"])
async def test_a_few_late(office, sqlite, when):
    async with bots(office, sqlite, **SHORT):
        await late(office, when, (1, 2.6), ("command", "mention"), lease=3)


@pytest.fixture
async def relay(office):
    """The way to Slack, for a bot that starts after this."""
    relay = Relay(office)
    await relay.open()
    office.url = f"http://127.0.0.1:{relay.port}"
    yield relay
    relay.close()


async def outage(office, relay, down, seconds, each, lease):
    """People ask as it begins, and in the midst of it."""
    crowd = Crowd(office, 2 * each * len(LOOKED_UP))
    rounds = [await crowd.gather(LOOKED_UP, each) for _ in range(2)]
    office.rule = lambda *_: Fault(status=503)
    if down == "refused":
        relay.close()
    for asking in rounds:
        await crowd.ask_all(asking)
        await asyncio.sleep(seconds / 2)
    office.rule = lambda *_: None
    if down == "refused":
        await relay.open()
    await crowd.served(3 * lease + seconds, answered=True)
    await office.silence(lease)
    tally = crowd.report(f"{down} for {seconds:g} s")
    assert (crowd.unanswered(), tally.doubled) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("down", ["refused", "unavailable"])
async def test_two_minutes_without_slack(office, relay, house, down):
    async with bots(office, house):
        await outage(office, relay, down, seconds=120, each=5, lease=60)


@pytest.mark.parametrize("down", ["refused", pytest.param("unavailable", marks=pytest.mark.slow)])
async def test_seconds_without_slack(office, relay, sqlite, down):
    async with bots(office, sqlite, **SHORT):
        await outage(office, relay, down, seconds=2, each=1, lease=3)

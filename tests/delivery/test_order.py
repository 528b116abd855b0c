"""Events come in any order and any number of times; each question is answered once, as what it is."""

import asyncio

import pytest

from bot.playground import people
from tests.delivery.conftest import bots
from tests.delivery.crowd import MENTION, PUBLIC, QUESTION, Crowd
from tests.delivery.office import ROOM, until
from tests.slack.desk import SHORT

# Of alumina in March 2024, as published; which of them one answer has, and which the other.
EXPORTS, IMPORTS = "140 kt", "309.1 kt"
BOTH = [(False, True), (True, False)]


async def said_in_reverse(office, user, seconds):
    """A mention and a follow-up: the bot hears of the second, and so much later of the first."""
    with office.held() as events:
        thread = await office.say(f"{MENTION}{QUESTION}", user=user)
        await office.say("and imports?", user=user, thread_ts=thread)
    mention, follow_up = events
    first = asyncio.gather(*map(office.deliver, follow_up))
    await asyncio.sleep(seconds)
    await asyncio.gather(first, *map(office.deliver, mention))
    return thread


async def put_in_order(office, apart, within, silence):
    users = office.settle_people(len(apart))
    threads = await asyncio.gather(*map(said_in_reverse, [office] * len(apart), users, apart))

    def answers(thread):
        said = [each for each in office.messages(ROOM, thread) if each.user == people.BOT]
        return [" ".join(each.text.split()) for each in said]

    await until(office.wait_for(lambda: all(len(answers(each)) > 1 for each in threads), within))
    await office.silence(silence)
    found = list(map(answers, threads))
    kinds = [sorted((EXPORTS in text, IMPORTS in text) for text in texts) for texts in found]
    right = [seconds for seconds, both in zip(apart, kinds, strict=True) if both == BOTH]
    print(f"\nfollow-up first: {len(right)} of {len(apart)} right; answers {[*map(len, found)]}")
    assert right == list(apart)


@pytest.mark.slow
@pytest.mark.parametrize("limited", [False, True])
async def test_twenty_in_reverse(office, house, limited):
    async with bots(office, house):
        if limited:
            office.limit_reading()
        await put_in_order(office, [each / 9.5 for each in range(20)], within=240, silence=60)


async def test_a_few_in_reverse(office, sqlite):
    async with bots(office, sqlite, **SHORT):
        office.limit_reading()
        await put_in_order(office, [0, 0.2, 0.6], within=20, silence=1)


async def once(office, each, later, within):
    """All that is sent comes twice at the same moment, and once more when it was answered."""
    crowd = Crowd(office, each * len(PUBLIC))
    asking = await crowd.gather(PUBLIC, each)
    office.copies = 2
    office.sent.clear()
    await crowd.ask_all(asking)
    await crowd.served(within)
    await office.silence(later)
    await office.repeat()
    await office.silence(later)
    tally = crowd.report("twice at once and once more")
    assert (tally.lost, tally.doubled, tally.answered) == ([], [], tally.asked)


@pytest.mark.slow
@pytest.mark.parametrize("app_token", ["", "xapp-local"], ids=["HTTP", "sockets"])
async def test_each_three_times(office, house, app_token):
    async with bots(office, house, SLACK_APP_TOKEN=app_token):
        await once(office, each=6, later=15, within=120)


async def test_a_few_three_times(office, sqlite):
    async with bots(office, sqlite, **SHORT):
        await once(office, each=1, later=1.1, within=20)

"""The table of requests: each taken once, by whoever is first; what was left is found again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from bot.slack.inbox import EARLY, MOST_TRIES, Inbox, Request
from bot.store.group_commit import group_commit
from bot.store.tables import Ours

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LEASE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
ASKED = Request("T1", "C1", "2.0", "1.0")
LATER = replace(ASKED, key="3.0")
PRESS = Request("T1", "C1", "123.456.abc", payload='{"type": "block_actions"}')


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def inbox(any_database: str, clock: Clock) -> AsyncIterator[Inbox]:
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as writer:
        yield Inbox(writer, LEASE, clock)


@pytest.fixture
async def other(any_database: str, clock: Clock) -> AsyncIterator[Inbox]:
    """Another process's."""
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as writer:
        yield Inbox(writer, LEASE, clock)


def in_team(team: str) -> Ours:
    return lambda workspace: workspace == team


async def left(inbox: Inbox, team: str = "T1") -> list[Request]:
    return [asked async for asked in inbox.left(in_team(team))]


async def test_a_message_is_taken_once_by_workspace_channel_and_ts(
    inbox: Inbox, other: Inbox, clock: Clock
) -> None:
    assert (await inbox.state(ASKED), await inbox.take(ASKED)) == ("unknown", "new")
    assert (await inbox.take(ASKED), await other.take(ASKED)) == ("not ours", "not ours")
    for strange in (replace(ASKED, team="T2"), replace(ASKED, channel="C2"), LATER):
        assert await inbox.take(strange) == "new"
    assert await inbox.state(ASKED) == "taken"
    await inbox.answered(ASKED)
    clock.now += LEASE  # what is answered is never taken again
    assert (await inbox.state(ASKED), await inbox.take(ASKED)) == ("answered", "not ours")
    assert ASKED not in await left(inbox)


async def test_an_edit_takes_an_answered_message_once_more(inbox: Inbox, clock: Clock) -> None:
    assert not await inbox.reopen(ASKED)  # nobody has asked that
    await inbox.take(ASKED)
    assert not await inbox.reopen(ASKED)  # in hand
    await inbox.answered(ASKED)
    assert (await inbox.reopen(ASKED), await inbox.state(ASKED)) == (True, "taken")
    for _ in range(MOST_TRIES):
        clock.now += timedelta(days=1)
        assert await inbox.take(ASKED) == "left"
    clock.now += LEASE
    assert await inbox.give_up(in_team("T1")) == [ASKED]
    assert await inbox.reopen(ASKED)  # it begins anew
    clock.now += LEASE
    assert await left(inbox) == [ASKED]


async def test_what_is_left_unanswered_is_taken_over_once_its_lease_is_over(
    inbox: Inbox, other: Inbox, clock: Clock
) -> None:
    await inbox.take(ASKED)
    clock.now += LEASE - SECOND
    assert (await inbox.take(ASKED), await left(inbox)) == ("not ours", [])
    clock.now += SECOND
    assert await left(inbox, "T2") == []
    assert (await left(inbox), await left(other)) == ([ASKED], [])  # it has a new lease
    clock.now += 2 * LEASE
    assert (await inbox.take(ASKED), await inbox.take(ASKED)) == ("left", "not ours")


async def test_of_several_that_were_left_each_is_held_from_its_turn_on(
    inbox: Inbox, other: Inbox, clock: Clock
) -> None:
    for asked in (ASKED, LATER):
        await inbox.take(asked)
        clock.now += SECOND
    clock.now += LEASE
    slow = inbox.left(in_team("T1"))
    assert await anext(slow) == ASKED
    assert await left(other) == [LATER]  # the first is in hand, the other is not yet
    assert [asked async for asked in slow] == []


async def test_what_nobody_can_answer_is_tried_in_growing_waits_and_given_up_once(
    inbox: Inbox, other: Inbox, clock: Clock
) -> None:
    await inbox.take(ASKED)
    waits = [1, 2, 4, 8, 16, 32, 64, 128, 1]  # minutes
    for wait in waits:
        assert await inbox.give_up(in_team("T1")) == []
        clock.now += timedelta(minutes=wait) - SECOND
        assert await left(inbox) == []
        clock.now += SECOND
        assert await left(inbox) == ([ASKED] if clock.now - NOON < timedelta(minutes=sum(waits)) else [])
    given_up = [await inbox.give_up(in_team(team)) for team in ("T2", "T1", "T1")]
    assert (given_up, await other.give_up(in_team("T1"))) == ([[], [ASKED], []], [])
    assert (await inbox.state(ASKED), await inbox.take(ASKED)) == ("given up", "not ours")


async def test_what_is_held_stays_ours_beyond_its_lease(inbox: Inbox, other: Inbox, clock: Clock) -> None:
    await inbox.take(ASKED)
    inbox.hold(ASKED)
    clock.now += LEASE - SECOND
    inbox.renew()
    clock.now += LEASE - SECOND
    assert await left(inbox) == []
    clock.now += SECOND  # it is in hand here, though it could not be renewed in time
    assert (await left(inbox), await left(other)) == ([], [ASKED])


async def test_two_quick_presses_are_one_and_a_later_one_counts(
    inbox: Inbox, other: Inbox, clock: Clock
) -> None:
    assert await inbox.is_first_press("T1", "C1", "2.0/ask_0")
    assert not await other.is_first_press("T1", "C1", "2.0/ask_0")
    assert await inbox.is_first_press("T1", "C1", "2.0/ask_1")
    clock.now += timedelta(minutes=2)
    assert await left(inbox) == []  # it is never taken for a message without an answer
    assert await inbox.is_first_press("T1", "C1", "2.0/ask_0")
    assert not await inbox.is_first_press("T1", "C1", "2.0/ask_0")


async def test_a_press_is_found_again_with_all_that_it_said_which_is_forgotten_once_it_is_answered(
    inbox: Inbox, other: Inbox, engine: AsyncEngine, clock: Clock
) -> None:
    assert (await inbox.take(PRESS), await other.take(PRESS)) == ("new", "not ours")
    clock.now += LEASE
    [found] = await left(other)
    assert (found, found.payload, found.taken_at) == (PRESS, PRESS.payload, NOON)
    assert (found.left, found.unseen) == (True, False)
    await inbox.unseen(PRESS)  # what nobody can look up is marked
    clock.now += 2 * LEASE
    [found] = await left(inbox)
    assert found.unseen
    await inbox.answered(PRESS)
    assert await inbox.state(PRESS) == "answered"
    async with engine.connect() as connection:
        assert (await connection.exec_driver_sql("SELECT payload FROM inbox")).scalar() == ""


async def test_what_came_early_waits_for_its_thread(inbox: Inbox, other: Inbox, clock: Clock) -> None:
    for asked in (ASKED, LATER):
        assert await inbox.take(asked, early=True) == "new"
        assert await inbox.take(asked, early=True) == "not ours"
    clock.now += LEASE
    assert await left(inbox) == []
    assert await other.early_after(replace(ASKED.thread, ts="9.0"), "1.0", LEASE) == []
    assert await other.early_after(ASKED.thread, "3.0", LEASE) == []  # they were written before that
    assert await other.early_after(ASKED.thread, "1.0", 2 * LEASE) == []  # somebody may wait for it
    assert await inbox.claim(LATER)
    assert await other.early_after(ASKED.thread, "1.0", LEASE) == [ASKED]
    assert (await inbox.claim(ASKED), await inbox.state(ASKED)) == (False, "taken")
    last = replace(ASKED, key="4.0")
    await inbox.take(last, early=True)
    clock.now += EARLY  # what came too early was said to others
    assert await inbox.early_after(ASKED.thread, "1.0", LEASE) == []


async def test_an_answer_that_cannot_be_written_down_is_no_trouble_for_the_asker(
    inbox: Inbox, engine: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    async with engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE inbox")
    await inbox.answered(ASKED)
    assert "answer_not_written_down" in caplog.messages

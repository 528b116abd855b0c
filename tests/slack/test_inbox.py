"""The table of requests: each taken once, by whoever is first; what was left is found again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from bot.slack.inbox import EARLY, MOST_TRIES, Inbox, Request
from bot.store.group_commit import GroupCommit, group_commit
from bot.store.tables import Ours

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LEASE = timedelta(minutes=1)
ASKED = Request("T1", "C1", "2.0", "1.0")
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
async def writer(any_database: str) -> AsyncIterator[GroupCommit]:
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as writer:
        yield writer


@pytest.fixture
async def inbox(writer: GroupCommit, clock: Clock) -> Inbox:
    return Inbox(writer, LEASE, clock)


@pytest.fixture
async def other(any_database: str, clock: Clock) -> AsyncIterator[Inbox]:
    """Another process's."""
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as writer:
        yield Inbox(writer, LEASE, clock)


def in_team(team: str) -> Ours:
    return lambda workspace: workspace == team


async def left(inbox: Inbox, team: str = "T1") -> list[Request]:
    return [asked async for asked in inbox.left(in_team(team))]


async def test_a_message_is_taken_once_by_workspace_channel_and_ts(inbox: Inbox) -> None:
    assert await inbox.take(ASKED) == "new"
    assert await inbox.take(ASKED) == "not ours"
    for other in (
        replace(ASKED, team="T2"),
        replace(ASKED, channel="C2"),
        replace(ASKED, key="3.0"),
    ):
        assert await inbox.take(other) == "new"


async def test_another_process_does_not_take_it_either(inbox: Inbox, other: Inbox, clock: Clock) -> None:
    await inbox.take(ASKED)
    assert await other.take(ASKED) == "not ours"


async def test_an_edit_takes_an_answered_message_once_more(inbox: Inbox) -> None:
    assert not await inbox.reopen(ASKED)  # nobody has asked that
    await inbox.take(ASKED)
    assert not await inbox.reopen(ASKED)  # in hand
    await inbox.answered(ASKED)
    assert await inbox.reopen(ASKED)
    assert await inbox.state(ASKED) == "taken"


async def test_what_is_left_unanswered_is_taken_over_once_its_lease_is_over(
    inbox: Inbox, other: Inbox, clock: Clock
) -> None:
    await inbox.take(ASKED)
    clock.now += LEASE - timedelta(seconds=1)
    assert (await inbox.take(ASKED), await left(inbox)) == ("not ours", [])
    clock.now += timedelta(seconds=1)
    assert await left(inbox, "T2") == []
    assert await left(inbox) == [ASKED]
    assert await left(other) == []  # it has a new lease
    clock.now += 2 * LEASE
    assert await inbox.take(ASKED) == "left"
    assert await inbox.take(ASKED) == "not ours"


async def test_of_several_that_were_left_each_is_held_from_its_turn_on(
    inbox: Inbox, other: Inbox, clock: Clock
) -> None:
    later = replace(ASKED, key="3.0")
    for asked in (ASKED, later):
        await inbox.take(asked)
        clock.now += timedelta(seconds=1)
    clock.now += LEASE
    slow = inbox.left(in_team("T1"))
    assert await anext(slow) == ASKED
    assert await left(other) == [later]  # the first is in hand, the other is not yet
    assert [asked async for asked in slow] == []


async def test_what_nobody_can_answer_is_tried_in_growing_waits_and_given_up_once(
    inbox: Inbox, other: Inbox, clock: Clock
) -> None:
    await inbox.take(ASKED)
    waits = [1, 2, 4, 8, 16, 32, 64, 128, 1]  # minutes
    for wait in waits:
        assert await inbox.give_up(in_team("T1")) == []
        clock.now += timedelta(minutes=wait) - timedelta(seconds=1)
        assert await left(inbox) == []
        clock.now += timedelta(seconds=1)
        assert await left(inbox) == ([ASKED] if clock.now - NOON < timedelta(minutes=sum(waits)) else [])
    assert await inbox.give_up(in_team("T2")) == []
    assert await inbox.give_up(in_team("T1")) == [ASKED]
    assert await other.give_up(in_team("T1")) == []
    assert (await inbox.state(ASKED), await inbox.take(ASKED)) == ("given up", "not ours")


async def test_an_edit_of_what_was_given_up_begins_anew(inbox: Inbox, clock: Clock) -> None:
    await inbox.take(ASKED)
    for _ in range(MOST_TRIES):
        clock.now += timedelta(days=1)
        assert await inbox.take(ASKED) == "left"
    clock.now += LEASE
    assert await inbox.give_up(in_team("T1")) == [ASKED]
    assert await inbox.reopen(ASKED)
    clock.now += LEASE
    assert await left(inbox) == [ASKED]


async def test_what_is_held_stays_ours_beyond_its_lease(inbox: Inbox, other: Inbox, clock: Clock) -> None:
    await inbox.take(ASKED)
    inbox.hold(ASKED)
    clock.now += LEASE - timedelta(seconds=1)
    inbox.renew()
    clock.now += LEASE - timedelta(seconds=1)
    assert await left(inbox) == []
    clock.now += timedelta(seconds=1)
    assert await left(inbox) == []  # it is in hand here, though it could not be renewed in time
    assert await left(other) == [ASKED]


async def test_what_is_answered_is_never_taken_again(inbox: Inbox, clock: Clock) -> None:
    assert await inbox.state(ASKED) == "unknown"
    await inbox.take(ASKED)
    assert await inbox.state(ASKED) == "taken"
    await inbox.answered(ASKED)
    assert await inbox.state(ASKED) == "answered"
    clock.now += LEASE
    assert (await inbox.take(ASKED), await left(inbox)) == ("not ours", [])


async def test_two_quick_presses_are_one_and_a_later_one_counts(
    inbox: Inbox, other: Inbox, clock: Clock
) -> None:
    assert await inbox.is_first_press("T1", "C1", "2.0/ask_0")
    assert not await other.is_first_press("T1", "C1", "2.0/ask_0")
    assert await inbox.is_first_press("T1", "C1", "2.0/ask_1")
    clock.now += timedelta(minutes=2)
    assert await inbox.is_first_press("T1", "C1", "2.0/ask_0")
    assert not await inbox.is_first_press("T1", "C1", "2.0/ask_0")


async def test_a_press_is_never_taken_for_a_message_without_an_answer(inbox: Inbox, clock: Clock) -> None:
    await inbox.is_first_press("T1", "C1", "2.0/ask_0")
    clock.now += LEASE
    assert await left(inbox) == []


async def test_a_press_is_found_again_with_all_that_it_said(inbox: Inbox, other: Inbox, clock: Clock) -> None:
    assert (await inbox.take(PRESS), await other.take(PRESS)) == ("new", "not ours")
    clock.now += LEASE
    [found] = await left(other)
    assert (found, found.payload, found.taken_at) == (PRESS, PRESS.payload, NOON)
    assert (found.left, found.unseen) == (True, False)


async def test_what_nobody_can_look_up_is_marked(inbox: Inbox, clock: Clock) -> None:
    await inbox.take(PRESS)
    await inbox.unseen(PRESS)
    clock.now += LEASE
    [found] = await left(inbox)
    assert found.unseen
    await inbox.answered(PRESS)
    assert await inbox.state(PRESS) == "answered"


async def test_what_it_said_is_forgotten_once_it_is_answered(
    inbox: Inbox, engine: AsyncEngine, clock: Clock
) -> None:
    await inbox.take(PRESS)
    await inbox.answered(PRESS)
    async with engine.connect() as connection:
        assert (await connection.exec_driver_sql("SELECT payload FROM inbox")).scalar() == ""


async def test_what_came_early_waits_for_its_thread(inbox: Inbox, other: Inbox, clock: Clock) -> None:
    assert await inbox.take(ASKED, early=True) == "new"
    assert await inbox.take(ASKED, early=True) == "not ours"
    clock.now += LEASE
    assert await left(inbox) == []
    assert await other.early_after(replace(ASKED.thread, ts="9.0"), "1.0", LEASE) == []
    assert await other.early_after(ASKED.thread, "2.0", LEASE) == []  # it was written before that
    assert await other.early_after(ASKED.thread, "1.0", 2 * LEASE) == []  # somebody may wait for it
    assert await other.early_after(ASKED.thread, "1.0", LEASE) == [ASKED]
    assert (await inbox.claim(ASKED), await inbox.state(ASKED)) == (False, "taken")


async def test_what_came_too_early_was_said_to_others(inbox: Inbox, clock: Clock) -> None:
    await inbox.take(ASKED, early=True)
    clock.now += EARLY
    assert await inbox.early_after(ASKED.thread, "1.0", LEASE) == []


async def test_an_answer_that_cannot_be_written_down_is_no_trouble_for_the_asker(
    inbox: Inbox, engine: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    async with engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE inbox")
    await inbox.answered(ASKED)
    assert "answer_not_written_down" in [record.message for record in caplog.records]

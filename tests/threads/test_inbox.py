"""The table of messages: each taken once, by whoever is first; what was left is found again."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import Ours
from bot.threads.inbox import LEASE, MOST_TRIES, ONE_PRESS, Asked, Inbox

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ASKED = Asked("T1", "C1", "2.0", "1.0")


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(engine: AsyncEngine, clock: Clock) -> Inbox:
    return Inbox(engine, clock)


def in_team(team: str) -> Ours:
    return lambda workspace: workspace == team


async def left(inbox: Inbox, team: str = "T1") -> list[Asked]:
    return [asked async for asked in inbox.left(in_team(team))]


async def test_a_message_is_taken_once_by_workspace_channel_and_ts(inbox: Inbox) -> None:
    assert await inbox.take(ASKED) == "new"
    assert await inbox.take(ASKED) == "not ours"
    for other in (
        replace(ASKED, team="T2"),
        replace(ASKED, channel="C2"),
        replace(ASKED, ts="3.0"),
    ):
        assert await inbox.take(other) == "new"


async def test_another_process_does_not_take_it_either(
    inbox: Inbox, engine: AsyncEngine, clock: Clock
) -> None:
    await inbox.take(ASKED)
    assert await Inbox(engine, clock).take(ASKED) == "not ours"


async def test_an_edit_takes_an_answered_message_once_more(inbox: Inbox) -> None:
    assert not await inbox.reopen(ASKED)  # nobody has asked that
    await inbox.take(ASKED)
    assert not await inbox.reopen(ASKED)  # in hand
    await inbox.answered(ASKED)
    assert await inbox.reopen(ASKED)
    assert await inbox.state(ASKED) == "taken"


async def test_what_is_left_unanswered_is_taken_over_once_its_lease_is_over(
    inbox: Inbox, engine: AsyncEngine, clock: Clock
) -> None:
    await inbox.take(ASKED)
    clock.now += LEASE - timedelta(seconds=1)
    assert (await inbox.take(ASKED), await left(inbox)) == ("not ours", [])
    clock.now += timedelta(seconds=1)
    assert await left(inbox, "T2") == []
    assert await left(inbox) == [ASKED]
    assert await left(Inbox(engine, clock)) == []  # it has a new lease
    clock.now += 2 * LEASE
    assert await inbox.take(ASKED) == "left"
    assert await inbox.take(ASKED) == "not ours"


async def test_of_several_that_were_left_each_is_held_from_its_turn_on(
    inbox: Inbox, engine: AsyncEngine, clock: Clock
) -> None:
    later = replace(ASKED, ts="3.0")
    for asked in (ASKED, later):
        await inbox.take(asked)
        clock.now += timedelta(seconds=1)
    clock.now += LEASE
    slow = inbox.left(in_team("T1"))
    assert await anext(slow) == ASKED
    assert await left(Inbox(engine, clock)) == [later]  # the first is in hand, the other is not yet
    assert [asked async for asked in slow] == []


async def test_what_nobody_can_answer_is_tried_in_growing_waits_and_given_up_once(
    inbox: Inbox, engine: AsyncEngine, clock: Clock
) -> None:
    await inbox.take(ASKED)
    waits = [2, 4, 8, 16, 32, 64, 128, 256, 2]  # minutes
    for wait in waits:
        assert await inbox.give_up(in_team("T1")) == []
        clock.now += timedelta(minutes=wait) - timedelta(seconds=1)
        assert await left(inbox) == []
        clock.now += timedelta(seconds=1)
        assert await left(inbox) == ([ASKED] if clock.now - NOON < timedelta(minutes=sum(waits)) else [])
    assert await inbox.give_up(in_team("T2")) == []
    assert await inbox.give_up(in_team("T1")) == [ASKED]
    assert await Inbox(engine, clock).give_up(in_team("T1")) == []
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


async def test_what_is_held_stays_ours_beyond_its_lease(
    inbox: Inbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    renewed, update = asyncio.Event(), inbox._update

    async def noticed(*args: Any, **values: Any) -> bool:
        done = await update(*args, **values)
        renewed.set()
        return done

    await inbox.take(ASKED)
    clock.now += LEASE - timedelta(seconds=1)
    monkeypatch.setattr("bot.threads.inbox.RENEW_SECONDS", 0)
    monkeypatch.setattr(inbox, "_update", noticed)
    async with inbox.held(ASKED):
        await renewed.wait()
    monkeypatch.undo()
    clock.now += LEASE - timedelta(seconds=1)
    assert await left(inbox) == []
    clock.now += timedelta(seconds=1)
    assert await left(inbox) == [ASKED]


async def test_what_is_answered_is_never_taken_again(inbox: Inbox, clock: Clock) -> None:
    assert await inbox.state(ASKED) == "unknown"
    await inbox.take(ASKED)
    assert await inbox.state(ASKED) == "taken"
    await inbox.answered(ASKED)
    assert await inbox.state(ASKED) == "answered"
    clock.now += LEASE
    assert (await inbox.take(ASKED), await left(inbox)) == ("not ours", [])


async def test_two_quick_presses_are_one_and_a_later_one_counts(
    inbox: Inbox, engine: AsyncEngine, clock: Clock
) -> None:
    assert await inbox.pressed("T1", "C1", "2.0/ask_0")
    assert not await Inbox(engine, clock).pressed("T1", "C1", "2.0/ask_0")
    assert await inbox.pressed("T1", "C1", "2.0/ask_1")
    clock.now += ONE_PRESS
    assert await inbox.pressed("T1", "C1", "2.0/ask_0")
    assert not await inbox.pressed("T1", "C1", "2.0/ask_0")


async def test_a_press_is_never_taken_for_a_message_without_an_answer(inbox: Inbox, clock: Clock) -> None:
    await inbox.pressed("T1", "C1", "2.0/ask_0")
    clock.now += LEASE
    assert await left(inbox) == []


async def test_an_answer_that_cannot_be_written_down_is_no_trouble_for_the_asker(
    inbox: Inbox, engine: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    async with engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE inbox")
    await inbox.answered(ASKED)
    assert [record.message for record in caplog.records] == ["answer_not_written_down"]

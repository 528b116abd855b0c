"""The tables of requests and of contexts, which all processes share; and a thread by its messages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.settings import Settings
from bot.slack.inbox import EARLY, GIVEN_UP, Inbox, Request
from bot.slack.threads import Contexts
from bot.slack.transcript import Context, Thread, Transcript, question_metadata
from bot.store.group_commit import group_commit
from tests.gear.clock import SetClock as Clock
from tests.tables import tables

CASES = tables("slack/contexts.yaml")

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LEASE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
ASKED = Request("T1", "C1", "2.0", "1.0")
LATER = replace(ASKED, key="3.0")
PRESS = Request("T1", "C1", "123.456.abc", payload='{"type": "block_actions"}')


@pytest.fixture
def clock():
    return Clock(NOON)


@pytest.fixture
def inbox(writer, clock):
    return Inbox(writer, LEASE, clock)


@pytest.fixture
async def other(any_database, clock):
    """Another process's."""
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as writer:
        yield Inbox(writer, LEASE, clock)


def in_team(team):
    return lambda workspace: workspace == team


async def left(inbox, team="T1"):
    return [asked async for asked in inbox.left(in_team(team))]


async def test_a_message_is_taken_once_by_its_place_and_ts(inbox, other, clock):
    assert (await inbox.state(ASKED), await inbox.take(ASKED)) == ("unknown", "new")
    assert (await inbox.take(ASKED), await other.take(ASKED)) == ("not ours", "not ours")
    for strange in (replace(ASKED, team="T2"), replace(ASKED, channel="C2"), LATER):
        assert await inbox.take(strange) == "new"
    assert await inbox.state(ASKED) == "taken"
    await inbox.answered(ASKED)
    clock.now += LEASE  # what is answered is never taken again
    assert (await inbox.state(ASKED), await inbox.take(ASKED)) == ("answered", "not ours")
    assert ASKED not in await left(inbox)


async def test_an_edit_takes_an_answered_message_once_more(inbox, clock):
    assert not await inbox.reopen(ASKED)  # nobody has asked that
    await inbox.take(ASKED)
    assert not await inbox.reopen(ASKED)  # in hand
    await inbox.answered(ASKED)
    assert (await inbox.reopen(ASKED), await inbox.state(ASKED)) == (True, "taken")
    clock.now += LEASE
    assert await left(inbox) == [ASKED]


async def test_what_is_left_is_taken_over_after_its_lease(inbox, other, clock):
    await inbox.take(ASKED)
    clock.now += LEASE - SECOND
    assert (await inbox.take(ASKED), await left(inbox)) == ("not ours", [])
    clock.now += SECOND
    assert await left(inbox, "T2") == []
    assert (await left(inbox), await left(other)) == ([ASKED], [])  # it has a new lease
    clock.now += 2 * LEASE
    assert (await inbox.take(ASKED), await inbox.take(ASKED)) == ("left", "not ours")


async def test_of_several_left_each_is_held_from_its_turn(inbox, other, clock):
    for asked in (ASKED, LATER):
        await inbox.take(asked)
        clock.now += SECOND
    clock.now += LEASE
    slow = inbox.left(in_team("T1"))
    assert await anext(slow) == ASKED
    assert await left(other) == [LATER]  # the first is in hand, the other is not yet
    assert [asked async for asked in slow] == []


async def test_what_fails_is_tried_ever_later_and_given_up(inbox, other, clock):
    await inbox.take(ASKED)
    for wait in (1, 1, 2, 4, 8, 16, 32, 64):  # minutes, 128 in all
        clock.now += timedelta(minutes=wait) - SECOND
        assert await left(inbox) == []
        clock.now += SECOND
        assert await inbox.give_up(in_team("T1")) == []
        assert await left(inbox) == [ASKED]
    clock.now = NOON + GIVEN_UP - SECOND
    assert await inbox.give_up(in_team("T1")) == []
    clock.now += SECOND
    assert await left(inbox) == []
    given_up = [await inbox.give_up(in_team(team)) for team in ("T2", "T1", "T1")]
    assert (given_up, await other.give_up(in_team("T1"))) == ([[], [ASKED], []], [])
    assert (await inbox.state(ASKED), await inbox.take(ASKED)) == ("given up", "not ours")
    assert await inbox.reopen(ASKED)  # its text was edited
    clock.now += LEASE
    assert await left(inbox) == [ASKED]


async def test_what_is_held_stays_ours_beyond_its_lease(inbox, other, clock):
    await inbox.take(ASKED)
    inbox.in_hand.add(ASKED)
    clock.now += LEASE - SECOND
    inbox.renew()
    clock.now += LEASE - SECOND
    assert await left(inbox) == []
    clock.now += SECOND  # it is in hand here, though it could not be renewed in time
    assert (await left(inbox), await left(other)) == ([], [ASKED])


async def test_two_quick_presses_are_one_a_later_counts(inbox, other, clock):
    assert await inbox.is_first_press("T1", "C1", "2.0/ask_0")
    assert not await other.is_first_press("T1", "C1", "2.0/ask_0")
    assert await inbox.is_first_press("T1", "C1", "2.0/ask_1")
    clock.now += timedelta(minutes=2)
    assert await left(inbox) == []  # it is never taken for a message without an answer
    assert await inbox.is_first_press("T1", "C1", "2.0/ask_0")
    assert not await inbox.is_first_press("T1", "C1", "2.0/ask_0")


async def test_a_press_is_found_again_with_all_that_it_said_which_is_forgotten_once_it_is_answered(
    inbox, other, engine, clock
):
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


async def test_what_came_early_waits_for_its_thread(inbox, other, clock):
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


async def test_an_answer_that_cannot_be_written_down_is_no_trouble_for_the_asker(inbox, engine, caplog):
    async with engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE inbox")
    await inbox.answered(ASKED)
    assert "answer_not_written_down" in caplog.messages


THREAD = Thread("T1", "C1", "1.0")
MARCH, APRIL = "alumina exports March 2024", "alumina exports April 2024"


@pytest.fixture
async def contexts(writer):
    return Contexts(writer, lambda: NOON)


async def read(contexts, before="9.0", thread=THREAD):
    return await contexts.read(thread, before)


async def test_what_was_put_is_read_by_every_process(contexts, any_database):
    assert not (await read(contexts)).is_ours
    contexts.put(THREAD, APRIL, "2.0")
    assert (await read(contexts)).question == APRIL
    early = await read(contexts, before="1.5")  # a message follows only what was asked before it
    assert (early.question, early.is_ours) == (None, False)
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as other:
        assert (await read(Contexts(other))).question == APRIL
    for strange in (replace(THREAD, team="T2"), replace(THREAD, channel="C2"), replace(THREAD, ts="2.0")):
        assert not (await read(contexts, thread=strange)).is_ours


@pytest.mark.parametrize(("puts", "last"), CASES["last_question"])
async def test_last_question(contexts, puts, last):
    for question, ts in puts:
        contexts.put(THREAD, question, ts)
    assert (await read(contexts)).question == last
    await contexts.drop(THREAD)  # then it has to be read in the thread
    context = await read(contexts)
    assert (context.is_ours, context.question) == (True, None)
    contexts.put(THREAD, MARCH, "4.0")
    assert (await read(contexts)).question == MARCH


async def test_whose_turn_it_is_shows_who_spoke_last(contexts):
    contexts.heard(THREAD, "1.5")  # not ours yet: nothing to note
    contexts.put(THREAD, MARCH, "1.0")
    assert (await read(contexts)).our_turn
    contexts.heard(THREAD, "3.0")
    contexts.heard(THREAD, "2.0")
    assert not (await read(contexts)).our_turn
    contexts.put(THREAD, APRIL, "4.0")
    assert (await read(contexts)).our_turn


async def test_a_private_question_is_found_by_its_id_in_its_workspace(contexts):
    one, two = await contexts.keep_private("T1", MARCH), await contexts.keep_private("T1", APRIL)
    ids = (("T1", one), ("T1", two), ("T2", one), ("T1", "1"))
    found = [await contexts.private_question(*each) for each in ids]
    assert found == [MARCH, APRIL, "", ""]


BOT = "U0"


def said(ts, user="U1"):
    return {"ts": ts, "user": user, "text": "hello"}


def answer(ts, question, asked=""):
    return said(ts, BOT) | {"metadata": question_metadata(question, asked=asked)}


def after(*thread, before="9.0"):
    return Transcript(thread, BOT).as_of(before)


def test_the_question_that_was_asked_last_stands_until_it_is_cleared():
    one, two = answer("1.1", "a", "1.0"), answer("2.1", "b", "2.0")
    assert after(said("1.0"), said("2.0")) == Context(is_ours=False, question="", our_turn=False)
    found = after(said("1.0"), one, two, answer("3.1", None, "3.0"))
    assert found == Context(is_ours=True, question="b", our_turn=True, upto="3.0")
    assert after(one, answer("2.1", "", "2.0")).question == ""
    assert after(answer("3.1", "second", "2.0"), answer("3.2", "first", "1.0")).question == "second"
    thread = (one, said("2.0"), said("3.0"), answer("3.1", "b", "2.0"), answer("3.2", "c"))
    assert [after(*thread, before=ts).question for ts in ("2.0", "3.0", "4.0")] == ["a", "b", "c"]


def test_a_person_in_between_makes_it_not_our_turn():
    one, between = answer("1.1", "a", "1.0"), said("2.0")
    assert not after(one, between, before="3.0").our_turn
    assert after(one, between, before="2.0").our_turn


def test_the_answer_to_a_message_is_the_bots_own_that_names_it():
    forged, ours = answer("1.2", "x", "1.0") | {"user": "U1"}, answer("1.3", "a", "1.0")
    transcript = Transcript((said("1.0"), forged, ours), BOT)
    assert (transcript.answer_to("1.0"), transcript.answer_to("2.0")) == (ours, None)
    assert (transcript.message("1.0"), transcript.message("2.0")) == (said("1.0"), None)

"""The table of contexts: what one process writes, another reads; the later question wins."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.settings import Settings
from bot.slack.contexts import Contexts
from bot.slack.inbox import Inbox, Request
from bot.slack.transcript import Thread
from bot.store.group_commit import GroupCommit, group_commit

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
THREAD = Thread("T1", "C1", "1.0")
MARCH, APRIL = "alumina exports March 2024", "alumina exports April 2024"


@pytest.fixture
async def writer(any_database: str) -> AsyncIterator[GroupCommit]:
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as writer:
        yield writer


@pytest.fixture
async def contexts(writer: GroupCommit) -> Contexts:
    return Contexts(writer, lambda: NOON)


@pytest.fixture
async def inbox(writer: GroupCommit) -> Inbox:
    return Inbox(writer, timedelta(minutes=1), lambda: NOON)


async def last_question(contexts: Contexts, before: str = "9.0", thread: Thread = THREAD) -> str | None:
    return (await contexts.read(thread, before)).last_question


async def test_what_was_put_is_read_at_once_and_by_another_process(
    contexts: Contexts, any_database: str
) -> None:
    assert not (await contexts.read(THREAD, "9.0")).is_ours
    contexts.put(THREAD, MARCH, "1.0")
    assert await last_question(contexts) == MARCH
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as other:
        assert await last_question(Contexts(other)) == MARCH
    for strange in (replace(THREAD, team="T2"), replace(THREAD, channel="C2"), replace(THREAD, ts="2.0")):
        assert not (await contexts.read(strange, "9.0")).is_ours


@pytest.mark.parametrize("asked", [("1.0", "2.0"), ("2.0", "1.0")])
async def test_the_question_that_was_asked_later_wins_whoever_writes_first(
    contexts: Contexts, asked: tuple[str, str]
) -> None:
    for ts in asked:
        contexts.put(THREAD, {"1.0": MARCH, "2.0": APRIL}[ts], ts)
    assert await last_question(contexts) == APRIL


async def test_of_an_edited_question_the_new_form_counts(contexts: Contexts) -> None:
    contexts.put(THREAD, MARCH, "1.0")
    contexts.put(THREAD, APRIL, "1.0")
    assert await last_question(contexts) == APRIL


async def test_what_asked_nothing_leaves_the_question_and_what_starts_over_clears_it(
    contexts: Contexts,
) -> None:
    contexts.put(THREAD, MARCH, "1.0")
    contexts.put(THREAD, None, "2.0")
    assert await last_question(contexts) == MARCH
    contexts.put(THREAD, "", "3.0")
    assert await last_question(contexts) == ""


async def test_a_message_follows_only_what_was_asked_before_it(contexts: Contexts) -> None:
    contexts.put(THREAD, APRIL, "2.0")
    assert await last_question(contexts, before="1.5") is None
    assert not (await contexts.read(THREAD, "1.5")).is_ours


async def test_what_was_dropped_has_to_be_read_in_the_thread(contexts: Contexts) -> None:
    contexts.put(THREAD, MARCH, "1.0")
    contexts.drop(THREAD)
    context = await contexts.read(THREAD, "9.0")
    assert (context.is_ours, context.last_question) == (True, None)


async def test_it_is_behind_while_an_earlier_message_is_in_hand(contexts: Contexts, inbox: Inbox) -> None:
    earlier = Request("T1", "C1", "2.0", "1.0")
    contexts.put(THREAD, MARCH, "1.0")
    await inbox.take(earlier)
    context = await contexts.read(THREAD, "9.0")
    assert (context.in_hand, context.last_question) == (True, None)
    contexts.put(THREAD, APRIL, "2.0")
    await inbox.answered(earlier)
    context = await contexts.read(THREAD, "9.0")
    assert (context.in_hand, context.last_question) == (False, APRIL)


async def test_what_is_only_written_down_makes_no_thread_ours(contexts: Contexts, inbox: Inbox) -> None:
    await inbox.take(Request("T1", "C1", "2.0", "1.0"), early=True)
    assert not (await contexts.read(THREAD, "9.0")).is_ours


async def test_whose_turn_it_is_shows_who_spoke_last(contexts: Contexts) -> None:
    contexts.heard(THREAD, "1.5")  # not ours yet: nothing to note
    contexts.put(THREAD, MARCH, "1.0")
    assert (await contexts.read(THREAD, "9.0")).our_turn
    contexts.heard(THREAD, "3.0")
    contexts.heard(THREAD, "2.0")
    assert not (await contexts.read(THREAD, "9.0")).our_turn
    contexts.put(THREAD, APRIL, "4.0")
    assert (await contexts.read(THREAD, "9.0")).our_turn

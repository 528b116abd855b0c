"""The table of contexts: what one process writes, another reads; the later question wins."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.settings import Settings
from bot.slack.contexts import Context, Contexts
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


async def read(contexts: Contexts, before: str = "9.0", thread: Thread = THREAD) -> Context:
    return await contexts.read(thread, before)


async def test_what_was_put_is_read_at_once_and_by_another_process(
    contexts: Contexts, any_database: str
) -> None:
    assert not (await read(contexts)).is_ours
    contexts.put(THREAD, APRIL, "2.0")
    assert (await read(contexts)).last_question == APRIL
    early = await read(contexts, before="1.5")  # a message follows only what was asked before it
    assert (early.last_question, early.is_ours) == (None, False)
    async with group_commit(Settings.from_env({"DATABASE_URL": any_database})) as other:
        assert (await read(Contexts(other))).last_question == APRIL
    for strange in (replace(THREAD, team="T2"), replace(THREAD, channel="C2"), replace(THREAD, ts="2.0")):
        assert not (await read(contexts, thread=strange)).is_ours


@pytest.mark.parametrize(
    ("puts", "last"),
    [
        ([(MARCH, "1.0"), (APRIL, "2.0")], APRIL),
        ([(APRIL, "2.0"), (MARCH, "1.0")], APRIL),  # what was asked later wins, whoever writes first
        ([(MARCH, "1.0"), (APRIL, "1.0")], APRIL),  # of an edited question the new form counts
        ([(MARCH, "1.0"), (None, "2.0")], MARCH),  # what asked nothing leaves it
        ([(MARCH, "1.0"), (None, "2.0"), ("", "3.0")], ""),  # what starts over clears it
    ],
)
async def test_which_question_is_the_last(
    contexts: Contexts, puts: list[tuple[str | None, str]], last: str
) -> None:
    for question, ts in puts:
        contexts.put(THREAD, question, ts)
    assert (await read(contexts)).last_question == last
    contexts.drop(THREAD)  # then it has to be read in the thread
    context = await read(contexts)
    assert (context.is_ours, context.last_question) == (True, None)


async def test_it_is_behind_while_an_earlier_message_is_in_hand(contexts: Contexts, inbox: Inbox) -> None:
    earlier = Request("T1", "C1", "2.0", "1.0")
    await inbox.take(replace(earlier, key="1.5"), early=True)
    assert not (await read(contexts)).is_ours  # what is only written down makes no thread ours
    contexts.put(THREAD, MARCH, "1.0")
    await inbox.take(earlier)
    context = await read(contexts)
    assert (context.in_hand, context.last_question) == (True, None)
    contexts.put(THREAD, APRIL, "2.0")
    await inbox.answered(earlier)
    context = await read(contexts)
    assert (context.in_hand, context.last_question) == (False, APRIL)


async def test_whose_turn_it_is_shows_who_spoke_last(contexts: Contexts) -> None:
    contexts.heard(THREAD, "1.5")  # not ours yet: nothing to note
    contexts.put(THREAD, MARCH, "1.0")
    assert (await read(contexts)).our_turn
    contexts.heard(THREAD, "3.0")
    contexts.heard(THREAD, "2.0")
    assert not (await read(contexts)).our_turn
    contexts.put(THREAD, APRIL, "4.0")
    assert (await read(contexts)).our_turn

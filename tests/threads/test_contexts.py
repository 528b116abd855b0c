"""The table of contexts: what one process writes, another reads; the later question wins."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, insert, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import await_only

from bot.store.tables import inbox
from bot.threads.context import Thread
from bot.threads.contexts import Context, Contexts, written_behind

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
THREAD = Thread("T1", "C1", "1.0")
MARCH = Context("alumina exports March 2024", "1.0", upto="1.0")
APRIL = Context("alumina exports April 2024", "2.0", upto="2.0")


@pytest.fixture
def contexts(engine: AsyncEngine) -> Contexts:
    return Contexts(engine, lambda: NOON)


@pytest.fixture
def other(engine: AsyncEngine) -> Contexts:
    """Another process's."""
    return Contexts(engine, lambda: NOON)


async def of(contexts: Contexts, before: str = "9.0", thread: Thread = THREAD) -> Context | None:
    return (await contexts.read(thread, before)).context


async def taken(engine: AsyncEngine, ts: str, state: str = "answered") -> None:
    async with engine.begin() as connection:
        await connection.execute(
            insert(inbox).values(
                team="T1", channel="C1", ts=ts, thread_ts="1.0", state=state, taken_at=NOON, lease_until=NOON
            )
        )


async def test_what_was_put_is_read_here_at_once_and_elsewhere_once_it_is_written(
    contexts: Contexts, other: Contexts
) -> None:
    assert not (await contexts.read(THREAD, "9.0")).is_ours
    contexts.put(THREAD, MARCH)
    assert (await of(contexts), await of(other)) == (MARCH, None)
    assert await contexts.write()
    assert (await of(contexts), await of(other)) == (MARCH, MARCH)
    for strange in (replace(THREAD, team="T2"), replace(THREAD, channel="C2"), replace(THREAD, ts="2.0")):
        assert await of(other, thread=strange) is None


@pytest.mark.parametrize("later_first", [False, True])
async def test_the_question_that_was_asked_later_wins_whoever_writes_first(
    contexts: Contexts, other: Contexts, later_first: bool
) -> None:
    contexts.put(THREAD, MARCH)
    other.put(THREAD, APRIL)
    for each in (other, contexts) if later_first else (contexts, other):
        await each.write()
    assert await of(contexts) == APRIL


async def test_of_an_edited_question_the_new_form_is_read_by_every_process(
    contexts: Contexts, other: Contexts
) -> None:
    contexts.put(THREAD, MARCH)
    await contexts.write()
    other.put(THREAD, edited := replace(MARCH, question="alumina exports May 2024", edited=True))
    await other.write()
    assert await of(contexts) == edited


async def test_what_is_written_late_does_not_take_an_edited_question_back(
    contexts: Contexts, other: Contexts
) -> None:
    contexts.put(THREAD, MARCH)  # not written before another process has answered the edit
    other.put(THREAD, edited := replace(MARCH, question="alumina exports May 2024", edited=True))
    await other.write()
    assert await of(contexts) == edited
    await contexts.write()
    assert await of(other) == edited


async def test_an_edit_of_an_earlier_question_leaves_the_last_one(
    contexts: Contexts, other: Contexts
) -> None:
    contexts.put(THREAD, APRIL)
    await contexts.write()
    other.put(THREAD, replace(MARCH, question="alumina exports May 2024"))
    await other.write()
    assert await of(contexts) == APRIL


async def test_an_answer_without_a_question_leaves_the_last_one(contexts: Contexts, other: Contexts) -> None:
    contexts.put(THREAD, MARCH)
    await contexts.write()
    other.put(THREAD, Context(None, upto="3.0"))
    assert await of(other) == replace(MARCH, upto="3.0")
    await other.write()
    assert await of(contexts) == replace(MARCH, upto="3.0")


async def test_starting_over_clears_it(contexts: Contexts, other: Contexts) -> None:
    contexts.put(THREAD, MARCH)
    contexts.put(THREAD, Context("", "2.0", upto="2.0"))
    await contexts.write()
    assert (await other.read(THREAD, "3.0")).question == ""


async def test_what_was_dropped_has_to_be_read_in_the_thread_and_then_is_known_again(
    contexts: Contexts, other: Contexts
) -> None:
    contexts.put(THREAD, MARCH)
    contexts.put(THREAD, APRIL)
    await contexts.write()
    other.drop(THREAD)
    assert (await other.read(THREAD, "9.0")).question is None
    await other.write()
    assert (await contexts.read(THREAD, "9.0")).question is None
    contexts.put(THREAD, MARCH)  # which is older than what was dropped
    await contexts.write()
    assert (await other.read(THREAD, "9.0")).question == MARCH.question


async def test_a_message_that_the_table_has_not_caught_up_with_is_waited_for(
    engine: AsyncEngine, contexts: Contexts, other: Contexts
) -> None:
    contexts.put(THREAD, MARCH)
    await taken(engine, "1.0")
    await taken(engine, "2.0")
    known = await other.read(THREAD, "9.0")
    assert (known.is_ours, known.is_awaited, known.question) == (True, True, None)
    assert not (await other.read(THREAD, "1.0")).is_ours  # nobody had asked anything before that
    contexts.put(THREAD, APRIL)
    await contexts.write()
    known = await other.read(THREAD, "9.0")
    assert (known.is_awaited, known.question) == (False, APRIL.question)


async def test_an_answer_that_is_just_being_edited_is_waited_for(
    engine: AsyncEngine, contexts: Contexts
) -> None:
    contexts.put(THREAD, MARCH)
    await taken(engine, "1.0", "taken")
    assert (await contexts.read(THREAD, "9.0")).is_awaited


async def test_of_a_later_question_nothing_is_said_to_an_earlier_message(contexts: Contexts) -> None:
    contexts.put(THREAD, APRIL)
    known = await contexts.read(THREAD, "1.5")
    assert (known.is_ours, known.question) == (False, None)  # the bot may have come to the thread later


async def test_it_is_our_turn_until_somebody_speaks_to_others_and_after_our_next_word(
    contexts: Contexts, other: Contexts
) -> None:
    contexts.put(THREAD, MARCH)
    await contexts.write()
    assert (await other.read(THREAD, "9.0")).our_turn
    contexts.heard(THREAD, "1.5")
    assert not (await contexts.read(THREAD, "9.0")).our_turn
    await contexts.write()
    assert not (await other.read(THREAD, "9.0")).our_turn
    other.put(THREAD, APRIL)
    assert (await other.read(THREAD, "9.0")).our_turn


async def test_who_speaks_in_a_thread_of_others_makes_no_row(contexts: Contexts, other: Contexts) -> None:
    contexts.heard(THREAD, "1.5")
    await contexts.write()
    assert not (await other.read(THREAD, "9.0")).is_ours


async def test_what_cannot_be_written_waits_and_is_not_lost(
    engine: AsyncEngine, contexts: Contexts, other: Contexts, caplog: pytest.LogCaptureFixture
) -> None:
    contexts.put(THREAD, MARCH)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE contexts RENAME TO away")
    assert not await contexts.write()
    assert [record.message for record in caplog.records] == ["contexts_not_written"]
    contexts.put(THREAD, APRIL)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE away RENAME TO contexts")
    assert await contexts.write()
    assert await of(other) == APRIL


async def test_of_two_writes_at_once_that_fail_neither_loses_anything(
    engine: AsyncEngine, contexts: Contexts, other: Contexts
) -> None:
    later = replace(THREAD, ts="2.0")
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE contexts RENAME TO away")
    contexts.put(THREAD, MARCH)
    first = asyncio.create_task(contexts.write())
    await asyncio.sleep(0)  # it has begun
    contexts.put(later, APRIL)
    assert (await contexts.write(), await first) == (False, False)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE away RENAME TO contexts")
    assert await contexts.write()
    assert (await of(other), await of(other, thread=later)) == (MARCH, APRIL)


def once_after(engine: AsyncEngine, words: str, do: Callable[[], Awaitable[object]]) -> None:
    """It is done after the first statement with these words, and before what comes then."""
    done: list[bool] = []

    @event.listens_for(engine.sync_engine, "after_cursor_execute")
    def executed(*args: object) -> None:
        if words in str(args[2]) and not done:
            done.append(True)
            await_only(do())


async def test_what_is_written_while_it_is_read_is_not_missed(
    engine: AsyncEngine, contexts: Contexts
) -> None:
    contexts.put(THREAD, MARCH)
    await contexts.write()
    contexts.put(THREAD, APRIL)
    once_after(engine, "FROM contexts", contexts.write)
    assert await of(contexts) == APRIL


async def test_what_is_put_and_written_while_it_is_read_is_not_missed(
    engine: AsyncEngine, contexts: Contexts
) -> None:
    contexts.put(THREAD, MARCH)
    await contexts.write()

    async def two_batches() -> None:
        await contexts.write()
        contexts.put(THREAD, APRIL)
        await contexts.write()

    once_after(engine, "FROM contexts", two_batches)
    assert await of(contexts) == APRIL


@pytest.mark.parametrize("between", ["FROM inbox", "FROM contexts"])
async def test_an_edited_question_is_awaited_or_read_wherever_the_edit_ends_between_two_looks(
    engine: AsyncEngine, contexts: Contexts, other: Contexts, between: str
) -> None:
    contexts.put(THREAD, MARCH)
    await contexts.write()
    await taken(engine, "1.0", "taken")
    may = replace(MARCH, question="alumina exports May 2024", edited=True)

    async def end_of_the_edit() -> None:
        other.put(THREAD, may)
        await other.write()
        async with engine.begin() as connection:
            await connection.execute(update(inbox).values(state="answered"))

    once_after(engine, between, end_of_the_edit)
    assert (await contexts.read(THREAD, "9.0")).question in (None, may.question)
    assert (await contexts.read(THREAD, "9.0")).question == may.question


async def test_it_is_written_by_itself_and_at_the_end(contexts: Contexts, other: Contexts) -> None:
    async with written_behind(contexts, 0):
        contexts.put(THREAD, MARCH)
        async with asyncio.timeout(30):
            while await of(other) is None:  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.01)
        contexts.put(THREAD, APRIL)
    assert await of(other) == APRIL

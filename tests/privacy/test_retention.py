"""What is older than it is kept goes, the rest stays; on both databases, and beside a bot at work."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from bot.privacy import BATCH, drop_old, limits
from bot.settings import Settings
from bot.store import tables
from bot.store.engine import store
from bot.store.tables import FORGOTTEN, contexts, feedback, inbox, order_changes, orders, posts
from tests.privacy import rows
from tests.privacy.rows import put, rows_of
from tests.slack.desk import environment, http_bot

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MOMENT = timedelta(seconds=1)
DAYS = 30
OLD = NOW - timedelta(days=DAYS + 1)
# As docs/privacy.md says it: of each table how rows are made, and how many days they are kept.
KEPT = {
    inbox: (rows.message, 5),
    contexts: (rows.thread, DAYS),
    feedback: (rows.verdict, DAYS),
    orders: (rows.order, DAYS),
}


def now():
    return NOW


async def test_a_row_goes_when_it_has_had_its_time(engine):
    for table, (made, days) in KEPT.items():
        await put(engine, table, made(NOW - timedelta(days=days)))
        assert await drop_old(engine, DAYS, now) == {}
        assert await drop_old(engine, DAYS, lambda: NOW + MOMENT) == {table.name: 1}
        assert await rows_of(engine, table) == []


async def test_that_a_post_was_sent_is_never_forgotten(engine):
    await put(engine, posts, rows.posted(NOW - timedelta(days=3_000)))
    assert await drop_old(engine, 1, now) == {}
    assert len(await rows_of(engine, posts)) == 1


async def test_that_somebody_changed_a_subscription_stays_and_who_does_not(engine):
    old, young = NOW - timedelta(days=DAYS + 1), NOW - timedelta(days=DAYS - 1)
    changes = [rows.change(old), rows.change(young), rows.change(old, by=""), rows.change(old, by=FORGOTTEN)]
    await put(engine, order_changes, *changes)
    assert await drop_old(engine, DAYS, now) == {"order_changes": 1}
    assert [row["by"] for row in await rows_of(engine, order_changes)] == [FORGOTTEN, "U_ANA", "", FORGOTTEN]
    assert await drop_old(engine, DAYS, now) == {}


async def test_a_taught_word_stays_and_who_taught_it_does_not(engine):
    old, young = NOW - timedelta(days=DAYS + 1), NOW - timedelta(days=DAYS - 1)
    await put(engine, tables.taught_words, rows.taught(old), rows.taught(young, word="zq"))
    assert await drop_old(engine, DAYS, now) == {"taught_words": 1}
    kept = [(row["word"], row["taught_by"]) for row in await rows_of(engine, tables.taught_words)]
    assert kept == [("rx", FORGOTTEN), ("zq", "U_ANA")]


async def test_an_installation_that_was_begun_goes(engine):
    begun = (
        {"state": state, "expire_at": at.replace(tzinfo=None)} for state, at in (("old", OLD), ("new", NOW))
    )
    await put(engine, tables.slack_oauth_states, *begun)
    assert await drop_old(engine, DAYS, now) == {"slack_oauth_states": 1}
    assert [row["state"] for row in await rows_of(engine, tables.slack_oauth_states)] == ["new"]


async def test_an_alert_stays_as_long_as_it_waits(engine):
    old = NOW - timedelta(days=3_000)
    states = ("active", "paused", "parked", "done")
    await put(engine, orders, *(rows.order(old, state, channel=state) for state in states))
    assert await drop_old(engine, DAYS, now) == {"orders": 1}
    assert {row["state"] for row in await rows_of(engine, orders)} == {"active", "paused", "parked"}


async def test_more_than_one_batch(engine):
    old = [rows.thread(OLD, thread_ts=str(each)) for each in range(2 * BATCH + 7)]
    await put(engine, contexts, *old, rows.thread(NOW, thread_ts="young"))
    assert await drop_old(engine, DAYS, now) == {"contexts": 2 * BATCH + 7}
    assert [row["thread_ts"] for row in await rows_of(engine, contexts)] == ["young"]


async def test_two_processes_at_once_drop_each_row_once(engine):
    old = [rows.thread(OLD, thread_ts=str(each)) for each in range(3 * BATCH)]
    await put(engine, contexts, *old)
    dropped = await asyncio.gather(*(drop_old(engine, DAYS, now) for _ in range(3)))
    assert sum(each.get("contexts", 0) for each in dropped) == 3 * BATCH


async def test_it_waits_for_nobody(postgres):
    """A row that another process has in hand is left to it, and so is the ledger."""
    with postgres.database() as url:
        async with store(Settings.from_env({"DATABASE_URL": url})) as engine:
            await put(engine, posts, rows.posted(OLD))
            await put(engine, feedback, rows.verdict(OLD), rows.verdict(OLD, user_id="U_BEN"))
            async with engine.begin() as other:
                await other.execute(select(posts).with_for_update())
                await other.execute(update(feedback).where(feedback.c.user_id == "U_BEN").values(reason="x"))
                async with asyncio.timeout(60):
                    assert await drop_old(engine, DAYS, now) == {"feedback": 1}
            assert [row["user_id"] for row in await rows_of(engine, feedback)] == ["U_BEN"]


async def gone(engine, table):
    async with asyncio.timeout(30):
        while await rows_of(engine, table):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.02)


async def test_a_running_bot_does_it_by_itself(slack, dataset, tmp_path):
    env = environment(slack, tmp_path, ALUMINA_RETENTION_DAYS="30")
    async with store(Settings.from_env(env)) as engine:
        long_ago = datetime.now(UTC) - timedelta(days=31)
        await put(engine, feedback, rows.verdict(long_ago))
        await put(engine, contexts, rows.thread(long_ago))
        async with http_bot(slack, dataset, env):
            await gone(engine, feedback)
            await gone(engine, contexts)


def test_no_moment_is_without_a_limit():
    kept = {*KEPT, order_changes, tables.taught_words, tables.slack_oauth_states}
    assert {each.moment.table for each in limits(DAYS)} == kept

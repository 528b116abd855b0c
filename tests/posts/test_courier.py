"""The clockwork queues what is due, once; the courier takes it from the ledger to its channels."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy.exc import OperationalError

from bot.posts.courier import TRIES, Courier, Person, delivering, tick
from bot.posts.order import monthly
from bot.posts.order_messages import Editions
from bot.posts.order_service import OrderService
from bot.posts.rows import Claim, Due, Post
from bot.ticking import ticking
from tests.gear.slack import archive
from tests.posts.conftest import LEASE
from tests.posts.office import Book, Fixed, Rendered, office_of, orders_of

CHANNELS = ("C_ALUMINIUM", "C_DESK", "C_PARTNERS")


def july(channel="C_ALUMINIUM", kind="monthly"):
    return Post("T0LOCAL", channel, kind, "2026-07")


class Desk:
    """An office whose clock can be moved on, and its courier."""

    def __init__(self, slack, ledger, client):
        self.ahead = timedelta()
        self.slack, self.ledger = slack, ledger
        self.book = Book(monthly("T0LOCAL", channel, created_by="U_ANA") for channel in CHANNELS)
        self.editions = Rendered()
        orders = orders_of(self.book, ledger, self.editions)
        self.office = office_of(ledger, orders, client, self.now, owner=Person("T0LOCAL", "U_BEN"))
        self.courier = Courier(self.office, look_seconds=0.05)

    def now(self):
        return datetime.now(UTC) + self.ahead

    async def queue(self, *posts, at=None):
        """Queues and lets the first wait of a channel pass."""
        await self.ledger.enqueue([Due(post, at or self.now()) for post in posts], self.now() - LEASE)
        self.courier.woken.set()

    async def entry(self, post):
        return (await self.ledger.entries())[post]

    async def waits(self, post, why):
        entry = await self.entry(post)
        return (entry.state, entry.why) == ("due", why)

    async def until(self, state, *posts):
        async def reached():
            entries = await self.ledger.entries()
            return all(entries[post].state == state for post in posts)

        await eventually(reached)


async def eventually(reached):
    async with asyncio.timeout(120):
        while not await reached():  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.02)


@pytest.fixture
def desk(slack, ledger, client):
    return Desk(slack, ledger, client)


async def test_a_bad_channel_holds_up_nobody_and_its_owner_is_told_once(desk):
    archive(desk.slack.workspace, "C_DESK")
    async with delivering(desk.courier):
        await desk.queue(*map(july, CHANNELS))
        await desk.queue(july("C_DESK", "bulletin"))
        await desk.until("posted", july("C_ALUMINIUM"), july("C_PARTNERS"))
        await desk.until("parked", july("C_DESK"), july("C_DESK", "bulletin"))
    assert [len(desk.slack.messages(channel)) for channel in CHANNELS] == [1, 0, 1]
    assert desk.book.all["T0LOCAL", "C_DESK"].state == "parked"
    assert "is_archived" in desk.book.all["T0LOCAL", "C_DESK"].why
    for channel in ("D_ANA", "D_BEN"):
        [told] = desk.slack.messages(channel)
        assert "<#C_DESK>" in told.text
        assert "archived" in told.text
        assert told.blocks[-1]["elements"][0]["action_id"] == "order_resume"


async def test_what_cannot_be_made_holds_up_nothing_else_in_its_channel(desk, monkeypatch, caplog):
    broken, made = replace(july(), edition="2026-06"), desk.office.orders.edition

    async def order(post, late):
        if post == broken:
            raise KeyError("a name that nobody has")
        return await made(post, late)

    monkeypatch.setattr(OrderService, "edition", lambda _self, post, late: order(post, late))
    async with delivering(desk.courier):
        await desk.queue(broken, at=desk.now() - timedelta(days=1))
        await desk.queue(july())
        await desk.until("posted", july())
    entry = await desk.entry(broken)
    assert (entry.state, entry.why) == ("due", "not_made")
    assert "a name that nobody has" in caplog.text
    assert len(desk.slack.messages()) == 1


async def test_a_paused_channel_and_a_workspace_without_a_token_get_nothing(desk):
    other = Post("T2", "C1", "monthly", "2026-07")
    desk.book.all["T2", "C1"] = monthly("T2", "C1")
    desk.book.change("C_DESK", state="paused")
    async with delivering(desk.courier):
        await desk.queue(july("C_DESK"), other)
        await desk.until("parked", july("C_DESK"), other)
    assert desk.slack.messages("C_DESK") == []
    assert (await desk.entry(july("C_DESK"))).why == "order_paused"
    assert "T2" in (await desk.entry(other)).why


async def test_a_month_whose_figures_are_not_here_waits_until_they_are(desk):
    desk.editions.missing.add(july())
    await desk.queue(july(), july("C_DESK"))
    async with delivering(desk.courier):
        await desk.until("posted", july("C_DESK"))
        await eventually(partial(desk.waits, july(), "no_figures_here"))
        assert desk.slack.messages() == []
        desk.editions.missing.clear()
        desk.ahead = LEASE
        await desk.until("posted", july())
    assert len(desk.slack.messages()) == 1


async def test_a_month_whose_figures_do_not_come_is_queued_anew_once_they_do(desk):
    desk.editions.missing.add(july())
    await desk.queue(july())
    [claim] = await desk.ledger.claim(desk.now(), 1)
    assert (await desk.office.deliver(replace(claim, tries=TRIES))).outcome == "parked"
    assert await desk.ledger.enqueue([Due(july(), desk.now())], desk.now()) == 1


async def test_what_is_on_the_wire_when_it_is_closed_is_finished_and_nothing_new_begun(desk):
    hold = desk.slack.faults.hold("chat.postMessage", when="before")
    async with delivering(desk.courier):
        await desk.queue(july())
        await hold.reached.wait()
        closing = asyncio.create_task(desk.courier.close())
        await desk.queue(july("C_DESK"))
        await asyncio.sleep(0.2)
        hold.let_go()
        await closing
    assert [(await desk.entry(post)).state for post in (july(), july("C_DESK"))] == ["posted", "due"]


async def test_a_clock_that_jumps_beyond_a_lease_repeats_nothing_that_is_on_the_wire(desk):
    hold = desk.slack.faults.hold("chat.postMessage", when="before")
    async with delivering(desk.courier):
        await desk.queue(july())
        await hold.reached.wait()
        desk.ahead = 2 * LEASE
        await desk.queue(july("C_DESK"))
        await desk.until("posted", july("C_DESK"))
        assert (await desk.entry(july())).state == "claimed"
        assert [call.method for call in desk.slack.calls].count("conversations.history") == 2
        hold.let_go()
        await desk.slack.wait_for(desk.slack.messages)
        desk.ahead += 2 * LEASE
        await desk.until("posted", july())
    assert len(desk.slack.messages()) == 1


async def test_a_claim_at_shutdown_is_left_to_its_lease(desk, monkeypatch):
    claim, closing = desk.ledger.claim, list[asyncio.Task[None]]()

    async def late(now, most):
        claims = await claim(now, most)
        if claims:
            closing.append(asyncio.create_task(desk.courier.close()))
            await asyncio.sleep(0)
        return claims

    monkeypatch.setattr(desk.ledger, "claim", late)
    async with delivering(desk.courier):
        await desk.queue(july())
        await desk.until("claimed", july())
    assert len(closing) == 1
    assert desk.slack.messages() == []


async def test_what_does_not_finish_in_time_is_left_to_its_lease(desk):
    hold = desk.slack.faults.hold("chat.postMessage", when="after")
    async with delivering(desk.courier):
        await desk.queue(july())
        await hold.reached.wait()
        await desk.courier.close(within_seconds=0.1)
    hold.let_go()
    assert (await desk.entry(july())).state == "claimed"


async def test_it_goes_on_when_the_database_fails(desk, monkeypatch):
    claim, failures = desk.ledger.claim, iter([OperationalError("", {}, Exception("away"))])

    async def sometimes(now, most):
        for failure in failures:
            raise failure
        return await claim(now, most)

    monkeypatch.setattr(desk.ledger, "claim", sometimes)
    async with delivering(desk.courier):
        await desk.queue(july())
        await desk.until("posted", july())


NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
JULY = Post("T0LOCAL", "C_ALUMINIUM", "monthly", "2026-07")


@pytest.fixture
def book():
    long_ago = datetime(2026, 8, 1, tzinfo=UTC)
    return Book(monthly("T0LOCAL", channel, changed_at=long_ago) for channel in ("C_ALUMINIUM", "C_DESK"))


async def ticked(ledger, orders, now=NOW):
    return await tick(office_of(ledger, orders, clock=lambda: NOW, now=lambda: now))


async def test_an_older_month_never_follows_a_newer_one(dataset, ledger, book):
    """Both channels have the flash of August; the record is complete to July and grows no further."""
    august = replace(JULY, edition="2026-08")
    await ticked(ledger, Fixed(book, [august, replace(august, channel="C_DESK")], NOW))
    orders = orders_of(book, ledger, Editions(dataset, NOW.date))
    assert [await ticked(ledger, orders, NOW + timedelta(days=days)) for days in (0, 400)] == [0, 0]


async def test_a_day_of_its_own_does_not_move_the_leases(ledger, book):
    in_a_year = NOW + timedelta(days=365)
    await ticked(ledger, Fixed(book, [replace(JULY, edition="2027-09")], in_a_year), in_a_year)
    assert isinstance((await ledger.claim(NOW + LEASE, 1))[0], Claim)


async def test_the_job_runs_at_once_and_again_and_after_an_error(caplog):
    times: list[int] = []
    third = asyncio.Event()

    async def job():
        times.append(1)
        if len(times) == 1:
            raise ConnectionError("database away")
        if len(times) == 3:
            third.set()

    async with ticking(job, every_seconds=0.05), asyncio.timeout(120):
        await third.wait()
    assert "database away" in caplog.text


async def test_a_job_under_way_may_finish():
    begun, ended = asyncio.Event(), asyncio.Event()

    async def job():
        begun.set()
        await asyncio.sleep(0.1)
        ended.set()

    async with ticking(job):
        await begun.wait()
    assert ended.is_set()

"""A post stands in its channel once, whatever happens around it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from bot.messages.blocks import Message
from bot.playground.webapi import METHODS
from bot.posts.ledger import Ledger
from bot.posts.post_claimed import Way, deliver
from bot.posts.rows import Claim, Delivery, Due, Edition, Post
from tests.posts.conftest import LEASE

JULY = Post("T0LOCAL", "C_ALUMINIUM", "monthly", "2026-07")
BULLETIN = replace(JULY, kind="bulletin")
FLASH = Edition(Message("July, the flash", ()), "july 2026")
FULL = Edition(Message("July, all of it", ()), "july 2026", Message("The bulletin is out", ()))
# In each of these ways Slack does not say whether the message was taken.
LOST: list[dict[str, Any]] = [{}, {"status": 500}, {"error": "internal_error"}]


class Bench:
    """Delivers with a clock that can be moved on."""

    def __init__(self, slack, client, engine):
        self.slack, self.engine, self.ledger = slack, engine, Ledger(engine, LEASE)
        self.now = datetime.now(UTC)
        self.way = Way(client, self.ledger, lambda: self.now, 10)

    async def deliver(self, post=JULY, edition=FLASH, *, again=False):
        claim = await self.ledger.take(post, self.now, again=again)
        if not isinstance(claim, Claim):
            return Delivery("already" if claim == "posted" else "in_hand")
        done = await deliver(claim, edition, self.way, again=again)
        await self.ledger.settle(claim, done, self.now)
        return done

    async def entry(self, post=JULY):
        return (await self.ledger.entries())[post]

    def lease_over(self):
        self.now += LEASE + timedelta(seconds=1)

    async def forget(self):
        """What the loss of the database amounts to."""
        async with self.engine.begin() as connection:
            await connection.exec_driver_sql("DELETE FROM posts")


@pytest.fixture
def bench(slack, client, engine):
    return Bench(slack, client, engine)


async def test_a_post_carries_its_edition_and_its_question_and_is_posted_once(bench):
    await bench.deliver(replace(JULY, edition="2026-06"))  # another edition in the history is not this one
    outcomes = [(await bench.deliver()).outcome for _ in range(2)]
    [_, message] = bench.slack.messages()
    assert message.metadata == {
        "event_type": "alumina_post",
        "event_payload": {"kind": "monthly", "edition": "2026-07", "question": "july 2026"},
    }
    assert (await bench.entry()).ts == message.ts
    await bench.forget()  # without the ledger the history tells
    outcomes.append((await bench.deliver()).outcome)
    assert outcomes == ["posted", "already", "already"]
    assert (await bench.entry()).state == "posted"
    assert len(bench.slack.messages()) == 2


@pytest.mark.parametrize(("when", "then"), [("after", "already"), ("before", "posted")])
@pytest.mark.parametrize("how", LOST)
async def test_a_lost_confirmation_is_found(bench, how, when, then):
    bench.slack.fail("chat.postMessage", when=when, **how)
    outcomes = [(await bench.deliver()).outcome for _ in range(2)]  # its lease still runs
    bench.lease_over()
    outcomes.append((await bench.deliver()).outcome)
    assert outcomes == ["unknown", "in_hand", then]
    assert len(bench.slack.messages()) == 1


async def test_of_several_at_once_one_posts(bench):
    deliveries = await asyncio.gather(*(bench.deliver() for _ in range(4)))
    assert [delivery.outcome for delivery in deliveries].count("posted") == 1
    assert len(bench.slack.messages()) == 1


async def test_a_request_times_out_within_its_lease(bench):
    hold = bench.slack.faults.hold("chat.postMessage", when="after")
    bench.way = replace(bench.way, timeout_seconds=0.2)
    assert (await bench.deliver()).outcome == "unknown"
    hold.let_go()
    assert len(bench.slack.messages()) == 1


async def test_nothing_is_sent_too_late_for_its_lease(bench, monkeypatch):
    renew = bench.ledger.renew

    async def slow(claim, now):
        bench.now += LEASE - timedelta(seconds=10)
        return await renew(claim, now)

    with monkeypatch.context() as patch:
        patch.setattr(bench.ledger, "renew", slow)
        assert (await bench.deliver()).outcome == "in_hand"
    assert bench.slack.messages() == []
    bench.lease_over()
    assert (await bench.deliver()).outcome == "posted"


@pytest.mark.parametrize("method", ["conversations.history", "chat.postMessage"])
async def test_slack_says_how_long_to_wait(bench, method):
    bench.slack.fail(method, status=429, retry_after=7)
    assert (await bench.deliver()).outcome == "waiting"
    assert await bench.ledger.claim(bench.now + timedelta(seconds=6), 1) == []
    [claim] = await bench.ledger.claim(bench.now + timedelta(seconds=7), 1)
    assert (await deliver(claim, FLASH, bench.way)).outcome == "posted"
    assert [call.method for call in bench.slack.calls].count("chat.postMessage") <= 2


async def test_a_refusal_that_names_no_time_is_tried_again_ever_more_rarely(bench):
    bench.slack.fail("chat.postMessage", error="ratelimited", times=2)
    for wait in (LEASE, 2 * LEASE):
        await bench.deliver()
        assert await bench.ledger.claim(bench.now + wait - timedelta(seconds=1), 1) == []
        bench.now += wait
    assert (await bench.deliver()).outcome == "posted"


CLOSED = {
    "conversations.history": ["missing_scope", "not_in_channel", "channel_not_found"],
    "chat.postMessage": [
        "is_archived", "token_revoked", "account_inactive", "invalid_auth",
        "restricted_action_read_only_channel",
    ],
}  # fmt: skip


async def test_a_channel_or_a_token_that_is_closed_to_us_parks_the_post(bench):
    for method, errors in CLOSED.items():
        for error in errors:
            bench.slack.fail(method, error=error)
            delivery = await bench.deliver()
            assert (delivery.outcome, bench.slack.messages()) == ("parked", [])
            assert (error in delivery.why, delivery.on_hold) == (True, True)
    bench.slack.scopes.discard("channels:history")
    delivery = await bench.deliver()
    assert (delivery.outcome, bench.slack.messages()) == ("parked", [])
    assert "missing_scope" in delivery.why
    assert "channels:history" in delivery.why


async def test_the_message_grows_and_one_line_in_its_thread_says_so(bench):
    await bench.deliver()
    outcomes = [(await bench.deliver(BULLETIN, FULL)).outcome for _ in range(2)]
    [message] = bench.slack.messages()
    [line] = bench.slack.messages(thread_ts=message.ts)
    assert outcomes == ["posted", "already"]
    assert (message.text, line.text) == ("July, all of it", "The bulletin is out")


@pytest.mark.parametrize("lost", [False, True])
async def test_a_line_whose_confirmation_was_lost_is_found_in_the_thread(bench, lost):
    await bench.deliver()
    bench.slack.fail("chat.postMessage", when="after")
    assert (await bench.deliver(BULLETIN, FULL)).outcome == "unknown"
    bench.lease_over()
    if lost:
        await bench.forget()
    assert (await bench.deliver(BULLETIN, FULL)).outcome == "already"
    [message] = bench.slack.messages()
    assert len(bench.slack.messages(thread_ts=message.ts)) == 1


async def test_an_edit_that_fails_is_made_again_before_the_line_comes(bench):
    await bench.deliver()
    bench.slack.fail("chat.update", status=500)
    assert (await bench.deliver(BULLETIN, FULL)).outcome == "waiting"
    [message] = bench.slack.messages()
    assert bench.slack.messages(thread_ts=message.ts) == []
    bench.lease_over()
    assert (await bench.deliver(BULLETIN, FULL)).outcome == "posted"
    assert bench.slack.messages()[0].text == "July, all of it"


async def test_nothing_goes_under_a_message_that_somebody_deleted(bench):
    await bench.deliver()
    await bench.slack.remove("C_ALUMINIUM", bench.slack.messages()[0].ts)
    delivery = await bench.deliver(BULLETIN, FULL)
    assert (delivery.outcome, bench.slack.messages()) == ("refused", [])
    assert (await bench.entry(BULLETIN)).state == "refused"


@pytest.mark.parametrize("stands", [True, False])
async def test_a_line_finds_its_month_s_message_in_a_long_history(bench, stands):
    if stands:
        await bench.deliver()
    for number in range(450):
        await bench.slack.say(f"talk {number}")
    await bench.forget()
    assert (await bench.deliver(BULLETIN, FULL)).outcome == ("posted" if stands else "waiting")


async def test_a_found_message_tells_which_stages_it_says(bench):
    """The ledger is lost after the flash: the bulletin that came since is not taken for told."""
    await bench.deliver()
    await bench.forget()
    now = bench.now
    await bench.ledger.enqueue([Due(JULY, now), Due(BULLETIN, now, silent=True)], now)
    bench.lease_over()
    assert (await bench.deliver()).outcome == "already"
    assert (await bench.entry(BULLETIN)).state == "due"
    assert (await bench.deliver(BULLETIN, FULL)).outcome == "posted"
    assert bench.slack.messages()[0].text == "July, all of it"
    await bench.forget()
    await bench.ledger.enqueue([Due(JULY, now), Due(BULLETIN, now, silent=True)], now)
    await bench.deliver()
    assert (await bench.deliver(BULLETIN, FULL)).outcome == "already"
    assert len(bench.slack.messages(thread_ts=bench.slack.messages()[0].ts)) == 1


async def test_a_stage_told_from_the_first_has_no_line_after_a_loss_either(bench):
    stages = [Due(JULY, bench.now), Due(BULLETIN, bench.now, silent=True)]
    for outcome in ("posted", "already"):
        await bench.ledger.enqueue(stages, bench.now)
        bench.lease_over()
        assert (await bench.deliver(JULY, replace(FULL, stages=("bulletin",)))).outcome == outcome
        assert (await bench.entry(BULLETIN)).state == "told"
        await bench.forget()


async def test_the_line_is_not_lost_where_the_ledger_is_between_the_edit_and_the_line(bench):
    """The message is edited, its line refused, the database lost; what is due then takes both for told."""
    await bench.deliver()
    bench.slack.fail("chat.postMessage", status=429, retry_after=1)
    assert (await bench.deliver(BULLETIN, FULL)).outcome == "waiting"
    [message] = bench.slack.messages()
    assert (message.text, bench.slack.messages(thread_ts=message.ts)) == ("July, all of it", [])
    await bench.forget()
    await bench.ledger.enqueue([Due(JULY, bench.now), Due(BULLETIN, bench.now, silent=True)], bench.now)
    bench.lease_over()
    outcomes = [(await bench.deliver(post, FULL)).outcome for post in (JULY, BULLETIN)]
    assert outcomes == ["already", "posted"]
    assert len(bench.slack.messages(thread_ts=message.ts)) == 1


async def test_no_messages_field_is_no_empty_channel(bench, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setitem(cast("dict[str, Any]", METHODS), "conversations.history", ("", lambda *_: {}))
        assert (await bench.deliver()).outcome == "waiting"
    assert bench.slack.messages() == []
    bench.lease_over()
    assert (await bench.deliver()).outcome == "posted"


async def test_a_search_goes_on_after_a_rate_limit(bench, monkeypatch):
    """The lease is begun anew at every page, and for every part of a wait that is longer than half of it."""
    waited: list[float] = []

    async def sleep(seconds):
        bench.now += timedelta(seconds=seconds)
        waited.append(seconds)
        if len(waited) == 1:
            bench.slack.fail("conversations.history", status=429, retry_after=70)

    await bench.deliver()
    for number in range(450):
        await bench.slack.say(f"talk {number}")
    await bench.forget()
    with monkeypatch.context() as patch:
        patch.setattr("bot.posts.post_claimed.sleep", sleep)
        assert (await bench.deliver()).outcome == "already"
    assert waited == [0, 30, 30, 10, 0]


async def test_a_search_ends_when_its_row_is_taken(bench, monkeypatch):
    for number in range(250):
        await bench.slack.say(f"talk {number}")
    renew, others = bench.ledger.renew, list[object]()

    async def late(claim, now):
        bench.lease_over()
        others.append(await bench.ledger.take(JULY, bench.now))
        return await renew(claim, now)

    with monkeypatch.context() as patch:
        patch.setattr(bench.ledger, "renew", late)
        assert (await bench.deliver()).outcome == "in_hand"
    assert isinstance(others[0], Claim)
    assert [call.method for call in bench.slack.calls] == ["conversations.history"]

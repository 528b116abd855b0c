"""The ledger on both databases: the queue, one holder a row, one row a channel at a time."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, text

from bot.posts.ledger import Ledger
from bot.posts.rows import Claim, Delivery, Due, Post
from bot.store.tables import inbox
from tests.posts.conftest import LEASE

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
QUEUED = NOW + LEASE  # a channel's first row waits for a lease
LATER = QUEUED + LEASE + timedelta(seconds=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def database(any_database):
    return any_database


def post(channel="C1", kind="monthly", edition="2026-07", workspace="T1"):
    return Post(workspace, channel, kind, edition)


def due(*posts, at=NOW):
    return [Due(each, at) for each in posts]


async def claimed(ledger, now=QUEUED, most=10):
    return [claim.post for claim in await ledger.claim(now, most)]


async def queued_and_claimed(ledger):
    """The claim of the one post that is queued."""
    await ledger.enqueue(due(post()), NOW)
    [claim] = await ledger.claim(QUEUED, 10)
    return claim


async def test_a_post_is_queued_once(ledger):
    assert await ledger.enqueue(due(post(), post("C2"), at=NOW.astimezone(tz=None)), NOW) == 2
    assert await ledger.enqueue(due(post(), post("C3")), NOW) == 1
    assert {each.channel for each in await ledger.entries()} == {"C1", "C2", "C3"}
    assert (await ledger.entries())[post()].due_at == NOW


async def test_a_queued_post_is_claimed_by_one_and_then_held(ledger, engine):
    await ledger.enqueue(due(post()), NOW)
    assert await claimed(ledger) == [post()]
    assert await claimed(ledger) == []
    assert await Ledger(engine, LEASE).take(post(), QUEUED) == "in_hand"
    entry = (await ledger.entries())[post()]
    assert (entry.state, entry.lease_until, entry.tries) == ("claimed", QUEUED + LEASE, 1)


async def test_two_bots_of_two_workspaces_claim_each_its_own(ledger, engine):
    mine, theirs = post(), post(workspace="T2")
    await ledger.enqueue(due(mine, theirs), NOW)
    first, second = (Ledger(engine, LEASE, lambda name, team=team: name == team) for team in ("T1", "T2"))
    assert await claimed(first) == [mine]
    assert await claimed(first) == []
    assert await claimed(second) == [theirs]


async def test_a_channel_that_the_ledger_does_not_know_waits_for_a_lease(ledger):
    await ledger.enqueue(due(post()), NOW)
    assert await claimed(ledger, QUEUED - SECOND) == []
    [claim] = await ledger.claim(QUEUED, 10)
    await ledger.mark(claim, "1.0", QUEUED)
    august = post(edition="2026-08")
    await ledger.enqueue(due(august), LATER)
    assert await claimed(ledger, LATER) == [august]


async def test_what_was_queued_a_moment_ago_does_not_make_a_channel_known(ledger):
    await ledger.enqueue(due(post()), NOW)
    await ledger.enqueue(due(post(kind="bulletin")), NOW + SECOND)
    [claim] = await ledger.claim(QUEUED, 10)
    await ledger.mark(claim, "1.0", QUEUED - SECOND)
    assert await claimed(ledger, QUEUED) == []
    assert await claimed(ledger, QUEUED + SECOND) == [post(kind="bulletin")]


async def test_the_longest_due_go_first_and_no_more_than_asked_for(ledger):
    for hours, channel in ((1, "C1"), (3, "C2"), (2, "C3")):
        await ledger.enqueue(due(post(channel), at=NOW - timedelta(hours=hours)), NOW)
    assert set(await claimed(ledger, most=2)) == {post("C2"), post("C3")}
    assert await claimed(ledger, most=2) == [post("C1")]


async def test_a_channel_has_one_row_on_its_way_and_gets_one_message_a_second(ledger):
    await ledger.enqueue(due(post(), at=NOW - SECOND), NOW)
    await ledger.enqueue(due(post(kind="bulletin"), post(kind="query")), NOW)
    [claim] = await ledger.claim(QUEUED, 10)
    assert (claim.post, await claimed(ledger)) == (post(), [])
    assert await ledger.take(post(kind="query"), QUEUED) == "in_hand"
    await ledger.mark(claim, "1.0", QUEUED)
    assert await claimed(ledger, QUEUED + SECOND / 2) == []
    [claim] = await ledger.claim(QUEUED + SECOND, 10)
    assert claim.post == post(kind="bulletin")


async def test_what_was_left_half_way_goes_before_the_rest_of_its_channel(ledger):
    await ledger.enqueue(due(post(kind="query")), NOW)
    await ledger.claim(QUEUED, 10)
    await ledger.enqueue(due(post(edition="2026-06"), at=NOW - timedelta(days=9)), NOW)
    assert await claimed(ledger, LATER) == [post(kind="query")]


def waiting(wait=None):
    return Delivery("waiting", "ratelimited", wait)


async def put_off_month(ledger):
    """A month's message waits in the queue until LATER + LEASE, as Slack has asked."""
    month = await queued_and_claimed(ledger)
    await ledger.settle(month, waiting(LATER + LEASE - QUEUED), QUEUED)


async def test_a_line_waits_for_its_month_s_message_however_long_that_is_put_off(ledger):
    line = post(kind="bulletin")
    await put_off_month(ledger)
    await ledger.enqueue(due(line, at=NOW - SECOND), NOW)
    assert await claimed(ledger, LATER) == []
    alert = post(kind="alert-1")
    await ledger.enqueue(due(alert), NOW)
    [fired] = await ledger.claim(LATER, 10)
    assert fired.post == alert
    await ledger.mark(fired, "1795651924.000001", LATER)
    [month] = await ledger.claim(LATER + LEASE, 10)
    await ledger.mark(month, "1795651925.000001", LATER + LEASE)
    assert await claimed(ledger, LATER + LEASE + SECOND) == [line]


@pytest.mark.parametrize("further", [{"kind": "alert-1"}, {"kind": "bulletin", "edition": "2026-06"}])
async def test_what_belongs_to_no_message_does_not_wait(ledger, further):
    await put_off_month(ledger)
    await ledger.enqueue(due(post(**further)), NOW)
    assert await claimed(ledger, LATER) == [post(**further)]


async def test_a_line_that_was_left_half_way_goes_before_its_month(ledger):
    line = post(kind="bulletin")
    await ledger.take(line, NOW)
    await ledger.enqueue(due(post()), NOW)
    assert await claimed(ledger, LATER) == [line]


async def test_another_claim_on_the_row_ends_the_first(ledger):
    slow = await queued_and_claimed(ledger)
    [quick] = await ledger.claim(LATER, 10)  # by the same process: a claim is its own holder
    assert not await ledger.renew(slow, LATER)
    assert not await ledger.mark(slow, "1.0", LATER)
    assert not await ledger.settle(slow, waiting(), LATER)
    assert not await ledger.settle(slow, Delivery("parked"), LATER)
    assert (await ledger.entries())[post()].state == "claimed"
    assert await ledger.renew(quick, LATER)
    assert await ledger.mark(quick, "1.0", LATER)


async def test_a_posted_row_stays_posted_and_knows_when_it_was_sent(ledger):
    claim = await queued_and_claimed(ledger)
    await ledger.mark(claim, f"{QUEUED.timestamp():.6f}", QUEUED)
    assert await claimed(ledger, LATER) == []
    assert await ledger.take(post(), LATER) == "posted"
    await ledger.enqueue(due(post()), LATER)
    entry = (await ledger.entries())[post()]
    assert (entry.state, entry.sent_at, entry.due_at) == ("posted", QUEUED, NOW)


@pytest.mark.parametrize(("wait", "until", "tries"), [(None, LEASE, 2), (2 * LEASE, 2 * LEASE, 1)])
async def test_a_postponed_row_waits_for_a_lease_or_as_long_as_slack_says(ledger, wait, until, tries):
    claim = await queued_and_claimed(ledger)
    await ledger.settle(claim, waiting(wait), QUEUED)
    assert await claimed(ledger, QUEUED + until - SECOND) == []
    assert (await ledger.entries())[post()].why == "ratelimited"
    [second] = await ledger.claim(QUEUED + until, 10)
    assert second.tries == tries


@pytest.mark.parametrize(("end", "back"), [("parked", [post()]), ("refused", [])])
async def test_a_parked_row_comes_back_when_it_is_queued_anew_and_a_refused_one_does_not(ledger, end, back):
    await ledger.settle(await queued_and_claimed(ledger), Delivery(end, "is_archived"), QUEUED)
    assert await claimed(ledger, LATER) == []
    assert (await ledger.entries())[post()].why == "is_archived"
    assert await ledger.enqueue(due(post()), LATER) == len(back)
    assert (await ledger.entries())[post()].why == ("" if back else "is_archived")
    assert await claimed(ledger, LATER) == back


async def test_take_needs_no_queue_and_again_opens_what_is_posted(ledger):
    claim = await ledger.take(post(), NOW)
    assert isinstance(claim, Claim)
    assert await ledger.take(post(), NOW, again=True) == "in_hand"
    await ledger.mark(claim, "1.0", NOW)
    assert await ledger.take(post(), NOW) == "posted"
    assert isinstance(await ledger.take(post(), NOW, again=True), Claim)


async def test_a_stage_that_is_told_is_not_sent_unless_the_message_does_not_say_it(ledger):
    silent = [Due(post(kind=kind), NOW, silent=True) for kind in ("bulletin", "query")]
    await ledger.enqueue([*due(post()), *silent], NOW)
    [claim] = await ledger.claim(QUEUED, 10)
    await ledger.recall([post(kind="query")], QUEUED)
    await ledger.mark(claim, "1.0", QUEUED)
    assert await claimed(ledger, LATER) == [post(kind="query")]
    states = {each.kind: entry.state for each, entry in (await ledger.of_month(post())).items()}
    assert states == {"monthly": "posted", "bulletin": "told", "query": "claimed"}


async def test_entries_are_of_the_editions_asked_for_and_of_one_channel(ledger):
    june = post(edition="2026-06")
    await ledger.enqueue(due(post(), june, post("C2")), NOW)
    assert set(await ledger.entries("2026-07")) == {post(), post("C2")}
    assert list(await ledger.of_channel("T1", "C1")) == [post(), june]


async def test_of_many_claiming_at_once_each_row_has_one(engine):
    ledgers = [Ledger(engine, LEASE) for _ in range(4)]
    wanted = [post(f"C{number}", kind) for number in range(20) for kind in ("monthly", "bulletin")]
    await ledgers[0].enqueue(due(*wanted), NOW)
    rounds = await asyncio.gather(*(ledger.claim(QUEUED, 3) for _ in range(5) for ledger in ledgers))
    got = [claim.post for claims in rounds for claim in claims]
    assert len(got) == len(set(got)) == len({each.channel for each in got})


async def test_the_database_allows_one_claim_a_channel(ledger, engine):
    await ledger.enqueue(due(post(), post(kind="query")), NOW)
    await ledger.claim(QUEUED, 10)
    with pytest.raises(Exception, match=r"one_claim|UNIQUE"):
        async with engine.begin() as connection:
            await connection.execute(text("UPDATE posts SET state = 'claimed'"))


async def test_a_channel_that_asked_gets_its_post_at_once(ledger, engine):
    """One that was asked in long ago, one in which that came with the post, and one that nobody knows."""
    asked = {"team": "T1", "thread_ts": "", "state": "answered", "payload": ""}
    long_ago = asked | {"channel": "C1", "key": "1", "taken_at": NOW - LEASE}
    just_now = asked | {"channel": "C2", "key": "2", "taken_at": NOW}
    async with engine.begin() as connection:
        await connection.execute(insert(inbox), [long_ago, just_now])
    wanted = [Post("T1", channel, "monthly", "2026-07") for channel in ("C1", "C2", "C3")]
    await ledger.enqueue([Due(each, NOW) for each in wanted], NOW)
    assert [each.post.channel for each in await ledger.claim(NOW, 5)] == ["C1"]

"""The ledger: one row, one holder."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.posts.ledger import LEASE, Ledger, Post

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER = NOW + LEASE + timedelta(seconds=1)
JULY = Post("T1", "C1", "monthly", "2026-07")


async def test_one_of_two_holders_gets_a_row(engine: AsyncEngine) -> None:
    ours, theirs = Ledger(engine), Ledger(engine)
    assert [await ours.claim(JULY, NOW), await theirs.claim(JULY, NOW)] == ["ours", "held"]


async def test_other_editions_channels_and_workspaces_are_other_rows(engine: AsyncEngine) -> None:
    ledger = Ledger(engine)
    await ledger.claim(JULY, NOW)
    for other in (
        Post("T1", "C1", "monthly", "2026-08"),
        Post("T1", "C2", "monthly", "2026-07"),
        Post("T2", "C1", "monthly", "2026-07"),
    ):
        assert await ledger.claim(other, NOW) == "ours"


async def test_a_posted_row_stays_posted_for_ever(engine: AsyncEngine) -> None:
    ledger = Ledger(engine)
    await ledger.claim(JULY, NOW)
    await ledger.mark(JULY, "1.0", NOW)
    assert await Ledger(engine).claim(JULY, LATER) == "posted"
    assert (await ledger.entries())[JULY].state == "posted"


async def test_a_lease_that_is_over_is_taken_over_by_one(engine: AsyncEngine) -> None:
    dead, first, second = (Ledger(engine) for _ in range(3))
    await dead.claim(JULY, NOW)
    assert [await first.claim(JULY, LATER), await second.claim(JULY, LATER)] == ["ours", "held"]


async def test_whoever_lost_the_row_can_neither_renew_nor_mark_nor_release_it(engine: AsyncEngine) -> None:
    slow, quick = Ledger(engine), Ledger(engine)
    await slow.claim(JULY, NOW)
    await quick.claim(JULY, LATER)
    assert not await slow.renew(JULY, LATER)
    await slow.mark(JULY, "1.0", LATER)
    await slow.release(JULY)
    assert (await quick.entries())[JULY].state == "claimed"
    assert await quick.renew(JULY, LATER)


async def test_a_released_row_is_free_at_once(engine: AsyncEngine) -> None:
    ledger = Ledger(engine)
    await ledger.claim(JULY, NOW)
    await ledger.release(JULY)
    assert await Ledger(engine).claim(JULY, NOW) == "ours"


async def test_again_opens_a_posted_row_but_not_one_that_another_holds(engine: AsyncEngine) -> None:
    ledger, other = Ledger(engine), Ledger(engine)
    await ledger.claim(JULY, NOW)
    assert await other.claim(JULY, NOW, again=True) == "held"
    await ledger.mark(JULY, "1.0", NOW)
    assert await other.claim(JULY, NOW, again=True) == "ours"


async def test_leases_are_read_back_with_their_time_zone(engine: AsyncEngine) -> None:
    ledger = Ledger(engine)
    shanghai = NOW.astimezone(tz=None)
    await ledger.claim(JULY, shanghai)
    assert (await ledger.entries())[JULY].lease_until == NOW + LEASE

"""The clockwork: what is due goes into the ledger, once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.dataset.dataset import Dataset
from bot.posts.ledger import Ledger
from bot.posts.monthly_service import MonthlyService
from bot.posts.order import Subscription
from bot.posts.rows import Claim, Post
from bot.posts.summaries import Summaries
from bot.posts.tick import tick, ticking
from tests.posts.conftest import LEASE
from tests.posts.office import Book, Fixed, office_of

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
JULY = Post("T0LOCAL", "C_ALUMINIUM", "monthly", "2026-07")


@pytest.fixture
def book() -> Book:
    long_ago = datetime(2026, 8, 1, tzinfo=UTC)
    return Book(
        Subscription("T0LOCAL", channel, changed_at=long_ago) for channel in ("C_ALUMINIUM", "C_DESK")
    )


async def ticked(ledger: Ledger, monthly: MonthlyService | Fixed, now: datetime = NOW) -> int:
    return await tick(office_of(ledger, monthly, clock=lambda: NOW, now=lambda: now))


def real(dataset: Dataset, book: Book, ledger: Ledger) -> MonthlyService:
    return MonthlyService(book, Summaries(dataset, NOW.date), ledger)  # type: ignore[arg-type]


async def test_the_newest_complete_month_is_queued_for_every_channel_once(
    dataset: Dataset, ledger: Ledger, book: Book
) -> None:
    monthly = real(dataset, book, ledger)
    added = [await ticked(ledger, monthly, NOW + timedelta(minutes=minute)) for minute in range(3)]
    assert added[0] > 0
    assert added[1:] == [0, 0]
    # The record is complete to July 2026: unwrought, alumina and bauxite all have it, August has not.
    waiting = [post for post, entry in (await ledger.entries()).items() if entry.state == "due"]
    assert waiting == [replace(JULY, channel=channel) for channel in ("C_ALUMINIUM", "C_DESK")]


@pytest.mark.parametrize("days", [0, 400])
async def test_an_older_month_never_follows_a_newer_one_however_long_no_figures_come(
    dataset: Dataset, ledger: Ledger, book: Book, days: int
) -> None:
    """Both channels have the flash of August; the record is complete to July and grows no further."""
    august = replace(JULY, edition="2026-08")
    await ticked(ledger, Fixed(book, [august, replace(august, channel="C_DESK")], NOW))
    assert await ticked(ledger, real(dataset, book, ledger), NOW + timedelta(days=days)) == 0


async def test_what_is_parked_is_queued_anew_once_its_subscription_is_active(
    ledger: Ledger, book: Book
) -> None:
    july = Fixed(book, [JULY], NOW)
    await ticked(ledger, july)
    [claim] = await ledger.claim(NOW + LEASE, 1)
    book.change("C_ALUMINIUM", state="parked")
    await ledger.park(claim, "archived", NOW)
    assert await ticked(ledger, july) == 0
    book.change("C_ALUMINIUM", state="active")
    assert await ticked(ledger, july) == 1
    assert (await ledger.entries())[JULY].state == "due"


async def test_a_day_of_its_own_does_not_move_the_leases(ledger: Ledger, book: Book) -> None:
    in_a_year = NOW + timedelta(days=365)
    await ticked(ledger, Fixed(book, [replace(JULY, edition="2027-09")], in_a_year), in_a_year)
    assert isinstance((await ledger.claim(NOW + LEASE, 1))[0], Claim)


async def test_the_job_runs_at_once_and_again_and_after_an_error(caplog: pytest.LogCaptureFixture) -> None:
    times: list[int] = []
    third = asyncio.Event()

    async def job() -> Any:
        times.append(1)
        if len(times) == 1:
            raise ConnectionError("database away")
        if len(times) == 3:
            third.set()

    async with ticking(job, every_seconds=0.05), asyncio.timeout(120):
        await third.wait()
    assert "database away" in caplog.text


async def test_a_job_under_way_may_finish() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def job() -> None:
        begun.set()
        await asyncio.sleep(0.1)
        ended.set()

    async with ticking(job):
        await begun.wait()
    assert ended.is_set()

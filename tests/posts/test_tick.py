"""The clockwork, on a clock of the test's own."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dataset.dataset import Dataset
from bot.playground.slack import LocalSlack
from bot.posts.ledger import LEASE, Ledger, Post
from bot.posts.subscription import Subscription
from bot.posts.tick import Rounds, Ticker, cron_of
from bot.settings import Settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def rounds(dataset: Dataset, client: AsyncWebClient, engine: AsyncEngine) -> Rounds:
    return Rounds(
        dataset=dataset,
        today=lambda: date(2026, 11, 24),
        subscriptions=tuple(
            Subscription("T0LOCAL", channel, changed_at=datetime(2026, 8, 1, tzinfo=UTC))
            for channel in ("C_ALUMINIUM", "C_DESK")
        ),
        ledger=Ledger(engine),
        client=client,
        clock=lambda: datetime.now(UTC),
    )


@pytest.fixture
def ticker(rounds: Rounds, settings: Settings) -> Ticker:
    return Ticker(rounds, cron_of(settings))


async def test_the_first_tick_posts_the_newest_complete_month_everywhere(
    slack: LocalSlack, ticker: Ticker
) -> None:
    deliveries = await ticker.tick(NINE)
    assert [(each.post.channel, each.outcome) for each in deliveries] == [
        ("C_ALUMINIUM", "posted"),
        ("C_DESK", "posted"),
    ]
    [message] = slack.messages()
    assert message.metadata is not None
    # The record is complete to July 2026: unwrought, alumina and bauxite all have it, August has not.
    assert message.metadata["event_payload"]["edition"] == "2026-07"
    assert "July 2026" in message.text


async def test_between_two_looks_nothing_is_asked_of_slack(slack: LocalSlack, ticker: Ticker) -> None:
    await ticker.tick(NINE)
    calls = len(slack.calls)
    for minute in range(1, 60):
        assert await ticker.tick(NINE + timedelta(minutes=minute)) == []
    assert len(slack.calls) == calls


async def test_the_cron_s_hour_looks_again(slack: LocalSlack, ticker: Ticker, rounds: Rounds) -> None:
    slack.kick("C_DESK")
    first = await ticker.tick(NINE)
    assert [each.outcome for each in first] == ["posted", "unable"]
    slack.invite("C_DESK")
    assert await ticker.tick(NINE + timedelta(minutes=59)) == []
    assert [each.post.channel for each in await ticker.tick(NINE + timedelta(hours=1))] == ["C_DESK"]


async def test_outside_the_cron_s_hours_it_rests_until_the_morning(slack: LocalSlack, ticker: Ticker) -> None:
    slack.kick("C_DESK")
    evening = NINE.replace(hour=20, minute=30)
    await ticker.tick(evening)
    assert await ticker.tick(evening + timedelta(hours=12)) == []
    assert len(await ticker.tick(evening + timedelta(hours=12, minutes=30))) == 1


async def test_a_claim_left_by_a_dead_process_is_taken_up_when_its_lease_is_over(
    slack: LocalSlack, ticker: Ticker, engine: AsyncEngine
) -> None:
    await Ledger(engine).claim(Post("T0LOCAL", "C_ALUMINIUM", "monthly", "2026-07"), NINE)
    assert [each.post.channel for each in await ticker.tick(NINE)] == ["C_DESK"]
    assert await ticker.tick(NINE + LEASE - timedelta(seconds=1)) == []
    [delivery] = await ticker.tick(NINE + LEASE)
    assert (delivery.post.channel, delivery.outcome) == ("C_ALUMINIUM", "posted")


async def test_after_an_error_the_next_minute_looks_again(
    ticker: Ticker, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_ledger: Ledger) -> Any:
        raise ConnectionError("database away")

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "entries", broken)
        with pytest.raises(ConnectionError):
            await ticker.tick(NINE)
    assert len(await ticker.tick(NINE + timedelta(minutes=1))) == 2

"""A post stands in its channel once, whatever happens around it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dataset.calendar import Month
from bot.messages.message import Message
from bot.playground.slack import LocalSlack
from bot.posts.deliver import Delivery, Edition, deliver
from bot.posts.ledger import LEASE, Ledger, Post

JULY = Post("T0LOCAL", "C_ALUMINIUM", "monthly", "2026-07")
EDITION = Edition(Month(2026, 7), Message("July", ()), "july 2026")


class Bench:
    """Delivers with a clock that can be moved on."""

    def __init__(self, client: AsyncWebClient, engine: AsyncEngine) -> None:
        self.client, self.engine, self.ledger = client, engine, Ledger(engine)
        self.now = datetime.now(UTC)

    async def deliver(self, post: Post = JULY, *, again: bool = False) -> Delivery:
        return await deliver(
            post, EDITION, client=self.client, ledger=self.ledger, clock=lambda: self.now, again=again
        )

    async def forget(self) -> None:
        """What the loss of the database amounts to."""
        async with self.engine.begin() as connection:
            await connection.exec_driver_sql("DELETE FROM posts")


@pytest.fixture
def bench(client: AsyncWebClient, engine: AsyncEngine) -> Bench:
    return Bench(client, engine)


async def test_a_post_carries_its_edition_and_its_question(slack: LocalSlack, bench: Bench) -> None:
    assert (await bench.deliver()).outcome == "posted"
    assert slack.messages()[0].metadata == {
        "event_type": "alumina_post",
        "event_payload": {"kind": "monthly", "edition": "2026-07", "question": "july 2026"},
    }


async def test_a_second_delivery_changes_nothing(slack: LocalSlack, bench: Bench) -> None:
    outcomes = [(await bench.deliver()).outcome for _ in range(3)]
    assert outcomes == ["posted", "already", "already"]
    assert len(slack.messages()) == 1


async def test_without_the_ledger_the_history_tells(slack: LocalSlack, bench: Bench) -> None:
    await bench.deliver()
    await bench.forget()
    assert (await bench.deliver()).outcome == "already"
    assert (await bench.ledger.entries())[JULY].state == "posted"
    assert len(slack.messages()) == 1


async def test_the_history_is_searched_to_its_end(slack: LocalSlack, bench: Bench) -> None:
    await bench.deliver()
    for number in range(450):
        await slack.say(f"talk {number}")
    await bench.forget()
    assert (await bench.deliver()).outcome == "already"


async def test_another_edition_in_the_history_is_not_this_one(slack: LocalSlack, bench: Bench) -> None:
    await bench.deliver(Post("T0LOCAL", "C_ALUMINIUM", "monthly", "2026-06"))
    assert (await bench.deliver()).outcome == "posted"
    assert len(slack.messages()) == 2


async def test_without_the_right_to_read_nothing_is_posted_and_it_says_why(
    slack: LocalSlack, bench: Bench
) -> None:
    slack.scopes.discard("channels:history")
    delivery = await bench.deliver()
    assert (delivery.outcome, slack.messages()) == ("unable", [])
    assert "missing_scope" in delivery.why
    assert "channels:history" in delivery.why
    slack.scopes.add("channels:history")
    assert (await bench.deliver()).outcome == "posted"


async def test_where_the_bot_is_not_in_the_channel_it_says_so(slack: LocalSlack, bench: Bench) -> None:
    delivery = await bench.deliver(Post("T0LOCAL", "C_GENERAL", "monthly", "2026-07"))
    assert delivery.outcome == "unable"
    assert "not_in_channel" in delivery.why


@pytest.mark.parametrize("how", [{}, {"status": 500}, {"error": "internal_error"}])
async def test_a_post_whose_confirmation_was_lost_is_found_and_not_repeated(
    slack: LocalSlack, bench: Bench, how: dict[str, str]
) -> None:
    slack.fail("chat.postMessage", when="after", **how)
    outcomes = [(await bench.deliver()).outcome]
    outcomes.append((await bench.deliver()).outcome)  # its lease still runs
    bench.now += LEASE + timedelta(seconds=1)
    outcomes.append((await bench.deliver()).outcome)
    assert outcomes == ["unknown", "held", "already"]
    assert len(slack.messages()) == 1


async def test_a_post_that_never_arrived_is_made_good(slack: LocalSlack, bench: Bench) -> None:
    slack.fail("chat.postMessage", when="before")
    first = await bench.deliver()
    bench.now += LEASE + timedelta(seconds=1)
    assert [first.outcome, (await bench.deliver()).outcome] == ["unknown", "posted"]
    assert len(slack.messages()) == 1


async def test_a_refusal_frees_the_row_at_once(slack: LocalSlack, bench: Bench) -> None:
    slack.fail("chat.postMessage", error="restricted_action")
    first = await bench.deliver()
    assert first.outcome == "unable"
    assert "restricted_action" in first.why
    assert (await bench.deliver()).outcome == "posted"


async def test_again_posts_once_more(slack: LocalSlack, bench: Bench) -> None:
    await bench.deliver()
    assert (await bench.deliver(again=True)).outcome == "posted"
    assert len(slack.messages()) == 2
    assert (await bench.deliver()).outcome == "already"


async def test_of_several_at_the_same_moment_one_posts(
    slack: LocalSlack, client: AsyncWebClient, engine: AsyncEngine
) -> None:
    benches = [Bench(client, engine) for _ in range(4)]
    deliveries = await asyncio.gather(*(bench.deliver() for bench in benches))
    assert [delivery.outcome for delivery in deliveries].count("posted") == 1
    assert len(slack.messages()) == 1

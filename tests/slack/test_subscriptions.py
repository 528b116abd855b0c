"""A channel is subscribed in a modal; the list of subscriptions, its history, a post that moves elsewhere."""

import asyncio

import pytest

from bot.playground.views import TRIGGER_SECONDS
from handlers.places import SECONDS
from tests.gear.slack import LocalSlack
from tests.slack.dialogue import dialogues
from tests.slack.subscribing import fill, opened, preview, shown, zone

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/subscribe.yaml")


async def test_of_many_quick_choices_the_last_is_drawn(
    slack: LocalSlack, caplog: pytest.LogCaptureFixture
) -> None:
    await opened(slack)
    await fill(slack, zone="America/New_York")
    await asyncio.gather(*(slack.modals.fill("subscription_time", f"1{at}:00") for at in range(6)))
    await slack.settle()
    assert "15:00 (New York)" in preview(shown(slack))  # whichever is drawn first
    assert "11:00 (New York)" in preview(await fill(slack, time="11:00"))
    assert "handler_failed" not in caplog.messages
    slack.modals.close()


async def test_an_unknown_clock_is_shanghai_s(slack: LocalSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 2 * SECONDS < TRIGGER_SECONDS  # it is asked for the channel, and then for the person
    slack.scopes.discard("users:read")
    assert zone(await opened(slack)) == "Asia/Shanghai"
    slack.modals.close()
    slack.scopes.add("users:read")
    monkeypatch.setattr("handlers.places.SECONDS", 0.01)
    slow = [slack.faults.hold(method, when="before") for method in ("conversations.info", "users.info")]
    await slack.command("subscribe")
    await slack.wait_for(lambda: slack.modals.shown())
    assert zone(shown(slack)) == "Asia/Shanghai"
    for each in slow:
        each.let_go()

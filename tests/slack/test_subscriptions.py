"""A channel is subscribed in a modal; the list of subscriptions, its history, a post that moves elsewhere."""

import asyncio

import pytest

from bot.playground.views import TRIGGER_SECONDS
from handlers.places import SECONDS
from tests.gear.slack import LocalSlack
from tests.slack.dialogue import dialogues
from tests.slack.events import settled

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/subscribe.yaml")


async def test_of_many_quick_choices_the_last_is_drawn(
    slack: LocalSlack, caplog: pytest.LogCaptureFixture
) -> None:
    await settled(slack, slack.command("subscribe"))
    await settled(slack, slack.modals.fill("subscription_zone", "America/New_York"))
    await asyncio.gather(*(slack.modals.fill("subscription_time", f"1{at}:00") for at in range(6)))
    await slack.settle()
    assert "15:00 (New York)" in str(slack.modals.shown().view)  # whichever is drawn first
    await settled(slack, slack.modals.fill("subscription_time", "11:00"))
    assert "11:00 (New York)" in str(slack.modals.shown().view)
    assert "handler_failed" not in caplog.messages
    slack.modals.close()


async def test_an_unknown_clock_is_shanghai_s(slack: LocalSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 2 * SECONDS < TRIGGER_SECONDS  # it is asked for the channel, and then for the person
    monkeypatch.setattr("handlers.places.SECONDS", 0.01)
    slow = [slack.faults.hold(method, when="before") for method in ("conversations.info", "users.info")]
    await slack.command("subscribe")
    await slack.wait_for(lambda: slack.modals.shown())
    held = slack.modals.shown().values["subscription_zone"]["subscription_zone"]
    assert held["selected_option"]["value"] == "Asia/Shanghai"
    for each in slow:
        each.let_go()

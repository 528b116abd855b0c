"""A channel is subscribed in a modal; the list of subscriptions, its history, a post that moves elsewhere."""

import asyncio
from pathlib import Path

import pytest

from bot.playground.limits import problems
from bot.playground.views import TRIGGER_SECONDS
from bot.playground.workspace import Message
from handlers.places import SECONDS
from tests.gear.slack import LocalSlack
from tests.slack.desk import POSTING, StartBot
from tests.slack.dialogue import dialogues
from tests.slack.events import in_database, settled
from tests.slack.pressing import forge
from tests.slack.subscribing import STATES, fill, listed, opened, preview, shown, subscribed, zone

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/subscribe.yaml")


def buttons(message: Message, channel: str = "C_ALUMINIUM") -> dict[str, str]:
    """The action ids of a channel's buttons by what stands on them."""
    mark = "To you alone" if channel.startswith("D") else f"<#{channel}>"
    pairs = zip(message.blocks, message.blocks[1:], strict=False)
    own = [row for line, row in pairs if row["type"] == "actions" and mark in str(line.get("text"))]
    return {one["text"]["text"]: one["action_id"] for row in own[:1] for one in row["elements"]}


async def press(
    slack: LocalSlack, message: Message, name: str, channel: str = "C_ALUMINIUM", user: str = "U_ANA"
) -> str:
    """A press of a button of the list; what its presser alone reads last."""
    action = buttons(message, channel)[name]
    reply = await settled(slack, slack.press(message.channel, message.ts, action, user=user))
    assert (reply.status, reply.failure) == (200, "")
    return slack.ephemerals(user)[-1].text


async def test_a_list_that_is_out_of_date_does_nothing_twice(slack: LocalSlack) -> None:
    await subscribed(slack)
    message = await listed(slack)
    await press(slack, message, "Pause")
    [paused] = slack.ephemerals()
    stale = slack.workspace.change(paused, text=message.text, blocks=message.blocks)
    await press(slack, stale, "Pause")
    assert [one.text.split(" ")[1] for one in slack.messages()] == ["set", "paused"]


async def test_a_button_of_somebody_else_s_channel_does_nothing(slack: LocalSlack, tmp_path: Path) -> None:
    """Slack's client could send any value: the one of another conversation is checked against Slack."""
    await subscribed(slack, "D_ANA")
    await subscribed(slack)
    message = await listed(slack, user="U_BEN")
    [(own,)] = in_database(tmp_path, "SELECT id FROM orders WHERE channel = 'D_ANA'")
    pressed = [(action, own) for action in buttons(message).values()]
    for action, value in [*pressed, ("order_new_0", "D_ANA")]:
        await forge(slack, message, action, user="U_BEN", value=value)
        assert slack.ephemerals("U_BEN")[-1].text.startswith("You are not in that channel")
    assert ("D_ANA", "active") in in_database(tmp_path, STATES)
    assert slack.modals.shown("U_BEN") is None


async def test_the_history_tells_posts_and_changes(slack: LocalSlack, serve: StartBot) -> None:
    async with serve(**POSTING):
        await subscribed(slack, zone="Europe/London")
        await press(slack, await listed(slack), "Send now")
        await settled(slack, slack.wait_for(lambda: any(one.metadata for one in slack.messages())))
        message = await listed(slack)
        await press(slack, message, "History")
        told = slack.ephemerals()[-1]
        assert problems(told.text, told.blocks) == []
        for line in (
            "October 2026: monthly post; its figures are not on record",
            "July 2026: monthly post; due",
        ):
            assert line in told.text
        assert "<@U_ANA> set it up (monthly post of everything" in told.text
        assert "July 2026 is the newest month on record, and stands in the channel already" in (
            await press(slack, message, "Send now")
        )
        assert len([one for one in slack.messages() if one.metadata]) == 1


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

"""The list of subscriptions with its buttons, a channel's history, and what is due when."""

from pathlib import Path
from typing import Any

import pytest

from bot.messages.limits import problems
from bot.playground.workspace import Message
from tests.gear.slack import LocalSlack
from tests.slack.desk import POSTING, StartBot, both_ways
from tests.slack.events import change_database, in_database, settled

STATES = "SELECT channel, state FROM subscriptions ORDER BY channel"
ACTIVE = ["Edit", "Pause", "Send now", "History", "Delete"]
PAUSED = ["Edit", "Resume", "History", "Delete"]

pytestmark = pytest.mark.usefixtures("bot")


async def subscribed(slack: LocalSlack, channel: str = "C_ALUMINIUM", **fields: Any) -> None:
    """Ana subscribes a channel in the modal."""
    await settled(slack, slack.command("subscribe", channel=channel))
    for name, value in fields.items():
        await settled(slack, slack.modals.fill(f"subscription_{name}", value))
    await settled(slack, slack.modals.submit())
    assert slack.modals.shown() is None


async def listed(slack: LocalSlack, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> Message:
    await settled(slack, slack.command("subscriptions", channel=channel, user=user))
    message = slack.ephemerals(user)[-1]
    assert problems(message.text, message.blocks) == []
    return message


def buttons(message: Message, channel: str = "C_ALUMINIUM") -> dict[str, str]:
    """The action ids of a channel's buttons by what stands on them."""
    elements = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    return {one["text"]["text"]: one["action_id"] for one in elements if one["value"] == channel}


async def press(
    slack: LocalSlack, message: Message, name: str, channel: str = "C_ALUMINIUM", user: str = "U_ANA"
) -> str:
    """A press of a button of the list; what its presser alone reads last."""
    action = buttons(message, channel)[name]
    reply = await settled(slack, slack.press(message.channel, message.ts, action, user=user))
    assert (reply.status, reply.failure) == (200, "")
    return slack.ephemerals(user)[-1].text


def titles(slack: LocalSlack) -> tuple[str, str]:
    """What stands above the modal, and on its button."""
    view = slack.modals.shown()
    assert view is not None
    return view.view["title"]["text"], view.view["submit"]["text"]


async def test_the_list_holds_the_asker_s_channels_with_this_one_first(slack: LocalSlack) -> None:
    message = await listed(slack)
    assert message.text == "No subscription in <#C_ALUMINIUM> yet: `/alumina subscribe` makes one."
    await press(slack, message, "Subscribe")
    assert titles(slack) == ("Subscribe", "Subscribe")
    slack.modals.close()
    await subscribed(slack, "C_DESK", series=["bauxite"])
    await subscribed(slack, "C_ALUMINIUM")
    await subscribed(slack, "D_ANA")
    message = await listed(slack)
    lines = message.text.split("\n")
    assert [line.split("*")[1] for line in lines if line.startswith("*")] == [
        "<#C_ALUMINIUM>", "<#C_DESK>", "this conversation",
    ]  # fmt: skip
    assert any(line.startswith("*<#C_DESK>*: bauxite, once a month is complete") for line in lines)
    assert lines[1].startswith("Next post, July 2026, on record already: at once.")
    theirs = (await listed(slack, user="U_BEN")).text
    assert ("<#C_DESK>" in theirs, "this conversation" in theirs) == (True, False)
    await press(slack, message, "Edit", "C_DESK")
    assert titles(slack) == ("Change subscription", "Save")
    assert "<#C_DESK>" in str(slack.modals.shown().view["blocks"][0])  # type: ignore[union-attr]


@both_ways
async def test_pausing_and_resuming_change_the_list_in_place_and_tell_the_channel(
    slack: LocalSlack, tmp_path: Path
) -> None:
    await subscribed(slack)
    message = await listed(slack)
    assert list(buttons(message)) == ACTIVE
    assert "Paused by <@U_ANA>." in await press(slack, message, "Pause")
    [paused] = slack.ephemerals()
    assert (paused.ts, list(buttons(paused))) == (message.ts, PAUSED)
    assert in_database(tmp_path, STATES) == [("C_ALUMINIUM", "paused")]
    assert slack.messages()[-1].text.startswith("<@U_ANA> paused the monthly posts here.")
    # A list that is out of date does nothing twice.
    stale = slack.workspace.change(paused, text=message.text, blocks=message.blocks)
    await press(slack, stale, "Pause")
    assert [one.text.split(" ")[1] for one in slack.messages()] == ["subscribed", "paused"]
    [paused] = slack.ephemerals()
    await press(slack, paused, "Edit")
    assert titles(slack) == ("Change subscription", "Save and resume")
    slack.modals.close()
    await press(slack, paused, "Resume")
    assert in_database(tmp_path, STATES) == [("C_ALUMINIUM", "active")]
    assert slack.messages()[-1].text == (
        "<@U_ANA> resumed the monthly posts here.\nNext post, July 2026, on record already: at once."
    )


async def test_deleting_asks_first_and_keeps_who_did_it(slack: LocalSlack, tmp_path: Path) -> None:
    await subscribed(slack)
    message = await listed(slack)
    elements = [one for block in message.blocks for one in block.get("elements", ())]
    [delete] = [one for one in elements if one.get("text", {}).get("text") == "Delete"]
    assert delete["confirm"]["confirm"]["text"] == "Delete"
    assert "No subscription in <#C_ALUMINIUM> yet" in await press(slack, message, "Delete")
    assert in_database(tmp_path, STATES) == []
    assert slack.messages()[-1].text.startswith("<@U_ANA> ended the monthly posts here.")
    changes = in_database(tmp_path, "SELECT what, by FROM subscription_changes ORDER BY id")
    assert changes == [("subscribed", "U_ANA"), ("deleted", "U_ANA")]


async def test_a_button_of_a_channel_that_the_presser_is_not_in_does_nothing(
    slack: LocalSlack, tmp_path: Path
) -> None:
    """Slack's client could send any value: the one of another conversation is checked against Slack."""
    await subscribed(slack, "D_ANA")
    await subscribed(slack)
    message = await listed(slack, user="U_BEN")
    forged = [
        block | {"elements": [one | {"value": "D_ANA"} for one in block["elements"]]}
        if block["type"] == "actions"
        else block
        for block in message.blocks
    ]
    message = slack.workspace.change(message, blocks=tuple(forged))
    for name in ACTIVE:
        told = await press(slack, message, name, "D_ANA", user="U_BEN")
        assert told.startswith("You are not in that channel")
    assert ("D_ANA", "active") in in_database(tmp_path, STATES)
    assert slack.modals.shown("U_BEN") is None


async def test_send_now_puts_the_newest_month_into_the_queue_once(slack: LocalSlack, tmp_path: Path) -> None:
    await subscribed(slack, at="cron")
    message = await listed(slack)
    for _ in range(2):
        told = await press(slack, message, "Send now")
        assert told == "July 2026 is on its way; it can take two minutes."
    queued = in_database(tmp_path, "SELECT kind, edition, state FROM posts WHERE channel = 'C_ALUMINIUM'")
    assert sorted(queued) == [
        ("bulletin", "2026-07", "told"),
        ("monthly", "2026-07", "due"),
        ("query", "2026-07", "told"),
    ]
    await change_database(tmp_path, "UPDATE posts SET why = 'ratelimited', tries = 3 WHERE kind = 'monthly'")
    told = await press(slack, message, "Send now")
    assert told == "July 2026 is waiting (ratelimited) and is tried again by itself."


async def test_the_history_tells_when_it_was_due_when_sent_and_who_changed_what(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve(**POSTING):
        await subscribed(slack, zone="Europe/London")
        await press(slack, await listed(slack), "Send now")
        await settled(slack, slack.wait_for(lambda: any(one.metadata for one in slack.messages())))
        message = await listed(slack)
        await press(slack, message, "History")
        told = slack.ephemerals()[-1]
        assert problems(told.text, told.blocks) == []
        [table] = [block for block in told.blocks if block["type"] == "table"]
        rows = [[cell["text"] for cell in row] for row in table["rows"]]
        assert rows[0] == ["Month", "What", "Due", "Sent", "Late by", "Why not"]
        # August to October are late; July is the newest complete month.
        waiting = [row[0] for row in rows if row[5] == "its figures are not on record"]
        assert waiting == ["October 2026", "September 2026", "August 2026"]
        [july] = [row for row in rows if row[0] == "July 2026"]
        assert (july[1], "-" in july[2:4], july[5]) == ("monthly post", False, "-")
        assert "<@U_ANA> subscribed the channel" in told.text
        assert "July 2026 is the newest month on record, and stands in the channel already" in (
            await press(slack, message, "Send now")
        )
        assert len([one for one in slack.messages() if one.metadata]) == 1


async def test_a_subscribed_channel_gets_the_newest_month_by_itself_and_once(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve(**POSTING):
        await subscribed(slack, "C_DESK", series=["bauxite"])
        await slack.wait_for(lambda: any(one.metadata for one in slack.messages("C_DESK")))
    async with serve(**POSTING):  # a restart knows the subscription, and what was posted
        await slack.silence(1)
    [post] = [one for one in slack.messages("C_DESK") if one.metadata]
    assert post.metadata is not None
    assert (post.metadata["event_payload"]["edition"], "Bauxite" in post.text) == ("2026-07", True)
    assert slack.messages() == []


async def test_what_a_person_changes_of_the_environment_s_subscription_wins(
    slack: LocalSlack, serve: StartBot
) -> None:
    for line in (
        "everything, once a month is complete, not before 09:00 (Shanghai)",
        "No subscription in <#C_ALUMINIUM> yet",
    ):
        async with serve(ALUMINA_SCHEDULER="on", ALUMINA_CHANNEL="C_ALUMINIUM"):
            message = await listed(slack)
            assert line in message.text
            if "Delete" in buttons(message):
                await press(slack, message, "Delete")


@both_ways
async def test_next_tells_the_releases_and_this_channel_s_posts(slack: LocalSlack) -> None:
    await settled(slack, slack.command("next"))
    assert "No subscription in <#C_ALUMINIUM> yet" in slack.ephemerals()[-1].text
    assert slack.messages() == []
    await subscribed(slack)
    await settled(slack, slack.command("next"))
    told = slack.ephemerals()[-1]
    assert problems(told.text, told.blocks) == []
    assert "preliminary release of November 2026, 9 December 2026, expected" in told.text
    assert "*<#C_ALUMINIUM>* gets everything, once a month is complete" in told.text
    # 20 December 2026, 09:00 in Madrid, shown by Slack on the reader's own clock.
    date = "<!date^1797753600^{date_long}, {time}|Sunday 20 December 2026, 09:00 (Madrid)>, expected"
    assert f"November 2026: {date}" in told.text
